"""Plans below a value, and where paths are cut."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver.candidates.region import list_regions
from refzones.solver.plan_sets.census.graph import PlanGraph, plan_graph
from refzones.solver.plan_sets.census.meet_in_the_middle import Cut, TooManySumsError, middle, plans_below
from support.build import build_instance
from support.strategies import questions

pytest.importorskip("numba")
SUMS = import_module("refzones.solver.plan_sets.census.partial_sums")


def graphs_of(question: tuple[Instance, Scenario]) -> list[PlanGraph]:
    try:
        listings = list(list_regions(*question))
    except InputError:
        return []
    graphs = [plan_graph(listed, memory=1e9) for listed in listings]
    return [graph for graph in graphs if graph is not None]


def paths(graph: PlanGraph, state: int = 0) -> list[tuple[int, ...]]:
    """All paths from a state on, by their candidates."""
    if state == graph.states - 1:
        return [()]
    arcs = range(int(graph.arc_first[state]), int(graph.arc_first[state + 1]))
    return [(int(graph.row[arc]), *more) for arc in arcs for more in paths(graph, int(graph.target[arc]))]


@settings(deadline=None, max_examples=40)
@given(questions(largest=8, agreed=True), st.data())
def test_every_cut_counts_the_same(question: tuple[Instance, Scenario], data: st.DataObject) -> None:
    for graph in graphs_of(question):
        size = int(graph.first_row[-1])
        drawn = data.draw(st.lists(st.integers(-3, 3), min_size=size, max_size=size))
        nano = np.array(drawn, dtype=np.int64)
        sums = sorted(int(nano[list(path)].sum()) for path in paths(graph))
        assert len(sums) == graph.count
        thresholds = list(range(sums[0] - 1, sums[-1] + 3))
        known = [sum(one < threshold for one in sums) for threshold in thresholds]
        event(f"{min(len(graph.layers) - 2, 4)} layers")
        assert middle(graph).sums <= graph.count
        assert plans_below(graph, nano, thresholds) == known
        for state in np.unique(graph.layers[1:-1]).tolist():
            assert plans_below(graph, nano, thresholds, cut=Cut(state, 0)) == known


@settings(deadline=None, max_examples=30)
@given(questions(largest=8), st.booleans())
def test_equal_sums_held_once_or_not(question: tuple[Instance, Scenario], always: bool) -> None:
    for graph in graphs_of(question):
        nano = np.arange(int(graph.first_row[-1]), dtype=np.int64) % 2
        known = plans_below(graph, nano, range(9))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SUMS, "_REPEATS", 1 if always else 1_000)
            patch.setattr(SUMS, "_AT_ONCE", 0)
            assert plans_below(graph, nano, range(9)) == known


def test_more_sums_than_may_be_sorted() -> None:
    instance = build_instance([1000] * 10, [(i, i + 1) for i in range(9)])
    scenario = Scenario.from_dict({"population": {"min": 1000, "max": 2000}, "weights": {"distance": 1}})
    (graph,) = graphs_of((instance, scenario))
    nano = np.zeros(int(graph.first_row[-1]), dtype=np.int64)
    most = middle(graph).sums
    assert most < graph.count == 89
    assert plans_below(graph, nano, [0, 1], most=most) == [0, 89]
    with pytest.raises(TooManySumsError):
        plans_below(graph, nano, [0], most=most - 1)
