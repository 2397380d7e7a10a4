"""Mergers that are agreed for an earlier map, against the target map in which they stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ...instances.common.problems import Problems
from .clashes import why_alone
from .question import Question

_Group = tuple[int, ...]
_Problem = tuple[str, str]


def check_kept_whole(
    earlier: Question, target: Question, moments: tuple[str, str], *, again: bool, problems: Problems
) -> None:
    """Note what is agreed for the earlier map and cannot stay whole in the target map.

    Parameters
    ----------
    earlier, target : Question
        What is asked of the mergers of each map.
    moments : tuple of str
        What the two maps are called.
    again : bool
        Whether others may join a merger of the earlier map in the target map.
    problems : Problems
    """
    kept = set(earlier.kept)
    for group in (*earlier.kept, *earlier.together):
        if group in target.kept:
            continue  # it is part of that map too, whatever its size
        # what is only held together may still grow in the earlier map
        whole = group in kept and not again
        names = ", ".join(earlier.instance.label(i) for i in group)
        for what, remedy in (*_by_rule(target, group), *_by_size(target, group, whole)):
            problems.add(
                f"{names} are together in the map of {moments[0]}, "
                f"but cannot be in that of {moments[1]}: {what}",
                remedy,
            )


def _by_rule(target: Question, group: _Group) -> Iterator[_Problem]:
    """Rules and locks of the target map that part a group."""
    label = target.instance.label
    for i in group:
        if i in target.standalone:
            reason, remedy = why_alone(target, i)
            yield f"{label(i)} {reason}", f"take it out of the earlier merger, or in [target] {remedy}"
    for a, b in combinations(group, 2):
        if (a, b) in target.apart:
            yield f"{label(a)} and {label(b)} are apart there", "remove target.locks.apart, or the merger"
    for merger in target.kept:
        if set(merger) & set(group) and not set(group) <= set(merger):
            names = ", ".join(label(i) for i in merger)
            yield f"{names} are one merger there as they are", "take it out of target.existing, or change it"


def _by_size(target: Question, group: _Group, whole: bool) -> Iterator[_Problem]:
    """Bounds and requirements of the target map that a group misses; a whole one is a merger there."""
    bounds, members = target.scenario.population, list(group)
    counted = int(target.bounded[members].sum())
    inhabitants = int(target.instance.population[members].sum())
    if counted > bounds.highest:
        yield (
            f"they have {inhabitants:,} inhabitants, more than {bounds.highest:,}",
            "raise target.population.max, or keep them as they are there too: target.existing",
        )
    if whole and counted < bounds.lowest:
        yield (
            f"they have {inhabitants:,} inhabitants, fewer than {bounds.lowest:,}, and nobody may join them",
            'let others join them: merged_again = "allowed"; '
            "or keep them as they are there too: target.existing",
        )
    for what, has in target.required if whole else ():
        if not has[members].any():
            yield f"a merger there must hold {what}", 'let others join them: merged_again = "allowed"'
