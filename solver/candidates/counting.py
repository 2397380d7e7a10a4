"""Counts connected sets within the population bounds, as far as a budget goes: before a list, or instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np

from ...instances.common.arrays import IntArray, WordArray
from ..deadline import Deadline
from .compiled import call_in_time
from .sets import bit_sets, single_words, words_below, words_of

_HELD = 1 << 20  # sets that are found, and states that are looked at, between two looks at the clock
_BRANCHES = 1 << 24
_PROBES = 50  # from each vertex
_BEYOND = 10.0  # times as many states estimated as may be looked at: the list is not begun
_SEED = 1


@dataclass(frozen=True)
class Count:
    """How many connected sets there are, as far as they were counted.

    Attributes
    ----------
    sets : int
        Within the bounds: all of them, or those that were counted.
    states : int
        Of the search, one for each way to begin or to extend a set: what was looked at.
    is_complete : bool
        Whether all were counted.
    limit : int or None
        The sets that were to be held at most, where it was that which ended the count.
    estimate : float or None
        States that there are, about, or more, where the count did not begin because of it.
    """

    sets: int
    states: int
    is_complete: bool
    limit: int | None = None
    estimate: float | None = None

    def __str__(self) -> str:
        """Say in words how far it came."""
        if self.is_complete:
            return f"{self.sets:,} connected sets"
        if self.estimate is not None:
            return f"about {self.estimate:.0e} states to look at, or more"
        if self.limit is not None:
            return f"more than {self.limit:,} connected sets"
        return f"more than {self.states:,} states to look at, with {self.sets:,} connected sets so far"


class TooManyCandidatesError(Exception):
    """There are more candidates than may be listed.

    Attributes
    ----------
    count : Count or None
        How far they were counted, where they were.
    """

    def __init__(self, count: Count | None = None) -> None:
        super().__init__("" if count is None else str(count))
        self.count = count


def count_connected_sets(
    neighbours: Sequence[Sequence[int]],
    population: IntArray,
    lower: int,
    upper: int,
    *,
    states: int,
    deadline: Deadline = Deadline(),
) -> Count:
    """Count the connected vertex sets whose population is within bounds, and hold none of them.

    Parameters
    ----------
    neighbours : sequence of sequence of int
        Adjacent vertices of each vertex.
    population : ndarray of int64, shape (m,)
    lower, upper : int
        Bounds, both included.
    states : int
        Most states of the search to look at; some sixty million a second.
    deadline : Deadline

    Returns
    -------
    Count

    Raises
    ------
    TimeUpError
    ImportError
        numba is not installed (extra `large`).
    """
    walk = _Walk(bit_sets(neighbours, len(neighbours)), population, lower, upper)
    room = np.empty((_HELD, walk.near.shape[1]), dtype=np.uint64)
    sets = 0
    while walk.depth and walk.looked < states:
        deadline.check()
        sets += walk.on(room, states - walk.looked, deadline)
    return Count(sets, walk.looked, is_complete=not walk.depth)


def estimated_states(near: WordArray, population: IntArray, upper: int, most: float = inf) -> float:
    """Estimate the states of a search for connected sets up to a bound, by random probes (Knuth 1975).

    What is expected of the estimate is the number itself. So it is ten times too high in one case of ten
    at most (Markov), while it may well be too low. The probes are the same each time.

    Parameters
    ----------
    near : ndarray of uint64, shape (m, ceil(m / 64))
        Adjacent vertices of each vertex.
    population : ndarray of int64, shape (m,)
    upper : int
    most : float
        An estimate that is more ends the probes: it may be more yet.

    Raises
    ------
    ImportError
        numba is not installed (extra `large`).
    """
    from .kernel import probe

    never = _too_large(population, upper, near.shape[1])
    return float(call_in_time(probe, None, near, population, upper, never, _PROBES, _SEED, most))


def list_depth_first(
    near: WordArray,
    population: IntArray,
    lower: int,
    upper: int,
    deadline: Deadline,
    limit: int,
    states: int,
) -> WordArray:
    """List what `connected_sets` lists depth first, holding no sets but those within the bounds.

    Raises
    ------
    TimeUpError, TooManyCandidatesError
    """
    from .kernel import by_lowest

    estimate = estimated_states(near, population, upper, _BEYOND * states)
    if estimate > _BEYOND * states:
        raise TooManyCandidatesError(Count(0, 0, is_complete=False, estimate=estimate))
    walk = _Walk(near, population, lower, upper)
    listed, total = [], 0
    while walk.depth:
        deadline.check()
        some = np.empty((min(_HELD, limit + 1 - total), near.shape[1]), dtype=np.uint64)
        number = walk.on(some, states - walk.looked, deadline)
        listed.append(some[:number].copy())
        total += number
        if total > limit:
            raise TooManyCandidatesError(Count(total, walk.looked, is_complete=False, limit=limit))
        if walk.depth and walk.looked >= states:
            raise TooManyCandidatesError(Count(total, walk.looked, is_complete=False))
    sets = np.concatenate(listed) if listed else np.zeros((0, near.shape[1]), dtype=np.uint64)
    del listed
    in_order: WordArray = sets[by_lowest(sets, len(near))[1]]
    return in_order


@dataclass
class _Walk:
    """A compiled search for connected sets and where it stands; see `connected_sets`."""

    near: WordArray
    population: IntArray
    lower: int
    upper: int
    depth: int = field(init=False)
    looked: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        size, width = self.near.shape
        never = _too_large(self.population, self.upper, width)
        roots = np.flatnonzero(self.population <= self.upper)
        room = len(roots) + 2 * size + 2
        self._chosen, self._barred, self._reach = (np.zeros((room, width), dtype=np.uint64) for _ in range(3))
        self._inhabitants = np.zeros(room, dtype=np.int64)
        self._chosen[: len(roots)] = single_words(roots, width)
        # the root is the lowest vertex of its sets: all lower ones are forbidden
        self._barred[: len(roots)] = words_below(roots, width) | never
        self._reach[: len(roots)] = self.near[roots]
        self._inhabitants[: len(roots)] = self.population[roots]
        self.depth = len(roots)

    def on(self, sets: WordArray, states: int, deadline: Deadline) -> int:
        """Go on until so many states are looked at, or there is no room for sets; give their number."""
        from .kernel import walk

        self.depth, number, looked = call_in_time(
            walk,
            deadline,
            self.near,
            self.population,
            self.lower,
            self.upper,
            self._chosen,
            self._barred,
            self._reach,
            self._inhabitants,
            self.depth,
            sets,
            0,
            min(states, _BRANCHES),
        )
        self.looked += looked
        return int(number)


def _too_large(population: IntArray, upper: int, width: int) -> WordArray:
    """Vertices that are in no set, as a bit set."""
    return words_of(np.flatnonzero(population > upper).tolist(), width)
