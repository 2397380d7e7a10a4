"""Changes by hand: the groups that come out, and what speaks against them."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import Instance, load
from refzones.models import Scenario
from refzones.models.question.unchecked import Unchecked
from refzones.solver import evaluate_drawn, join_drawn, move_drawn, solve, split_drawn
from support.build import build_instance
from support.strategies import questions

Groups = tuple[tuple[int, ...], ...]


@st.composite
def drawings(draw: st.DrawFn) -> tuple[Instance, Scenario, Groups]:
    instance, scenario = draw(questions(largest=8, agreed=True))
    labels = [draw(st.integers(0, 4)) for _ in range(len(instance))]
    groups = [tuple(i for i, label in enumerate(labels) if label == k) for k in range(4)]  # 4: in no merger
    return instance, scenario, tuple(sorted(group for group in groups if group))


def pieces(instance: Instance, scenario: Scenario, members: set[int]) -> int:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(members)
    near = Unchecked.of(instance, scenario).neighbours
    graph.add_edges_from((a, b) for a in members for b in near[a] if b in members)
    return nx.number_connected_components(graph)


@given(drawings(), st.data())
@settings(max_examples=200, deadline=None)
def test_moves(drawing: tuple[Instance, Scenario, Groups], data: st.DataObject) -> None:
    instance, scenario, groups = drawing
    everybody = st.integers(0, len(instance) - 1)
    who, to = data.draw(st.sets(everybody, max_size=3)), data.draw(st.none() | everybody)
    edit = move_drawn(instance, scenario, groups, who, to)
    event(edit.reason.kind if edit.reason else "allowed")
    home = next((set(group) for group in groups if to in group), set() if to is None else {to})
    if edit.reason is not None and edit.reason.kind in ("nothing selected", "there already"):
        assert edit.groups == groups
        return
    held = {i for group in edit.groups for i in group}
    assert held == {i for group in groups for i in group} | who | home
    assert sum(map(len, edit.groups)) == len(held)
    if to is None:
        assert all((i,) in edit.groups for i in who)
    else:
        assert tuple(sorted(home | who)) in edit.groups
    left = [(set(group), set(group) - who) for group in groups if set(group) != home]
    torn = [
        pieces(instance, scenario, rest) > pieces(instance, scenario, group)
        for group, rest in left
        if rest and rest != group
    ]
    assert edit.allowed <= (not any(torn))
    assert edit.changed == tuple(group for group in edit.groups if group not in groups)
    if edit.allowed and to is not None:
        merged = home | who
        assert len({int(instance.region[i]) for i in merged}) == 1
        assert pieces(instance, scenario, merged) <= max(
            pieces(instance, scenario, part)
            for part in [home, *(who & set(group) for group in groups), *({i} for i in who)]
            if part
        )


@given(drawings(), st.data())
@settings(max_examples=150, deadline=None)
def test_joining_and_splitting_again(drawing: tuple[Instance, Scenario, Groups], data: st.DataObject) -> None:
    instance, scenario, groups = drawing
    if len(groups) < 2:
        return
    a, b = data.draw(st.sampled_from(list(combinations(groups, 2))))
    joined = join_drawn(instance, scenario, groups, [a[0], b[-1]])
    event(joined.reason.kind if joined.reason else "allowed")
    assert joined.changed == (tuple(sorted(a + b)),)
    assert split_drawn(instance, scenario, joined.groups, a).groups == groups
    if joined.allowed:
        whole = evaluate_drawn(instance, scenario, joined.groups)
        new = [rule.kind for rule in whole.broken if rule.merger == joined.changed[0]]
        before = evaluate_drawn(instance, scenario, groups)
        old = {rule.kind for rule in before.broken if rule.merger in (a, b)}
        assert not {"region", "standalone", "disconnected"} & (set(new) - old)


CHAIN = build_instance([10, 10, 10, 10, 10, 99], [(0, 1), (1, 2), (2, 3), (4, 5)], region=[0, 0, 0, 0, 1, 1])
ASKED = Scenario.from_dict({"population": {"min": 10, "max": 50}, "weights": {"distance": 1}})


@pytest.mark.parametrize(
    ("who", "to", "kind", "after"),
    [
        ([1], 2, None, ((0,), (1, 2, 3), (4,), (5,))),
        ([0], 2, "no common border", ((0, 2, 3), (1,), (4,), (5,))),
        ([0], None, None, ((0,), (1,), (2, 3), (4,), (5,))),
        ([0], 1, "there already", ((0, 1), (2, 3), (4,), (5,))),
        ([3], 4, "different regions", ((0, 1), (2,), (3, 4), (5,))),
        ([4], 5, "stands alone by rule", ((0, 1), (2, 3), (4, 5))),
    ],
)
def test_a_chain(who: list[int], to: int | None, kind: str | None, after: Groups) -> None:
    edit = move_drawn(CHAIN, ASKED, [(0, 1), (2, 3), (4,), (5,)], who, to)
    assert (edit.reason.kind if edit.reason else None) == kind
    assert edit.groups == after


def test_a_merger_that_would_fall_apart() -> None:
    edit = move_drawn(CHAIN, ASKED, [(0, 1, 2)], [1], None)
    assert edit.reason is not None
    assert (edit.reason.kind, edit.reason.pieces) == ("falls apart", ((0,), (2,)))
    assert edit.reason.text == "M0 and M2 would fall apart into 2 pieces: M0 | M2"
    assert edit.groups == ((0, 2), (1,))


def test_sides_of_a_split() -> None:
    told = {
        side: (edit.reason.kind if edit.reason else None, edit.groups)
        for side in ((0,), (1,), (0, 1, 2, 3), (0, 4), (5,), ())
        for edit in [split_drawn(CHAIN, ASKED, [(0, 1, 2, 3), (4,), (5,)], side)]
    }
    start = ((0, 1, 2, 3), (4,), (5,))
    assert told == {
        (0,): (None, ((0,), (1, 2, 3), (4,), (5,))),
        (1,): ("falls apart", ((0, 2, 3), (1,), (4,), (5,))),
        (0, 1, 2, 3): ("not in one merger", start),
        (0, 4): ("not in one merger", start),
        (5,): ("stands alone already", start),
        (): ("nothing selected", start),
    }


def test_two_mergers_of_flanders() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    groups = [merger.members for merger in solve(instance, scenario, regions=["Oost-Brabant"]).mergers]
    lubbeek, aarschot = instance.find("Lubbeek"), instance.find("Aarschot")
    edit = move_drawn(instance, scenario, groups, [lubbeek], aarschot)
    assert edit.allowed
    (home,) = [group for group in edit.groups if aarschot in group]
    assert lubbeek in home
    back = move_drawn(instance, scenario, edit.groups, [lubbeek], instance.find("Tienen"))
    assert back.allowed
