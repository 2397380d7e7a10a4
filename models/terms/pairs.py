"""What the terms on pairs share: a whole number for each pair of municipalities, counted where both merge."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from weakref import WeakKeyDictionary

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.instance import Instance
from ..programmes.knapsack import filled
from ..programmes.reach import Reach
from ..programmes.variables import AssignmentVariables
from ..ties import HUNDREDTHS
from .base import Term
from .forms import InsidePairs

_KEPT = 6  # counts of an instance that are kept: of each term, as zones and mergers are asked for


@dataclass(frozen=True, eq=False)
class Pairs:
    """Amounts of ordered pairs of municipalities, each pair once, sorted by origin.

    Attributes
    ----------
    origin, destination : ndarray of int64, shape (k,)
    amount : ndarray of float64, shape (k,)
        Whole numbers, at least 0.
    """

    origin: IntArray
    destination: IntArray
    amount: FloatArray

    @classmethod
    def from_dict(cls, amounts: dict[tuple[int, int], int]) -> Pairs:
        """Build from ordered index pairs."""
        ordered = sorted((*pair, amount) for pair, amount in amounts.items() if amount)
        columns = np.array(ordered, dtype=np.int64).reshape(-1, 3)
        return cls(columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].astype(np.float64))

    def inside(self, municipalities: IntArray, of: int) -> tuple[IntArray, IntArray, FloatArray]:
        """Give the pairs inside some of `of` municipalities, by place of the origin: both places, amounts."""
        place = np.full(of, -1, dtype=np.int64)
        place[municipalities] = np.arange(len(municipalities))
        first = np.searchsorted(self.origin, municipalities)
        number = np.searchsorted(self.origin, municipalities, side="right") - first
        row = np.repeat(np.arange(len(municipalities)), number)
        pair = np.arange(len(row)) + np.repeat(first - (np.cumsum(number) - number), number)
        column = place[self.destination[pair]]
        both = column >= 0
        return row[both], column[both], self.amount[pair[both]]

    def between(self, municipalities: IntArray, of: int) -> FloatArray:
        """Give the amounts between some of `of` municipalities, shape (m, m), from their pairs alone."""
        origin, destination, amount = self.inside(municipalities, of)
        amounts = np.zeros((len(municipalities), len(municipalities)))
        amounts[origin, destination] = amount
        return amounts


_counted: WeakKeyDictionary[Instance, dict[tuple[object, ...], Pairs]] = WeakKeyDictionary()
"""Pairs by instance, and by term with its parameters."""


class PairTerm(Term):
    """Sum of amount_uv over u and v in S, u = v included, of whole numbers; see `Term`."""

    sense = 1
    per_unit: float = HUNDREDTHS
    """Amount that counts as one unit of the value."""

    @abstractmethod
    def count_pairs(self) -> Pairs:
        """Count what every pair of municipalities is worth; asked once."""

    @cached_property
    def pairs(self) -> Pairs:
        """What every pair of municipalities is worth; weights that change leave them as they are."""
        known = _counted.setdefault(self.instance, {})
        asked = (type(self), *(repr(attrgetter(name)(self.scenario)) for name in self.parameters))
        pairs = known.get(asked)
        if pairs is None:
            pairs = self.count_pairs()
            while len(known) >= _KEPT:
                known.pop(next(iter(known)), None)
            known[asked] = pairs
        return pairs

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k (m + u c)): u members, c destinations in all."""
        used = np.flatnonzero(members.any(axis=0))  # few, where large components are searched
        amounts = self._between(municipalities[used])
        sought = amounts.any(axis=0)
        some = members if len(used) == members.shape[1] else members[:, used]
        # column by column, as many candidates stand in memory
        inside: FloatArray = np.einsum("ij,ij->j", amounts[:, sought].T @ some.T, some.T[sought])
        return inside / self.per_unit

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Let s_uvj = 1 when u and v are both in the part of j: ``s_uvj <= x_uj, s_uvj <= x_vj``.

        Where one of them is the root no s is needed. See `Term.linear`.
        """
        builder, x = parts.builder, parts.x
        amounts = self._between(parts.municipalities)
        own = rate * np.diagonal(amounts) / self.per_unit
        worth = rate * (amounts + amounts.T) / self.per_unit
        np.fill_diagonal(worth, 0.0)
        builder.cost(x, np.broadcast_to(own[:, None], x.shape))
        i, j = parts.pairs()
        builder.cost(x[i, j], worth[i, j])
        for u, v in zip(*np.nonzero(np.triu(worth != 0.0)), strict=True):
            both = parts.roots[(x[u, parts.roots] >= 0) & (x[v, parts.roots] >= 0)]
            both = both[(both != u) & (both != v)]
            inside = builder.columns(both)
            builder.cost(inside, worth[u, v])
            for member in (u, v):
                rows = builder.rows(len(both), upper=0.0)
                builder.put(rows, inside)
                builder.put(rows, x[member, both], -1.0)

    def best(self, reach: Reach) -> float:
        """Let each municipality choose the others by itself, as far as inhabitants let it; see `Term.best`.

        A fractional knapsack for each of them (Dantzig 1957): who merges with it has at most the inhabitants
        that the maximum leaves.
        """
        origin, destination, amount = self.pairs.inside(reach.municipalities, len(self.instance))
        people = reach.counted.astype(np.float64)
        first = np.searchsorted(origin, np.arange(len(people) + 1))
        most = float(amount[origin == destination].sum())
        reached = np.zeros(len(people), dtype=np.bool_)
        for i, within in enumerate(reach.within):
            reached[:] = False
            reached[within] = True
            reached[i] = False
            others, amounts = destination[first[i] : first[i + 1]], amount[first[i] : first[i + 1]]
            some = reached[others]
            room = max(0, reach.bounds[1] - int(reach.counted[i]))
            most += filled(amounts[some], people[others[some]], room)
        return most / self.per_unit

    def pricing(self) -> InsidePairs:
        """The pairs; see `Term.pricing`."""
        pairs = self.pairs
        return InsidePairs(pairs.origin, pairs.destination, pairs.amount, self.per_unit)

    def _between(self, municipalities: IntArray) -> FloatArray:
        return self.pairs.between(municipalities, len(self.instance))
