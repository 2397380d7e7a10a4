"""All plans of a region, their spanning trees, and distances between distributions."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from given import give
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.models import Scenario, Scorer, ask
from registry import Case
from specs import sampling
from specs.sampling import Distribution, Plans, spanning_trees
from support.admissible import Rules as BruteRules
from support.brute import admissible_parts, members_of, partitions
from support.build import build_instance


@given(st.integers(2, 6), st.data())
@settings(max_examples=40, deadline=None)
def test_spanning_trees_by_brute_force(n: int, data: st.DataObject) -> None:
    edges = {(data.draw(st.integers(0, i - 1)), i) for i in range(1, n)}
    edges |= data.draw(st.sets(st.sampled_from(list(combinations(range(n), 2))), max_size=5))
    graph: nx.Graph[int] = nx.Graph(sorted(edges))
    trees = sum(nx.is_tree(nx.Graph(some)) for some in combinations(sorted(edges), n - 1) if covers(some, n))
    assert spanning_trees(graph) == trees


def covers(edges: tuple[tuple[int, int], ...], n: int) -> bool:
    return {i for edge in edges for i in edge} == set(range(n))


def test_one_municipality_is_a_tree() -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_node(3)
    assert spanning_trees(graph) == 1


@pytest.mark.parametrize("number", [2, 3])
def test_plans_are_those_of_brute_force(number: int) -> None:
    borders = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0), (1, 4)]
    instance = build_instance([10_000, 20_000, 10_000, 30_000, 10_000, 20_000], borders)
    scenario = Scenario.from_dict({"population": {"min": 20_000, "max": 70_000}, "weights": {"cut_edges": 1}})
    every = Plans(ask(instance, scenario), Scorer(instance, scenario), number)
    parts = admissible_parts(BruteRules(instance, scenario), range(6))
    brute = [plan for plan in partitions(63, parts) if len(plan) == number]
    assert len(every.plans) == len(brute) > 0
    assert set(every.place) == {frozenset(frozenset(members_of(part)) for part in plan) for plan in brute}
    graph: nx.Graph[int] = nx.Graph(borders)
    for plan, k in every.place.items():
        cut = sum(not any({a, b} <= part for part in plan) for a, b in borders)
        assert every.values("cut_edges")[k] == cut
        assert every.trees[k] == np.prod([spanning_trees(graph.subgraph(part)) for part in plan])


def test_distance_by_hand() -> None:
    """Two plans with value 1, one with 2, one with 4; weighed 1, 0, 0, 1."""
    even = Distribution(np.array([2.0, 1.0, 4.0, 1.0]), np.ones(4))
    other = np.array([0.0, 1.0, 1.0, 0.0])
    assert even.distance(even.weights) == 0
    assert even.distance(other) == 0.25  # at 2: 3/4 beside 1/2
    assert even.mean_off(other) == pytest.approx(2.5 / 2.0 - 1)


def test_a_chain_meets_only_plans_that_are_listed() -> None:
    pytest.importorskip("gerrychain", reason="gerrychain is in the extra 'bench'")
    options = {"parts": 5, "term": "distance", "seed": 1}
    for method in ("recom", "reversible recom"):
        out = sampling.run(Case("flanders-2025/Zuid-West-Vlaanderen", method, "", 1.0, options))
        assert (out.verified, out.facts["plans"]) == (True, 256)
        assert out.facts["steps"] > 100
        assert out.facts["after 100"].keys() == set(sampling.MEASURES)


def test_the_region_of_the_benchmark_is_small_enough() -> None:
    instance, scenario = give(sampling.sweep()[0].instance)
    every = Plans(ask(instance, scenario), Scorer(instance, scenario), 4)
    assert 1_000 < len(every.plans) < 10_000
    assert every.trees.min() >= 1
