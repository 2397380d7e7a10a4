"""How a scenario is answered: regions side by side, what is known of them already taken over."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
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
from ..executing.executor import Executor
from ..incumbents import Live
from ..methods.contract import Method
from ..methods.registry import chain
from ..progress import Progress, telling
from ..results.budgets import are_within, budget_records
from ..results.result import PARTITION, Result
from .side_by_side import Keeper, SideBySide
from .together import blocks_of, divided

LARGEST_SEED = 2**31 - 2
"""CBC is given one more."""


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
    executor: Executor | None = None,
) -> Result:
    """Answer a scenario as `solve` does, with what a keeper takes over from earlier answers."""
    asked: dict[str, Any] = {
        "regions": regions,
        "engine_name": engine_name,
        "formulation": formulation,
        "workers": workers,
        "seed": seed,
        "progress": progress,
        "executor": executor,
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
    executor: Executor | None = None,
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

    blocks = blocks_of(work.levels, wanted)
    answers = SideBySide(
        instance=instance,
        methods=methods,
        engine=by,
        seed=seed,
        deadline=deadline,
        workers=workers,
        formulation=formulation,
        memory=limits.memory,
        decided=decided,
        live=live,
        keeper=keeper,
        executor=executor,
    )
    done = answers.of(blocks, telling(progress))
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
