"""Divisions of many sets by the sums that side constraints bound: for each combination the best score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray
from ...models.question.constraints import PlanConstraint

Side = Literal["less", "more", "both"]
"""Which sums serve a constraint better: less where there is an upper bound alone, more where there is a lower
one alone; with both, or with the number of mergers that is told exactly, none."""

Sums = tuple[int, ...]
_Division = TypeVar("_Division")


@dataclass(frozen=True)
class SumRules:
    """What makes a division of a set useless beside others: sums beyond a bound, or another that is better.

    A division is dominated by one of a score at least as high whose sums serve every constraint at least as
    well: whatever else a plan holds, the latter can take its place (labels as in Hansen 1980).

    Attributes
    ----------
    most : tuple of int or None
        Upper bound of each sum; amounts are at least 0, so no sum comes back below it. Numbers of mergers are
        few, and are told apart also beyond theirs.
    sides : tuple of Side
    """

    most: tuple[int | None, ...]
    sides: tuple[Side, ...]

    @classmethod
    def of(cls, constraints: Sequence[PlanConstraint]) -> SumRules:
        """Read the rules off the side constraints of all zones together."""
        most = tuple(None if one.is_number else one.upper for one in constraints)
        return cls(most, tuple(_side(one) for one in constraints))

    @property
    def leaves_out(self) -> bool:
        """Whether divisions are left out that another one dominates."""
        return any(side != "both" for side in self.sides)

    def kept(self, of: IntArray, sums: IntArray, scores: IntArray) -> IntArray:
        """Give the rows that are of use, ordered by their set and then by their sums.

        Only sums that differ in one constraint with a side are compared, the last one of these; of equal
        sums the highest score stays.

        Parameters
        ----------
        of : ndarray of int64, shape (r,)
            The set of each row.
        sums : ndarray of int64, shape (r, c)
        scores : ndarray of int64, shape (r,)
        """
        rows = np.arange(len(of), dtype=np.int64)
        for column, most in enumerate(self.most):
            if most is not None:
                rows = rows[sums[rows, column] <= most]
        compared = self._compared
        keys = [sums[rows, c] for c in range(sums.shape[1]) if c != compared]
        last = np.zeros(len(rows), dtype=np.int64) if compared is None else sums[rows, compared]
        last = -last if compared is not None and self.sides[compared] == "more" else last
        order = np.lexsort((-scores[rows], last, *keys, of[rows]))
        rows, last = rows[order], last[order]
        groups = np.column_stack([of[rows], *(key[order] for key in keys)])
        begins = np.ones(len(rows), dtype=np.bool_)
        begins[1:] = (groups[1:] != groups[:-1]).any(axis=1)
        if compared is None:
            return rows[begins]
        return rows[_rises(scores[rows], begins)]

    @property
    def _compared(self) -> int | None:
        compared = [column for column, side in enumerate(self.sides) if side != "both"]
        return compared[-1] if compared else None

    def best(self, found: Mapping[Sums, tuple[int, _Division]]) -> dict[Sums, tuple[int, _Division]]:
        """Do the same for the divisions of one set: costs by sums, with the division.

        Parameters
        ----------
        found : mapping
            Cost, which is the score with a minus, and division of each combination of sums.
        """
        keys = list(found)
        if not self.sides:
            return dict(found)
        sums = np.array(keys, dtype=np.int64).reshape(len(keys), len(self.sides))
        scores = np.array([-found[key][0] for key in keys], dtype=np.int64)
        kept = self.kept(np.zeros(len(keys), dtype=np.int64), sums, scores)
        return {keys[row]: found[keys[row]] for row in kept.tolist()}


def _side(one: PlanConstraint) -> Side:
    if one.is_number:
        return "both"
    if one.upper is None:
        return "more"
    return "less" if one.lower <= 0 else "both"


def _rises(scores: IntArray, begins: BoolArray) -> BoolArray:
    """Tell which scores are above all before them in their group, shape (r,) of bool."""
    if not len(scores):
        return begins
    group = np.cumsum(begins) - 1
    # ranks of scores, lifted from group to group, so that one running maximum serves all of them
    rank = np.unique(scores, return_inverse=True)[1].reshape(-1).astype(np.int64)
    lifted = rank + group * (int(rank.max()) + 1)
    best = np.maximum.accumulate(lifted)
    rises = np.ones(len(scores), dtype=np.bool_)
    rises[1:] = lifted[1:] > best[:-1]
    return rises
