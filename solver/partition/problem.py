"""The set partitioning problem of a component: candidates, what each scores, and side constraints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...models.programmes.set_partition import SideConstraint
from ..candidates.region import RegionListing
from ..candidates.sets import Candidates

NEVER = 1 << 61
"""What it costs to complete what cannot be completed; twice as much still fits in 64 bits."""

IMPOSSIBLE = -(1 << 60)
"""Score of a candidate that may not be chosen: below any sum of scores that a `Scorer` gives."""

_Duals = TypeVar("_Duals", IntArray, FloatArray)


@dataclass(frozen=True, eq=False)
class PartitionProblem:
    """Choose candidates that hold each municipality exactly once, with the highest total score.

    The set partitioning problem of Balas and Padberg (1976) with side constraints.

    Attributes
    ----------
    candidates : Candidates
    scores : ndarray of int64, shape (k,)
        Of each candidate, in nano-points.
    constraints : tuple of SideConstraint
        Bounds on sums over the candidates chosen.
    """

    candidates: Candidates
    scores: IntArray
    constraints: tuple[SideConstraint, ...] = ()

    def __len__(self) -> int:
        return len(self.candidates)

    @property
    def size(self) -> int:
        """Number of municipalities."""
        return len(self.candidates.municipalities)

    def restrict(self, rows: IntArray | BoolArray) -> PartitionProblem:
        """Keep some candidates, by index or mask."""
        constraints = tuple(one.take(rows) for one in self.constraints)
        return PartitionProblem(self.candidates.take(rows), self.scores[rows], constraints)

    def rescore(self, scores: IntArray) -> PartitionProblem:
        """Give the candidates other scores."""
        return replace(self, scores=scores)

    def is_but_for_scores(self, other: PartitionProblem) -> bool:
        """Whether another problem has the same candidates, in the same bits, and side constraints."""
        own, others = self.candidates, other.candidates
        return (
            np.array_equal(own.municipalities, others.municipalities)
            and np.array_equal(own.words, others.words)
            and len(self.constraints) == len(other.constraints)
            and all(
                (one.lower, one.upper) == (another.lower, another.upper)
                and np.array_equal(one.coefficients, another.coefficients)
                for one, another in zip(self.constraints, other.constraints, strict=True)
            )
        )

    def in_order(self) -> PartitionProblem:
        """Give the problem with the bits of its candidates in the order of the municipalities."""
        candidates = self.candidates.onto(np.sort(self.candidates.municipalities))
        return self if candidates is self.candidates else replace(self, candidates=candidates)

    @property
    def infeasible_at_sight(self) -> bool:
        """Whether no candidate holds some municipality, or a side constraint contradicts itself."""
        contradictory = any(one.upper < max(0, one.lower) for one in self.constraints)
        return contradictory or bool(self.candidates.uncovered)

    @property
    def is_solved_at_sight(self) -> bool:
        """Whether its one candidate is the only partition."""
        return len(self) == 1 and not self.constraints and not self.candidates.uncovered

    def keeps_constraints(self, chosen: IntArray) -> bool:
        """Whether the sums over some candidates are within the bounds of every side constraint."""
        sums = [int(one.coefficients[chosen].sum()) for one in self.constraints]
        return all(one.lower <= total <= one.upper for one, total in zip(self.constraints, sums, strict=True))

    def dual_sums(self, duals: _Duals) -> _Duals:
        """Sum the duals of each candidate's rows, shape (k,): municipalities first, then side constraints."""
        total = self.candidates.sums(duals[: self.size])
        for one, price in zip(self.constraints, duals[self.size :], strict=True):
            if price:
                total = total + price * one.coefficients.astype(duals.dtype)
        return total

    def dual_bound(self, duals: IntArray) -> int:
        """Give what no partition can score more than, when no candidate scores more than its dual sum."""
        prices: list[int] = duals[self.size :].tolist()
        binding = [price * one.binding(price) for one, price in zip(self.constraints, prices, strict=True)]
        return int(duals[: self.size].sum()) + sum(binding)


def problems_of(
    listing: RegionListing, weights: Mapping[str, float] | None = None
) -> Iterator[PartitionProblem]:
    """Pose the problem of each component of a region, under the scenario's weights or others."""
    for listed in listing.components:
        scores = listing.scorer.nano(listed.values, weights)
        yield PartitionProblem(listed.candidates, scores, listed.constraints)


@dataclass(frozen=True, eq=False)
class PricedProblem:
    """A problem with dual prices: a partition of cost d scores ``bound - d``.

    The cost of a partition is the sum of the reduced costs of its candidates, and for each side constraint
    its price times what the sum is away from the bound that binds.

    Attributes
    ----------
    problem : PartitionProblem
    reduced_costs : ndarray of int64, shape (k,)
        At least 0 each.
    prices : tuple of int
        Dual price of each side constraint: above 0 the upper bound binds, below 0 the lower.
    bound : int
        In nano-points.
    feasible : bool
        False where it is proved that there is no partition.
    """

    problem: PartitionProblem
    reduced_costs: IntArray
    prices: tuple[int, ...] = ()
    bound: int = 0
    feasible: bool = True

    @classmethod
    def without_costs(cls, problem: PartitionProblem, *, feasible: bool = True) -> PricedProblem:
        """Give every candidate a reduced cost of zero, so that all partitions cost the same."""
        costs = np.zeros(len(problem), dtype=np.int64)
        return cls(problem, costs, (0,) * len(problem.constraints), feasible=feasible)

    @property
    def candidates(self) -> Candidates:
        """Candidates of the problem."""
        return self.problem.candidates

    def __len__(self) -> int:
        return len(self.problem)

    def restrict(self, rows: IntArray | BoolArray) -> PricedProblem:
        """Keep some candidates, by index or mask."""
        return replace(self, problem=self.problem.restrict(rows), reduced_costs=self.reduced_costs[rows])

    @property
    def constraint_prices(self) -> Iterator[tuple[SideConstraint, int]]:
        """Each side constraint with its price."""
        return zip(self.problem.constraints, self.prices, strict=True)

    @property
    def most_cost(self) -> int:
        """What no partition exceeds: the costliest candidates by lowest member, one for each."""
        total = 0
        bits = self.candidates.dense() > 0
        lowest = bits.argmax(axis=1)
        for i in range(bits.shape[1]):
            total += int(self.reduced_costs[lowest == i].max(initial=0))
        for one, price in self.constraint_prices:
            total += abs(price) * max(one.upper - one.lower, 0)
        return min(total, NEVER - 1)
