"""Which candidates are in a partition at all: an exact cover search where mergers are few and large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray, WordArray
from ..candidates.compiled import call_in_time
from ..candidates.sets import BITS, Candidates, bit_sets
from ..deadline import Deadline

_SLICE = 50_000_000  # rows looked at between two looks at the clock
_TABLE = 1 << 17  # rows of the table of what is left


@dataclass(frozen=True, eq=False)
class InSomePartition:
    """Candidates that are in a partition.

    Attributes
    ----------
    rows : ndarray of bool, shape (k,)
        Whether each candidate is in one.
    partitions : int
        How many there are, up to 2^62.
    nodes : int
        Sets that the search took.
    """

    rows: BoolArray
    partitions: int
    nodes: int


def in_some_partition(
    candidates: Candidates,
    neighbours: Sequence[Sequence[int]],
    people: IntArray,
    *,
    count: tuple[int, int | None] | None = None,
    effort: int,
    deadline: Deadline = Deadline(),
) -> InSomePartition | None:
    """Find the candidates that are in a partition, by going through all partitions.

    A depth-first search in the manner of Algorithm X (Knuth 2000), on bit sets: it branches on the vertex
    that fewest candidates hold, in an order that is fixed at the beginning, and ends where a connected piece
    of what is left cannot be shared out by its people, or the pieces together need another number of parts.
    What is left after different choices is searched once, as in a decision diagram.

    Parameters
    ----------
    candidates : Candidates
        Connected sets.
    neighbours : sequence of sequence of int
        Of each municipality, by bit.
    people : ndarray of int64, shape (m,)
        Any whole numbers above 0 of the municipalities, by bit; the closer together their sums are over all
        candidates, the more is cut off.
    count : tuple of (int, int or None), optional
        How many parts a partition has, at least and at most.
    effort : int
        Candidates that the search may look at, each as often as it does.
    deadline : Deadline

    Returns
    -------
    InSomePartition or None
        None where the effort was not enough, or numba is not installed.

    Raises
    ------
    TimeUpError
    """
    if not len(candidates) or find_spec("numba") is None:
        return None
    from ..candidates import kernel
    from .cover_kernel import cover

    size = len(candidates.municipalities)
    sums = candidates.sums(people)
    order = np.argsort(call_in_time(kernel.tally, deadline, candidates.words, size), kind="stable")
    sets = _renumbered(candidates, order)
    first, rows = call_in_time(kernel.by_lowest, deadline, sets, size)
    sets = sets[rows]
    place = np.argsort(order)
    near = bit_sets([[int(place[j]) for j in neighbours[v]] for v in order.tolist()], size)
    least, most = (0, size) if count is None else (count[0], size if count[1] is None else count[1])
    width, depth = sets.shape[1], size + 2
    at, found = np.zeros(depth, dtype=np.int64), np.zeros(depth, dtype=np.int64)
    covered = np.zeros((depth, width), dtype=np.uint64)
    known = np.zeros((_TABLE, width + 2), dtype=np.int64)
    used, state = np.zeros(len(sets), dtype=np.bool_), np.zeros(3, dtype=np.int64)
    bounds = (int(sums.min()), int(sums.max()), least, most)
    while effort > 0:
        deadline.check()
        share = min(effort, _SLICE)
        asked = sets, first, near, people[order], bounds, at, covered, found, known, used, state, share
        if call_in_time(cover, deadline, *asked):
            mask = np.zeros(len(sets), dtype=np.bool_)
            mask[rows] = used
            return InSomePartition(mask, int(found[0]), int(state[2]))
        effort -= share
    return None


def _renumbered(candidates: Candidates, order: IntArray) -> WordArray:
    """Give the sets with other numbers for their municipalities: those that they have in an order."""
    size = len(order)
    place = np.argsort(order)
    words = []
    for word in range(candidates.words.shape[1]):
        inside = (place // BITS) == word
        # bits are different powers of two, so that their sum is the word
        bits = np.where(inside, np.left_shift(np.uint64(1), (place % BITS).astype(np.uint64)), 0)
        words.append(candidates.sums(bits[:size].astype(np.uint64).view(np.int64)).view(np.uint64))
    return np.ascontiguousarray(np.column_stack(words))
