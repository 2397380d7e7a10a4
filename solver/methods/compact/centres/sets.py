"""Sets of seats that could belong to a plan within a limit on the cost, without listing others."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .....instances.common.arrays import BoolArray, FloatArray, IntArray
from ....deadline import Deadline
from .given import bound_sets
from .prices import ascend, first_prices
from .problem import Seating, seat_values

_MOST = 400_000  # sets, begun or complete, that may be open at a time
_AT_ONCE = 200_000  # sets that are made longer together
_MANY = 1_500  # above which new prices are worth their while
_SAMPLED = 48  # sets that new prices are made for
_TRIED = 4  # prices that are compared before one set of them is kept
_PRICES = 16  # new prices for each number of seats, at most
_ROUNDS = 40  # of the subgradient method for each set
_LAST_ROUNDS = 100  # and for those that stay
_TOLERANCE = 1e-9  # of the limit


class TooManySetsError(Exception):
    """More sets of seats are possible than may be listed."""


@dataclass(frozen=True)
class _Inequality:
    """What prices a say of every plan with seats S: it costs at least sum_i a_i + the sum of W_j over S.

    Attributes
    ----------
    base : float
    values : ndarray of float64, shape (m,)
    """

    base: float
    values: FloatArray


@dataclass
class SeatSets:
    """The search for sets of `count` seats.

    Any prices on the municipalities give a linear inequality on the seats, like a cut of Benders (1962). Sets
    grow seat by seat, in one order, and end as soon as one of the inequalities, with the least that the seats
    still missing can add, passes the limit. Where many sets stay open, prices are made for some of them,
    which end most of the others too.

    Parameters
    ----------
    seating : Seating
    count : int
    deadline : Deadline
    """

    seating: Seating
    count: int
    deadline: Deadline = field(default_factory=Deadline)
    bound: float = -np.inf
    _prices: FloatArray = field(init=False)
    _rows: list[_Inequality] = field(default_factory=list)

    def prepare(self, target: float, rounds: int) -> None:
        """Find prices for all sets at once; sets `bound`, which no plan is below."""
        self._prices, self.bound = ascend(
            self.seating, first_prices(self.seating), self.count, target, rounds
        )
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
        rates : ndarray of float64, shape (s, count)
            See `Given`.

        Raises
        ------
        TooManySetsError, TimeUpError
        """
        limit += _TOLERANCE * abs(limit)
        sets = _Growth(self, limit).run()
        given = bound_sets(self.seating, sets, limit, _LAST_ROUNDS)
        kept = np.flatnonzero(given.bounds <= limit)
        order = kept[np.argsort(given.bounds[kept], kind="stable")]
        return sets[order], given.bounds[order], given.rates[order]

    def possible(self, limit: float) -> IntArray:
        """Seats that can be in such a set, the most promising first."""
        first = self._rows[0]
        order = np.argsort(first.values, kind="stable")
        ranked = first.values[order]
        others = first.base + ranked[: self.count - 1].sum()
        kept: IntArray = order[(others + ranked <= limit) & np.isfinite(ranked)].astype(np.int64)
        return kept

    def learn(self, sets: IntArray, limit: float) -> list[_Inequality]:
        """Make inequalities from prices of some sets that cannot belong to a plan within the limit."""
        given = bound_sets(self.seating, sets, limit, _ROUNDS)
        ruled_out = np.flatnonzero((given.bounds > limit) & np.isfinite(given.bounds))
        chosen = ruled_out[np.linspace(0, len(ruled_out) - 1, min(_TRIED, len(ruled_out))).astype(np.int64)]
        found = []
        for k in chosen.tolist():
            cost = self.seating.cost[:, sets[k]] + given.rates[k] * self.seating.population[:, None]
            least = cost.min(axis=1)
            # who is out of reach of all seats of the set is the dearer the better
            found.append(self._inequality(np.where(np.isfinite(least), least, self._prices + abs(limit))))
        return found

    def add(self, row: _Inequality) -> None:
        """Keep an inequality."""
        self._rows.append(row)

    @property
    def rows(self) -> list[_Inequality]:
        """Inequalities so far."""
        return self._rows

    def _inequality(self, prices: FloatArray) -> _Inequality:
        return _Inequality(float(prices.sum()), seat_values(self.seating, prices))


class _Growth:
    """One pass over the sets of seats within a limit; seats are places in an order, ascending."""

    def __init__(self, sets: SeatSets, limit: float) -> None:
        self.sets, self.limit = sets, limit
        self.order = sets.possible(limit)
        self.rows: list[tuple[float, FloatArray, FloatArray]] = []
        for row in sets.rows:
            self._add(row)

    def run(self) -> IntArray:
        """Give the sets that no inequality rules out, shape (s, count)."""
        found = np.zeros((1, 0), dtype=np.int64)
        for _ in range(self.sets.count):
            found = self._learned(self._longer(found))
            if len(found) > _MOST:
                raise TooManySetsError
        return self.order[found]

    def _add(self, row: _Inequality) -> None:
        """Note an inequality with the least that seats after a place can add, by how many are missing."""
        values = row.values[self.order]
        least = np.zeros((self.sets.count, len(values) + 1))
        for missing in range(1, self.sets.count):
            least[missing] = np.append(
                np.minimum.accumulate((values + least[missing - 1, 1:])[::-1])[::-1], np.inf
            )
        self.rows.append((row.base, values, least))

    def _longer(self, found: IntArray) -> IntArray:
        """Add a seat to each set in every way, and keep what is open."""
        size, kept = len(self.order), [np.zeros((0, found.shape[1] + 1), dtype=np.int64)]
        block = max(1, _AT_ONCE // max(1, size))
        for start in range(0, len(found), block):
            self.sets.deadline.check()
            some = found[start : start + block]
            last = some[:, -1] if some.shape[1] else np.full(len(some), -1)
            begun, place = np.nonzero(np.arange(size) > last[:, None])
            grown = np.column_stack([some[begun], place])
            for row in range(len(self.rows) - 1, -1, -1):
                grown = grown[self._open(grown, row)]
            kept.append(grown)
        return np.concatenate(kept)

    def _open(self, found: IntArray, row: int) -> BoolArray:
        """Whether an inequality leaves sets open, with the least that missing seats add; shape (s,)."""
        base, values, least = self.rows[row]
        total = values[found[:, 0]]
        for place in range(1, found.shape[1]):
            total = total + values[found[:, place]]
        rest = least[self.sets.count - found.shape[1]][found[:, -1] + 1]
        return np.asarray(base + total + rest <= self.limit)

    def _learned(self, found: IntArray) -> IntArray:
        """Where many sets are open, make inequalities that rule out some of them."""
        for _ in range(_PRICES):
            if len(found) <= _MANY:
                break
            self.sets.deadline.check()
            sample = found[np.linspace(0, len(found) - 1, _SAMPLED).astype(np.int64)]
            best, left = None, len(found)
            for row in self.sets.learn(self.order[self._completed(sample)], self.limit):
                self._add(row)
                still = self._open(found, len(self.rows) - 1)
                if int(still.sum()) < left:
                    best, left, kept = (row, self.rows[-1]), int(still.sum()), still
                self.rows.pop()
            if best is None:
                break
            self.sets.add(best[0])
            self.rows.append(best[1])
            found = found[kept]
        return found

    def _completed(self, found: IntArray) -> IntArray:
        """Complete sets by the next seats in the order."""
        full = []
        for begun in found.tolist():
            rest = [place for place in range(len(self.order)) if place not in begun]
            after = [place for place in rest if place > begun[-1]]
            full.append(sorted(begun + (after + rest[::-1])[: self.sets.count - len(begun)]))
        return np.array(full, dtype=np.int64).reshape(-1, self.sets.count)
