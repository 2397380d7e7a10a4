"""What is agreed already: locks and existing mergers, resolved and checked for contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from ..instances.instance import Instance
from ..instances.problems import Problems
from .exemptions import ABOVE_MAX, FACILITY, LOCKED
from .scenario import Scenario

if TYPE_CHECKING:
    from .question import Question

Group = tuple[int, ...]


@dataclass(frozen=True)
class Agreed:
    """Locks and existing mergers in indices.

    Attributes
    ----------
    together, apart : list of tuple of int
        Groups as they are named, existing mergers that may be extended among those together.
    alone : tuple of int
        Who stands alone by a lock, or in an existing plan that is kept.
    named_alone : tuple of int
        Those of them that a lock names.
    seats : tuple of int
    kept : tuple of tuple of int
        Existing mergers of two or more that are kept.
    """

    together: list[Group]
    apart: list[Group]
    alone: Group
    named_alone: Group
    seats: Group
    kept: tuple[Group, ...]


def resolve_agreed(instance: Instance, scenario: Scenario, problems: Problems) -> Agreed:
    """Find the municipalities that locks and existing mergers name; what cannot be found is a problem."""
    locks = scenario.locks
    together = resolve(instance, locks.together, "locks.together", problems)
    named_alone = resolve(instance, [locks.alone], "locks.alone", problems)[0]
    existing = resolve(instance, scenario.existing.mergers, "existing.mergers", problems)
    _check_disjoint(instance, existing, problems)
    merged = [group for group in existing if len(group) > 1]
    keep = scenario.existing.mode == "keep"
    lone = [i for group in existing if len(group) == 1 for i in group] if keep else []
    return Agreed(
        together=together if keep else together + merged,
        apart=resolve(instance, locks.apart, "locks.apart", problems),
        alone=tuple(sorted({*named_alone, *lone})),
        named_alone=named_alone,
        seats=resolve(instance, [locks.seat], "locks.seat", problems)[0],
        kept=tuple(sorted(merged)) if keep else (),
    )


def resolve(instance: Instance, groups: Sequence[Iterable[str]], key: str, problems: Problems) -> list[Group]:
    """Turn codes and names into indices; what cannot be found is a problem."""
    resolved = []
    for group in groups:
        found = []
        for text in group:
            try:
                found.append(instance.find(text))
            except KeyError as error:
                problems.add(f"{key}: {error.args[0]}", value=text)
        for i in sorted({i for i in found if found.count(i) > 1}):
            problems.add(f"{key}: {instance.label(i)} stands twice in one group", "keep it once")
        resolved.append(tuple(sorted(set(found))))
    return resolved


def join_groups(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Unite groups that share a municipality."""
    joined: list[set[int]] = []
    for group in groups:
        new = set(group)
        rest = []
        for other in joined:
            if other & new:
                new |= other
            else:
                rest.append(other)
        joined = [*rest, new]
    return tuple(sorted(tuple(sorted(group)) for group in joined))


def _check_disjoint(instance: Instance, groups: Iterable[Group], problems: Problems) -> None:
    seen: set[int] = set()
    for group in groups:
        for i in sorted(seen & set(group)):
            problems.add(
                f"existing.mergers: {instance.label(i)} is in two of the mergers", "keep it in one of them"
            )
        seen |= set(group)


def check_kept(question: Question, agreed: Agreed, problems: Problems) -> None:
    """Note existing mergers that do not hold together, and locks that contradict those that are kept."""
    extended = [] if question.kept else [g for g in agreed.together if _is_existing(question, g)]
    for group in (*question.kept, *extended):
        _check_one_piece(question, group, problems)
    for merger in question.kept:
        names = _names(question.instance, merger)
        for i in sorted(set(merger) & set(agreed.named_alone)):
            problems.add(
                f"locks.alone names {question.instance.label(i)}, but the existing merger {names} is kept",
                "remove the lock, or the merger from existing",
            )
        for a, b in question.apart:
            if {a, b} <= set(merger):
                problems.add(
                    f"locks.apart names two members of the existing merger {names}, which is kept",
                    "remove the lock, or the merger from existing",
                )
        for group in question.together:
            if set(group) & set(merger):
                problems.add(
                    f"{_names(question.instance, group)} are held together by a lock or a hard frame, but "
                    f"the existing merger {names} is kept as it is",
                    "extend existing mergers (existing.mode), or remove the lock or the frame",
                )


def _is_existing(question: Question, group: Group) -> bool:
    instance = question.instance
    named = question.scenario.existing.mergers
    return any({instance.find(text) for text in texts} == set(group) for texts in named)


def _check_one_piece(question: Question, group: Group, problems: Problems) -> None:
    """An existing merger lies in one region and holds together."""
    import networkx as nx

    instance = question.instance
    regions = sorted({instance.regions[instance.region[i]] for i in group})
    if len(regions) > 1:
        problems.add(
            f"existing.mergers: {_names(instance, group)} lie in {len(regions)} regions ({', '.join(regions)}), and "
            "no merger crosses one",
            "leave the merger out",
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
        )


def _names(instance: Instance, group: Iterable[int]) -> str:
    return ", ".join(instance.label(i) for i in group)


_REASONS = {
    FACILITY: ("is a facility municipality and stands alone", "name it in rules.joined"),
    ABOVE_MAX: ("has more inhabitants than population.max and stands alone", "raise population.max"),
    LOCKED: ("is in locks.alone", "remove one of the two locks"),
}


def check_locks(question: Question, problems: Problems) -> None:
    """Note locks that contradict each other, a rule, or the regions."""
    instance = question.instance
    apart = set(question.apart)
    seats = set(question.seats)
    for group in question.together:
        names = _names(instance, group)
        regions = sorted({instance.regions[instance.region[i]] for i in group})
        if len(regions) > 1:
            problems.add(
                f"locks.together: {names} are in different regions ({', '.join(regions)}), "
                "and no merger crosses one",
                "remove the lock",
            )
        for i in group:
            if i in question.standalone:
                reason, remedy = _REASONS[question.standalone[i]]
                problems.add(
                    f"locks.together: {instance.label(i)} {reason}", f"remove it from the group or {remedy}"
                )
        for a, b in combinations(group, 2):
            if (a, b) in apart:
                problems.add(
                    f"{instance.label(a)} and {instance.label(b)} are locked both together and apart",
                    "remove one of the two locks",
                )
    for group in (*question.together, *question.kept):
        if len(seats & set(group)) > 1:
            problems.add(
                f"locks.seat names {_names(instance, sorted(seats & set(group)))}, which are in one merger",
                "keep one of them",
            )
