"""Graphs of what joins and what is cut."""

from __future__ import annotations

import numpy as np
from refzones.models import Scenario, ask
from refzones.solver.methods.edges.graph import Graph
from support.build import build_instance


def _square() -> Graph:
    """Four in a ring, with a diagonal that may not be merged across and one that touches nowhere."""
    instance = build_instance([1, 2, 3, 4], [(0, 1), (1, 2), (2, 3), (0, 3), (0, 2)])
    first = instance.codes
    scenario = Scenario.from_dict(
        {
            "population": {"min": 0, "max": 10},
            "weights": {"cut_edges": 1},
            "borders": {"removed": [[first[0], first[2]]], "added": [[first[1], first[3]]]},
        }
    )
    return Graph.of(ask(instance, scenario), np.arange(4))


def test_what_joins_and_what_costs_are_told_apart() -> None:
    graph = _square()
    source = np.repeat(np.arange(4), np.diff(graph.begin))
    joined = {(int(a), int(b)) for a, b, yes in zip(source, graph.to, graph.joins, strict=True) if yes}
    costing = {(int(a), int(b)) for a, b, yes in zip(source, graph.to, graph.costs, strict=True) if yes}
    assert joined - costing == {(1, 3), (3, 1)}
    assert costing - joined == {(0, 2), (2, 0)}
    assert (graph.to[graph.back] == source).all()
    assert (graph.back[graph.back] == np.arange(len(graph.to))).all()


def test_some_vertices_keep_the_edges_between_them() -> None:
    graph = _square().within(np.array([0, 2, 3]))
    assert graph.people.tolist() == [1, 3, 4]
    source = np.repeat(np.arange(3), np.diff(graph.begin))
    assert (graph.to[graph.back] == source).all()
    assert graph.cut(np.array([0, 1, 1])) == 2
    assert [piece.tolist() for piece in graph.within(np.array([0, 1])).pieces()] == [[0], [1]]
