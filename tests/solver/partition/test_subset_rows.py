"""Subset rows: they bring the bound down, and a proof through them is the same."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from refzones.instances import InputError, Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver import solve
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import Deadline
from refzones.solver.partition.problem import PartitionProblem
from refzones.solver.partition.relaxation import relax
from refzones.solver.partition.subset_rows import strengthen
from support.brute import brute_force
from support.proving import proving
from support.strategies import questions

# three of whom any two may merge, or none: the relaxation takes half of each pair
THREE = Candidates(np.arange(3), np.array([[3], [5], [6], [1], [2], [4]], dtype=np.uint64))
SCORES = np.array([2, 2, 2, 0, 0, 0], dtype=np.int64) * 10**9
PROBLEM = PartitionProblem(THREE, SCORES)


def test_odd_ring_needs_its_row() -> None:
    """Half of each pair scores 3; in whole numbers one pair and one alone score 2."""
    assert relax(PROBLEM).bound == 3 * 10**9
    priced = strengthen(PROBLEM, 10**9, Deadline())
    assert priced.bound == 2 * 10**9
    assert len(priced.prices) == len(priced.problem.constraints) == 1
    assert (priced.reduced_costs >= 0).all()


def test_rows_count_two_of_three() -> None:
    (row,) = strengthen(PROBLEM, 10**9, Deadline()).problem.constraints
    assert (row.lower, row.upper) == (0, 1)
    assert row.coefficients.tolist() == [1, 1, 1, 0, 0, 0]


@given(questions(largest=8))
@settings(max_examples=120, deadline=None)
def test_proofs_through_cuts_equal_brute_force(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        with proving(cuts_above=-1, first=1):
            result = solve(instance, scenario, workers=1)
    except InputError:
        assume(False)
    truth = brute_force(instance, scenario)
    if truth is None:
        assert result.status == "infeasible"
        return
    assert (result.status, result.score_nano, result.bound_nano) == (
        "optimal",
        truth.score_nano,
        truth.score_nano,
    )
    assert result.plan is not None
    assert [merger.members for merger in result.plan.mergers] == truth.chosen
