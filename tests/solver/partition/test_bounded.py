"""The proof from bounds on scores: what it finds is what exact scores give, and little is worked out."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances.common.arrays import IntArray
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.partition.bounded import IMPOSSIBLE, solve_bounded
from refzones.solver.partition.fixing import solve_partition
from refzones.solver.partition.params import PartitionParams
from refzones.solver.partition.problem import PartitionProblem

# every set of five municipalities, connected or not
SETS = Candidates(np.arange(5), np.arange(1, 32, dtype=np.uint64)[:, None])
HASTY = PartitionParams(first=2)

scores = st.lists(st.integers(-50, 50), min_size=31, max_size=31)
gaps = st.lists(st.integers(0, 40), min_size=31, max_size=31)
missing = st.lists(st.booleans(), min_size=31, max_size=31)


@settings(deadline=None)
@given(scores, gaps, missing, st.integers(-(10**6), 0))
def test_bounds_lead_to_the_plan_of_exact_scores(
    exact: list[int], overstated: list[int], impossible: list[bool], junk: int
) -> None:
    nano = np.array(exact, dtype=np.int64)
    may = ~np.array(impossible)
    bounds = nano + np.array(overstated)

    def worth(rows: IntArray, lacking: int) -> IntArray:
        found = np.where(may[rows], nano[rows], IMPOSSIBLE)
        # what lies further below its bound may be anything that does
        return np.where(bounds[rows] - found > lacking, np.minimum(found, found + junk), found)

    answer = solve_bounded(PartitionProblem(SETS, bounds), worth, engine("highs"), params=HASTY)
    some = np.flatnonzero(may)
    if not len(some):
        assert answer.infeasible
        return
    wanted = solve_partition(PartitionProblem(SETS.take(some), nano[some]), engine("highs"))
    assert (answer.status, answer.score, answer.bound) == (wanted.status, wanted.score, wanted.bound)
    assert [SETS.members(row) for row in answer.chosen] == [SETS.members(int(some[k])) for k in wanted.chosen]


def test_only_what_may_matter_is_worked_out() -> None:
    nano = np.array([-(int(row) % 7) * 1_000 for row in range(31)], dtype=np.int64)
    asked: set[int] = set()

    def worth(rows: IntArray, _: int) -> IntArray:
        asked.update(rows.tolist())
        return nano[rows]

    answer = solve_bounded(PartitionProblem(SETS, nano.copy()), worth, engine("highs"), params=HASTY)
    assert answer.status == "optimal"
    assert len(asked) < 31


def test_no_time_is_no_plan() -> None:
    def worth(rows: IntArray, _: int) -> IntArray:
        raise AssertionError("there is no time for it")

    problem = PartitionProblem(SETS, np.zeros(31, dtype=np.int64))
    answer = solve_bounded(problem, worth, engine("highs"), deadline=Deadline(0.0))
    assert answer.status == "no plan within limit"
