"""Two neighbouring parts divided anew, by looking complements up: no programme, a few milliseconds."""

from __future__ import annotations

import numpy as np

from ....instances.common.arrays import IntArray
from ...candidates.enumeration import TooManyCandidatesError, enumerate_candidates
from ...candidates.scoring import score_all
from ...candidates.sets import Candidates, Part
from .windows import Windows

_WORD = 64


def improve_pairs(windows: Windows, number: int, rng: np.random.Generator) -> list[int]:
    """Better a part together with one neighbour; give the numbers of the new parts.

    The two become the best one or two parts that they can. The first neighbour with which there is a change
    for the better is taken. Where the number of parts is limited, it is kept, and so are other bounds.

    Parameters
    ----------
    windows : Windows
    number : int
        Of a part of the current plan.
    rng : numpy Generator

    Returns
    -------
    list of int
        Empty when nothing is better.

    Raises
    ------
    TimeUpError
    """
    current, space = windows.current, windows.space
    for other in current.near(number):
        numbers = [number, other]
        parts = _best(windows, numbers, rng)
        if not parts or sum(space.score(parts)) <= current.worth(numbers):
            continue
        counted = sum(space.counted(current.parts[n]) for n in numbers)
        if space.limits is None or sum(map(space.counted, parts)) == counted:
            windows.solved += 1
            return current.swap(numbers, parts)
    return []


def _best(windows: Windows, numbers: list[int], rng: np.random.Generator) -> list[Part]:
    """Divide some municipalities best; nothing where that was done before or takes too long."""
    members, params = windows.current.members(numbers), windows.space.params.pairs
    outside = windows.current.outside(numbers)
    key = (members, _PAIR, *outside.tolist())
    if key in windows.seen or len(members) > _WORD:
        return []
    inside = np.array(members, dtype=np.int64)
    try:
        candidates = enumerate_candidates(windows.space.question, inside, windows.deadline, params.listed)
    except TooManyCandidatesError:
        candidates = windows.from_trees(members, rng, params.trees)  # both sides of a cut are among them
    else:
        windows.seen.add(key)
    windows.listed += len(candidates)
    divisions = halves(candidates)
    if not len(divisions):
        return []
    rows, place = np.unique(divisions, return_inverse=True)
    nano = score_all(windows.space.scorer, candidates.take(rows))
    twice = divisions[:, 0] == divisions[:, 1]
    worth = nano[place.reshape(divisions.shape)]
    total = np.where(twice, worth[:, 0], worth.sum(axis=1))
    order = np.argsort(-total, kind="stable")[: params.noted]
    noted = np.unique(divisions[order])
    scores = nano[np.searchsorted(rows, noted)].tolist()
    windows.pool.add([candidates.members(row) for row in noted.tolist()], scores)
    for first in order.tolist():
        parts = [candidates.members(row) for row in sorted(set(divisions[first].tolist()))]
        if not windows.space.sums or not any(
            windows.space.beyond(outside + windows.space.amounts(parts).sum(axis=0))
        ):
            return parts
    return []


_PAIR = -1  # in place of a number of parts


def halves(candidates: Candidates) -> IntArray:
    """Pairs of candidates that are each other's complement, shape (h, 2); one twice where it holds all.

    Parameters
    ----------
    candidates : Candidates
        Of at most 64 municipalities.

    Notes
    -----
    O(k log k) for k candidates.
    """
    if not len(candidates):
        return np.zeros((0, 2), dtype=np.int64)
    sets = candidates.words[:, 0]
    order = np.argsort(sets)
    ranked = sets[order]
    whole = np.uint64((1 << len(candidates.municipalities)) - 1)
    first = np.flatnonzero((ranked & np.uint64(1)) != 0)
    rest = whole ^ ranked[first]
    wanted = np.where(rest == 0, whole, rest)
    place = np.minimum(np.searchsorted(ranked, wanted), len(ranked) - 1)
    there = ranked[place] == wanted
    return np.column_stack([order[first[there]], order[place[there]]]).astype(np.int64)
