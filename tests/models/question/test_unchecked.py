"""A question with its contradictions is the question where there are none."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario, ask
from refzones.models.question.unchecked import Unchecked
from support.build import build_instance
from support.strategies import questions


@given(questions(agreed=True))
@settings(max_examples=150, deadline=None)
def test_what_ask_says(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    of = Unchecked.of(instance, scenario)
    try:
        asked = ask(instance, scenario)
    except InputError:
        assert of.neighbours is not None  # it does not refuse
        return
    assert of.standing == asked.standalone
    assert of.neighbours == asked.neighbours
    assert set(of.parted) == set(asked.apart)
    kept = {lock.municipalities for lock in of.kept if len(lock.municipalities) > 1}
    assert kept == set(asked.kept)
    everybody = range(len(instance))
    assert [of.counted([i]) for i in everybody] == [
        value if scenario.rules.above_max == "absorb" else int(instance.population[i])
        for i, value in enumerate(asked.bounded.tolist())
    ]


@given(questions(), st.data())
@settings(max_examples=80, deadline=None)
def test_pieces_and_what_lies_between(question: tuple[Instance, Scenario], data: st.DataObject) -> None:
    instance, scenario = question
    of = Unchecked.of(instance, scenario)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(instance)))
    graph.add_edges_from((a, b) for a, near in enumerate(of.neighbours) for b in near)
    some = st.sets(st.integers(0, len(instance) - 1), min_size=1)
    members, through = data.draw(some), data.draw(some)
    pieces = sorted(tuple(sorted(piece)) for piece in nx.connected_components(graph.subgraph(members)))
    assert of.pieces(members) == pieces
    between = of.between(members, through)
    rest = sorted(through - members)
    enough = [
        added
        for size in range(len(rest) + 1)
        for added in combinations(rest, size)
        if nx.is_connected(graph.subgraph({*members, *added}))
    ]
    if between is None:
        assert not enough
    else:
        assert nx.is_connected(graph.subgraph({*members, *between}))
        assert set(between) <= set(rest)
        if len(pieces) <= 2:  # a shortest path is the least there can be
            assert len(between) == len(enough[0])


def test_a_scenario_that_contradicts_itself() -> None:
    instance = build_instance([10, 10, 10], [(0, 1), (1, 2)])
    locks = {"together": [["M0", "M1"]], "apart": [["M0", "M1"]], "alone": ["M0"]}
    of = Unchecked.of(instance, Scenario.from_dict({"weights": {"distance": 1}, "locks": locks}))
    assert of.standing == {0: "locked"}
    assert list(of.parted) == [(0, 1)]
    assert [lock.municipalities for lock in of.together] == [(0, 1)]
