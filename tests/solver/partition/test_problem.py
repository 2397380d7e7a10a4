"""The noun of set partitioning: what shows at sight, restriction, and what duals say."""

from __future__ import annotations

import numpy as np
from refzones.instances import load
from refzones.models import Scenario, Scorer, ask
from refzones.models.programmes.set_partition import SideConstraint
from refzones.solver.candidates.region import list_region
from refzones.solver.candidates.sets import Candidates
from refzones.solver.partition.problem import PartitionProblem, PricedProblem, problems_of

# over municipalities 5, 3 and 9: {5}, {3, 9}, {5, 3, 9}, {9}
SETS = Candidates(np.array([5, 3, 9]), np.array([[1], [6], [7], [4]], dtype=np.uint64))
SCORES = np.array([4, 7, 12, 1], dtype=np.int64)
NUMBER = SideConstraint(np.ones(4, dtype=np.int64), 1, 2)
PROBLEM = PartitionProblem(SETS, SCORES, (NUMBER,))


def test_restriction_keeps_candidates_scores_and_constraints_in_step() -> None:
    for rows in (np.array([1, 3]), np.array([False, True, False, True])):
        some = PROBLEM.restrict(rows)
        assert [some.candidates.members(k) for k in range(len(some))] == [(3, 9), (9,)]
        assert some.scores.tolist() == [7, 1]
        assert some.constraints[0].coefficients.tolist() == [1, 1]
    assert PROBLEM.rescore(SCORES + 1).constraints == PROBLEM.constraints


def test_what_differs_in_scores_alone() -> None:
    assert PROBLEM.is_but_for_scores(PROBLEM.restrict(np.arange(4)).rescore(SCORES + 1))
    moved = PartitionProblem(SETS.onto(np.array([3, 5, 9])), SCORES, (NUMBER,))
    wider = PartitionProblem(SETS, SCORES, (SideConstraint(NUMBER.coefficients, 1, 3),))
    counted = PartitionProblem(SETS, SCORES, (SideConstraint(np.arange(4), 1, 2),))
    for other in (PROBLEM.restrict(np.arange(3)), moved, wider, counted, PartitionProblem(SETS, SCORES)):
        assert not PROBLEM.is_but_for_scores(other)


def test_in_order_the_sets_stay_and_their_bits_move() -> None:
    ordered = PROBLEM.in_order()
    assert ordered.candidates.municipalities.tolist() == [3, 5, 9]
    assert [ordered.candidates.members(k) for k in range(4)] == [SETS.members(k) for k in range(4)]
    assert ordered.in_order() is ordered


def test_what_shows_at_sight() -> None:
    assert not PROBLEM.infeasible_at_sight
    without = PROBLEM.restrict(np.array([0, 3]))
    assert without.infeasible_at_sight
    assert without.candidates.uncovered == [3]
    for lower, upper in ((3, 2), (0, -1), (-4, -1)):
        limits = SideConstraint(NUMBER.coefficients, lower, upper)
        assert PartitionProblem(SETS, SCORES, (limits,)).infeasible_at_sight
    alone = PROBLEM.restrict(np.array([2]))
    assert not alone.is_solved_at_sight  # its constraint is not looked at
    assert PartitionProblem(alone.candidates, alone.scores).is_solved_at_sight
    assert not PartitionProblem(SETS, SCORES).is_solved_at_sight


def test_sums_within_the_constraints() -> None:
    assert PROBLEM.keeps_constraints(np.array([0, 1]))
    assert not PROBLEM.keeps_constraints(np.array([0, 1, 3]))


def test_what_duals_say_of_candidates_and_of_all_partitions() -> None:
    duals = np.array([4, 2, 5, 3], dtype=np.int64)  # of 5, 3, 9 and the number
    assert PROBLEM.dual_sums(duals).tolist() == [7, 10, 14, 8]
    assert PROBLEM.dual_bound(duals) == 11 + 3 * 2
    assert PROBLEM.dual_bound(np.array([4, 2, 5, -3])) == 11 - 3 * 1


def test_cost_of_a_partition_is_never_above_the_most() -> None:
    """By lowest bit: one of {5}, {5, 3, 9}, one of {3, 9}, and {9}; and what the number is away."""
    priced = PricedProblem(PROBLEM, np.array([3, 3, 2, 7], dtype=np.int64), (5,), bound=17)
    assert priced.most_cost == 3 + 3 + 7 + 5 * 1
    some = priced.restrict(np.array([0, 1]))
    assert (some.reduced_costs.tolist(), some.prices, some.bound) == ([3, 3], (5,), 17)
    assert len(some) == 2


def test_where_all_partitions_are_alike() -> None:
    priced = PricedProblem.without_costs(PROBLEM)
    assert (priced.reduced_costs.tolist(), priced.prices, priced.feasible) == ([0] * 4, (0,), True)


def test_problems_of_a_region_have_its_scores_under_any_weights() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    scorer = Scorer(instance, scenario)
    listed = list_region(ask(instance, scenario), scorer, instance.regions.index("Westhoek"))
    for weights in (None, {**scenario.weights, "coverage": 12.5}):
        for one, problem in zip(listed.components, problems_of(listed, weights), strict=True):
            assert problem.candidates is one.candidates
            assert np.array_equal(problem.scores, scorer.nano(one.values, weights))
