"""Answering a scenario: region by region, in parallel, each with its proof."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.metadata import version

from ..instances.common.problems import InputError, Problems, reject
from ..instances.instance import Instance
from ..models.question.builder import ask
from ..models.question.constraints import refuse_beyond_number
from ..models.question.question import Question
from ..models.scenario.scenario import Scenario
from ..models.scorer import Scorer
from .candidates.region import wanted_regions
from .deadline import Deadline
from .engines import DEFAULT, Engine, engine
from .methods.nested import Inside
from .regions.region import RegionSolver
from .results.region_result import RegionResult
from .results.result import PARTITION, Result

Progress = Callable[[RegionResult], None]
"""Called when a region is done, from whichever thread."""

LARGEST_SEED = 2**31 - 2
"""CBC is given one more."""


def solve(
    instance: Instance,
    scenario: Scenario,
    *,
    regions: Sequence[str] | None = None,
    engine_name: str = DEFAULT,
    formulation: str = PARTITION,
    workers: int | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Progress | None = None,
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
    time_limit : float, optional
        Seconds for everything; after it, the best plan and bound so far.
    seed : int
        For the engines' own choices. Does not change an answer that is proved: ties are broken by rule.
    progress : callable, optional

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
    deadline = Deadline.after(time_limit)
    wanted = wanted_regions(instance, regions)
    names = [instance.regions[region] for region in wanted]
    work = _Work(instance, scenario, formulation, engine_name, names)
    workers = workers if workers is not None else os.cpu_count() or 1
    if workers < 1:
        reject("there must be at least one worker", value=workers)
    if not 0 <= seed <= LARGEST_SEED:
        reject(f"the seed must be a whole number from 0 to {LARGEST_SEED}", value=seed)
    by = engine(engine_name)
    if formulation == "cpsat":
        by = engine("cpsat")

    done: dict[int, RegionResult] = {}
    waiting: set[int] = set(wanted)

    def run(region: int) -> None:
        solver = work.solver(region, by, seed, deadline)
        solver.share = lambda: min(1.0, workers / max(1, len(waiting)))
        result = solver.solve()
        waiting.discard(region)
        if region not in done and progress is not None:
            progress(result)
        done[region] = _better(done.get(region), result)

    # large regions first, so that no worker is left alone with one at the end
    order = sorted(wanted, key=lambda r: -len(work.question.free_members(r)))
    with ThreadPoolExecutor(max_workers=workers) as pool:
        list(pool.map(run, order))
        # a share of the time was too little for these, but others have left some
        again = [region for region in order if done[region].status in ("feasible", "no plan within limit")]
        if deadline.at is not None and not deadline.passed and len(wanted) > workers:
            waiting.update(again)
            list(pool.map(run, again))
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
    wanted_regions(instance, regions)
    _Work(instance, scenario, formulation, engine_name, regions)


def _better(first: RegionResult | None, second: RegionResult) -> RegionResult:
    """Take the better of two answers for a region, with the lower bound."""
    if first is None or second.status in ("optimal", "infeasible"):
        return second
    best = max(first, second, key=_rank)
    bounds = [found.bound_nano for found in (first, second) if found.bound_nano is not None]
    bound = min(bounds, default=None)
    # what ended each of the two is no matter where they meet
    reason = "" if best.score_nano is not None and best.score_nano == bound else best.reason
    return replace(best, bound_nano=bound, reason=reason, seconds=first.seconds + second.seconds)


def _rank(result: RegionResult) -> tuple[bool, int]:
    """Any plan is better than none; of plans the higher score."""
    return (False, 0) if result.score_nano is None else (True, result.score_nano)


class _Work:
    """Questions and scorers of a scenario, of both levels where it is nested."""

    def __init__(
        self,
        instance: Instance,
        scenario: Scenario,
        formulation: str,
        engine_name: str,
        regions: Sequence[str],
    ) -> None:
        (self.question, self.scorer), *self._inner = _put(instance, scenario, regions)
        self._formulation = formulation
        if formulation != PARTITION:
            from .regions.compact import check_formulation

            check_formulation(formulation, scenario, self.scorer, engine_name)
            refuse_beyond_number(
                self.question, wanted_regions(instance, regions), f"the formulation '{formulation}'"
            )

    def solver(self, region: int, by: Engine, seed: int, deadline: Deadline) -> RegionSolver:
        """Give the solver of a region."""
        if self._formulation != PARTITION:
            from .regions.compact import CompactRegionSolver

            where = (self.question, self.scorer, region)
            return CompactRegionSolver(*where, by, seed, deadline, formulation=self._formulation)
        inside = None
        for question, scorer in self._inner:  # one, where there are two levels
            inside = Inside(question, scorer, region, deadline)
        return RegionSolver(self.question, self.scorer, region, by, seed, deadline, inside)


def _put(instance: Instance, scenario: Scenario, regions: Sequence[str]) -> list[tuple[Question, Scorer]]:
    """Put each level to some regions, zones first; what is wrong with any of them is told at once."""
    levels = {"": scenario}
    if scenario.level == "nested":
        levels = {"zones: ": scenario.at("zones"), "": scenario.at("mergers")}
    problems, found = Problems(), []
    try:
        scenario.check_weights()
    except InputError as error:
        problems.take(error)
    for prefix, asked in levels.items():
        try:
            found.append((ask(instance, asked, regions), Scorer(instance, asked)))
        except InputError as error:
            problems.take(error, prefix)
    problems.raise_if_any()
    return found
