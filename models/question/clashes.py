"""Contradictions among what is agreed: locks, existing mergers, and the rules they meet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import combinations

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ..seats import find_seats
from .exemptions import ABOVE_MAX, FACILITY, ISOLATED, MERGED, STAYING
from .locks import Agreed, Group, existing_here
from .question import Question


def check_kept(question: Question, agreed: Agreed, crossing: Collection[Group], problems: Problems) -> None:
    """Note existing mergers that do not hold together, and what contradicts those that are kept.

    Parameters
    ----------
    question : Question
    agreed : Agreed
    crossing : collection of tuple of int
        Groups of which it is known that they cross a frame.
    problems : Problems
    """
    for group in (*question.kept, *(group for group in agreed.together if _is_existing(question, group))):
        if group not in crossing:
            _check_one_piece(question, group, problems)
    for merger in question.kept:
        _check_agreed_otherwise(question, agreed, merger, problems)
        _check_seat(question, merger, problems)


def _is_existing(question: Question, group: Group) -> bool:
    instance, existing = question.instance, question.scenario.existing
    mergers = ({instance.find(text) for text in texts} for texts in existing_here(instance, existing))
    return existing.mode == "extend" and any(members == set(group) for members in mergers)


def _check_one_piece(question: Question, group: Group, problems: Problems) -> None:
    """An existing merger lies in one region and holds together."""
    import networkx as nx

    instance, source = question.instance, question.scenario.existing.source
    regions = sorted({instance.regions[instance.region[i]] for i in group})
    if len(regions) > 1:
        problems.add(
            f"existing.mergers: {_names(instance, group)} lie in {len(regions)} regions "
            f"({', '.join(regions)}), and no merger crosses one",
            "leave the merger out, or let mergers cross regions: frames.regions = false",
            file=source,
        )
        return
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(group)
    graph.add_edges_from((a, b) for a in group for b in question.neighbours[a] if b in group)
    pieces = sorted(sorted(piece) for piece in nx.connected_components(graph))
    if len(pieces) > 1:
        texts = " | ".join(_names(instance, piece) for piece in pieces)
        problems.add(
            f"existing.mergers: {_names(instance, group)} are not contiguous: {texts}",
            "add the border that joins them to borders.added; or leave the merger out, and lock its "
            "members together",
            file=source,
        )


def _check_agreed_otherwise(question: Question, agreed: Agreed, merger: Group, problems: Problems) -> None:
    """A merger that is kept is contradicted by locks that want its members alone, apart, or with others."""
    instance, source = question.instance, question.scenario.existing.source
    names = _names(instance, merger)
    either = "remove the lock, or the merger from existing"
    for i in sorted(set(merger) & set(agreed.named_alone)):
        what = f"locks.alone names {instance.label(i)}, but the existing merger {names} is kept"
        problems.add(what, either, file=source)
    for a, b in question.apart:
        if {a, b} <= set(merger):
            problems.add(
                f"locks.apart names {instance.label(a)} and {instance.label(b)}, but the existing merger "
                f"{names} is kept",
                either,
                file=source,
            )
    for group in question.together:
        if set(group) & set(merger):
            problems.add(
                f"locks.together holds {_names(instance, group)} together, but the existing merger {names} "
                "is kept as it is",
                'extend existing mergers (existing.mode = "extend"), or remove the lock',
                file=source,
            )


def _check_seat(question: Question, merger: Group, problems: Problems) -> None:
    """The seat of a merger that is kept is where it is."""
    instance, locked = question.instance, set(question.seats) & set(merger)
    names = _names(instance, merger)
    members = np.array(merger, dtype=np.int64)
    seats = find_seats(instance, np.ones((1, len(merger))), members, question.seat_ranks)
    for i in sorted(locked - {int(seats[0])}) if len(locked) == 1 else ():
        problems.add(
            f"locks.seat names {instance.label(i)}, but the existing merger {names} is kept and has its "
            f"seat in {instance.label(int(seats[0]))}",
            "remove the lock, or the merger from existing",
            file=question.scenario.existing.source,
        )


def _names(instance: Instance, group: Iterable[int]) -> str:
    return ", ".join(instance.label(i) for i in group)


def check_locks(question: Question, problems: Problems) -> None:
    """Note locks that contradict each other, a rule, or the regions."""
    instance = question.instance
    apart = set(question.apart)
    for group in question.together:
        key = _key(question, group)
        regions = sorted({instance.regions[instance.region[i]] for i in group})
        if len(regions) > 1:
            problems.add(
                f"{key}: {_names(instance, group)} are in different regions ({', '.join(regions)}), "
                "and no merger crosses one",
                "remove the lock, or let mergers cross regions: frames.regions = false",
            )
        for i in group:
            if i in question.standalone:
                reason, remedy = why_alone(question, i)
                problems.add(f"{key}: {instance.label(i)} {reason}", f"remove it from the group or {remedy}")
        for a, b in combinations(group, 2):
            if (a, b) in apart:
                problems.add(
                    f"{instance.label(a)} and {instance.label(b)} are locked both together and apart",
                    "remove one of the two locks",
                )
    seats = set(question.seats)
    for group in (*question.together, *question.kept):
        if len(seats & set(group)) > 1:
            problems.add(
                f"locks.seat names {_names(instance, sorted(seats & set(group)))}, which are in one merger",
                "keep one of them",
            )


def _key(question: Question, group: Group) -> str:
    """The keys that hold a group together."""
    locks = question.scenario.locks.together
    find = question.instance.find
    keys = ["locks.together"] if any(find(text) in group for texts in locks for text in texts) else []
    # groups of two or more in existing mergers lie in one of these groups, or are kept
    existing = existing_here(question.instance, question.scenario.existing)
    if any(find(text) in group for texts in existing if len(texts) > 1 for text in texts):
        keys.append("existing.mergers")
    return ", ".join(keys) or "frames.unsplit"


def why_alone(question: Question, i: int) -> tuple[str, str]:
    """Say why a municipality stands alone, and what to do about it."""
    year = question.instance.merged_in[i]
    by_rule = {
        FACILITY: ("is a facility municipality and stands alone", "name it in rules.joined"),
        ABOVE_MAX: (
            "has more inhabitants than population.max and stands alone",
            "raise population.max",
        ),
        MERGED: (f"came out of a merger of {year} and stands alone", 'set rules.merged = "free"'),
        ISOLATED: (
            "has nobody to merge with and stands alone",
            'add a border, or leave rules.isolated "free"',
        ),
        STAYING: ("is in rules.staying", "take it out of rules.staying"),
    }
    if question.standalone[i] in by_rule:
        return by_rule[question.standalone[i]]
    if any(question.instance.find(text) == i for text in question.scenario.locks.alone):
        return "is in locks.alone", "remove one of the two locks"
    return "is alone in the existing plan, which is kept", "take it out of existing.mergers"


def check_frames(
    question: Question, locked: Iterable[tuple[int, ...]], own: IntArray | None, problems: Problems
) -> set[tuple[int, ...]]:
    """Note locks, existing mergers and hard frames that contradict each other.

    Parameters
    ----------
    question : Question
    locked : iterable of tuple of int
        Groups that locks hold together.
    own : ndarray of int64 or None
        Zones of the scenario itself.
    problems : Problems

    Returns
    -------
    set of tuple of int
        The groups that cross a frame.
    """
    instance, frames = question.instance, question.scenario.frames
    for name in frames.unsplit:
        layer = instance.layers[name]
        for a, b in question.apart:
            same = instance.region[a] == instance.region[b] and layer.separate()[a] == layer.separate()[b]
            if same and not {a, b} & question.fixed:
                problems.add(
                    f"locks.apart: {instance.label(a)} and {instance.label(b)} are both in zone "
                    f"'{layer.name_of(a)}', which frames.unsplit keeps whole",
                    f"remove the lock, or '{name}' from frames.unsplit",
                )
    frame_of = {
        f"layer '{name}', which frames.within keeps apart": instance.layers[name].separate()
        for name in frames.within
    }
    if own is not None:
        frame_of["frames.zones, which no merger may cross"] = own
    crossing = set()
    for group in (*locked, *question.kept):
        for frame, zone in frame_of.items():
            pair = _parted(instance, group, zone)
            if pair is not None:
                crossing.add(group)
                problems.add(
                    f"{instance.label(pair[0])} and {instance.label(pair[1])} are held together by "
                    f"locks.together or existing.mergers, but are in different zones of {frame}",
                    "remove the lock or the merger, or what keeps the zones apart",
                )
    return crossing


def _parted(instance: Instance, group: tuple[int, ...], zone: IntArray) -> tuple[int, int] | None:
    """Find two of a group that are in one region but in different zones."""
    region = instance.region
    pairs = combinations(group, 2)
    return next(((a, b) for a, b in pairs if region[a] == region[b] and zone[a] != zone[b]), None)
