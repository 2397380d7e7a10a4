"""Amounts by steps of inhabitants: at the ends of steps, in compact formulations, and bounded from below."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances.common.arrays import IntArray
from refzones.models import Scenario
from refzones.models.formulations.assignment import assign
from refzones.models.indicators.by_inhabitants import ByInhabitants, Step, steps_of
from refzones.models.scoring.model import Model
from refzones.solver.engines import engine
from support.brute import partitions
from support.build import build_instance

N = 4
COMPLETE = [(i, j) for i in range(N) for j in range(i)]
PLANS = [
    [[i for i in range(N) if part >> i & 1] for part in plan] for plan in partitions(2**N - 1, range(1, 2**N))
]


class Drawn(ByInhabitants):
    """An indicator with steps of its own."""

    key = "drawn"
    family = "finance"
    unit = "euro"
    of_mergers: tuple[Step, ...] = ()
    of_others: tuple[Step, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        return ()

    @property
    def merged(self) -> tuple[Step, ...]:
        return self.of_mergers

    @property
    def alone(self) -> tuple[Step, ...]:
        return self.of_others


@st.composite
def steps(draw: st.DrawFn) -> tuple[Step, ...]:
    ends = sorted(draw(st.sets(st.integers(1, 40), max_size=3)))
    return tuple(
        replace(step, slope=float(draw(st.integers(0, 5))))
        for step in steps_of(ends, [float(draw(st.integers(0, 9))) for _ in range(len(ends) + 1)])
    )


def test_steps_end_below_a_number() -> None:
    assert steps_of([10, 20], [1, 2, 3], more=5) == (Step(0, 9, 6), Step(10, 19, 7), Step(20, None, 8))


@pytest.mark.parametrize(("people", "amount"), [(9, 1.0), (10, 22.0), (19, 40.0), (20, 3.0), (90, 3.0)])
def test_by_hand(people: int, amount: float) -> None:
    indicator = Drawn(build_instance([people, 0], [(0, 1)]), Scenario())
    indicator.of_mergers = (Step(0, 9, 1), Step(10, 19, 2, 2), Step(20, None, 3))
    indicator.of_others = (Step(0, None, 4),)
    members = np.array([[1.0, 1.0], [1.0, 0.0]])
    assert indicator.amounts(members, np.arange(2)).tolist() == [amount, 4.0]


@settings(deadline=None, max_examples=60)
@given(
    people=st.lists(st.integers(0, 15), min_size=N, max_size=N).filter(any),
    of_mergers=steps(),
    of_others=st.none() | steps(),
    data=st.data(),
)
def test_compact_formulations_write_it_exactly(
    people: list[int], of_mergers: tuple[Step, ...], of_others: tuple[Step, ...] | None, data: st.DataObject
) -> None:
    """With the parts of a plan fixed, neither the least nor the most of the expression is another sum."""
    instance = build_instance(people, COMPLETE)
    scenario = Scenario.from_dict({"population": {"min": 0, "max": 60}})
    indicator = Drawn(instance, scenario)
    indicator.of_mergers, indicator.of_others = of_mergers, of_others or of_mergers
    plan = data.draw(st.sampled_from(PLANS))
    event(f"{len(plan)} parts, {'apart' if of_others else 'alike'}")
    members = np.array([[float(i in part) for i in range(N)] for part in plan])
    truth = float(indicator.amounts(members, np.arange(N)).sum())

    parts = assign(Model.of(instance, scenario, instance.regions), np.arange(N))
    found = indicator.linear(parts)
    programme = parts.builder.programme()
    lower, upper = programme.lower.copy(), programme.upper.copy()
    for part in plan:
        (root,) = [j for j in part if all(parts.x[i, j] >= 0 for i in part)]
        for i in range(N):
            for j in np.flatnonzero(parts.x[i] >= 0).tolist():
                if i in part:
                    lower[parts.x[i, j]] = upper[parts.x[i, j]] = float(j == root)
    cost = np.zeros(programme.shape[1])
    np.add.at(cost, found.columns, found.amounts)
    for sign in (1.0, -1.0):
        answer = engine().solve(replace(programme, lower=lower, upper=upper, cost=sign * cost))
        assert answer.x is not None
        assert float(cost @ answer.x) == pytest.approx(truth, abs=1e-5)


@dataclass(frozen=True)
class Place:
    """A component of which every partition is a plan."""

    municipalities: IntArray
    counted: IntArray
    bounds: tuple[int, int]
    numbers: tuple[int, int]
    within: tuple[IntArray, ...] = ()


@settings(deadline=None, max_examples=60)
@given(
    people=st.lists(st.integers(0, 15), min_size=N, max_size=N).filter(any),
    of_mergers=steps(),
    of_others=steps(),
    bounds=st.tuples(st.integers(0, 15), st.integers(0, 45)).map(sorted),
    others=st.booleans(),
)
def test_no_plan_has_less_than_the_least(
    people: list[int],
    of_mergers: tuple[Step, ...],
    of_others: tuple[Step, ...],
    bounds: list[int],
    others: bool,
) -> None:
    indicator = Drawn(build_instance(people, COMPLETE), Scenario())
    indicator.of_mergers, indicator.of_others = of_mergers, of_others
    counted = np.array(people) + others  # the bounds count somebody else
    plans = [plan for plan in PLANS if all(bounds[0] <= counted[part].sum() <= bounds[1] for part in plan)]
    event("no plan" if not plans else "some plans")
    numbers = (min(map(len, plans), default=1), N)
    least = indicator.least(Place(np.arange(N), counted, (bounds[0], bounds[1]), numbers))
    for plan in plans:
        members = np.array([[float(i in part) for i in range(N)] for part in plan])
        assert least <= indicator.amounts(members, np.arange(N)).sum() + 1e-9
