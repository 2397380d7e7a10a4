"""The best split is the best of all, one by one."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.models.question.unchecked import Unchecked
from refzones.solver import Plan, Reason
from refzones.solver.drawing.splitting import best_side
from support.strategies import connected_sets, questions


@st.composite
def mergers(draw: st.DrawFn) -> tuple[Instance, Scenario, tuple[int, ...]]:
    instance, scenario = draw(questions(largest=9, agreed=True, numbers=(1,)))
    return instance, scenario, draw(connected_sets(instance))


def rank(of: Unchecked, group: tuple[int, ...], side: tuple[int, ...]) -> tuple[int, int, int]:
    """What a split is judged by, the least first."""
    rest = tuple(i for i in group if i not in side)
    bounds = of.scenario.population
    held = [set(lock.municipalities) & set(group) for lock in (*of.together, *of.kept)]
    parted = sum(bool(some & set(side)) and bool(some & set(rest)) for some in held)
    missing = 0
    for half in (side, rest):
        if len(half) > 1 or half[0] not in of.standing:
            people = of.counted(half)
            missing += max(bounds.lowest - people, 0) + max(people - bounds.highest, 0)
    plain = of.scenario.model_copy(update={"locks": type(of.scenario.locks)(seat=of.scenario.locks.seat)})
    plain = plain.model_copy(update={"existing": type(of.scenario.existing)()})
    score = sum(part.score_nano for part in Plan.of(of.instance, plain, [side, rest]).mergers)
    return parted, missing, -score


@given(mergers())
@settings(max_examples=120, deadline=None)
def test_none_is_better(question: tuple[Instance, Scenario, tuple[int, ...]]) -> None:
    instance, scenario, group = question
    of = Unchecked.of(instance, scenario)
    if len(group) < 2:
        return
    found = best_side(of, group)
    assert not isinstance(found, Reason)
    if len(of.pieces(group)) > 1:
        assert found in of.pieces(group)
        return
    sides = [
        (group[0], *others)
        for size in range(len(group) - 1)
        for others in combinations(group[1:], size)
        if len(of.pieces((group[0], *others))) == 1
        and len(of.pieces([i for i in group if i != group[0] and i not in others])) == 1
    ]
    assert found in sides
    try:
        ranks = {side: rank(of, group, side) for side in sides}
    except InputError:  # a scenario that is refused has no scores to compare
        return
    assert ranks[found] == min(ranks.values())


def test_a_region_is_too_large_to_split() -> None:
    instance = load("flanders-2025")
    of = Unchecked.of(instance, Scenario.preset("mergers"))
    members = tuple(instance.members(instance.regions.index("Oost-Brabant")).tolist())
    found = best_side(of, members)
    assert isinstance(found, Reason)
    assert found.kind == "too many ways"
