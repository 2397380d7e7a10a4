"""Sets of centres that could belong to a plan within a limit on the cost, without listing others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .....instances.common.arrays import BoolArray, FloatArray, IntArray
from ....deadline import Deadline
from .bounding import bound_sets
from .params import SetParams
from .prices import Ascent
from .problem import CentreProblem, centre_values
from .sets_kernel import fast_longer

_AT_ONCE = 200_000  # sets that are made longer together
_TOLERANCE = 1e-9  # of the limit


class TooManySetsError(Exception):
    """More sets of centres are possible than may be listed."""


@dataclass(frozen=True)
class _Inequality:
    """What prices a say of every plan with centres S: it costs at least sum_i a_i + the sum of W_j over S.

    Attributes
    ----------
    base : float
    values : ndarray of float64, shape (m,)
    """

    base: float
    values: FloatArray


@dataclass
class CentreSets:
    """The search for sets of `count` centres.

    Any prices on the municipalities give a linear inequality on the centres, like a cut of Benders (1962).
    Sets grow centre by centre, in one order, and end as soon as one of the inequalities, with the least that
    the centres still missing can add, passes the limit. Where many sets stay open, prices are made for some
    of them, which end most of the others too.

    Parameters
    ----------
    problem : CentreProblem
    count : int
    deadline : Deadline
    params : SetParams
    """

    problem: CentreProblem
    count: int
    deadline: Deadline = field(default_factory=Deadline)
    params: SetParams = field(default_factory=SetParams)
    bound: float = -np.inf
    _prices: FloatArray = field(init=False)
    _rows: list[_Inequality] = field(default_factory=list)

    def prepare(self, ascent: Ascent) -> None:
        """Take prices for all sets at once; sets `bound`, which no plan is below."""
        self._prices, self.bound = ascent.prices, ascent.bound
        self._rows = [self._inequality(self._prices)]

    def within(self, limit: float) -> tuple[IntArray, FloatArray, FloatArray]:
        """List all sets whose bound is not above a limit.

        Parameters
        ----------
        limit : float

        Returns
        -------
        sets : ndarray of int64, shape (s, count)
        bounds : ndarray of float64, shape (s,)
            Ascending.
        multipliers : ndarray of float64, shape (s, count)
            See `SetBounds`.

        Raises
        ------
        TooManySetsError, TimeUpError
        """
        limit += _TOLERANCE * abs(limit)
        sets = _Growth(self, limit).run()
        bounds = bound_sets(self.problem, sets, limit, self.params.last_rounds)
        kept = np.flatnonzero(bounds.bounds <= limit)
        order = kept[np.argsort(bounds.bounds[kept], kind="stable")]
        return sets[order], bounds.bounds[order], bounds.multipliers[order]

    def possible(self, limit: float) -> IntArray:
        """Give the centres that can be in such a set, the most promising first."""
        first = self._rows[0]
        order = np.argsort(first.values, kind="stable")
        ranked = first.values[order]
        others = first.base + ranked[: self.count - 1].sum()
        kept: IntArray = order[(others + ranked <= limit) & np.isfinite(ranked)].astype(np.int64)
        return kept

    def learn(self, sets: IntArray, limit: float) -> list[_Inequality]:
        """Make inequalities from prices of some sets that cannot belong to a plan within the limit."""
        bounds = bound_sets(self.problem, sets, limit, self.params.rounds)
        ruled_out = np.flatnonzero((bounds.bounds > limit) & np.isfinite(bounds.bounds))
        chosen = ruled_out[
            np.linspace(0, len(ruled_out) - 1, min(self.params.tried, len(ruled_out))).astype(np.int64)
        ]
        inequalities = []
        for k in chosen.tolist():
            cost = self.problem.cost[:, sets[k]] + bounds.multipliers[k] * self.problem.population[:, None]
            least = cost.min(axis=1)
            # the dearer a municipality out of reach of all these centres, the better
            inequalities.append(
                self._inequality(np.where(np.isfinite(least), least, self._prices + abs(limit)))
            )
        return inequalities

    def add(self, row: _Inequality) -> None:
        """Keep an inequality."""
        self._rows.append(row)

    @property
    def rows(self) -> list[_Inequality]:
        """Inequalities so far."""
        return self._rows

    def _inequality(self, prices: FloatArray) -> _Inequality:
        return _Inequality(float(prices.sum()), centre_values(self.problem, prices))


class _Growth:
    """One pass over the sets of centres within a limit; centres are places in an order, ascending."""

    def __init__(self, sets: CentreSets, limit: float) -> None:
        self.sets, self.limit = sets, limit
        self.order = sets.possible(limit)
        self.rows: list[tuple[float, FloatArray, FloatArray]] = []
        for row in sets.rows:
            self._add(row)

    def run(self) -> IntArray:
        """Give the sets that no inequality rules out, shape (s, count)."""
        begun = np.zeros((1, 0), dtype=np.int64)
        for _ in range(self.sets.count):
            begun = self._learned(self._longer(begun))
            if len(begun) > self.sets.params.most:
                raise TooManySetsError
        return self.order[begun]

    def _add(self, row: _Inequality) -> None:
        """Note an inequality with the least that seats after a place can add, by how many are missing."""
        values = row.values[self.order]
        least = np.zeros((self.sets.count, len(values) + 1))
        for missing in range(1, self.sets.count):
            least[missing] = np.append(
                np.minimum.accumulate((values + least[missing - 1, 1:])[::-1])[::-1], np.inf
            )
        self.rows.append((row.base, values, least))

    def _longer(self, sets: IntArray) -> IntArray:
        """Add a centre to each set in every way, and keep what is open."""
        size, kept = len(self.order), [np.zeros((0, sets.shape[1] + 1), dtype=np.int64)]
        block, fast = max(1, _AT_ONCE // max(1, size)), fast_longer()
        for start in range(0, len(sets), block):
            self.sets.deadline.check()
            some = sets[start : start + block]
            kept.append(self._compiled(fast, some) if fast else self._longer_at_once(some))
        return np.concatenate(kept)

    def _compiled(self, fast: Any, sets: IntArray) -> IntArray:
        missing = self.sets.count - sets.shape[1] - 1
        base, values, least = zip(*self.rows, strict=True)
        given = np.empty((len(sets) * len(self.order), sets.shape[1] + 1), dtype=np.int64)
        rest = np.array([some[missing] for some in least])
        number = fast(sets, np.array(base), np.array(values), rest, self.limit, given)
        found: IntArray = given[:number].copy()
        return found

    def _longer_at_once(self, sets: IntArray) -> IntArray:
        """Do the same without numba."""
        last = sets[:, -1] if sets.shape[1] else np.full(len(sets), -1)
        which, place = np.nonzero(np.arange(len(self.order)) > last[:, None])
        grown = np.column_stack([sets[which], place])
        for row in range(len(self.rows) - 1, -1, -1):
            grown = grown[self._open(grown, row)]
        return grown

    def _open(self, sets: IntArray, row: int) -> BoolArray:
        """Whether an inequality leaves sets open, with the least that missing seats add; shape (s,)."""
        base, values, least = self.rows[row]
        total = values[sets[:, 0]]
        for place in range(1, sets.shape[1]):
            total = total + values[sets[:, place]]
        rest = least[self.sets.count - sets.shape[1]][sets[:, -1] + 1]
        return np.asarray(base + total + rest <= self.limit)

    def _learned(self, sets: IntArray) -> IntArray:
        """Where many sets are open, make inequalities that rule out some of them."""
        for _ in range(self.sets.params.prices):
            if len(sets) <= self.sets.params.many:
                break
            self.sets.deadline.check()
            sample = sets[np.linspace(0, len(sets) - 1, self.sets.params.sampled).astype(np.int64)]
            best, left = None, len(sets)
            for row in self.sets.learn(self.order[self._completed(sample)], self.limit):
                self._add(row)
                still = self._open(sets, len(self.rows) - 1)
                if int(still.sum()) < left:
                    best, left, kept = (row, self.rows[-1]), int(still.sum()), still
                self.rows.pop()
            if best is None:
                break
            self.sets.add(best[0])
            self.rows.append(best[1])
            sets = sets[kept]
        return sets

    def _completed(self, sets: IntArray) -> IntArray:
        """Complete sets by the next centres in the order."""
        full = []
        for begun in sets.tolist():
            rest = [place for place in range(len(self.order)) if place not in begun]
            after = [place for place in rest if place > begun[-1]]
            full.append(sorted(begun + (after + rest[::-1])[: self.sets.count - len(begun)]))
        return np.array(full, dtype=np.int64).reshape(-1, self.sets.count)
