"""Which partial covers become no plan: what a diagram leaves out is looked at here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .connected import bits
from .tree import ProofError

MOST_DEAD_ENDS = 5_000_000
"""Partial covers without a plan that are looked at in one region at most."""


@dataclass
class DeadEnds:
    """Makes sure of partial covers that they become no plan.

    What is left falls into connected pieces, and no set reaches beyond one. A piece of p people can be
    divided into n sets of between `fewest` and `most` people only if n times these have p between them. Where
    each piece can, the sets that fit are tried one by one.

    Attributes
    ----------
    free : int
        Municipalities whose place is open, as a bit mask.
    near : sequence of int
        Neighbours of each place among them.
    people : sequence of int
        Of each place.
    fewest, most : int
        People of the smallest and of the largest set of free municipalities; `most` is -1 where there is
        none.
    onward : callable
        Gives the covers that a cover grows to.
    """

    free: int
    near: Sequence[int]
    people: Sequence[int]
    fewest: int
    most: int
    onward: Callable[[int], list[int]]
    _dead: set[int] = field(default_factory=set, init=False)
    _pieces: dict[int, bool] = field(default_factory=dict, init=False)

    def check(self, cover: int, alive: Callable[[int], bool]) -> None:
        """Make sure that a cover, and whatever it grows to, is no state of a diagram, and none is whole.

        Raises
        ------
        ProofError
        """
        ahead = [cover]
        while ahead:
            one = ahead.pop()
            if one in self._dead:
                continue
            if alive(one):
                raise ProofError("its diagram lacks a state that becomes a plan")
            if len(self._dead) == MOST_DEAD_ENDS:
                raise ProofError("too many partial plans that come to nothing must be looked at")
            self._dead.add(one)
            if self._divisible(self.free & ~one):
                ahead += self.onward(one)

    def _divisible(self, left: int) -> bool:
        while left:
            piece = self._piece(left)
            left ^= piece
            if piece not in self._pieces:
                people = sum(self.people[i] for i in bits(piece))
                number = max(1, -(-people // max(1, self.most)))
                self._pieces[piece] = number * self.fewest <= people <= number * self.most
            if not self._pieces[piece]:
                return False
        return True

    def _piece(self, left: int) -> int:
        """Connected piece of the lowest municipality left."""
        piece = ahead = left & -left
        while ahead:
            low = ahead & -ahead
            ahead ^= low
            beside = self.near[low.bit_length() - 1] & left & ~piece
            piece |= beside
            ahead |= beside
        return piece
