"""How many plans have a sum below a value: both halves of all ways through a diagram are added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .diagram import Diagram
from .tree import ProofError

Numbers = NDArray[np.int64]
Sums = tuple[Numbers, Numbers]
"""Different sums, ascending, and how often each occurs."""

MOST_SUMS = 20_000_000
"""Sums on both sides of the middle that are added up at most."""

_MOST = 1 << 62  # numbers below it are whole in 64 bits


@dataclass(frozen=True, eq=False)
class PlanSums:
    """Sums over the parts of plans, on either side of a middle.

    Attributes
    ----------
    diagram : Diagram
    """

    diagram: Diagram

    @cached_property
    def middle(self) -> int:
        """State that all ways have an arc to, or beyond it, from a lower one: where the fewest sums meet."""
        arcs, to, on = self.diagram.arcs, self.diagram.ways_to, self.diagram.ways_on
        # of each state behind the middle: from where on it is reached from before the middle
        earliest = list(range(len(arcs)))
        change = [0] * (len(arcs) + 1)
        for state, onward in enumerate(arcs):
            for _, there in onward:
                earliest[there] = min(earliest[there], state)
                # these sums are sorted where the middle lies between the two
                change[state + 1] += to[state]
                change[there + 1] -= to[state]
        for state in range(1, len(arcs)):
            change[earliest[state] + 1] += on[state]
            change[state + 1] -= on[state]
        best, fewest, number = len(arcs) - 1, on[0] + 1, 0
        for state in range(1, len(arcs)):
            number += change[state]
            if number < fewest:
                best, fewest = state, number
        if fewest > MOST_SUMS:
            raise ProofError("its distributions take more sums than the check adds up")
        return best

    def below(self, values: Sequence[int], limits: Sequence[int]) -> list[int]:
        """Count the plans whose values together are below each limit.

        Raises
        ------
        ProofError
            There are too many sums, or numbers that 64 bits do not hold.
        """
        plans, largest = self.diagram.ways_on[0], max(map(abs, values), default=0)
        if plans >= _MOST or largest * (len(self.diagram.arcs) + 1) >= _MOST:
            raise ProofError("its distributions take numbers of more than 64 bits")
        found = np.zeros(len(limits), dtype=np.int64)
        onward = self._onward(values)
        for state, (sums, often) in self._towards(values):
            others, how_often = onward[state]
            before = np.concatenate([[0], np.cumsum(how_often)]).astype(np.int64)
            for k, limit in enumerate(limits):
                found[k] += often @ before[np.searchsorted(others, limit - sums)]
        return [int(number) for number in found]

    def _onward(self, values: Sequence[int]) -> dict[int, Sums]:
        """Add up all ways from each state behind the middle."""
        arcs = self.diagram.arcs
        sums = {len(arcs) - 1: _start()}
        for state in range(len(arcs) - 2, self.middle - 1, -1):
            sums[state] = _together([(sums[to], values[k]) for k, to in arcs[state]])
        return sums

    def _towards(self, values: Sequence[int]) -> Iterable[tuple[int, Sums]]:
        """Add up all ways to each state behind the middle that come from before it."""
        into: dict[int, list[tuple[int, int]]] = {}
        for state, arcs in enumerate(self.diagram.arcs[: self.middle]):
            for k, to in arcs:
                into.setdefault(to, []).append((state, k))
        sums = {0: _start()}
        for state in sorted(into):
            of_state = _together([(sums[source], values[k]) for source, k in into[state]])
            if state < self.middle:
                sums[state] = of_state
            else:
                yield state, of_state


def _start() -> Sums:
    return np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)


def _together(ways: Sequence[tuple[Sums, int]]) -> Sums:
    """Put the sums of several ways together, each with what it adds."""
    sums = np.concatenate([known + adds for (known, _), adds in ways])
    often = np.concatenate([number for (_, number), _ in ways])
    order = np.argsort(sums, kind="stable")
    sums, often = sums[order], often[order]
    first = np.flatnonzero(np.concatenate([[True], sums[1:] != sums[:-1]]))
    return sums[first], np.add.reduceat(often, first)
