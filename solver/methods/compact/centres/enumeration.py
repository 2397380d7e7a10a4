"""Sets of members that one part can be within a limit on what it spends, grown from its seat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .....instances.common.arrays import BoolArray, FloatArray, IntArray, WordArray
from .parts_kernel import TOO_MANY, fast_grown

_BITS = 64


class TooManyPartsError(Exception):
    """There are more sets than may be listed."""


@dataclass(frozen=True)
class PartRules:
    """What a part may be.

    Attributes
    ----------
    centre : int
    near : ndarray of bool, shape (m, m)
        Which municipalities border on each other.
    allowed, forced : ndarray of bool, shape (m,)
        Municipalities that may be members, and those that have to be.
    population : ndarray of float64, shape (m,)
    low, high : float
        Fewest and most inhabitants.
    joining, leaving : ndarray of float64, shape (m,)
        What a member spends, and what a municipality spends that could be one and is not; at least 0 each.
    multiplier, end : float
        A part with p inhabitants spends ``end - multiplier * p``, at least 0, besides.
    """

    centre: int
    near: BoolArray
    allowed: BoolArray
    forced: BoolArray
    population: FloatArray
    low: float
    high: float
    joining: FloatArray
    leaving: FloatArray
    multiplier: float
    end: float


def list_sets(rules: PartRules, room: float, own: float, limit: int) -> tuple[BoolArray, FloatArray]:
    """List the connected sets that a part can be.

    A binary partition, as in `candidates`: a state is a connected set and what is excluded; it branches on
    the neighbour that matters most, taken or excluded for good.

    Parameters
    ----------
    rules : PartRules
    room : float
        Most that members, inhabitants and excluded municipalities may spend together.
    own : float
        Most that members and inhabitants may spend.
    limit : int
        Most states to hold at once.

    Returns
    -------
    members : ndarray of bool, shape (s, m)
    spent : ndarray of float64, shape (s,)
        By members and inhabitants.

    Raises
    ------
    TooManyPartsError
    """
    fast, members = fast_grown(), _Members(rules)
    chosen, spent = (
        _compiled(fast, members, room, own, limit) if fast else _at_once(members, room, own, limit)
    )
    # in one order, however they were found
    order = np.lexsort(chosen.T)
    return members.dense(chosen[order]), spent[order]


class _Members:
    """Who may be a member, in the order in which that is decided, and sets of them as words of bits."""

    def __init__(self, rules: PartRules) -> None:
        self.rules = rules
        weight = np.maximum(rules.joining, rules.leaving)
        # forced members come first: there is nothing to decide
        self.of = np.flatnonzero(rules.allowed)
        self.of = self.of[np.lexsort((-weight[self.of], ~rules.forced[self.of]))]
        self.width = max(1, -(-len(self.of) // _BITS))
        self.near = _words(rules.near[np.ix_(self.of, self.of)], self.width)
        self.start = self.of == rules.centre
        self.forced = _words((rules.forced[self.of] | self.start)[None], self.width)[0]

    def dense(self, words: WordArray) -> BoolArray:
        """Give sets by municipality."""
        octets = np.ascontiguousarray(words).view(np.uint8)
        bits = np.unpackbits(octets, axis=1, bitorder="little", count=len(self.of)).astype(np.bool_)
        members = np.zeros((len(words), len(self.rules.allowed)), dtype=np.bool_)
        members[:, self.of] = bits
        return members


def _compiled(
    fast: Any, members: _Members, room: float, own: float, limit: int
) -> tuple[WordArray, FloatArray]:
    rules, of = members.rules, members.of
    chosen, spent = np.empty((limit, members.width), dtype=np.uint64), np.empty(limit)
    number = fast(
        members.near,
        int(members.start.argmax()),
        members.forced,
        rules.population[of],
        rules.low,
        rules.high,
        rules.joining[of],
        rules.leaving[of],
        rules.multiplier,
        rules.end,
        room,
        own,
        chosen,
        spent,
    )
    if number == TOO_MANY:
        raise TooManyPartsError
    return chosen[:number], spent[:number]


def _at_once(members: _Members, room: float, own: float, limit: int) -> tuple[WordArray, FloatArray]:
    """Do the same without numba, all states at a time."""
    growth = _Growth(members, room, own)
    while growth.grow():
        if growth.size > limit:
            raise TooManyPartsError
    return growth.result()


class _Growth:
    """States of one part, as bit sets over the members that are allowed, those that matter most first."""

    def __init__(self, members: _Members, room: float, own: float) -> None:
        self.members, self.rules, self.room, self.own = members, members.rules, room, own
        rules, self.of = members.rules, members.of
        self.near, self.forced = members.near, members.forced
        self.chosen = _words(members.start[None], members.width)
        self.barred = np.zeros_like(self.chosen)
        self.reach = self.near[members.start]
        self.held = np.full(1, float(rules.population[rules.centre]))
        self.paid, self.lost = np.zeros(1), np.zeros(1)
        self.done: list[tuple[WordArray, FloatArray, FloatArray]] = []
        self.listed = 0

    @property
    def size(self) -> int:
        """States that are open, and sets found."""
        return len(self.chosen) + self.listed

    def grow(self) -> bool:
        """Decide on one neighbour in every state; False when no state is left."""
        frontier = self.reach & ~self.barred & ~self.chosen
        open_ended = frontier.any(axis=1)
        self._finish(~open_ended)
        self._keep(open_ended)
        if not len(self.chosen):
            return False
        frontier = frontier[open_ended]
        rules = self.rules
        place, bit = _lowest(frontier)
        vertex = self.of[place]
        taken = self.held + rules.population[vertex]
        paid = self.paid + rules.joining[vertex]
        may = (taken <= rules.high) & (paid <= self.own) & (paid + self.lost <= self.room)
        lost = self.lost + rules.leaving[vertex]
        free = (bit & self.forced == 0).all(axis=1)
        may_not = free & (self.paid + lost <= self.room)
        self.chosen = np.concatenate([self.chosen[may] | bit[may], self.chosen[may_not]])
        self.reach = np.concatenate([self.reach[may] | self.near[place[may]], self.reach[may_not]])
        self.barred = np.concatenate([self.barred[may], (self.barred | bit)[may_not]])
        self.held = np.concatenate([taken[may], self.held[may_not]])
        self.paid = np.concatenate([paid[may], self.paid[may_not]])
        self.lost = np.concatenate([self.lost[may], lost[may_not]])
        return True

    def _keep(self, rows: BoolArray) -> None:
        for name in ("chosen", "barred", "reach", "held", "paid", "lost"):
            setattr(self, name, getattr(self, name)[rows])

    def _finish(self, rows: BoolArray) -> None:
        """Note states that are complete and can be a part."""
        rules = self.rules
        chosen, held, paid = self.chosen[rows], self.held[rows], self.paid[rows]
        spent = paid + rules.end - rules.multiplier * held
        fits = (held >= rules.low) & (spent <= self.own) & ((chosen & self.forced) == self.forced).all(axis=1)
        members = self.members.dense(chosen[fits])
        # what was not even reached is excluded too
        fully = spent[fits] + (~members[:, rules.allowed]) @ rules.leaving[rules.allowed]
        kept = np.flatnonzero(fits)[fully <= self.room]
        self.done.append((chosen[kept], spent[kept], held[kept]))
        self.listed += len(kept)

    def result(self) -> tuple[WordArray, FloatArray]:
        """Give the sets found and what they spend."""
        chosen = np.concatenate([words for words, *_ in self.done])
        return chosen, np.concatenate([spent for _, spent, _ in self.done])


def _words(rows: BoolArray, width: int) -> WordArray:
    """Pack rows of bits into words."""
    octets = np.packbits(rows, axis=1, bitorder="little")
    padded = np.zeros((len(rows), 8 * width), dtype=np.uint8)
    padded[:, : octets.shape[1]] = octets
    return padded.view(np.uint64)


def _lowest(sets: WordArray) -> tuple[IntArray, WordArray]:
    """Lowest member of each set, as a place and as a bit set."""
    rows = np.arange(len(sets))
    word = (sets != 0).argmax(axis=1)
    value = sets[rows, word]
    low = value & (~value + np.uint64(1))
    bit = np.zeros_like(sets)
    bit[rows, word] = low
    exponent = np.frexp(low.astype(np.float64))[1].astype(np.int64) - 1
    return (word * _BITS + exponent).astype(np.int64), bit
