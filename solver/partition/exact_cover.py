"""The last step of the proof: an exact cover search over candidates that could still be in an optimum."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import add

import numpy as np

from ..deadline import Deadline
from .params import PartitionParams
from .problem import PricedProblem

_CLOCK = 256  # branches between two looks at the clock


class SearchLimitError(Exception):
    """The search would take more nodes than it may."""


@dataclass
class ExactCover:
    """Finds the partition of least cost, and of equal ones the first one in lexicographic order.

    Depth first on the lowest municipality that is not yet in a merger, its candidates in lexicographic order;
    a branch ends when a municipality is left that no candidate within the remaining budget can take. All
    arithmetic is on whole numbers.

    Parameters
    ----------
    priced : PricedProblem
        Candidates are compared by their bits.
    node_limit : int
        Most branches to open.
    deadline : Deadline
    """

    priced: PricedProblem
    node_limit: int = PartitionParams.nodes
    deadline: Deadline = field(default_factory=Deadline)
    nodes: int = 0
    _order: list[int] = field(init=False)
    _best: tuple[int, tuple[int, ...]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        members = [tuple(np.flatnonzero(row).tolist()) for row in self.priced.candidates.dense()]
        costs = self.priced.reduced_costs.tolist()
        # candidates are numbered by reduced cost, so that "within the remaining budget" is a prefix
        self._order = sorted(range(len(members)), key=lambda j: (costs[j], members[j]))
        self._costs = [costs[j] for j in self._order]
        self._members = [members[j] for j in self._order]
        self._rank = {
            j: rank for rank, j in enumerate(sorted(range(len(self._order)), key=self._members.__getitem__))
        }
        constraints = self.priced.problem.constraints
        self._weights = [tuple(int(one.coefficients[j]) for one in constraints) for j in self._order]
        self._upper = [one.upper for one in constraints]
        self._holding = [0] * self.priced.problem.size
        for k, own in enumerate(self._members):
            for i in own:
                self._holding[i] |= 1 << k
        self._clash = [self._clash_of(own) for own in self._members]

    def _clash_of(self, members: tuple[int, ...]) -> int:
        clash = 0
        for i in members:
            clash |= self._holding[i]
        return clash

    def best(self, budget: int) -> tuple[int, tuple[int, ...]] | None:
        """Find the cheapest partition that costs at most `budget`.

        Returns
        -------
        tuple of (int, tuple of int) or None
            Cost and the candidates chosen, by index; None when there is no such partition.

        Raises
        ------
        SearchLimitError, TimeUpError
        """
        self._best, self.nodes, self._budget = None, 0, budget
        every, nothing = list(range(self.priced.problem.size)), (0,) * len(self._upper)
        self._branch(every, (1 << len(self._members)) - 1, 0, (), nothing)
        if self._best is None:
            return None
        total, chosen = self._best
        return total, tuple(self._order[k] for k in chosen)

    def _complete(self, spent: int, chosen: tuple[int, ...], sums: tuple[int, ...]) -> None:
        """Take a partition that keeps the side constraints and is within the budget."""
        for (one, price), total in zip(self.priced.constraint_prices, sums, strict=True):
            if not one.lower <= total <= one.upper:
                return
            spent += price * (one.binding(price) - total)
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
        if any(total > upper for upper, total in zip(self._upper, sums, strict=True)):
            return
        self.nodes += 1
        if self.nodes > self.node_limit:
            raise SearchLimitError
        if self.nodes % _CLOCK == 0:
            self.deadline.check()
        holding = self._holding
        alive &= (1 << bisect_right(self._costs, self._budget - spent)) - 1
        for i in left:
            if not alive & holding[i]:
                return
        for k in sorted(_bits(alive & holding[left[0]]), key=self._rank.__getitem__):
            if spent + self._costs[k] <= self._budget:
                gone = self._members[k]
                self._branch(
                    [i for i in left if i not in gone],
                    alive & ~self._clash[k],
                    spent + self._costs[k],
                    (*chosen, k),
                    tuple(map(add, sums, self._weights[k])),
                )


def _bits(number: int) -> list[int]:
    """Positions of the ones in a number."""
    positions = []
    while number:
        low = number & -number
        positions.append(low.bit_length() - 1)
        number ^= low
    return positions
