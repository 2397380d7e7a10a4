"""Partitions after a change of a few candidates: against all partitions, whatever is looked at first."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from refzones.instances.common.arrays import IntArray
from refzones.models.programmes.set_partition import SideConstraint
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.partition.fixing import Proved, solve_partition
from refzones.solver.partition.params import PartitionParams
from refzones.solver.partition.problem import IMPOSSIBLE, PartitionProblem
from refzones.solver.partition.without import Without

SIZE = 5
# every set of five municipalities, connected or not
SETS = Candidates(np.arange(SIZE), np.arange(1, 2**SIZE, dtype=np.uint64)[:, None])
steps = st.builds(
    PartitionParams,
    nearest=st.sampled_from((1, 4, 5_000)),
    looked_at_first=st.sampled_from((0, 60)),
    searched_first=st.sampled_from((-1, 8, 600)),
    nodes_first=st.sampled_from((1, 3_000)),
)


@st.composite
def problems(draw: st.DrawFn) -> PartitionProblem:
    rows = np.array(sorted(draw(st.sets(st.integers(0, 30), min_size=4))), dtype=np.int64)
    nano = draw(st.lists(st.integers(-40, 40), min_size=len(rows), max_size=len(rows)))
    least = draw(st.integers(0, 3))
    number = SideConstraint(np.ones(len(rows)), least, draw(st.integers(least, SIZE)))
    constraints = (number,) if draw(st.booleans()) else ()
    return PartitionProblem(SETS.take(rows), np.array(nano, dtype=np.int64), constraints)


def best_by_trying(problem: PartitionProblem, scores: IntArray) -> int | None:
    """Try all choices of up to five candidates that may be chosen."""
    masks = [int(word) for word in problem.candidates.words[:, 0]]
    may = [k for k in range(len(masks)) if scores[k] > IMPOSSIBLE]
    found = []
    for number in range(1, SIZE + 1):
        for chosen in combinations(may, number):
            holds_all = sum(masks[k] for k in chosen) == 2**SIZE - 1 == _united(masks, chosen)
            if holds_all and problem.keeps_constraints(np.array(chosen)):
                found.append(int(scores[list(chosen)].sum()))
    return max(found, default=None)


def _united(masks: list[int], chosen: tuple[int, ...]) -> int:
    union = 0
    for k in chosen:
        union |= masks[k]
    return union


def within(proved: Proved, scores: IntArray) -> IntArray:
    return scores[proved.rows]


@given(problems(), steps, st.data())
@settings(max_examples=120, deadline=None)
def test_one_change_after_the_other(
    problem: PartitionProblem, params: PartitionParams, data: st.DataObject
) -> None:
    found = solve_partition(problem, engine("highs"))
    assume(found.proved is not None)
    assert found.proved is not None
    assert found.proved.score == found.score
    without = Without(found.proved, engine("highs"), params=params)
    for _ in range(3):
        changed = data.draw(st.sets(st.integers(0, len(problem) - 1), max_size=4))
        lower = data.draw(st.sampled_from((None, 1, 25)))
        scores = problem.scores.copy()
        for row in changed:
            scores[row] = IMPOSSIBLE if lower is None else scores[row] - lower
        answer = without.best(lambda proved, scores=scores: within(proved, scores))
        best = best_by_trying(problem, scores)
        event("none" if best is None else "as good" if best == found.score else "worse")
        if best is None:
            assert answer.infeasible
        else:
            assert (answer.status, answer.score) == ("optimal", best)
            assert int(scores[list(answer.chosen)].sum()) == best


def test_few_candidates_are_looked_at_where_they_are_enough() -> None:
    problem = PartitionProblem(SETS, np.array([-(row % 7) * 1_000 for row in range(31)], dtype=np.int64))
    found = solve_partition(problem, engine("highs"))
    assert found.proved is not None
    few = found.proved.nearest(10)
    assert set(np.array(found.chosen)) <= set(few.rows.tolist())
    assert len(few.rows) < 31
    assert few.wider is not None
    asked: list[int] = []

    def change(proved: Proved) -> IntArray:
        asked.append(len(proved.rows))
        scores = proved.priced.problem.scores.copy()
        scores[proved.rows == found.chosen[0]] = IMPOSSIBLE
        return scores

    params = replace(PartitionParams(), nearest=10)
    answer = Without(found.proved, engine("highs"), params=params).best(change)
    assert answer.status == "optimal"
    assert asked[0] == len(few.rows)
    assert found.proved.nearest(31) is found.proved


def test_what_a_question_needs_is_added_and_no_more() -> None:
    problem = PartitionProblem(SETS, np.array([-(row % 7) * 1_000 for row in range(31)], dtype=np.int64))
    found = solve_partition(problem, engine("highs"))
    assert found.proved is not None
    few = found.proved.nearest(6)
    assert few.wider is not None
    costs = found.proved.priced.reduced_costs
    bound = found.proved.priced.bound
    lacking = int(np.sort(costs[costs > costs[few.rows].max()])[0])
    more = few.wider(bound - lacking, Deadline())
    assert set(more.rows.tolist()) == set(np.flatnonzero(costs <= lacking).tolist())
    assert more.floor == bound - lacking
    assert len(few.rows) < len(more.rows) < len(problem)
    # without any plan, they grow until nothing is left out
    steps = [few]
    while steps[-1].wider is not None:
        steps.append(steps[-1].wider(None, Deadline()))
    assert steps[-1] is found.proved
    assert sorted(len(step.rows) for step in steps) == [len(step.rows) for step in steps]
