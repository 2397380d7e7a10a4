"""Choosing the maps of two dates together: region by region, in parallel, each with its proof."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...models.scenario.framing import framed
from ...models.scenario.staged import StagedScenario
from ...models.scoring.model import Model
from ..candidates.region import wanted_regions
from ..deadline import Deadline, Limits
from ..engines import DEFAULT, engine
from ..methods.inner import InnerMergers
from ..methods.listed import Nested
from ..regions.answering import LARGEST_SEED
from ..regions.region import RegionSolver
from ..results.region_result import RegionResult
from ..results.staged import StagedRegion, StagedResult
from .inner import EarlierMergers, OnceMergers
from .stages import pose


@dataclass(frozen=True)
class StagedRegionSolver(RegionSolver):
    """The work on one region: its earlier map is the inner level, its target map the outer one."""

    may_stay: bool = True

    @property
    def covering(self) -> tuple[Model, ...]:
        """See `RegionSolver.covering`: who may stay is in no merger of the earlier map."""
        return self.levels[1:] if self.may_stay else self.levels


def solve_staged(
    instance: Instance,
    scenario: StagedScenario,
    *,
    regions: Sequence[str] | None = None,
    engine_name: str = DEFAULT,
    workers: int | None = None,
    limits: Limits = Limits(),
    seed: int = 0,
    progress: Callable[[StagedRegion], None] | None = None,
) -> StagedResult:
    """Find the best maps of two dates together, and prove that no two are better.

    The mergers of the earlier map lie inside those of the target map, as mergers lie inside zones where both
    are decided together; so they are found and proved in the same way, by set partitioning over all mergers
    of the target map, each worth its own score and that of the best earlier map inside it.

    Parameters
    ----------
    instance : Instance
    scenario : StagedScenario
    regions : sequence of str, optional
        Reference regions to answer for; all by default.
    engine_name : str
        See `engine`.
    workers : int, optional
        Regions worked on at a time; by default one for each processor. Does not change the answer.
    limits : Limits
    seed : int
        For the engine's own choices. Does not change an answer that is proved: ties are broken by rule.
    progress : callable, optional
        Called with a `StagedRegion` for each region that is done.

    Returns
    -------
    StagedResult

    Raises
    ------
    InputError
        Scenario and instance do not fit, or what is agreed for the earlier map contradicts the target map.
    EngineError
        The engine broke down.
    """
    begun = time.perf_counter()
    deadline = limits.start()
    instance = framed(instance, scenario.stages[1])
    wanted = wanted_regions(instance, regions)
    levels = pose(instance, scenario, [instance.regions[region] for region in wanted])
    workers = workers if workers is not None else os.cpu_count() or 1
    if workers < 1:
        reject("there must be at least one worker", value=workers)
    if not 0 <= seed <= LARGEST_SEED:
        reject(f"the seed must be a whole number from 0 to {LARGEST_SEED}", value=seed)
    by, methods, make = engine(engine_name), [Nested().within(limits)], maker(scenario)
    waiting = set(wanted)
    done: dict[int, StagedRegion] = {}

    def share() -> float:
        return min(1.0, workers / max(1, len(waiting)))

    def run(region: int) -> None:
        may_stay = scenario.unmerged == "may_stay"
        solver = StagedRegionSolver(
            levels, region, methods, by, seed, deadline, share, inner=make, may_stay=may_stay
        )
        done[region] = _both(solver.solve())
        waiting.discard(region)
        if progress is not None:
            progress(done[region])

    sign = -1 if workers > 1 else 1
    order = sorted(wanted, key=lambda r: sign * len(levels[-1].question.free_members(r)))
    with ThreadPoolExecutor(max_workers=workers) as pool:
        list(pool.map(run, order))
    return StagedResult(
        instance=instance,
        scenario=scenario,
        by_region=tuple(done[region] for region in wanted),
        engine=by.name,
        seed=seed,
        workers=workers,
        seconds=time.perf_counter() - begun,
        versions={
            "refzones": version("refzones"),
            by.name: by.version(),
            "relaxation": f"GLOP {version('ortools')}",
        },
    )


def maker(scenario: StagedScenario) -> Callable[[Model, int, Deadline], InnerMergers]:
    """Give what makes the search for the earlier map inside mergers of the target map."""
    kind = OnceMergers if scenario.merged_again == "never" else EarlierMergers
    return partial(kind, may_stay=scenario.unmerged == "may_stay")


def _both(result: RegionResult) -> StagedRegion:
    return StagedRegion(
        name=result.name,
        municipalities=result.municipalities,
        earlier=tuple(part.members for part in result.mergers),
        target=tuple(part.members for part in result.zones),
        sum_nano=result.score_nano,
        bound_nano=result.bound_nano,
        seconds=result.seconds,
        candidates=result.candidates,
        kept=result.kept,
        reason=result.reason,
        infeasible=result.infeasible,
    )
