"""The end of a proof by CP-SAT says what the exact search says, whatever the size of the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.models import Scenario
from refzones.models.programmes.set_partition import SideConstraint
from refzones.solver import solve
from refzones.solver.candidates.sets import Candidates
from refzones.solver.engines import engine
from refzones.solver.partition.cpsat_proof import CpSatProof
from refzones.solver.partition.exact_cover import ExactCover
from refzones.solver.partition.fixing import solve_partition
from refzones.solver.partition.params import PartitionParams
from refzones.solver.partition.problem import PartitionProblem, PricedProblem
from support.build import build_instance
from support.proving import proving

# all connected sets of the path 0 - 1 - 2 - 3
PATH = Candidates(np.arange(4), np.array([[m] for m in (1, 2, 4, 8, 3, 6, 12, 7, 14, 15)], dtype=np.uint64))
NOTHING = np.zeros(10, dtype=np.int64)
SCALES = st.sampled_from((1, 1_000_003, (1 << 49) - 1))


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.integers(0, 3), min_size=10, max_size=10),
    SCALES,
    st.none() | st.tuples(st.integers(1, 3), st.integers(0, 2), st.sampled_from((-1, 0, 1))),
    SCALES,
)
def test_same_as_the_exact_search(
    slack: list[int], scale: int, count: tuple[int, int, int] | None, heavy: int
) -> None:
    """With a price on the number of sets, or none, far beyond the budget or within it."""
    cost = np.array(slack, dtype=np.int64) * scale
    sides, prices = (), ()
    if count is not None:
        lower, more, sign = count
        sides = (SideConstraint(np.ones(10, dtype=np.int64), lower, lower + more),)
        prices = (sign * heavy,)
    budget = 12 * scale
    priced = PricedProblem(PartitionProblem(PATH, NOTHING, sides), cost, prices)
    searched = ExactCover(priced).best(budget)
    kept = np.flatnonzero(cost <= budget).astype(np.int64)
    least = CpSatProof(priced, kept, budget).cheapest()
    if searched is None:
        assert least is None
        return
    total, chosen = searched
    assert least is not None
    away = 0
    for side, price in zip(sides, prices, strict=True):
        number = len(least)
        away = price * ((side.upper if price > 0 else side.lower) - number)
    assert int(cost[least].sum()) + away == total
    ordered = CpSatProof(priced, kept, total).first_in_order()
    assert ordered is not None
    assert sorted(ordered.tolist()) == sorted(chosen)


def test_numbers_that_are_not_exact_are_not_told() -> None:
    cost = np.full(10, 1 << 54, dtype=np.int64)
    priced = PricedProblem(PartitionProblem(PATH, NOTHING), cost)
    assert CpSatProof(priced, np.arange(10), 1 << 55).cheapest() is None


@pytest.mark.parametrize("name", ["highs", "cpsat"])
@pytest.mark.parametrize("weight", [1.0, 3e4])
def test_heavy_weights_and_a_number_of_mergers(name: str, weight: float) -> None:
    """The number has a price of more than double precision holds; the proof is closed by CP-SAT."""
    row = build_instance([20_000 + 1_000 * k for k in range(7)], [(k, k + 1) for k in range(6)])
    asked = {"population": {"min": 1, "max": 90_000}, "count": {"min": 2, "max": 5}}
    scenario = Scenario.from_dict({**asked, "weights": {"cut_edges": weight, "distance": weight}})
    expected = solve(row, scenario).score_nano
    with proving(searchable=0, first=1):
        found = solve(row, scenario, engine_name=name)
    assert (found.status, found.score_nano) == ("optimal", expected)


def test_of_equals_the_first_in_order_without_the_search() -> None:
    params = PartitionParams(searchable=0)
    answer = solve_partition(PartitionProblem(PATH, NOTHING), engine("highs"), params=params)
    assert (answer.status, answer.score, answer.proof) == ("optimal", 0, "cpsat")
    assert [PATH.members(j) for j in answer.chosen] == [(0,), (1,), (2,), (3,)]
