"""Who moves between two plans: as few inhabitants as turn one into the other, biggest first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import Plan, moves_between, solve
from refzones.solver.review.transfers import transfers
from support.build import build_instance
from support.strategies import instances

SCENARIO = Scenario.from_dict({"population": {"min": 0}, "weights": {"distance": 1}})


@st.composite
def partitions(draw: st.DrawFn, n: int) -> list[list[int]]:
    labels = [draw(st.integers(0, 3)) for _ in range(n)]
    return [[i for i in range(n) if labels[i] == label] for label in sorted(set(labels))]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Instance, Plan, Plan]:
    instance = draw(instances())
    first, second = (Plan.of(instance, SCENARIO, draw(partitions(len(instance)))) for _ in range(2))
    return instance, first, second


@given(pairs())
@settings(max_examples=120, deadline=None)
def test_those_who_move(question: tuple[Instance, Plan, Plan]) -> None:
    instance, first, second = question
    found = moves_between(instance, first, second)
    old, new = ([part.members for part in plan.mergers] for plan in (first, second))
    expected = transfers(old, new, instance.population)
    moving = sorted(i for move in found.moves for i in move.municipalities)
    assert moving == [one.municipality for one in expected if one.moves]
    assert (found.municipalities, found.partners) == (len(moving), len(expected))
    assert found.inhabitants == int(instance.population[moving].sum())
    sizes = [move.inhabitants for move in found.moves]
    assert sizes == sorted(sizes, reverse=True)
    for move in found.moves:
        assert move.before in old
        assert move.after in new
        assert set(move.municipalities) == set(move.before) & set(move.after)
        assert (move.kind == "leaves") == (len(move.after) == 1)
        assert all(instance.names[i] in move.text for i in move.municipalities)
    assert bool(found.moves) == (old != new)
    assert moves_between(instance, first, first).moves == ()


def test_words() -> None:
    instance = build_instance([50, 10, 40, 10, 30, 5], [(i, i + 1) for i in range(5)])

    def told(first: list[list[int]], second: list[list[int]]) -> list[tuple[str, str]]:
        plans = [Plan.of(instance, SCENARIO, groups) for groups in (first, second)]
        return [(move.kind, move.text) for move in moves_between(instance, *plans).moves]

    start = [[0, 1], [2, 3], [4], [5]]
    assert told(start, [[0], [1, 2, 3], [4], [5]]) == [("moves", "M1 from M0 to M2")]
    assert told(start, [[0, 1], [2, 3], [4, 5]]) == [("joins", "M5 to M4")]
    assert told(start, [[0, 1], [2], [3], [4], [5]]) == [("leaves", "M3 from M2, to stand alone")]
    assert told(start, [[0], [1, 3], [2], [4], [5]]) == [
        ("founds", "M1 from M0 to a new merger with M3"),
        ("founds", "M3 from M2 to a new merger with M1"),
    ]
    assert told([[0, 1, 2, 3], [4], [5]], [[0, 1], [2, 3], [4], [5]]) == [
        ("founds", "M2 and M3 from M1 to a merger of their own")
    ]


def test_seats_that_change() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    result = solve(instance, scenario, regions=["Midwest"])
    merger = max(result.mergers, key=lambda part: len(part.members))
    other = next(i for i in merger.members if i != merger.seat)
    lock = {"locks": {"seat": [instance.names[other]]}}
    assert result.plan is not None
    moved = moves_between(instance, result.plan, result.plan.under(scenario.overlaid(lock)))
    assert (moved.moves, moved.seats) == ((), ((merger.seat, other),))
    assert moved


def test_plans_of_other_regions_are_refused() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    plans = [solve(instance, scenario, regions=[name]).plan for name in ("Midwest", "Denderregio")]
    assert plans[0] is not None
    assert plans[1] is not None
    with pytest.raises(InputError, match="the same municipalities"):
        moves_between(instance, plans[0], plans[1])
