"""The graph of partial covers: all partitions within a budget, and what is to go from each state."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances.common.arrays import IntArray
from refzones.models.programmes.set_partition import SideConstraint
from refzones.models.scenario.scenario import Scenario
from refzones.solver import solve, verify
from refzones.solver.candidates.sets import Candidates
from refzones.solver.diagrams.diagram import (
    Diagram,
    DiagramLimitError,
    build_diagram,
    lexicographic_ranks,
)
from refzones.solver.diagrams.k_best import ranked_paths
from refzones.solver.partition.problem import PartitionProblem, PricedProblem
from refzones.solver.plan_sets.alternatives import best_plans
from support.brute import partitions
from support.build import build_instance


def candidates_of(sets: list[int], size: int) -> Candidates:
    words = np.array(sets, dtype=np.uint64)[:, None]
    return Candidates(np.arange(size, dtype=np.int64), words)


@st.composite
def choices(draw: st.DrawFn) -> tuple[int, dict[int, int]]:
    """Some sets of few municipalities, and what each costs."""
    size = draw(st.integers(1, 6))
    sets = draw(st.lists(st.integers(1, (1 << size) - 1), min_size=1, max_size=40, unique=True))
    return size, {one: draw(st.integers(0, 9)) for one in sets}


@settings(max_examples=200, deadline=None)
@given(choices(), st.integers(0, 40), st.integers(-3, 3), st.integers(0, 4))
def test_all_partitions_within_a_budget(
    drawn: tuple[int, dict[int, int]], budget: int, price: int, upper: int
) -> None:
    """With a side row: the number of sets of two or more, from 0 to some, at a price."""
    size, cost = drawn
    sets = list(cost)
    pairs = np.array([int(one.bit_count() > 1) for one in sets], dtype=np.int64)
    side = SideConstraint(pairs, 0, upper)
    problem = PartitionProblem(candidates_of(sets, size), np.zeros(len(sets), dtype=np.int64), (side,))
    some = PricedProblem(problem, np.array(list(cost.values()), dtype=np.int64), (price,))
    truth = []
    for plan in partitions((1 << size) - 1, dict.fromkeys(sets, (0, True))):
        number = sum(one.bit_count() > 1 for one in plan)
        total = sum(cost[one] for one in plan) + price * ((upper if price > 0 else 0) - number)
        if number <= upper and total <= budget:
            truth.append((total, sorted(members(one) for one in plan)))
    graph = build_diagram(some, budget)
    found = [
        (total, [members(sets[row]) for row in rows])
        for total, rows in ranked_paths(graph, some.reduced_costs)
    ]
    assert found == sorted(truth)
    assert (graph.least <= budget) == bool(truth)
    if truth:
        assert graph.least == min(truth)[0]
    check_to_go(graph, some.reduced_costs)


def members(one: int) -> tuple[int, ...]:
    return tuple(i for i in range(one.bit_length()) if one >> i & 1)


def check_to_go(graph: Diagram, cost: IntArray) -> None:
    """What is to go is what the cheapest arc and the rest cost; arcs are in that order."""
    for state in range(int(graph.first[-2])):
        arcs = range(int(graph.arc_first[state]), int(graph.arc_first[state + 1]))
        onward = [int(cost[graph.row[arc]] + graph.to_go[graph.target[arc]]) for arc in arcs]
        assert onward == sorted(onward)
        if onward and graph.spent[state] + graph.to_go[state] <= graph.budget:
            assert graph.to_go[state] == onward[0]


@given(st.lists(st.integers(1, 2**9 - 1), min_size=1, max_size=30, unique=True))
def test_ranks_are_those_of_sorted_tuples(sets: list[int]) -> None:
    ranks = lexicographic_ranks(candidates_of(sets, 9)).tolist()
    order = sorted(range(len(sets)), key=lambda k: members(sets[k]))
    assert [ranks[k] for k in order] == list(range(len(sets)))


def test_a_graph_that_is_too_large_is_given_up() -> None:
    sets = list(range(1, 1 << 6))
    some = PricedProblem.without_costs(
        PartitionProblem(candidates_of(sets, 6), np.zeros(len(sets), dtype=np.int64))
    )
    with pytest.raises(DiagramLimitError):
        build_diagram(some, 0, most_arcs=20)


def test_more_municipalities_than_bits_in_a_word() -> None:
    n = 70
    instance = build_instance(
        [1000 + 7 * (i * i % 11) for i in range(n)],
        [(i, i + 1) for i in range(n - 1)],
        points=[(100.0 * i + 37 * (i % 3), 50.0 * (i % 7)) for i in range(n)],
    )
    scenario = Scenario.from_dict({"population": {"min": 2000, "max": 4000}, "weights": {"distance": 5.0}})
    plans = best_plans(instance, scenario, 20)
    result = solve(instance, scenario)
    assert plans.plan(1).mergers == result.mergers
    scores = [plan.score_nano for plan in plans.of().plans]
    assert scores == sorted(scores, reverse=True)
    assert len({plan.parts for plan in plans.of().plans}) == 20
    assert all(verify(instance, scenario, plans.plan(rank)) == () for rank in range(1, 21))
