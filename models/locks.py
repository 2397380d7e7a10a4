"""What is agreed already: locks and existing mergers, resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..instances.instance import Instance
from ..instances.problems import Problems
from .scenario import Scenario

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
    source = scenario.existing.source
    existing = resolve(instance, scenario.existing.mergers, "existing.mergers", problems, source)
    _check_disjoint(instance, existing, problems, source)
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


def resolve(
    instance: Instance, groups: Sequence[Iterable[str]], key: str, problems: Problems, file: str = ""
) -> list[Group]:
    """Turn codes and names into indices; what cannot be found is a problem, of `file` where it is given."""
    resolved = []
    for group in groups:
        found = []
        for text in group:
            try:
                found.append(instance.find(text))
            except KeyError as error:
                problems.add(f"{key}: {error.args[0]}", file=file, value=text)
        for i in sorted({i for i in found if found.count(i) > 1}):
            problems.add(f"{key}: {instance.label(i)} stands twice in one group", "keep it once", file=file)
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


def _check_disjoint(instance: Instance, groups: Iterable[Group], problems: Problems, file: str) -> None:
    seen: set[int] = set()
    for group in groups:
        for i in sorted(seen & set(group)):
            problems.add(
                f"existing.mergers: {instance.label(i)} is in two of the mergers",
                "keep it in one of them",
                file=file,
            )
        seen |= set(group)
