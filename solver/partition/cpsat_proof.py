"""The end of a proof by CP-SAT, in whole numbers, where the exact cover search has too many branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray
from ...models.programmes.programme import Programme, with_row
from ...models.programmes.set_partition import SideConstraint, partition_programme
from ..deadline import Deadline
from ..engines import EngineError, engine
from .problem import PricedProblem

_EXACT = 1 << 53  # whole numbers below this are exact in double precision, in which programmes are written


@dataclass(frozen=True)
class CpSatProof:
    """Finds partitions of least cost by integer programmes in whole numbers.

    Attributes
    ----------
    priced : PricedProblem
    kept : ndarray of int64
        Candidates that may be chosen, by index; their reduced costs are within the budget.
    budget : int
        Most that a partition may cost. Nothing is told where it is too large for exact numbers.
    deadline : Deadline
    """

    priced: PricedProblem
    kept: IntArray
    budget: int
    deadline: Deadline = field(default_factory=Deadline)

    def cheapest(self, seed: int = 0) -> IntArray | None:
        """Give the partition of least cost, by index; None where it is not told."""
        every = np.ones(self.priced.problem.size, dtype=np.bool_)
        programme = self._programme(self.kept.tolist(), every)
        chosen = self._solved(programme, seed)
        return None if chosen is None else self.kept[chosen[: len(self.kept)]]

    def first_in_order(self) -> IntArray | None:
        """Give the lexicographically smallest partition, merger by merger; None where it is not told.

        One integer programme a merger.
        """
        candidates = self.priced.candidates
        members = {j: candidates.members(j) for j in self.kept.tolist()}
        left = sorted(members, key=members.__getitem__)
        open_rows = np.ones(self.priced.problem.size, dtype=np.bool_)
        chosen: list[int] = []
        while open_rows.any():
            first = int(candidates.municipalities[open_rows.argmax()])
            programme = self._programme(left, open_rows, chosen)
            cost = programme.cost
            spent = int(self.priced.reduced_costs[chosen].sum())
            programme = with_row(programme, cost, self.budget - spent)
            # only those that hold the first open municipality have a rank, so that the least rank decides
            holds = np.array([members[j][0] == first for j in left])
            rank = np.zeros(len(cost))
            rank[: len(left)] = np.cumsum(holds) * holds
            solution = self._solved(replace(programme, cost=rank))
            if solution is None:
                return None
            chosen.append(left[int(np.flatnonzero(solution[: len(left)] & holds)[0])])
            taken = set(members[chosen[-1]])
            open_rows &= ~np.isin(candidates.municipalities, list(taken))
            left = [j for j in left if not taken & set(members[j])]
        return np.array(chosen, dtype=np.int64)

    def _programme(self, left: Sequence[int], open_rows: BoolArray, chosen: Sequence[int] = ()) -> Programme:
        """Write the programme over some candidates beside those that are chosen.

        How far each side constraint is away from its bound is a column more, so that no number is larger
        than the budget: prices times coefficients, which add up to nearly nothing, may be far beyond what is
        exact.
        """
        rows = np.array(left, dtype=np.int64)
        already = list(chosen)
        priced = [
            (one.less(int(one.coefficients[already].sum())).take(rows), price)
            for one, price in self.priced.constraint_prices
        ]
        programme = partition_programme(
            self.priced.candidates.dense(rows)[:, open_rows],
            self.priced.reduced_costs[rows].astype(np.float64),
            [one for one, _ in priced],
        )
        for one, price in priced:
            if price:
                programme = _with_distance(programme, one, price, self.budget)
        return programme

    def _solved(self, programme: Programme, seed: int = 0) -> BoolArray | None:
        """Columns of a proved optimum."""
        if self.budget >= _EXACT:
            return None
        try:
            answer = engine("cpsat").solve(programme, seconds=self.deadline.remaining, seed=seed)
        except EngineError:  # the sum of all numbers is too large for it
            return None
        return answer.x > 0.5 if answer.status == "optimal" and answer.x is not None else None


def _with_distance(programme: Programme, side: SideConstraint, price: int, budget: int) -> Programme:
    """Add a column that says how far a side constraint is away from the bound that binds, at its price."""
    columns = programme.shape[1]
    at = side.binding(price)
    farthest = min(budget // abs(price), max(0, side.upper - side.lower))
    wider = replace(
        programme,
        cost=np.append(programme.cost, float(min(abs(price), budget + 1))),
        lower=np.append(programme.lower, 0.0),
        upper=np.append(programme.upper, float(farthest)),
        integer=np.append(programme.integer, True),
    )
    row = np.zeros(columns + 1)
    row[: len(side.coefficients)] = side.coefficients
    row[columns] = 1.0 if price > 0 else -1.0
    return with_row(wider, row, at_most=float(at), at_least=float(at))
