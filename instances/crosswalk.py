"""Plans of an earlier moment, in municipalities of a later one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .changes import Change, Crosswalk
from .common.problems import Problems
from .common.text import fold
from .groups import Grouping
from .vintages import crosswalk_of, steps


@dataclass
class _Merged:
    """The earlier municipalities of one municipality, as a file has them."""

    change: Change
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Group and row of each old member, by old code."""
    first: dict[str, Change] = field(default_factory=dict)
    """The first change of each old member, by old code."""
    texts: list[str] = field(default_factory=list)

    def is_divided(self, grouping: Grouping) -> bool:
        """Tell whether they are in different groups; where all of them stay alone, they are not."""
        groups = {k for k, _ in self.places.values()}
        return len(groups) > 1 and any(grouping.names[k] or len(grouping.groups[k]) > 1 for k in groups)

    @property
    def is_itself(self) -> bool:
        """Tell whether the file can only mean the present municipality: an entry with its name or code."""
        last, (old, *others) = self.change, self.places
        named_so = fold(self.texts[0]) == fold(last.name)
        return not others and (old == last.code or named_so)


def to_vintage(grouping: Grouping, source: int, target: int, problems: Problems) -> Grouping:
    """Replace municipalities by those that they were merged into, up to a later vintage (see `translated`).

    Parameters
    ----------
    grouping : Grouping
    source, target : int
        Vintages; see `vintages.VINTAGES`.
    problems : Problems
    """
    return translated(grouping, crosswalk_of(steps(source, target)), problems)


@dataclass
class Majority:
    """The rule that a municipality goes where most inhabitants of its earlier ones are.

    Attributes
    ----------
    people : mapping of str to int
        Inhabitants of the earlier municipalities, by code.
    told : list of str
        One sentence for each municipality whose earlier ones are in different groups.
    """

    people: Mapping[str, int]
    told: list[str] = field(default_factory=list)


def translated(
    grouping: Grouping, crosswalk: Crosswalk, problems: Problems, majority: Majority | None = None
) -> Grouping:
    """Replace municipalities by those that they were merged into.

    Codes and names of the later moment stay as they are, so that a mixture of both can be read.

    Parameters
    ----------
    grouping : Grouping
    crosswalk : Crosswalk
    problems : Problems
        Receives municipalities whose earlier ones are in different groups, or not all there.
    majority : Majority, optional
        Settles in which group a municipality is whose earlier ones are in several.

    Returns
    -------
    Grouping
        A group holds each municipality once.
    """
    merged: dict[str, _Merged] = {}
    written: list[list[tuple[str, int, str]]] = []
    for k, (texts, rows) in enumerate(zip(grouping.groups, grouping.rows, strict=True)):
        group: list[tuple[str, int, str]] = []
        for n, (text, row) in enumerate(zip(texts, rows, strict=True)):
            changes = crosswalk.follow(text)
            code = changes[-1].code if changes else text
            beside = "" if changes else grouping.beside_of(k, n)
            if changes:
                entry = merged.setdefault(code, _Merged(changes[-1]))
                entry.places[changes[0].old_code] = (k, row)
                entry.first[changes[0].old_code] = changes[0]
                entry.texts.append(text)
            if code not in [other for other, *_ in group]:
                group.append((code, row, beside))
        written.append(group)
    for code, entry in merged.items():
        _check_whole(entry, grouping, crosswalk, problems)
        if entry.is_divided(grouping):
            kept = _group_of(entry, grouping, majority, problems)
            for k in {k for k, _ in entry.places.values()} - {kept}:
                written[k] = [member for member in written[k] if member[0] != code]
    return _without_doubles(grouping, written, merged)


def _check_whole(entry: _Merged, grouping: Grouping, crosswalk: Crosswalk, problems: Problems) -> None:
    """Note a municipality whose earlier ones are not all in one group."""
    now, year = entry.change.now, entry.change.year
    since = f" since {year}" if year else ""
    row = min(row for _, row in entry.places.values())
    there = ", ".join(change.was for change in entry.first.values())
    covered = {
        origin.old_code
        for code, change in entry.first.items()
        for origin in (*crosswalk.origins(code, change.year), change)
    }
    missing = [
        origin.was for origin in crosswalk.origins(entry.change.code) if origin.old_code not in covered
    ]
    if missing and not entry.is_itself:
        problems.add(
            f"{there} is part of {now}{since}, and the file lacks {', '.join(missing)}",
            "add the whole municipality to one group",
            file=grouping.file,
            row=row,
        )


def _group_of(
    entry: _Merged, grouping: Grouping, majority: Majority | None, problems: Problems
) -> int | None:
    """Find the group of a municipality whose earlier ones are in several; None where nothing settles it."""
    first = entry.first.values()
    there = ", ".join(change.was for change in first)
    since = f" since {entry.change.year}" if entry.change.year else ""
    what = f"{there} are one municipality{since}, {entry.change.now}, and in different groups"
    remedy = "put them into one group"
    if majority is not None:
        unknown = [change.was for change in first if change.old_code not in majority.people]
        if not unknown:
            people: Counter[int] = Counter()
            for code, (k, _) in entry.places.items():
                people[k] += majority.people[code]
            kept = min(people, key=lambda k: (-people[k], k))
            with_most = [entry.first[code].was for code, (k, _) in entry.places.items() if k == kept]
            majority.told.append(f"{what}: it goes with {', '.join(with_most)}, where most inhabitants are")
            return kept
        remedy += f"; the inhabitants of {', '.join(unknown)} are not known"
    row = min(row for _, row in entry.places.values())
    problems.add(what, remedy, file=grouping.file, row=row)
    return None


def _without_doubles(
    grouping: Grouping, written: list[list[tuple[str, int, str]]], merged: Mapping[str, _Merged]
) -> Grouping:
    """Keep one group of a municipality that stands alone, of those that its earlier ones gave; none empty."""
    seen: set[str] = set()
    kept, names = [], []
    for group, name in zip(written, grouping.names, strict=True):
        alone = len(group) == 1 and not name
        if not group or (alone and group[0][0] in merged and group[0][0] in seen):
            continue
        seen |= {code for code, *_ in group}
        kept.append(group)
        names.append(name)
    return replace(
        grouping,
        groups=tuple(tuple(code for code, *_ in group) for group in kept),
        rows=tuple(tuple(row for _, row, _ in group) for group in kept),
        names=tuple(names),
        beside=tuple(tuple(beside for *_, beside in group) for group in kept),
    )
