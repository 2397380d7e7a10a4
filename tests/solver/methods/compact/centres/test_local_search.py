"""Plans by local search: parts are connected, hold their centres, and keep the bounds."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from refzones.solver.methods.compact.centres import local_search
from refzones.solver.methods.compact.centres.bounding import bound_one, costs_of
from refzones.solver.methods.compact.centres.local_search import LocalSearch
from refzones.solver.methods.compact.centres.problem import CentreProblem


def board(seed: int, side: int) -> tuple[CentreProblem, list[list[int]], nx.Graph[int]]:
    """Squares of a board with inhabitants at random."""
    rng = np.random.default_rng(seed)
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(side, side), ordering="sorted")
    points = np.array([(i // side, i % side) for i in range(side * side)], dtype=np.float64)
    people = rng.integers(10, 30, side * side).astype(np.float64)
    cost = people[:, None] * ((points[:, None] - points[None]) ** 2).sum(axis=2)
    middle = people.sum() / 3
    problem = CentreProblem(cost, people, middle * 0.97, middle * 1.03)
    return problem, [sorted(graph[v]) for v in graph], graph


@pytest.mark.parametrize("seed", range(5))
def test_plans_keep_the_rules(seed: int) -> None:
    problem, neighbours, graph = board(seed, 9)
    centres = np.array([20, 24, 66])
    cost = costs_of(problem, centres[None])[0]
    bound, multipliers = bound_one(problem, cost, np.inf, np.zeros(3))
    plan = LocalSearch(problem, neighbours, seed).plan(centres, cost, multipliers)
    assert plan is not None
    for place, centre in enumerate(centres.tolist()):
        members = np.flatnonzero(plan == place)
        assert centre in members
        assert nx.is_connected(graph.subgraph(members.tolist()))
        assert problem.low <= problem.population[members].sum() <= problem.high
    total = cost[plan, np.arange(len(plan))].sum()
    assert bound * (1 - 1e-9) <= total <= 1.3 * bound


def test_nobody_out_of_reach_is_given_to_a_part() -> None:
    problem, neighbours, _ = board(1, 4)
    neighbours[0] = []
    for near in neighbours:
        if 0 in near:
            near.remove(0)
    centres = np.array([5, 10])
    cost = costs_of(problem, centres[None])[0]
    assert LocalSearch(problem, neighbours, 0).plan(centres, cost, np.zeros(2)) is None


@pytest.mark.parametrize("seed", range(4))
def test_plans_are_the_same_compiled_and_not(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem, neighbours, _ = board(seed, 8)
    centres = np.array([9, 22, 53])
    cost = costs_of(problem, centres[None])[0]
    _, multipliers = bound_one(problem, cost, np.inf, np.zeros(3))
    search = LocalSearch(problem, neighbours, seed)
    compiled = search.plan(centres, cost, multipliers)
    monkeypatch.setattr(local_search, "fast_searched", lambda: None)
    by_moves = search.plan(centres, cost, multipliers)
    assert compiled is not None
    assert by_moves is not None
    assert (compiled == by_moves).all()
