"""A decision diagram of the partial covers that can still become a partition within a budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray, WordArray
from ..candidates.sets import Candidates
from ..deadline import Deadline
from ..partition.problem import NEVER, PricedProblem

MOST_ARCS = 12_000_000
"""Most arcs of a diagram before it is given up: some 500 MB when it is built."""

_CELLS = 4_000_000  # pairs of a partial cover and a candidate that are looked at together


ARC_BYTES = 250
"""Memory for each arc, as measured while diagrams are built; what is kept of them takes a fifth."""


class DiagramLimitError(Exception):
    """There are more partial covers within the budget than are worth holding."""


@dataclass(frozen=True)
class Diagram:
    """A decision diagram of the partial covers that cost no more than a budget, in layers of states.

    A partial cover grows by a candidate that holds its lowest municipality not covered yet, so that each
    partition is one path from nothing to everything, its mergers in the order of their first members. Covers
    of the same municipalities (and with the same sums in side constraints) are one state: what can follow
    does not depend on how they were made.

    Attributes
    ----------
    budget : int
    states : int
        State 0 covers nothing; states are numbered by lowest municipality left.
    first : ndarray of int64, shape (layers + 1,)
        First state of each layer: those with the same lowest municipality left; the last has covered all.
    arc_first : ndarray of int64, shape (states + 1,)
        First arc of each state.
    row, target : ndarray of int64, shape (arcs,)
        Candidate and next state of each arc; the arcs of a state by what is to be paid with them, then by
        members.
    rank : ndarray of int64, shape (arcs,)
        Place of the candidate among all of them when members are compared as sorted tuples.
    spent : ndarray of int64, shape (states,)
        Least cost of any way to a state.
    to_go : ndarray of int64, shape (states,)
        Least cost of any way on from it, exactly; `NEVER` where there is none.
    """

    budget: int
    first: IntArray
    arc_first: IntArray
    row: IntArray
    target: IntArray
    rank: IntArray
    spent: IntArray
    to_go: IntArray

    @property
    def states(self) -> int:
        """Number of states."""
        return len(self.spent)

    @property
    def least(self) -> int:
        """Cost of the cheapest partition; more than the budget when there is none within it."""
        return int(self.to_go[0])


def build_diagram(
    priced: PricedProblem,
    budget: int,
    *,
    deadline: Deadline = Deadline(),
    most_arcs: int = MOST_ARCS,
    lost: Callable[[WordArray], BoolArray] | None = None,
) -> Diagram:
    """Build the decision diagram of the partial covers that a budget allows.

    Parameters
    ----------
    priced : PricedProblem
        The bits of its candidates in the order in which municipalities are to be covered.
    budget : int
        Most that a partition may cost.
    deadline : Deadline
    most_arcs : int
    lost : callable, optional
        Tells which covers, given as words of bits, cannot be completed, as far as it knows.

    Returns
    -------
    Diagram
        Holds every partition of at most this cost as a path, and only arcs that are on such a path when the
        cheapest way to them and the cheapest way on are taken.

    Raises
    ------
    DiagramLimitError, TimeUpError

    Notes
    -----
    A decision diagram of exact covers, built top down with the states that are too costly left out
    (Bergman, Cire, van Hoeve and Hooker 2016); costs are dynamic programmes on it. O(arcs log arcs), after
    looking at every pair of a state and a candidate with its lowest municipality left.
    """
    rows = np.flatnonzero(priced.reduced_costs <= budget)
    return _Builder(priced, rows, budget, deadline, most_arcs, lost).build()


@dataclass
class _Pending:
    """Ways into the states of a layer that is not reached yet."""

    keys: list[WordArray] = field(default_factory=list)
    spent: list[IntArray] = field(default_factory=list)
    arcs: list[IntArray] = field(default_factory=list)


class _Builder:
    def __init__(
        self,
        priced: PricedProblem,
        rows: IntArray,
        budget: int,
        deadline: Deadline,
        most_arcs: int,
        lost: Callable[[WordArray], BoolArray] | None,
    ) -> None:
        self.some = priced.restrict(rows)
        self.rows, self.lost = rows, lost
        self.budget, self.deadline, self.most_arcs = budget, deadline, most_arcs
        self.size = priced.problem.size
        self.words = self.some.candidates.words
        self.width = self.words.shape[1]
        self.rank = lexicographic_ranks(self.some.candidates)
        # sums in side constraints stand beside the bits of a state
        constraints = self.some.problem.constraints
        sums = [one.coefficients.astype(np.uint64) for one in constraints]
        self.adds = np.column_stack([np.zeros((len(rows), 0), dtype=np.uint64), *sums])
        self.most = np.array([max(0, one.upper) for one in constraints], dtype=np.uint64)
        self.full = _full(self.size, self.width)
        self.buckets = _by_lowest(self.words, self.some.reduced_costs, self.size)
        self.traps = _traps(self.some.candidates) if lost is None else []
        self.pending: dict[int, _Pending] = {}
        self.arcs = 0

    def build(self) -> Diagram:
        """Go forward layer by layer, then backward for what is still to pay."""
        start = np.zeros((1, self.width + len(self.most)), dtype=np.uint64)
        nothing = _Pending([start], [np.zeros(1, dtype=np.int64)], [np.zeros(0, dtype=np.int64)])
        self.pending[0] = nothing
        first, spent = [0], []
        sources: list[IntArray] = [np.zeros(0, dtype=np.int64)]
        chosen: list[IntArray] = [np.zeros(0, dtype=np.int64)]
        targets: list[tuple[IntArray, IntArray]] = []
        last = np.zeros((0, start.shape[1]), dtype=np.uint64)
        for layer in range(self.size + 1):
            keys, cheapest, into, place = self._merged(layer)
            targets.append((into, first[-1] + place))
            spent.append(cheapest)
            if layer == self.size:
                last = keys
            else:
                source, row = self._grown(layer, keys, cheapest)
                sources.append(source + first[-1])
                chosen.append(row)
            first.append(first[-1] + len(keys))
        target = np.zeros(self.arcs, dtype=np.int64)
        for arcs, states in targets:
            target[arcs] = states
        source, row = np.concatenate(sources), np.concatenate(chosen)
        return self._swept(
            np.array(first, dtype=np.int64), np.concatenate(spent), source, row, target, self._ends(last)
        )

    def _merged(self, layer: int) -> tuple[WordArray, IntArray, IntArray, IntArray]:
        """Merge the ways into a layer into states: keys, least cost, arcs into it, and the state of each."""
        waiting = self.pending.pop(layer, None)
        if waiting is None:
            none = np.zeros(0, dtype=np.int64)
            return np.zeros((0, self.width + len(self.most)), dtype=np.uint64), none, none, none
        keys, spent = np.concatenate(waiting.keys), np.concatenate(waiting.spent)
        index, inverse = distinct(keys)
        cheapest = np.full(len(index), NEVER, dtype=np.int64)
        np.minimum.at(cheapest, inverse, spent)
        arcs = np.concatenate(waiting.arcs)
        return keys[index], cheapest, arcs, inverse if len(arcs) else arcs

    def _grown(self, layer: int, keys: WordArray, spent: IntArray) -> tuple[IntArray, IntArray]:
        """Add every candidate that fits to every state of a layer; give source and candidate of each arc."""
        bucket = self.buckets[layer]
        grown_arcs: list[tuple[IntArray, IntArray]] = []
        step = max(1, _CELLS // max(1, len(bucket)))
        going = np.flatnonzero(~self._is_lost(keys)) if len(bucket) else np.zeros(0, dtype=np.int64)
        for begin in range(0, len(going), step):
            self.deadline.check()
            states = going[begin : begin + step]
            some, cheap = keys[states], spent[states]
            fits = cheap[:, None] + self.some.reduced_costs[bucket][None, :] <= self.budget
            for word in range(self.width):
                fits &= (some[:, word][:, None] & self.words[bucket, word][None, :]) == 0
            for side, most in enumerate(self.most.tolist()):
                fits &= some[:, self.width + side][:, None] + self.adds[bucket, side][None, :] <= most
            state, place = np.nonzero(fits)
            row = bucket[place]
            if len(row):
                grown = some[state]
                grown[:, : self.width] |= self.words[row]
                grown[:, self.width :] += self.adds[row]
                self._send(grown, cheap[state] + self.some.reduced_costs[row])
                grown_arcs.append((states[state], row))
        if not grown_arcs:
            none = np.zeros(0, dtype=np.int64)
            return none, none
        return np.concatenate([s for s, _ in grown_arcs]), np.concatenate([r for _, r in grown_arcs])

    def _is_lost(self, keys: WordArray) -> BoolArray:
        """Whether a municipality is left that no candidate can take any more, as far as is known."""
        if self.lost is not None:
            return self.lost(keys[:, : self.width])
        is_lost = np.zeros(len(keys), dtype=np.bool_)
        for around, whole in self.traps:
            caught = np.ones(len(keys), dtype=np.bool_)
            for word in range(self.width):
                if whole[word]:
                    caught &= (keys[:, word] & whole[word]) == around[word]
            is_lost |= caught
        return is_lost

    def _send(self, grown: WordArray, spent: IntArray) -> None:
        """Send grown covers to the layers of their lowest municipality left."""
        arcs = np.arange(self.arcs, self.arcs + len(grown), dtype=np.int64)
        self.arcs += len(grown)
        if self.arcs > self.most_arcs:
            raise DiagramLimitError
        layers = _lowest_left(grown[:, : self.width], self.full, self.size)
        order = np.argsort(layers, kind="stable")
        reached, begins = np.unique(layers[order], return_index=True)
        for layer, some in zip(reached.tolist(), np.split(order, begins[1:]), strict=True):
            into = self.pending.setdefault(layer, _Pending())
            into.keys.append(grown[some])
            into.spent.append(spent[some])
            into.arcs.append(arcs[some])

    def _ends(self, last: WordArray) -> IntArray:
        """Work out what the side constraints cost at the end; `NEVER` where they are not kept."""
        cost = np.zeros(len(last), dtype=np.int64)
        for k, (one, price) in enumerate(self.some.constraint_prices):
            total = last[:, self.width + k].astype(np.int64)
            cost = np.minimum(NEVER, cost + price * (one.binding(price) - total))
            cost[(total < one.lower) | (total > one.upper)] = NEVER
        return cost

    def _swept(
        self,
        first: IntArray,
        spent: IntArray,
        source: IntArray,
        row: IntArray,
        target: IntArray,
        ends: IntArray,
    ) -> Diagram:
        """Compute the cost to go of each state, drop arcs that lead nowhere, and sort the others."""
        to_go = np.full(len(spent), NEVER, dtype=np.int64)
        to_go[first[self.size] :] = ends
        cost = self.some.reduced_costs[row]
        begin = np.searchsorted(source, first)
        for layer in range(self.size - 1, -1, -1):
            some = slice(int(begin[layer]), int(begin[layer + 1]))
            np.minimum.at(to_go, source[some], np.minimum(NEVER, cost[some] + to_go[target[some]]))
        kept = spent[source] + cost + to_go[target] <= self.budget
        source, row, target, cost = source[kept], row[kept], target[kept], cost[kept]
        order = np.lexsort((self.rank[row], cost + to_go[target], source))
        arc_first = np.searchsorted(source[order], np.arange(len(spent) + 1))
        row, target = row[order], target[order]
        return Diagram(self.budget, first, arc_first, self.rows[row], target, self.rank[row], spent, to_go)


def _traps(candidates: Candidates) -> list[tuple[WordArray, WordArray]]:
    """Find, for each municipality, a few others without which no candidate can take it.

    Once they are covered and it is not, it is left over for good. The others are chosen one after the other,
    each so that it is in as many as possible of the candidates that hold none of those before.

    Returns
    -------
    list of (ndarray of uint64, ndarray of uint64)
        The others, and the others with the municipality itself, as words of bits.
    """
    bits = candidates.dense() > 0
    size, width = bits.shape[1], candidates.words.shape[1]
    traps = []
    for i in range(size):
        holding = bits[bits[:, i]]
        holding[:, i] = False
        if len(holding) and not holding.any(axis=1).all():
            continue  # it can stay alone
        others = np.zeros(64 * width, dtype=np.uint8)
        while len(holding):
            chosen = int(holding.sum(axis=0).argmax())
            others[chosen] = 1
            holding = holding[~holding[:, chosen]]
        around = np.packbits(others, bitorder="little").view(np.uint64)
        others[i] = 1
        traps.append((around, np.packbits(others, bitorder="little").view(np.uint64)))
    return traps


def lexicographic_ranks(candidates: Candidates) -> IntArray:
    """Rank candidates by their members, compared as sorted tuples; bits are in that order.

    A set that begins like another one and ends earlier comes first.
    """
    size = len(candidates.municipalities)
    bits = candidates.dense().astype(np.int8)
    last = size - 1 - np.argmax(bits[:, ::-1], axis=1) if size else np.zeros(0, dtype=np.int64)
    # a set that holds a municipality comes before one that does not, unless the latter has ended already
    after = np.arange(size)[None, :] > last[:, None]
    digits = np.where(bits == 1, 1, np.where(after, 0, 2))
    order = np.lexsort(digits.T[::-1]) if size else np.arange(len(candidates))
    ranks = np.empty(len(candidates), dtype=np.int64)
    ranks[order] = np.arange(len(candidates))
    return ranks


def distinct(keys: WordArray) -> tuple[IntArray, IntArray]:
    """Find the distinct rows: where each stands first, and for every row which of them it is."""
    if keys.shape[1] == 1:
        _, index, inverse = np.unique(keys[:, 0], return_index=True, return_inverse=True)
        return index.astype(np.int64), inverse.astype(np.int64)
    octets = np.ascontiguousarray(keys).view(np.dtype((np.void, 8 * keys.shape[1]))).ravel()
    _, index, inverse = np.unique(octets, return_index=True, return_inverse=True)
    return index.astype(np.int64), inverse.astype(np.int64)


def _full(size: int, width: int) -> WordArray:
    bits = np.zeros(64 * width, dtype=np.uint8)
    bits[:size] = 1
    return np.packbits(bits, bitorder="little").view(np.uint64)


def _lowest_left(words: WordArray, full: WordArray, size: int) -> IntArray:
    """Find the lowest bit that is not covered; `size` where all are."""
    lowest = np.full(len(words), size, dtype=np.int64)
    for word in range(words.shape[1] - 1, -1, -1):
        left = ~words[:, word] & full[word]
        low = left & (~left + np.uint64(1))
        some = low != 0
        lowest[some] = 64 * word + np.log2(low[some].astype(np.float64)).astype(np.int64)
    return lowest


def _by_lowest(words: WordArray, cost: IntArray, size: int) -> Sequence[IntArray]:
    """Group candidates by their lowest municipality."""
    nothing = _full(size, words.shape[1])
    lowest = _lowest_left(~words, nothing, size)
    order = np.lexsort((cost, lowest))
    return np.split(order, np.searchsorted(lowest[order], np.arange(1, size + 1)))[:size]
