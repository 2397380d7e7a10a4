"""The set partitioning problem of a component as it is posed: zones with the sums of their mergers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...instances.common.arrays import IntArray
from ...models.programmes.set_partition import SideConstraint
from ..candidates.constraints import bounded
from ..candidates.enumeration import TooManyCandidatesError
from ..candidates.sets import Candidates, Part
from ..deadline import Deadline
from ..partition.fixing import PartitionAnswer, Proved, solve_partition
from ..partition.params import PartitionParams
from ..partition.problem import PartitionProblem
from ..partition.relaxation import Relaxation, Relaxing, relax
from .contract import Task
from .inner import InnerMergers


@dataclass(frozen=True)
class Posed:
    """The set partitioning problem of a component.

    Attributes
    ----------
    problem : PartitionProblem
        Of the outermost level. Scores are without those of mergers nested in zones unless side constraints
        bind these.
    sums : ndarray of int64, shape (k, c)
        Sums of the side constraints over the mergers nested in each candidate; a candidate then stands once
        for each combination of sums that is of use.
    own : ndarray of int64, shape (k,)
        Score of each candidate without those of mergers nested in it.
    answer : PartitionAnswer or None
        Where posing it came to the answer.
    mergers : tuple of tuple of int, or None
        Of that answer, where they are known.
    """

    problem: PartitionProblem
    sums: IntArray
    own: IntArray
    answer: PartitionAnswer | None = None
    mergers: tuple[Part, ...] | None = None

    @property
    def candidates(self) -> Candidates:
        """Candidates of the problem."""
        return self.problem.candidates


def pose_divided(posed: Posed, inner: InnerMergers) -> Posed:
    """Add the best mergers inside each zone, for each combination of their sums."""
    rows, worth, sums = inner.worth(posed.candidates)
    return _with_mergers(posed.problem, inner, rows, worth, sums)


def _with_mergers(
    zones: PartitionProblem, inner: InnerMergers, rows: IntArray, worth: IntArray, sums: IntArray
) -> Posed:
    divided = zones.restrict(rows)
    nested = [
        SideConstraint(sums[:, k], one.lower, bounded(one.upper, sums[:, k], divided.candidates))
        for k, one in enumerate(inner.constraints)
    ]
    constraints = (*divided.constraints, *nested)
    problem = PartitionProblem(divided.candidates, divided.scores + worth, constraints)
    return Posed(problem, sums, divided.scores)


def pose_nearest(
    posed: Posed,
    inner: InnerMergers,
    task: Task,
    deadline: Deadline,
    params: PartitionParams,
    relaxing: Relaxing = relax,
) -> Posed:
    """Pose and solve the problem over the zones and mergers that may matter alone.

    Zones are relaxed over what the mergers inside them score at most at the prices of their budgets, as in
    `solve_bounded`: a plan lacks to that bound what its zones and its mergers lack, and at least that. So a
    plan that keeps all side constraints and lacks no more than what was allowed is the best of all.

    Raises
    ------
    TimeUpError, TooManyCandidatesError, EngineError
    """
    zones = posed.problem
    none = replace(posed, answer=PartitionAnswer(infeasible=True, proof="relaxation"))
    if not inner.is_possible or zones.infeasible_at_sight:
        return none
    most = inner.at_most(zones.candidates)
    relaxed = relaxing(zones.rescore(zones.scores + most), deadline, params.sifting)
    if not relaxed.feasible:
        return none
    bound = relaxed.bound + inner.allowance
    costs, widest = relaxed.reduced_costs, int(relaxed.reduced_costs.max(initial=0))
    first = min(params.first, len(costs) - 1)
    allowed: int | None = int(np.partition(costs, first)[first])
    while True:
        near = _near(zones, inner, relaxed, most, allowed)
        by = task.engine
        answer = solve_partition(near.problem, by, seed=task.seed, deadline=deadline, params=params)
        lacking = None if answer.score is None else bound - answer.score
        if allowed is None or (lacking is not None and lacking <= allowed):
            return replace(near, answer=_of_all(answer, bound, allowed))
        if deadline.passed or (lacking is None and not answer.infeasible):
            answer = replace(answer, infeasible=False, bound=bound, proved=None)
            return replace(near, answer=answer)
        if lacking is not None:
            allowed = lacking
        else:
            allowed = params.widening * allowed + 1 if allowed < widest else None


def _near(
    zones: PartitionProblem, inner: InnerMergers, relaxed: Relaxation, most: IntArray, allowed: int | None
) -> Posed:
    """Pose the problem of zones and mergers that lack no more than what is allowed; of all for None."""
    costs = relaxed.reduced_costs
    rows = np.flatnonzero(costs <= allowed) if allowed is not None else np.arange(len(costs))
    found, worth, sums = inner.worth(zones.candidates.take(rows), allowed)
    rows = rows[found].astype(np.int64)
    if allowed is not None:
        some = costs[rows] + (most[rows] - (worth - sums @ inner.prices)) <= allowed
        rows, worth, sums = rows[some], worth[some], sums[some]
    return _with_mergers(zones, inner, rows, worth, sums)


def _of_all(answer: PartitionAnswer, bound: int, allowed: int | None) -> PartitionAnswer:
    """Say what the answer over some candidates proves of all: others lack more than what was allowed."""
    if allowed is None or answer.proved is None:
        return answer

    def wider(_: int | None, __: Deadline) -> Proved:
        raise TooManyCandidatesError  # plans that need others are not looked for

    return replace(answer, proved=replace(answer.proved, floor=bound - allowed, wider=wider))
