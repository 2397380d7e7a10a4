"""Answering a scenario: region by region, in parallel, each with its proof."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib.metadata import version

from ...instances.common.deprecated import parameters_into
from ...instances.common.problems import InputError, Problems, reject
from ...instances.instance import Instance
from ...models.question.constraints import ENCLOSED, refuse_beyond_number
from ...models.question.surroundings import forbids_enclosed_mergers
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ...models.scoring.model import Model
from ..candidates.region import wanted_regions
from ..deadline import Limits
from ..engines import DEFAULT, engine
from ..methods.contract import Method
from ..methods.registry import chain
from ..partition.answer import lower
from ..progress import Progress, Step, telling
from ..results.region_result import RegionResult
from ..results.result import PARTITION, Result
from .region import RegionSolver

LARGEST_SEED = 2**31 - 2
"""CBC is given one more."""

DECIDING = 60.0
"""Seconds in which plans without each part are proved, or as long as the answer itself took."""


@parameters_into(Limits, "limits", time_limit="seconds")
def solve(
    instance: Instance,
    scenario: Scenario,
    *,
    regions: Sequence[str] | None = None,
    engine_name: str = DEFAULT,
    formulation: str = PARTITION,
    workers: int | None = None,
    limits: Limits = Limits(),
    seed: int = 0,
    progress: Progress | None = None,
    decided: bool = False,
) -> Result:
    """Find the best plan and prove that none is better.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    regions : sequence of str, optional
        Reference regions to answer for; all by default. Scores are still divided by the inhabitants of the
        whole instance, so that a region's score is its share in the score of all.
    engine_name : str
        See `engine`.
    formulation : {'partition', 'flow', 'multiflow', 'cut', 'cpsat'}
        'partition' lists candidates, and goes other ways where they are too many. The others are compact: see
        `solve_compact`. They find the same score, but of equal plans any; 'cpsat' has its own engine.
    workers : int, optional
        Regions worked on at a time; by default one for each processor. Does not change the answer.
    limits : Limits
        After them, the best plan and bound so far.
    seed : int
        For the engines' own choices. Does not change an answer that is proved: ties are broken by rule.
    progress : callable, optional
    decided : bool
        Say of each part of a plan that is proved how decided it is (`Merger.decided`), when all regions are
        answered: in `DECIDING` seconds, or as long as that took, within the limits.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        Scenario and instance do not fit, the scenario says nothing of what it weighs, or an option is wrong.
    EngineError
        The engine broke down.

    Examples
    --------
    >>> from refzones.instances import load
    >>> solve(load("flanders-2025"), Scenario.preset("mergers"), regions=["Waasland"]).status
    'optimal'
    """
    begun = time.perf_counter()
    deadline = limits.start()
    instance = framed(instance, scenario)
    wanted = wanted_regions(instance, regions)
    names = [instance.regions[region] for region in wanted]
    work = _Work.of(instance, scenario, formulation, engine_name, names)
    methods = [method.within(limits) for method in work.methods]
    workers = workers if workers is not None else os.cpu_count() or 1
    if workers < 1:
        reject("there must be at least one worker", value=workers)
    if not 0 <= seed <= LARGEST_SEED:
        reject(f"the seed must be a whole number from 0 to {LARGEST_SEED}", value=seed)
    by = engine(engine_name)
    if formulation == "cpsat":
        by = engine("cpsat")

    tell = telling(progress)
    done: dict[int, RegionResult] = {}
    solvers: dict[int, RegionSolver] = {}
    waiting: set[int] = set(wanted)

    def share() -> float:
        return min(1.0, workers / max(1, len(waiting)))

    def run(region: int) -> None:
        solver = RegionSolver(work.levels, region, methods, by, seed, deadline, share)
        result = solver.solve()
        if decided and result.status == "optimal":
            solvers[region] = solver
        waiting.discard(region)
        if region not in done:
            tell(Step(result.name, len(done) + 1, len(wanted), result.seconds, result))
        done[region] = _better(done.get(region), result)

    def decide(region: int) -> None:
        done[region] = solvers.pop(region).decide(done[region], at_most)

    # large regions first, so that no worker is left alone with one at the end
    order = sorted(wanted, key=lambda r: -len(work.levels[-1].question.free_members(r)))
    with ThreadPoolExecutor(max_workers=workers) as pool:
        list(pool.map(run, order))
        # a share of the time was too little for these, but others have left some
        again = [region for region in order if done[region].status in ("feasible", "no plan within limit")]
        if deadline.at is not None and not deadline.passed and len(wanted) > workers:
            waiting.update(again)
            list(pool.map(run, again))
        at_most = deadline.at_most(max(DECIDING, time.perf_counter() - begun))
        list(pool.map(decide, [region for region in order if region in solvers]))
    by_region = tuple(done[region] for region in wanted)
    return Result(
        instance=instance,
        scenario=scenario,
        by_region=by_region,
        engine=by.name,
        formulation=formulation,
        seed=seed,
        workers=workers,
        seconds=time.perf_counter() - begun,
        versions={
            "refzones": version("refzones"),
            by.name: by.version(),
        }
        | ({"relaxation": f"GLOP {version('ortools')}"} if formulation == PARTITION else {}),
    )


def check_question(
    instance: Instance, scenario: Scenario, regions: Sequence[str], formulation: str, engine_name: str
) -> None:
    """Make sure that `solve` would take a question.

    Raises
    ------
    InputError
        Scenario and instance do not fit, or the formulation does not fit either; everything is listed.
    """
    instance = framed(instance, scenario)
    wanted_regions(instance, regions)
    _Work.of(instance, scenario, formulation, engine_name, regions)


def _better(first: RegionResult | None, second: RegionResult) -> RegionResult:
    """Take the better of two answers for a region, with the lower bound."""
    if first is None or second.status in ("optimal", "infeasible"):
        return second
    best = max(first, second, key=_rank)
    bound = lower(first.bound_nano, second.bound_nano)
    # what ended each of the two is no matter where they meet
    reason = "" if best.score_nano is not None and best.score_nano == bound else best.reason
    return replace(best, bound_nano=bound, reason=reason, seconds=first.seconds + second.seconds)


def _rank(result: RegionResult) -> tuple[bool, int]:
    """Any plan is better than none; of plans the higher score."""
    return (False, 0) if result.score_nano is None else (True, result.score_nano)


@dataclass(frozen=True)
class _Work:
    """What is asked at each level, and the methods that answer it."""

    levels: tuple[Model, ...]
    methods: tuple[Method, ...]

    @classmethod
    def of(
        cls,
        instance: Instance,
        scenario: Scenario,
        formulation: str,
        engine_name: str,
        regions: Sequence[str],
    ) -> _Work:
        """Put a scenario to some regions, and see that a formulation can answer it."""
        levels = _put(instance, scenario, regions)
        if len(levels) > 1:
            for model in levels:
                _refuse_enclosed_mergers(model)
        if formulation != PARTITION:
            from ..methods.compact.method import check_formulation

            check_formulation(formulation, scenario, levels[-1].scorer, engine_name)
            asked = wanted_regions(instance, regions)
            refuse_beyond_number(levels[-1].question, asked, f"the formulation '{formulation}'")
        return cls(levels, chain(formulation))


def _refuse_enclosed_mergers(model: Model) -> None:
    """Make sure that no level of two forbids that mergers are enclosed."""
    if forbids_enclosed_mergers(model.scenario):
        reject(
            f"zones and mergers together know no bound on the {ENCLOSED}",
            'write rules.enclosed_parts = "towns" at both levels',
        )


def _put(instance: Instance, scenario: Scenario, regions: Sequence[str]) -> tuple[Model, ...]:
    """Put each level to some regions, zones first; what is wrong with any of them is told at once."""
    problems, models = Problems(), []
    try:
        scenario.check_weights()
    except InputError as error:
        problems.take(error)
    for number, asked in reversed([*enumerate(scenario.levels)]):
        try:
            models.append(Model.of(instance, asked, regions))
        except InputError as error:
            problems.take(error, f"{asked.level}: " if number else "")
    problems.raise_if_any()
    return tuple(reversed(models))
