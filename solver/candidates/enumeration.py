"""Enumerates all connected sets of municipalities within the population bounds, each exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray, WordArray
from ...models.question.question import Question
from ...models.seats import find_seats
from ..deadline import Deadline
from ..memory import LISTING, budget
from .counting import Count, TooManyCandidatesError, list_depth_first
from .sets import (
    BITS,
    Candidates,
    bit_sets,
    lowest_members,
    lowest_vertices,
    single_words,
    words_below,
    words_of,
)

_LOOKED = 50  # states that the compiled search looks at for each set that may be held
_FEW = 300_000  # states from which on it is worth loading
_FEW_OF_MANY = 20_000  # the same beyond 64 municipalities: to hold states costs more there

_WORD_BYTES = 50  # for a word of 64 bits of listed sets, with what listing needs beside
_CANDIDATE_BYTES = 150  # for the scores of a listed set, its reduced cost and its place in the proof

MOST_CANDIDATES = 8_000_000
"""Most sets to hold at once, unless told otherwise."""


def enumerate_candidates(
    question: Question,
    municipalities: IntArray,
    deadline: Deadline = Deadline(),
    limit: int = MOST_CANDIDATES,
    states: int | None = None,
) -> Candidates:
    """List every connected set of a component that satisfies the bounds, the locks and the requirements.

    Parameters
    ----------
    question : Question
    municipalities : ndarray of int64, shape (m,)
        Municipalities of the component, ascending.
    deadline : Deadline
    limit : int
        Most sets to hold at once; fewer where the memory that is left holds no more.
    states : int, optional
        Most states to look at: see `connected_sets`.

    Returns
    -------
    Candidates

    Raises
    ------
    TimeUpError, TooManyCandidatesError
    """
    fits = budget().room(_WORD_BYTES * -(-len(municipalities) // BITS) + _CANDIDATE_BYTES, limit)
    try:
        sets = connected_sets(
            local_neighbours(question, municipalities),
            question.bounded[municipalities],
            question.scenario.population.lowest,
            question.scenario.population.highest,
            deadline=deadline,
            limit=fits,
            states=states,
        )
    except TooManyCandidatesError:
        if fits < limit:
            budget().lacks(LISTING)
        raise
    return keeping_rules(Candidates(municipalities, sets), question, deadline)


def keeping_rules(candidates: Candidates, question: Question, deadline: Deadline = Deadline()) -> Candidates:
    """Drop candidates that break a lock or another rule that one merger keeps or breaks by itself.

    They lack what every merger must hold, enclose a municipality, miss the bounds under a further column of
    inhabitants, or have another seat than locked. Connectedness and the bounds on the inhabitants of today
    are not looked at.
    """
    kept = _holding_required(_respecting_locks(candidates, question), question)
    kept = _within_columns(_enclosing_none(kept, question, deadline), question)
    return _with_seats(kept, question)


def local_neighbours(question: Question, municipalities: IntArray) -> list[list[int]]:
    """Give the neighbours of some municipalities among them, by place."""
    place = {i: k for k, i in enumerate(municipalities.tolist())}
    return [[place[j] for j in question.neighbours[i] if j in place] for i in municipalities.tolist()]


def connected_sets(
    neighbours: Sequence[Sequence[int]],
    population: IntArray,
    lower: int,
    upper: int,
    *,
    deadline: Deadline = Deadline(),
    limit: int = MOST_CANDIDATES,
    states: int | None = None,
) -> WordArray:
    """List all connected vertex sets whose population is within bounds.

    A binary partition of the sets: a state is a connected set S with vertices X that it may never take; it
    branches on the lowest vertex next to S and not in X, taken or forbidden for ever. Each set is the end of
    exactly one branch, so nothing is listed twice and nothing has to be remembered; branches that pass the
    upper bound end at once. All states of a depth are worked on together, as arrays. Takes O(1) array
    operations a vertex, and time and memory linear in the number of connected sets up to the upper bound. The
    scheme is that of Avis and Fukuda (1996) for connected induced subgraphs. Where they are many, a compiled
    search goes through them depth first (extra `large`): some sixty million a second.

    Parameters
    ----------
    neighbours : sequence of sequence of int
        Adjacent vertices of each vertex.
    population : ndarray of int64, shape (m,)
    lower, upper : int
        Bounds, both included.
    deadline : Deadline
    limit : int
        Most states to hold at once; the compiled search holds so many sets.
    states : int, optional
        Most states to look at: by default fifty times as many, and without numba as many.

    Returns
    -------
    ndarray of uint64, shape (k, ceil(m / 64))
        By lowest vertex.

    Raises
    ------
    TimeUpError, TooManyCandidatesError
    """
    size = len(neighbours)
    width = max(1, (size + BITS - 1) // BITS)
    near = bit_sets(neighbours, size)
    fits = np.flatnonzero(population <= upper)
    never = words_of(np.flatnonzero(population > upper).tolist(), width)
    chosen = single_words(fits, width)
    # the root is the lowest vertex of its sets: all lower ones are forbidden
    barred = words_below(fits, width) | never
    reach, inhabitants = near[fits], population[fits]
    listed: list[WordArray] = []
    total, few = 0, _FEW if width == 1 else min(_FEW, _FEW_OF_MANY)
    while len(chosen):
        deadline.check()
        frontier = reach & ~barred & ~chosen
        open_ended = frontier.any(axis=1)
        complete = ~open_ended & (inhabitants >= lower)
        listed.append(chosen[complete])
        total += len(listed[-1])
        chosen, barred, reach = chosen[open_ended], barred[open_ended], reach[open_ended]
        inhabitants, frontier = inhabitants[open_ended], frontier[open_ended]
        if total + len(chosen) > min(limit, few) and find_spec("numba") is not None:
            most = states or _LOOKED * limit
            return list_depth_first(near, population, lower, upper, deadline, limit, most)
        if total + len(chosen) > min(limit, states or limit):
            raise TooManyCandidatesError(Count(total, total + len(chosen), is_complete=False))
        vertex, bit = lowest_vertices(frontier)
        taken = inhabitants + population[vertex]
        may = taken <= upper
        grown, wider = chosen[may] | bit[may], reach[may] | near[vertex[may]]
        chosen, reach = np.concatenate([chosen, grown]), np.concatenate([reach, wider])
        barred = np.concatenate([barred | bit, barred[may]])
        inhabitants = np.concatenate([inhabitants, taken[may]])
    if not listed:
        return np.zeros((0, width), dtype=np.uint64)
    sets = np.concatenate(listed)
    return sets[np.argsort(lowest_members(sets), kind="stable")]


def _respecting_locks(candidates: Candidates, question: Question) -> Candidates:
    """Drop candidates that split a must-link group or unite a cannot-link pair."""
    keep = respect_locks(candidates, question)
    return candidates if keep.all() else candidates.take(keep)


def respect_locks(candidates: Candidates, question: Question) -> BoolArray:
    """Tell which candidates neither split a must-link group nor unite a cannot-link pair, shape (k,)."""
    place = {i: k for k, i in enumerate(candidates.municipalities.tolist())}
    width = candidates.words.shape[1]
    keep = np.ones(len(candidates), dtype=np.bool_)
    for group in question.together:
        present = [place[i] for i in group if i in place]
        wanted = words_of(present, width)
        common = candidates.words & wanted
        # a group that reaches beyond the component can nowhere be whole
        whole = (common == wanted).all(axis=1) & (len(present) == len(group))
        keep &= ~common.any(axis=1) | whole
    for a, b in question.apart:
        if a in place and b in place:
            pair = words_of([place[a], place[b]], width)
            keep &= ~((candidates.words & pair) == pair).all(axis=1)
    return keep


def _holding_required(candidates: Candidates, question: Question) -> Candidates:
    """Drop candidates that lack something that every merger of a plan must hold."""
    for _, has in question.required:
        candidates = candidates.take(candidates.sums(has[candidates.municipalities].astype(np.int64)) > 0)
    return candidates


def _enclosing_none(candidates: Candidates, question: Question, deadline: Deadline) -> Candidates:
    """Drop candidates of two or more that hold all surroundings of a municipality and not itself.

    A slice of candidates is looked at for those municipalities alone whose surroundings it holds at all: in
    large components, where sets with the same lowest bit stand together, that is few of them.
    """
    place = {i: k for k, i in enumerate(candidates.municipalities.tolist())}
    width = candidates.words.shape[1]
    rings = [
        (
            words_of([place[j] for j in around], width),
            words_of([place[i]] if i in place else [], width),
            len(around) == 1,
        )
        for i, around in enumerate(question.unenclosed)
        if around and all(j in place for j in around)
    ]
    keep = np.ones(len(candidates), dtype=np.bool_)
    for rows in candidates.chunks() if rings else ():
        deadline.check()
        words = candidates.words[rows]
        held = np.bitwise_or.reduce(words, axis=0, initial=0)
        for ring, own, single in rings:
            if ((held & ring) == ring).all():
                some = _holding(words, ring)
                encloses = ~(words[some] & own).any(axis=1)
                if single:  # one neighbour alone is no ring
                    encloses &= (words[some] != ring).any(axis=1)
                keep[rows.start + some[encloses]] = False
    return candidates if keep.all() else candidates.take(keep)


def _holding(words: WordArray, wanted: WordArray) -> IntArray:
    """Find the sets that hold all of some vertices, by index."""
    some = np.arange(len(words), dtype=np.int64)
    for word in np.flatnonzero(wanted).tolist():
        some = some[(words[some, word] & wanted[word]) == wanted[word]]
    return some


def _within_columns(candidates: Candidates, question: Question) -> Candidates:
    """Drop candidates that miss the bounds under a further column of inhabitants."""
    for bounds in question.also:
        people = candidates.sums(bounds.counted[candidates.municipalities])
        keep = people >= bounds.lower
        if bounds.upper is not None:
            keep &= people <= bounds.upper
        candidates = candidates if keep.all() else candidates.take(keep)
    return candidates


def _with_seats(candidates: Candidates, question: Question) -> Candidates:
    """Drop candidates that hold a municipality which must be the seat and is not."""
    for seat in question.seats:
        if seat not in candidates.municipalities:
            continue
        rows = np.flatnonzero(candidates.sums((candidates.municipalities == seat).astype(np.int64)))
        holding = candidates.take(rows)
        wrong = np.zeros(len(candidates), dtype=np.bool_)
        for some in holding.chunks():
            seats = find_seats(
                question.instance, holding.dense(some), candidates.municipalities, question.seat_ranks
            )
            wrong[rows[some]] = seats != seat
        candidates = candidates.take(~wrong)
    return candidates


__all__ = [
    "MOST_CANDIDATES",
    "TooManyCandidatesError",
    "connected_sets",
    "enumerate_candidates",
    "keeping_rules",
    "local_neighbours",
    "respect_locks",
]
