"""All that a dossier tells of a plan, asked of the solver and put down in one record."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ....instances.common.activity import doing
from ....instances.common.problems import InputError, reject
from ....instances.instance import Instance
from ....models.question.each_lock import locks_of
from ....models.scenario.framing import framed
from ....solver.deadline import Deadline, Limits
from ....solver.executing import Executor, Here, Lost, executor_of
from ....solver.infeasibility.diagnosis import Diagnosis, diagnose
from ....solver.infeasibility.explanation import EXPLAINING
from ....solver.progress import Progress, Step, telling
from ....solver.results.plan import Plan
from ....solver.results.record import PlanRecord
from ....solver.results.region_result import RegionResult
from ....solver.results.result import Result
from ....solver.review.absorbing import ABSORBING, LoneCity, lone_cities
from ....solver.review.effects import Effects, effects_of
from ....solver.review.lock_prices import LockPrice, price_locks
from ....solver.review.whatif import result_of
from ....solver.review.without import PlanWithout, plans_without
from ....solver.verification.verifier import verify
from ...maps.shapes import Shapes
from .known import DossierFacts, RegionFacts
from .others import next_best, others_of
from .writing import written


@doing("gathering what there is to tell")
def gather(
    instance: Instance,
    record: PlanRecord,
    regions: Sequence[str],
    shapes: Shapes,
    *,
    limits: Limits = Limits(),
    workers: int | None = None,
    progress: Progress | None = None,
    cluster: Executor | str | None = None,
) -> DossierFacts:
    """Ask the solver for all that a dossier tells of a plan.

    Parameters
    ----------
    instance : Instance
        The one that the plan was made for.
    record : PlanRecord
        Of the run; taken at its word.
    regions : sequence of str
        Those that the dossier is about; all of the run where none is named.
    shapes : Shapes
        One geometry a municipality.
    limits : Limits
        For everything; what is not known by then is said to be not known.
    workers : int, optional
        Regions worked on at a time.
    progress : callable, optional
        Called for each region, and for the agreements.
    cluster : Executor or str, optional
        What asks about regions in place of this process: see `solve`.

    Raises
    ------
    InputError
        The run has no plan, or none of the regions; or the instance is another one.
    """
    result = result_of(instance, record)
    names = _wanted(result, regions)
    _check_plan(result, names)
    asking = _Asking(instance, result, names, limits.start(), workers or os.cpu_count() or 1, progress)
    found = asking.regions(executor_of(cluster))
    locks = asking.locks()
    framed_instance = framed(instance, result.scenario)
    effects = _effects(framed_instance, result)
    told = written(framed_instance, record, result, found, locks, effects)
    return DossierFacts(framed_instance, result, shapes, found, locks, told, effects)


def _wanted(result: Result, regions: Sequence[str]) -> list[str]:
    """Names of the regions that are meant, in the order of the run."""
    known = {region.name.casefold(): region.name for region in result.by_region}
    meant = {name.casefold() for name in regions}
    for name in regions:
        if name.casefold() not in known:
            reject("the run has no such region", f"it has: {', '.join(known.values())}", value=name)
    wanted = [region for region in result.by_region if not meant or region.name.casefold() in meant]
    if all(region.score_nano is None for region in wanted):
        reject(
            "the run has no plan of these regions, so that there is nothing to tell of it",
            "refzones why tells which rules leave no plan",
        )
    return [region.name for region in wanted]


def _check_plan(result: Result, names: Sequence[str]) -> None:
    """Make sure that the plan keeps the rules, and has the scores, that are told of it."""
    planned = [one for one in result.by_region if one.score_nano is not None and one.name in names]
    mergers, zones = (
        tuple(sorted((part for parts in some for part in parts), key=lambda part: part.members))
        for some in ((one.mergers for one in planned), (one.zones for one in planned))
    )
    plan = Plan(mergers, zones, result.instance, result.scenario)
    violations = verify(result.instance, result.scenario, plan, regions=[one.name for one in planned])
    if violations:
        reject(
            f"the plan of the run does not pass verification: {violations[0].text}",
            "refzones verify tells all that is wrong with the folder",
        )


def _effects(instance: Instance, result: Result) -> Effects | None:
    """Measure what the plan of a run does, unless it has zones alone."""
    plan = result.plan
    if plan is None or result.scenario.level == "zones":
        return None
    return effects_of(instance, result.scenario, plan)


def _of_one(common: tuple[Instance, Result], name: str, here: Here) -> RegionFacts:
    """Ask about one region: the task of a worker of a cluster."""
    asking = _Asking(*common, [name], here.deadline, 1, None)
    return asking.regions(None)[name]


@dataclass
class _Asking:
    instance: Instance
    result: Result
    names: list[str]
    deadline: Deadline
    workers: int
    progress: Progress | None
    _done: int = field(default=0)

    def without(self) -> dict[str, tuple[PlanWithout, ...]]:
        """Find the best plan without each part, by region."""
        found = plans_without(
            self.instance,
            self.result,
            regions=self.names,
            workers=self.workers,
            limits=self.deadline.limits(),
        )
        return {name: tuple(one for one in found if one.region == name) for name in self.names}

    def regions(self, executor: Executor | None) -> dict[str, RegionFacts]:
        """Ask about each region."""
        if executor is not None:
            return self._elsewhere(executor)
        without = self.without()
        wanted = [region for region in self.result.by_region if region.name in self.names]

        def ask(region: RegionResult) -> RegionFacts:
            facts = self._of_region(region, without[region.name])
            self._tell(region.name)
            return facts

        order = sorted(wanted, key=lambda region: -region.municipalities)
        with ThreadPoolExecutor(max_workers=self.workers) as pool:
            facts = dict(zip((one.name for one in order), pool.map(ask, order), strict=True))
        return {name: facts[name] for name in self.names}

    def _elsewhere(self, executor: Executor) -> dict[str, RegionFacts]:
        """Ask about each region on a cluster; of one that it loses nothing more is known."""
        results = {region.name: region for region in self.result.by_region}
        order = sorted(self.names, key=lambda name: -results[name].municipalities)
        facts: dict[str, RegionFacts] = {}
        common = (self.instance, self.result)
        for place, found in executor.each(_of_one, common, order, deadline=self.deadline):
            name = order[place]
            facts[name] = RegionFacts(results[name]) if isinstance(found, Lost) else found
            self._tell(name)
        return {name: facts[name] for name in self.names}

    def _of_region(self, region: RegionResult, without: tuple[PlanWithout, ...]) -> RegionFacts:
        scenario = self.result.scenario
        if region.score_nano is None:
            return RegionFacts(region, diagnosis=self._diagnosis(region))
        others = others_of(self.instance, scenario, region, self.deadline)
        if others is None or not others.plans:
            others = next_best(self.result.instance, region, without) or others
        return RegionFacts(region, without, others, lone=self._lone(region))

    def _diagnosis(self, region: RegionResult) -> Diagnosis | None:
        if region.status != "infeasible" or self.deadline.passed:
            return None
        limits = self.deadline.limits(EXPLAINING)
        return diagnose(self.instance, self.result.scenario, [region.name], limits=limits)[0]

    def _lone(self, region: RegionResult) -> tuple[LoneCity, ...]:
        from dataclasses import replace

        alone = replace(self.result, by_region=(region,))
        try:
            return lone_cities(alone, self.deadline.limits(ABSORBING))
        except InputError:
            return ()

    def locks(self) -> tuple[LockPrice, ...]:
        """Price what is agreed about these regions."""
        instance, scenario = self.result.instance, self.result.scenario
        here = [
            lock for lock in locks_of(instance, scenario) if set(lock.regions(instance)) & set(self.names)
        ]
        if not here:
            return ()
        limits = self.deadline.limits()
        prices = price_locks(instance, scenario, self.result, locks=here, workers=self.workers, limits=limits)
        return prices

    def _tell(self, name: str) -> None:
        self._done += 1
        telling(self.progress)(Step(name, min(self._done, len(self.names)), len(self.names)))
