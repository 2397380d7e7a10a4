"""The end of a proof by CP-SAT, where the exact search takes too many branches, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...models.programmes.programme import Programme, with_row
from ...models.programmes.set_partition import SideConstraint, partition_programme
from ..candidates.sets import Candidates
from ..deadline import Deadline
from ..engines import EngineError, engine

_EXACT = 1 << 53  # whole numbers below this are exact in double precision, in which programmes are written


@dataclass(frozen=True)
class Closing:
    """Partitions whose total slack is within a budget; side rows add what they are away, at their price.

    Attributes
    ----------
    candidates : Candidates
    slack : ndarray of int64, shape (k,)
        At least 0 each.
    kept : ndarray of int64
        Candidates that may be chosen, by index; their slack is within the budget.
    sides : tuple of SideConstraint
        Over all candidates.
    prices : tuple of int
        See `ExactCover`.
    budget : int
        Nothing is told where it is too large for exact numbers.
    deadline : Deadline
    """

    candidates: Candidates
    slack: IntArray
    kept: IntArray
    sides: tuple[SideConstraint, ...]
    prices: tuple[int, ...]
    budget: int
    deadline: Deadline = field(default_factory=Deadline)

    def least(self, seed: int = 0) -> IntArray | None:
        """Give the partition of least slack, by index; None where it is not told."""
        every = np.ones(len(self.candidates.municipalities), dtype=np.bool_)
        programme, _ = self._programme(self.kept.tolist(), every, self.sides)
        chosen = self._solved(programme, seed)
        return None if chosen is None else self.kept[chosen[: len(self.kept)]]

    def first_in_order(self) -> IntArray | None:
        """Give the lexicographically smallest partition, merger by merger; None where it is not told.

        One integer programme a merger.
        """
        members = {j: self.candidates.members(j) for j in self.kept.tolist()}
        left = sorted(members, key=members.__getitem__)
        open_rows = np.ones(len(self.candidates.municipalities), dtype=np.bool_)
        chosen: list[int] = []
        while open_rows.any():
            first = int(self.candidates.municipalities[open_rows.argmax()])
            sides = tuple(side.less(int(side.coefficients[chosen].sum())) for side in self.sides)
            programme, cost = self._programme(left, open_rows, sides)
            programme = with_row(programme, cost, self.budget - int(self.slack[chosen].sum()))
            # only who holds the first open municipality has a rank, so that the least rank decides
            holds = np.array([members[j][0] == first for j in left])
            rank = np.zeros(len(cost))
            rank[: len(left)] = np.cumsum(holds) * holds
            found = self._solved(replace(programme, cost=rank))
            if found is None:
                return None
            chosen.append(left[int(np.flatnonzero(found[: len(left)] & holds)[0])])
            taken = set(members[chosen[-1]])
            open_rows &= ~np.isin(self.candidates.municipalities, list(taken))
            left = [j for j in left if not taken & set(members[j])]
        return np.array(chosen, dtype=np.int64)

    def _programme(
        self, left: Sequence[int], open_rows: BoolArray, sides: Sequence[SideConstraint]
    ) -> tuple[Programme, FloatArray]:
        """Write the programme over some candidates, and how far each side row is away as a column more.

        So no number is larger than the budget: prices times coefficients, which add up to nearly nothing, may
        be far beyond what is exact.
        """
        rows = np.array(left, dtype=np.int64)
        programme = partition_programme(
            self.candidates.dense(rows)[:, open_rows],
            self.slack[rows].astype(np.float64),
            [side.take(rows) for side in sides],
        )
        for side, price in zip(sides, self.prices, strict=True):
            if price:
                programme = _with_distance(programme, side.take(rows), price, self.budget)
        return programme, programme.cost

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
    """Add a column that says how far a side row is away from the bound that binds, at its price."""
    columns = programme.shape[1]
    at = side.upper if price > 0 else side.lower
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
