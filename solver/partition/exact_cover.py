"""The last step of the proof: an exact search among the candidates that could still be in an optimum."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import add

from ...models.programmes.set_partition import SideConstraint
from ..deadline import Deadline

_CLOCK = 256  # branches between two looks at the clock


class SearchLimitError(Exception):
    """The search would take more nodes than it may."""


@dataclass
class ExactCover:
    """Finds the partition with the least total slack, and of equals the first one in lexicographic order.

    Depth first on the lowest municipality that is not yet in a merger, its candidates in lexicographic order;
    a branch ends when a municipality is left that no candidate within the remaining slack can take. All
    arithmetic is on whole numbers.

    Parameters
    ----------
    size : int
        Number of municipalities, to be covered exactly once each.
    members : sequence of tuple of int
        Members of each candidate, ascending.
    slack : sequence of int
        At least 0 each.
    sides : sequence of SideConstraint
        Bounds on sums over the candidates chosen.
    prices : sequence of int
        For each of them, what a unit away from the bound that binds adds to the slack: the upper one where
        the price is above 0, the lower one where it is below.
    node_limit : int
        Most branches to open.
    deadline : Deadline
    """

    size: int
    members: Sequence[tuple[int, ...]]
    slack: Sequence[int]
    sides: Sequence[SideConstraint] = ()
    prices: Sequence[int] = ()
    node_limit: int = 100_000
    deadline: Deadline = field(default_factory=Deadline)
    nodes: int = 0
    _order: list[int] = field(init=False)
    _best: tuple[int, tuple[int, ...]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        # candidates are numbered by slack, so that "within the remaining slack" is a prefix
        self._order = sorted(range(len(self.members)), key=lambda j: (self.slack[j], self.members[j]))
        self._slack = [self.slack[j] for j in self._order]
        self._members = [self.members[j] for j in self._order]
        self._rank = {
            j: rank for rank, j in enumerate(sorted(range(len(self._order)), key=self._members.__getitem__))
        }
        self._weights = [tuple(int(side.coefficients[j]) for side in self.sides) for j in self._order]
        self._holding = [0] * self.size
        for k, members in enumerate(self._members):
            for i in members:
                self._holding[i] |= 1 << k
        self._clash = [self._clash_of(members) for members in self._members]

    def _clash_of(self, members: tuple[int, ...]) -> int:
        clash = 0
        for i in members:
            clash |= self._holding[i]
        return clash

    def best(self, budget: int) -> tuple[int, tuple[int, ...]] | None:
        """Find the best partition with a total slack of at most `budget`.

        Returns
        -------
        tuple of (int, tuple of int) or None
            Total slack and the candidates chosen, by index; None when there is no such partition.

        Raises
        ------
        SearchLimitError, TimeUpError
        """
        self._best, self.nodes, self._budget = None, 0, budget
        self._branch(list(range(self.size)), (1 << len(self._members)) - 1, 0, (), (0,) * len(self.sides))
        if self._best is None:
            return None
        total, chosen = self._best
        return total, tuple(self._order[k] for k in chosen)

    def _complete(self, spent: int, chosen: tuple[int, ...], sums: tuple[int, ...]) -> None:
        """Take a partition that keeps the side rows and is within the budget."""
        for side, price, total in zip(self.sides, self.prices, sums, strict=True):
            if not side.lower <= total <= side.upper:
                return
            spent += price * ((side.upper if price > 0 else side.lower) - total)
        if spent <= self._budget:
            # only a strictly smaller total may come after this one
            self._best, self._budget = (spent, chosen), spent - 1

    def _branch(
        self, left: list[int], alive: int, spent: int, chosen: tuple[int, ...], sums: tuple[int, ...]
    ) -> None:
        """Cover the municipalities that are left with candidates that are still alive."""
        if not left:
            self._complete(spent, chosen, sums)
            return
        if any(total > side.upper for side, total in zip(self.sides, sums, strict=True)):
            return
        self.nodes += 1
        if self.nodes > self.node_limit:
            raise SearchLimitError
        if self.nodes % _CLOCK == 0:
            self.deadline.check()
        holding = self._holding
        alive &= (1 << bisect_right(self._slack, self._budget - spent)) - 1
        for i in left:
            if not alive & holding[i]:
                return
        for k in sorted(_bits(alive & holding[left[0]]), key=self._rank.__getitem__):
            if spent + self._slack[k] <= self._budget:
                gone = self._members[k]
                self._branch(
                    [i for i in left if i not in gone],
                    alive & ~self._clash[k],
                    spent + self._slack[k],
                    (*chosen, k),
                    tuple(map(add, sums, self._weights[k])),
                )


def _bits(number: int) -> list[int]:
    """Positions of the ones in a number."""
    found = []
    while number:
        low = number & -number
        found.append(low.bit_length() - 1)
        number ^= low
    return found
