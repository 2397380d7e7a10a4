"""How a scenario is answered: regions side by side, what is known of them already taken over."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from itertools import combinations
from typing import Any

from ...instances.common.problems import InputError, Problems, reject
from ...instances.instance import Instance
from ...models.question.constraints import ENCLOSED, refuse_beyond_number
from ...models.question.locks import join_groups
from ...models.question.surroundings import forbids_enclosed_mergers
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ...models.scoring.model import Model
from ..candidates.region import wanted_regions
from ..deadline import Deadline, Limits
from ..engines import engine
from ..incumbents import Live
from ..memory import budget
from ..methods.contract import Method
from ..methods.inner import InnerMergers
from ..methods.registry import chain
from ..partition.answer import lower
from ..progress import Progress, Step, telling
from ..results.budgets import are_within, budget_records
from ..results.region_result import RegionResult
from ..results.result import PARTITION, Result
from .region import RegionSolver
from .together import Block, blocks_of, divided

LARGEST_SEED = 2**31 - 2
"""CBC is given one more."""

DECIDING = 60.0
"""Seconds in which plans without each part are proved, or as long as the answer itself took."""


class Keeper:
    """What may be taken over from earlier answers for the same instance: by itself nothing."""

    def methods(self, methods: Sequence[Method]) -> Sequence[Method]:
        """Give the methods that answer components in place of others."""
        return methods

    def inner(self, model: Model, region: int, deadline: Deadline) -> InnerMergers:
        """Make what finds the mergers inside zones."""
        return InnerMergers(model, region, deadline)

    def recall(self, solver: RegionSolver) -> RegionResult | None:
        """Give the answer for a region whose question was answered before; None where it is not known."""

    def keep(self, solver: RegionSolver, result: RegionResult) -> None:
        """Take note of an answer."""


def answer(
    instance: Instance,
    scenario: Scenario,
    *,
    regions: Sequence[str] | None,
    engine_name: str,
    formulation: str,
    workers: int | None,
    limits: Limits,
    seed: int,
    progress: Progress | None,
    live: Live | None = None,
    decided: bool = False,
    keeper: Keeper = Keeper(),
) -> Result:
    """Answer a scenario as `solve` does, with what a keeper takes over from earlier answers."""
    asked: dict[str, Any] = {
        "regions": regions,
        "engine_name": engine_name,
        "formulation": formulation,
        "workers": workers,
        "seed": seed,
        "progress": progress,
    }
    begun, deadline = time.perf_counter(), limits.start()
    within = partial(
        _answer, instance, scenario, limits=limits, live=live, decided=decided, keeper=keeper, **asked
    )
    if not scenario.budgeted:
        return within()
    free = partial(_free, instance, scenario, deadline, begun, asked)
    if len(scenario.levels) > 1:
        # regions by themselves have a much tighter relaxation
        result = free()
        if result is not None and result.status == "optimal":
            return result
    result = within()
    if any(region.status == "no plan within limit" for region in result.by_region):
        return free() or result  # by ways that know no budget
    return result


def _free(
    instance: Instance, scenario: Scenario, deadline: Deadline, begun: float, asked: dict[str, Any]
) -> Result | None:
    """Answer without budgets, in the time left; None where the plan breaks one of them.

    A best plan that keeps all budgets is the best that does, and so is the first of equals; bounds hold too.
    """
    free = scenario.without_budgets()
    result = _answer(framed(instance, scenario), free, limits=deadline.limits(), **asked)
    if result.score_nano is None:
        return None
    records = budget_records(result.instance, scenario, result.mergers, result.zones)
    if not are_within(records):
        return None
    return replace(result, scenario=scenario, seconds=time.perf_counter() - begun)


def _answer(
    instance: Instance,
    scenario: Scenario,
    *,
    regions: Sequence[str] | None,
    engine_name: str,
    formulation: str,
    workers: int | None,
    limits: Limits,
    seed: int,
    progress: Progress | None,
    live: Live | None = None,
    decided: bool = False,
    keeper: Keeper = Keeper(),
) -> Result:
    """Answer a scenario, regions that a budget binds as one."""
    begun = time.perf_counter()
    deadline = limits.start()
    instance = framed(instance, scenario)
    wanted = wanted_regions(instance, regions)
    names = [instance.regions[region] for region in wanted]
    work = Work.of(instance, scenario, formulation, engine_name, names)
    methods = keeper.methods([method.within(limits) for method in work.methods])
    workers = workers if workers is not None else os.cpu_count() or 1
    if workers < 1:
        reject("there must be at least one worker", value=workers)
    if not 0 <= seed <= LARGEST_SEED:
        reject(f"the seed must be a whole number from 0 to {LARGEST_SEED}", value=seed)
    by = engine(engine_name)
    if formulation == "cpsat":
        by = engine("cpsat")

    tell, blocks = telling(progress), blocks_of(work.levels, wanted)
    done: dict[Block, RegionResult] = {}
    solvers: dict[Block, RegionSolver] = {}
    waiting: set[Block] = set(blocks)

    def share() -> float:
        return min(1.0, workers / max(1, len(waiting)))

    def run(block: Block) -> None:
        # what is known of regions that are answered together is a plan of all of them, and told at the end
        told = live if len(block.regions) == 1 else None
        solver = RegionSolver(
            block.levels, block.region, methods, by, seed, deadline, share, told, keeper.inner
        )
        result = None if block in done else keeper.recall(solver)
        if result is None:
            result = solver.solve()
            keeper.keep(solver, result)
        if decided and result.status == "optimal":
            solvers[block] = solver
        waiting.discard(block)
        if block not in done:
            before = sum(len(other.regions) for other in done)
            for place, one in enumerate(divided(instance, block.regions, result), before + 1):
                tell(Step(one.name, place, len(wanted), one.seconds, one))
        done[block] = _better(done.get(block), result)

    def decide(block: Block) -> None:
        done[block] = solvers.pop(block).decide(done[block], at_most)

    # several workers: large regions first, so that none is left alone with one at the end; one: small regions
    # first, which are told at once and leave the others what they do not need of their share of the time
    sign = -1 if workers > 1 else 1
    order = sorted(blocks, key=lambda one: sign * len(one.levels[-1].question.free_members(one.region)))
    memory = budget().within(limits.memory).among(min(workers, len(blocks)))
    with ThreadPoolExecutor(max_workers=workers, initializer=memory.begin) as pool:
        list(pool.map(run, order))
        # a share of the time was too little for these, but others have left some
        again = [block for block in order if done[block].status in ("feasible", "no plan within limit")]
        if deadline.at is not None and not deadline.passed and len(blocks) > workers:
            waiting.update(again)
            list(pool.map(run, again))
        at_most = deadline.at_most(max(DECIDING, time.perf_counter() - begun))
        list(pool.map(decide, [block for block in order if block in solvers]))
    by_region = tuple(one for block in blocks for one in divided(instance, block.regions, done[block]))
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
class Work:
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
    ) -> Work:
        """Put a scenario to some regions, and see that a formulation can answer it."""
        levels = _put(instance, scenario, regions)
        if len(levels) > 1:
            for model in levels:
                _refuse_enclosed_mergers(model)
        if formulation != PARTITION:
            from ..methods.compact.method import check_formulation

            check_formulation(formulation, scenario, levels[-1].scorer, engine_name)
            for block in blocks_of(levels, wanted_regions(instance, regions)):
                question = block.levels[-1].question
                refuse_beyond_number(
                    question, [block.region], f"the formulation '{formulation}'", budgets=True
                )
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
    return with_locks_of_mergers(tuple(reversed(models)))


def with_locks_of_mergers(levels: tuple[Model, ...]) -> tuple[Model, ...]:
    """Hold together in zones what is held together in mergers: a zone holds its mergers whole.

    No plan is lost, and zones that could not be divided are not listed. What contradicts a rule of zones is
    left to the proof that there is no plan.
    """
    if len(levels) == 1:
        return levels
    mergers, zones = (model.question for model in levels)
    apart = set(zones.apart)
    held = [
        group
        for group in (*mergers.together, *mergers.kept)
        if not zones.fixed.intersection(group) and apart.isdisjoint(combinations(group, 2))
    ]
    if not held:
        return levels
    together = join_groups([*zones.together, *held])
    return (levels[0], replace(levels[1], question=replace(zones, together=together)))
