"""The best way to split a merger in two connected sides."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray
from ...models.question.unchecked import Group, Unchecked
from ...models.scoring.scorer import Scorer
from ..candidates.enumeration import TooManyCandidatesError, connected_sets
from ..candidates.sets import Candidates
from ..review.reason import Reason

_MOST = 200_000  # connected sets of a merger: one of 17 municipalities that all border each other has 131,071


def best_side(of: Unchecked, group: Group) -> Group | Reason:
    """Find the side with the first member of the best split of a merger.

    Best is what parts the fewest groups that locks hold together, then misses the hard bounds by the fewest
    inhabitants, then scores most; of equals the side that comes first.

    Returns
    -------
    tuple of int or Reason
        The reason why there is no split: it is not connected, or there are too many ways.
    """
    pieces = of.pieces(group)
    if len(pieces) > 1:
        return pieces[0]
    place = {i: k for k, i in enumerate(group)}
    near = [[place[j] for j in of.neighbours[i] if j in place] for i in group]
    ones = np.ones(len(group), dtype=np.int64)
    try:
        sets = connected_sets(near, ones, 1, len(group) - 1, limit=_MOST)
    except TooManyCandidatesError:
        return Reason("too many ways", f"there are too many ways to split {len(group)} municipalities", group)
    dense = Candidates(np.array(group, dtype=np.int64), sets).dense(np.arange(len(sets))) > 0
    sides = _with_connected_rest(dense)
    order = np.lexsort(
        (*(~sides).T[::-1], -_scores(of, group, sides), _missing(of, group, sides), _parted(of, group, sides))
    )
    return tuple(i for i, inside in zip(group, sides[order[0]], strict=True) if inside)


def _with_connected_rest(dense: BoolArray) -> BoolArray:
    """Keep the sets that hold the first member, and whose complement is among the sets too."""
    known = {row.tobytes() for row in np.packbits(dense, axis=1)}
    first = dense[dense[:, 0]]
    rest = np.packbits(~first, axis=1)
    is_whole = np.array([row.tobytes() in known for row in rest], dtype=np.bool_)
    return first[is_whole]


def _scores(of: Unchecked, group: Group, sides: BoolArray) -> IntArray:
    """Score of both sides together, in nano-points."""
    scorer, members = Scorer(of.instance, of.scenario), np.array(group, dtype=np.int64)
    both = (scorer.score(half.astype(np.float64), members).nano for half in (sides, ~sides))
    return sum(both, np.zeros(len(sides), dtype=np.int64))


def _missing(of: Unchecked, group: Group, sides: BoolArray) -> IntArray:
    """Inhabitants by which the two sides miss the hard bounds; who stands alone by rule misses none."""
    bounds, total = of.scenario.population, np.zeros(len(sides), dtype=np.int64)
    people = np.array([of.counted([i]) for i in group], dtype=np.int64)
    alone = np.array([i in of.standing for i in group])
    for half in (sides, ~sides):
        sizes = half @ people
        miss = np.maximum(bounds.lowest - sizes, 0) + np.maximum(sizes - bounds.highest, 0)
        exempt = (half.sum(axis=1) == 1) & (half @ alone)
        total += np.where(exempt, 0, miss)
    return total


def _parted(of: Unchecked, group: Group, sides: BoolArray) -> IntArray:
    """Groups that locks hold together and the two sides do not."""
    cut = np.zeros(len(sides), dtype=np.int64)
    for lock in (*of.together, *of.kept):
        inside = np.array([i in lock.municipalities for i in group])
        if inside.sum() > 1:
            held = sides[:, inside].sum(axis=1)
            cut += (held > 0) & (held < inside.sum())
    return cut
