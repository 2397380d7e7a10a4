"""The k best sums of plans of independent components or regions."""

from __future__ import annotations

from collections.abc import Sequence

from ...candidates.sets import Part
from ...diagrams.k_best import Ranked

_NOTHING = Ranked(((0, ()),), is_all=True)


def combine(lists: Sequence[Ranked], k: int) -> Ranked:
    """Give the k best sums of plans, one of each list.

    Parameters
    ----------
    lists : sequence of Ranked
        Each holds k plans, or all there are, or all above a known score.
    k : int

    Returns
    -------
    Ranked
        Exact: the n best of two lists only need the i-th of one and the j-th of the other with
        ``i * j <= n``, because (i, j) comes after everything that is as good in both. This holds for the
        lexicographic rule too: the first part in which two plans of one list differ has the same first
        member in both, so it decides wherever the parts of the other list stand.

    Notes
    -----
    O(r k log k) sums for r lists.
    """
    best = _NOTHING
    for one in lists:
        best = _two(best, one, k)
    return best


def _two(first: Ranked, second: Ranked, k: int) -> Ranked:
    if not first.plans or not second.plans:
        complete = (not first.plans and first.is_all) or (not second.plans and second.is_all)
        return Ranked((), is_all=complete, unseen=None if complete else _unseen(first, second))
    sums: list[tuple[int, tuple[Part, ...]]] = []
    for i, (score, parts) in enumerate(first.plans):
        for other, others in second.plans[: k // (i + 1)]:
            sums.append((score + other, tuple(sorted((*parts, *others)))))
    # equal parts of two plans have equal places, so comparing sorted parts is the rule for ties
    sums.sort(key=lambda plan: (-plan[0], plan[1]))
    is_all = first.is_all and second.is_all and len(first.plans) * len(second.plans) <= k
    unseen = _unseen(first, second)
    certain = sums[:k] if unseen is None else [plan for plan in sums[:k] if plan[0] > unseen]
    ended = unseen is not None and len(certain) < k
    return Ranked(tuple(certain), is_all=is_all, unseen=unseen if ended else None)


def _unseen(first: Ranked, second: Ranked) -> int | None:
    """Most that a sum with a plan that is missing in one of the lists can score."""
    bounds = [
        one.unseen + _best(other)
        for one, other in ((first, second), (second, first))
        if one.unseen is not None
    ]
    return max(bounds, default=None)


def _best(one: Ranked) -> int:
    """Most that a plan of a list can score, whether it is known or not."""
    known = [one.plans[0][0]] if one.plans else []
    return max([*known, *([] if one.unseen is None else [one.unseen])], default=0)
