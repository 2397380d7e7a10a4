"""One callback tells how far every long calculation is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from refzones.models import Scenario
from refzones.solver import Loss, best_plans, census, diverse_plans, pareto_front, solve, stability
from refzones.solver.progress import Step, telling
from support.build import build_instance

INSTANCE = build_instance(
    [10, 20, 30, 40, 50],
    [(0, 1), (1, 2), (3, 4)],
    region=[0, 0, 0, 1, 1],
    layers={"police": ["a", "a", "b", "b", "c"]},
)
SCENARIO = Scenario.from_dict(
    {"population": {"min": 20, "max": 100}, "weights": {"distance": 2, "cut_edges": 1}}
)
HALF = Loss.read("50%")
TERMS = ["distance", "cut_edges"]
LONG: dict[str, Callable[..., Any]] = {
    "solve": lambda tell: solve(INSTANCE, SCENARIO, workers=1, progress=tell).by_region,
    "best_plans": lambda tell: best_plans(INSTANCE, SCENARIO, 2, progress=tell).by_region,
    "diverse_plans": lambda tell: (
        diverse_plans(INSTANCE, SCENARIO, 2, Loss.read("50%"), progress=tell).by_region
    ),
    "census": lambda tell: census(INSTANCE, SCENARIO, progress=tell).by_region,
    "pareto_front": lambda tell: pareto_front(INSTANCE, SCENARIO, TERMS, progress=tell).by_region,
    "stability": lambda tell: stability(INSTANCE, SCENARIO, progress=tell).by_region,
}
BEFORE = {
    "best_plans": lambda name, plans, seconds: (name, plans, seconds),
    "diverse_plans": lambda name, plans, seconds: (name, plans, seconds),
    "stability": lambda name, seconds: (name, seconds),
}


@pytest.mark.parametrize("name", LONG)
def test_every_region_is_told_of_once_in_order(name: str) -> None:
    told: list[Step] = []
    LONG[name](told.append)
    assert [(step.done, step.total) for step in told] == [(1, 2), (2, 2)]
    assert {step.name for step in told} == set(INSTANCE.regions)
    assert all(step.seconds >= 0 and step.answer is not None for step in told)


@pytest.mark.parametrize("name", ["solve", "census", "pareto_front", "diverse_plans"])
def test_what_is_told_is_what_comes_out(name: str) -> None:
    told: list[Step] = []
    found = LONG[name](told.append)
    assert {id(step.answer) for step in told} == {id(answer) for answer in found}


@pytest.mark.parametrize("name", BEFORE)
def test_callbacks_of_several_arguments_are_still_called(name: str) -> None:
    told: list[tuple[object, ...]] = []
    before = BEFORE[name]

    def two(name: str, seconds: float) -> None:
        told.append(before(name, seconds))

    def three(name: str, plans: int, seconds: float) -> None:
        told.append(before(name, plans, seconds))

    with pytest.warns(DeprecationWarning, match="single Step"):
        LONG[name](two if name == "stability" else three)
    assert sorted(figures[0] for figures in told) == sorted(INSTANCE.regions)


def test_what_was_given_before_is_found_in_a_step() -> None:
    told: list[Step] = []
    (first, _) = solve(INSTANCE, SCENARIO, workers=1, progress=told.append).by_region
    (step,) = (step for step in told if step.name == first.name)
    with pytest.warns(DeprecationWarning, match=r"step\.answer\.status"):
        assert step.status == "optimal"
    with pytest.raises(AttributeError):
        _ = step.nothing


def test_nobody_need_be_told() -> None:
    assert telling(None)(Step("", 1, 1)) is None
