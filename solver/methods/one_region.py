"""One of several regions that budgets bind together: its best plan at some prices, and plans near it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from ...instances.common.arrays import IntArray
from ...models.programmes.set_partition import SideConstraint
from ..candidates.enumeration import TooManyCandidatesError
from ..candidates.sets import Part
from ..deadline import Deadline
from ..diagrams.diagram import build_diagram
from ..diagrams.ends import cheapest_ends
from ..partition.bounded import solve_bounded
from ..partition.params import PartitionParams
from ..partition.problem import IMPOSSIBLE, PartitionProblem, PricedProblem
from ..partition.relaxation import relax
from .contract import Task
from .inner import InnerMergers


@dataclass(frozen=True, eq=False)
class RegionPlan:
    """A plan of one region.

    Attributes
    ----------
    score : int
        In nano-points, without prices.
    sums : ndarray of int64, shape (c,)
        Of each side constraint on zones, then on mergers.
    zones : ndarray of int64
        By index in the problem of all regions.
    mergers : tuple of tuple of int
    """

    score: int
    sums: IntArray
    zones: IntArray
    mergers: tuple[Part, ...]


@dataclass(eq=False)
class OneRegion:
    """The zones and mergers of one region.

    Attributes
    ----------
    rows : ndarray of int64
        Its zones by index in the problem of all regions.
    zones : PartitionProblem
        Without side constraints.
    amounts : ndarray of int64, shape (k, z)
        What each zone adds to the sums of the side constraints on zones.
    inner : InnerMergers
    """

    rows: IntArray
    zones: PartitionProblem
    amounts: IntArray
    inner: InnerMergers

    @classmethod
    def of(cls, zones: PartitionProblem, inner: InnerMergers, municipalities: IntArray) -> OneRegion:
        """Take the part of some municipalities that no zone joins to others."""
        rows, candidates = zones.candidates.inside(municipalities)
        amounts = [one.coefficients[rows][:, None] for one in zones.constraints]
        none = np.zeros((len(rows), 0), dtype=np.int64)
        problem = PartitionProblem(candidates, zones.scores[rows])
        return cls(rows, problem, np.concatenate([none, *amounts], axis=1), inner.of(municipalities))

    def _at(self, prices: IntArray) -> tuple[PartitionProblem, IntArray]:
        """Price the zones; give them with the prices of sums over mergers."""
        own = self.amounts.shape[1]
        return self.zones.rescore(self.zones.scores - self.amounts @ prices[:own]), prices[own:]

    def best_at(
        self, prices: IntArray, task: Task, deadline: Deadline, params: PartitionParams
    ) -> RegionPlan:
        """Find the plan that scores most less what its sums cost at some prices.

        Raises
        ------
        TooManyCandidatesError
            There is none, or none is proved: both are told otherwise.
        """
        zones, inside = self._at(prices)
        inner = self.inner.at(inside)
        inner.deadline = deadline
        if not inner.is_possible:
            raise TooManyCandidatesError
        bounded = zones.rescore(zones.scores + inner.at_most(zones.candidates))
        worth = partial(worth_inside, inner, zones)
        answer = solve_bounded(bounded, worth, task.engine, seed=task.seed, deadline=deadline, params=params)
        deadline.check()
        if answer.status != "optimal":
            raise TooManyCandidatesError
        chosen = np.array(answer.chosen, dtype=np.int64)
        mergers = tuple(part for row in answer.chosen for part in inner.best(zones.candidates.members(row)))
        sums = np.concatenate([self.amounts[chosen].sum(axis=0), self.inner.sums_of(mergers)])
        score = (answer.score or 0) + int(sums @ prices)
        return RegionPlan(score, sums, self.rows[chosen], mergers)

    def near(
        self, prices: IntArray, allowed: int, task: Task, deadline: Deadline, params: PartitionParams
    ) -> tuple[list[RegionPlan], int]:
        """List the plans of which the score less the price of the sums lacks no more than what is allowed.

        Of those with the same sums the best alone. Also gives how many zones, each with the mergers inside
        it, could be in one of them.
        """
        best = self.best_at(prices, task, deadline, params)
        zones, inside = self._at(prices)
        inner = self.inner.bounded_at(inside)
        inner.deadline = deadline
        most = inner.at_most(zones.candidates)
        relaxed = relax(zones.rescore(zones.scores + most), deadline, params.sifting)
        deadline.check()
        beyond = relaxed.bound - (best.score - int(best.sums @ prices)) + allowed
        some = np.flatnonzero(relaxed.reduced_costs <= beyond)
        found, worth, sums = inner.worth(zones.candidates.take(some), beyond)
        some = some[found]
        lacks = relaxed.reduced_costs[some] + most[some] - (worth - sums @ inside)
        kept = lacks <= beyond
        some, worth, sums, lacks = some[kept], worth[kept], sums[kept], lacks[kept]
        every = np.concatenate([self.amounts[some], sums], axis=1)
        scores = self.zones.scores[some] + worth
        sides = tuple(_told_apart(column) for column in every.T)
        problem = PartitionProblem(zones.candidates.take(some), scores, sides)
        priced = PricedProblem(problem, lacks, (0,) * len(sides), relaxed.bound)
        diagram = build_diagram(priced, beyond, deadline=deadline)
        plans = []
        for rows in cheapest_ends(diagram, lacks):
            deadline.check()
            parts = [
                merger
                for row in rows.tolist()
                for merger in self.inner.best(problem.candidates.members(row), tuple(sums[row].tolist()))
            ]
            total = every[rows].sum(axis=0)
            plans.append(RegionPlan(int(scores[rows].sum()), total, self.rows[some[rows]], tuple(parts)))
        return plans, len(some)


def _told_apart(amounts: IntArray) -> SideConstraint:
    """Let partitions of different sums be told apart, whatever they are."""
    return SideConstraint(amounts, 0, int(amounts.sum()))


def worth_inside(inner: InnerMergers, zones: PartitionProblem, rows: IntArray, lacking: int) -> IntArray:
    """Score some zones with the best mergers inside them; see `Worth`."""
    scores = np.full(len(rows), IMPOSSIBLE, dtype=np.int64)
    divisible, worth, _ = inner.worth(zones.candidates.take(rows), lacking)
    scores[divisible] = zones.scores[rows[divisible]] + worth
    return scores
