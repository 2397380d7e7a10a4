"""The cover tree: every way to cover some municipalities with open sets is gone through and found closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .connected import bits


class ProofError(Exception):
    """A certificate does not prove what it claims; says why."""


@dataclass(frozen=True)
class Open:
    """A set that is left open.

    Attributes
    ----------
    mask : int
        Its municipalities.
    cost : int
        Its reduced cost.
    most : int
        What it scores at most.
    counts : int
        1 where it counts as a part, 0 elsewhere.
    """

    mask: int
    cost: int
    most: int
    counts: int = 0


@dataclass
class CoverTree:
    """Walks a cover tree in preorder.

    A node names a municipality that is not covered yet; each open set that holds it, clashes with none that
    is chosen and fits into the budget leads to a child. So nothing is left out, whatever municipality a node
    names: the tree is advice that makes the walk short. All of it is used up when nothing is left.

    Parameters
    ----------
    tree : sequence of int
        Municipalities, in preorder.
    budget : int
        Sets of a cover together cost less than this.
    may_be : callable
        Told of every cover that costs less than the budget; raises `ProofError` where it should not be.
    """

    tree: Sequence[int]
    budget: int
    may_be: Callable[[list[Open]], None]
    _next: int = field(default=0, init=False)

    def walk(self, cover: int, sets: list[Open]) -> None:
        """Go through all covers of some municipalities.

        Raises
        ------
        ProofError
            The tree does not fit, or a cover is found that should not be.
        """
        self._next = 0
        # children come in the order of their municipalities, which makes preorder a matter of the sets alone
        fitting = [one for one in sets if one.cost < self.budget]
        self._node(cover, sorted(fitting, key=lambda one: bits(one.mask)), 0, [])
        if self._next != len(self.tree):
            raise ProofError("the cover tree goes on where nothing is left to look at")

    def _node(self, left: int, sets: list[Open], spent: int, chosen: list[Open]) -> None:
        if not left:
            self.may_be(chosen)
            return
        if self._next == len(self.tree):
            raise ProofError("the cover tree ends before everything is looked at")
        i = self.tree[self._next]
        self._next += 1
        if i < 0 or not left >> i & 1:
            raise ProofError("the cover tree names a municipality that is covered, or none")
        for one in sets:
            if one.mask >> i & 1:
                total = spent + one.cost
                rest = [
                    other for other in sets if not other.mask & one.mask and total + other.cost < self.budget
                ]
                self._node(left & ~one.mask, rest, total, [*chosen, one])
