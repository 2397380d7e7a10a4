"""What is agreed already: locks and existing mergers, resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...instances.common.problems import Problems
from ...instances.groups import lies_elsewhere
from ...instances.instance import Instance
from ...instances.vintages import IN_WORDS, history, of_another_moment, vintage_before
from ..scenario.scenario import Scenario
from ..scenario.tables import Existing

Group = tuple[int, ...]


@dataclass(frozen=True)
class Agreed:
    """Locks and existing mergers in indices.

    Attributes
    ----------
    together, apart : list of tuple of int
        Groups as they are named, existing mergers that may be extended among those together.
    alone : tuple of int
        Municipalities that stand alone by a lock, or in an existing plan that is kept.
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


def resolve_agreed(
    instance: Instance, scenario: Scenario, problems: Problems, scope: Collection[int]
) -> Agreed:
    """Find the municipalities that locks and existing mergers name; what cannot be found is a problem.

    Groups without a municipality in the scope, those of the regions asked for, are left out.
    """
    locks, source = scenario.locks, scenario.existing.source

    def groups(named: Sequence[Iterable[str]], key: str, file: str = "") -> list[Group]:
        return touching(resolve(instance, named, key, problems, file), scope)

    def single(named: Iterable[str], key: str) -> Group:
        return tuple(i for i in resolve(instance, [named], key, problems)[0] if i in scope)

    together = groups(locks.together, "locks.together")
    named_alone = single(locks.alone, "locks.alone")
    existing = groups(scenario.existing.mergers, "existing.mergers", source)
    _check_disjoint(instance, existing, problems, source)
    merged = [group for group in existing if len(group) > 1]
    keep = scenario.existing.mode == "keep"
    lone = [i for group in existing if len(group) == 1 for i in group] if keep else []
    return Agreed(
        together=together if keep else together + merged,
        apart=groups(locks.apart, "locks.apart"),
        alone=tuple(sorted({*named_alone, *lone})),
        named_alone=named_alone,
        seats=single(locks.seat, "locks.seat"),
        kept=tuple(sorted(merged)) if keep else (),
    )


def is_known(instance: Instance, text: str) -> bool:
    """Whether a code or name means a municipality."""
    try:
        instance.find(text)
    except KeyError:
        return False
    return True


def resolve(
    instance: Instance, groups: Sequence[Iterable[str]], key: str, problems: Problems, file: str = ""
) -> list[Group]:
    """Turn codes and names into indices; what cannot be found is a problem, of `file` where it is given.

    Municipalities of another moment are told of once for a file.
    """
    resolved = []
    old: dict[str, str] = {}
    for group in groups:
        if file and lies_elsewhere(instance, group):
            continue  # a row of an official list about another region of the country
        indices = []
        for text in group:
            try:
                indices.append(instance.find(text))
            except KeyError as error:
                if file and (past := history(text, instance.codes)):
                    old[text] = past
                else:
                    problems.add(f"{key}: {error.args[0]}", file=file, value=text)
        for i in sorted({i for i in indices if indices.count(i) > 1}):
            problems.add(f"{key}: {instance.label(i)} stands twice in one group", "keep it once", file=file)
        resolved.append(tuple(sorted(set(indices))))
    if old:
        _tell_of_old(instance, old, key, problems, file)
    return resolved


def _tell_of_old(instance: Instance, old: Mapping[str, str], key: str, problems: Problems, file: str) -> None:
    """Say once that municipalities of a file are those of another moment, and what to do about it."""
    before = vintage_before(list(old), instance.codes)
    remedy = "write the municipalities of the instance"
    if before is not None:
        table = key.partition(".")[0]
        remedy = f"bring them to this moment: {table}.from_vintage = {before} ({IN_WORDS[before]})"
    what = f"{key}: {of_another_moment(list(old.values()))}; the instance is '{instance.name}'"
    problems.add(what, remedy, file=file, value=next(iter(old)))


def existing_here(instance: Instance, existing: Existing) -> list[tuple[str, ...]]:
    """Give the existing mergers of an instance: those of other regions of the country are left out."""
    return [g for g in existing.mergers if not (existing.source and lies_elsewhere(instance, g))]


def touching(groups: Iterable[Group], scope: Collection[int]) -> list[Group]:
    """Keep the groups that have a municipality in a scope."""
    return [group for group in groups if any(i in scope for i in group)]


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
