"""The cover tree that closes what prices leave open."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..deadline import Deadline
from ..partition.exact_cover import SearchLimitError

_CLOCK = 256


class NotProvedError(Exception):
    """What is claimed cannot be written down as a proof; says why."""


@dataclass
class TreeBuilder:
    """Builds a cover tree: the municipality of a node is one that the fewest sets can still cover.

    Attributes
    ----------
    members : sequence of tuple of int
        Municipalities of each set, by place.
    costs : sequence of int
    size : int
        Places.
    closes : callable
        Whether a cover, by index of its sets, is none that scores more than claimed.
    node_limit : int
    deadline : Deadline
    """

    members: Sequence[tuple[int, ...]]
    costs: Sequence[int]
    size: int
    closes: Callable[[Sequence[int]], bool]
    node_limit: int
    deadline: Deadline
    tree: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        # numbered by cost, so that what fits into a budget is a prefix
        self._order = sorted(range(len(self.members)), key=lambda k: (self.costs[k], self.members[k]))
        self._costs = [self.costs[k] for k in self._order]
        ordered = [self.members[k] for k in self._order]
        self._masks = [sum(1 << i for i in own) for own in ordered]
        ranks = {k: rank for rank, k in enumerate(sorted(range(len(ordered)), key=ordered.__getitem__))}
        self._rank = [ranks[k] for k in range(len(ordered))]
        self._holding = [0] * self.size
        for k, own in enumerate(ordered):
            for i in own:
                self._holding[i] |= 1 << k
        self._clash = []
        for own in ordered:
            clash = 0
            for i in own:
                clash |= self._holding[i]
            self._clash.append(clash)

    def build(self, cover: int, budget: int) -> list[int]:
        """Go through all covers of some municipalities whose sets cost less than a budget.

        Returns
        -------
        list of int
            The tree in preorder.

        Raises
        ------
        SearchLimitError, TimeUpError
            The tree would be too large.
        NotProvedError
            There is a cover that should not be.
        """
        self.tree = []
        self._node(cover, (1 << len(self._order)) - 1, budget, ())
        return self.tree

    def _node(self, left: int, alive: int, budget: int, chosen: tuple[int, ...]) -> None:
        if not left:
            if not self.closes(chosen):
                raise NotProvedError("a plan scores more than the one that was found")
            return
        if len(self.tree) >= self.node_limit:
            raise SearchLimitError
        if len(self.tree) % _CLOCK == 0:
            self.deadline.check()
        alive &= (1 << bisect_left(self._costs, budget)) - 1
        fewest, place = len(self._order) + 1, -1
        for i in _bits(left):
            number = (alive & self._holding[i]).bit_count()
            if number < fewest:
                fewest, place = number, i
                if not number:
                    break
        self.tree.append(place)
        for k in sorted(_bits(alive & self._holding[place]), key=self._rank.__getitem__):
            self._node(
                left & ~self._masks[k],
                alive & ~self._clash[k],
                budget - self._costs[k],
                (*chosen, self._order[k]),
            )


def _bits(number: int) -> list[int]:
    """Positions of the ones in a number."""
    positions = []
    while number:
        low = number & -number
        positions.append(low.bit_length() - 1)
        number ^= low
    return positions
