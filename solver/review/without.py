"""The best plan without each merger of a plan: what it looks like, and what it lacks."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal

from ...instances.common.activity import doing
from ...instances.instance import Instance
from ...models.question.budgets import refuse_budgets
from ...models.scenario.framing import framed
from ..candidates.region import wanted_regions
from ..deadline import Deadline, Limits
from ..engines import engine
from ..progress import Progress, Step, telling
from ..regions.answering import Work
from ..regions.region import RegionSolver
from ..results.decided import Decided
from ..results.mergers import Merger
from ..results.plan import Plan
from ..results.record import PlanRecord
from ..results.region_result import RegionResult
from ..results.result import PARTITION, Result
from ..verification.defects import check_own_plan
from .whatif import result_of


@dataclass(frozen=True)
class PlanWithout:
    """The best plan of a region without one of the mergers, or zones, of its plan.

    Attributes
    ----------
    region : str
    level : {'mergers', 'zones'}
        Which parts of a plan of two levels the part is one of; 'mergers' for plans of one level.
    part : Merger
    decided : Decided
        What the plan without it lacks; that there is none; that a rule settles the part; or that it is not
        known.
    plan : Plan or None
        Of the region, verified; None where there is none, or none is known.
    """

    region: str
    level: Literal["mergers", "zones"]
    part: Merger
    decided: Decided
    plan: Plan | None = field(default=None, repr=False)


def plans_without(
    instance: Instance,
    plan: PlanRecord | Result,
    *,
    regions: Sequence[str] | None = None,
    workers: int | None = None,
    limits: Limits = Limits(),
    progress: Progress | None = None,
) -> tuple[PlanWithout, ...]:
    """Find the best plan without each merger, and each zone, of the regions whose plan is proved optimal.

    The candidates of each region are listed and its best plan is proved again; then each part in turn is
    barred, and the best plan that is left is found and proved. Every such plan passes the verifier.

    Parameters
    ----------
    instance : Instance
        The one that the plan was made for.
    plan : PlanRecord or Result
    regions : sequence of str, optional
        All by default.
    workers : int, optional
        Regions worked on at a time; as many as there are cores by default.
    limits : Limits
        What is not proved in time is not known.
    progress : callable, optional
        Called for each region.

    Returns
    -------
    tuple of PlanWithout
        By region in the order of the plan; mergers before zones, each by their first member. Of regions that
        have no plan, or none that is proved, there are none.

    Raises
    ------
    InputError
        There is no such region, or the plan was made for other data.
    DefectError
        A plan does not pass verification.
    """
    before = result_of(instance, plan)
    instance = framed(instance, before.scenario)
    names = [instance.regions[region] for region in wanted_regions(instance, regions)]
    wanted = [one for one in before.by_region if one.name in names and one.status == "optimal"]
    deadline, tell, done = limits.start(), telling(progress), 0
    asking = _Asking(before, deadline)

    def ask(region: RegionResult) -> list[PlanWithout]:
        nonlocal done
        begun = time.perf_counter()
        found = list(asking.without_each(region))
        done += 1
        tell(Step(region.name, done, len(wanted), time.perf_counter() - begun, found))
        return found

    # large regions first, so that none is left alone with one at the end
    order = sorted(wanted, key=lambda region: -region.municipalities)
    with ThreadPoolExecutor(max_workers=workers or os.cpu_count() or 1) as pool:
        found = dict(zip((one.name for one in order), pool.map(ask, order), strict=True))
    return tuple(one for region in wanted for one in found[region.name])


@dataclass(frozen=True)
class _Asking:
    before: Result
    deadline: Deadline

    def without_each(self, region: RegionResult) -> Iterator[PlanWithout]:
        """Answer for one region."""
        solver = self._solver(region)
        with doing(f"{region.name}: looking for the best plan without each merger"):
            for level, parts in enumerate((region.mergers, region.zones)):
                called: Literal["mergers", "zones"] = "zones" if level else "mergers"
                for part in parts:
                    yield self._without(solver, region, level, called, part)

    def _without(
        self,
        solver: RegionSolver | None,
        region: RegionResult,
        level: int,
        called: Literal["mergers", "zones"],
        part: Merger,
    ) -> PlanWithout:
        if solver is None:
            return PlanWithout(region.name, called, part, part.decided)
        decided, found = solver.best_without(region, level, part, self.deadline)
        if found is None:
            known = part.decided if decided.status == "not known" else decided
            return PlanWithout(region.name, called, part, known)
        instance, scenario = self.before.instance, self.before.scenario
        plan = Plan(found.mergers, found.zones, instance, scenario)
        name = f"the best plan of {region.name} without a merger"
        check_own_plan(instance, scenario, plan, [region.name], name=name, score_nano=found.score_nano)
        return PlanWithout(region.name, called, part, decided, plan)

    def _solver(self, region: RegionResult) -> RegionSolver | None:
        """Prove the plan of a region again by listing; None where that does not come to the same score."""
        before = self.before
        if self.deadline.passed:
            return None
        refuse_budgets(before.scenario, before.by_region, "the best plan without a merger")
        work = Work.of(before.instance, before.scenario, PARTITION, before.engine, [region.name])
        (index,) = wanted_regions(before.instance, [region.name])
        solver = RegionSolver(
            work.levels, index, work.methods, engine(before.engine), before.seed, self.deadline
        )
        return solver if solver.solve().score_nano == region.score_nano else None
