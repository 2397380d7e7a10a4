"""Groups of municipalities: as a file writes them, and looked up in an instance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .common.problems import Problems
from .instance import Instance
from .vintages import IN_WORDS, history, is_flemish, new_codes, of_another_moment, vintage_before

if TYPE_CHECKING:
    import networkx as nx

_ELSEWHERE = ("21", "25", *map(str, (*range(51, 59), *range(61, 65), *range(81, 86), *range(91, 94))))
"""First digits of the codes of municipalities in Brussels and Wallonia."""


@dataclass(frozen=True)
class Grouping:
    """Groups of municipalities as a file writes them: nothing is looked up yet.

    Attributes
    ----------
    file : str
        For messages.
    groups : tuple of tuple of str
        Codes or names of the members, in the order of the file. A municipality without a group is a group of
        one.
    rows : tuple of tuple of int
        Row in the file of each of these texts; 0 where the file has no rows.
    names : tuple of str
        Label of each group in the file, empty where it has none.
    column : str
        The column that the texts stand in.
    beside : tuple of tuple of str
        Other label of each member, such as its name next to its code; empty where the file has none.
    """

    file: str
    groups: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[int, ...], ...]
    names: tuple[str, ...]
    column: str = ""
    beside: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, file: str, column: str, entries: Iterable[Entry]) -> Grouping:
        """Collect entries, one a municipality; an entry without a group is a group of one."""
        groups: dict[object, list[Entry]] = {}
        for place, entry in enumerate(entries):
            groups.setdefault(entry.key or entry.group or place, []).append(entry)
        return cls(
            file,
            tuple(tuple(entry.municipality for entry in group) for group in groups.values()),
            tuple(tuple(entry.row for entry in group) for group in groups.values()),
            tuple(group[0].group for group in groups.values()),
            column,
            tuple(tuple(entry.beside for entry in group) for group in groups.values()),
        )

    def __len__(self) -> int:
        return len(self.groups)

    def beside_of(self, group: int, member: int) -> str:
        """Give the other label of a member; empty where the file has none."""
        return self.beside[group][member] if self.beside else ""

    def only(self, places: Sequence[int]) -> Grouping:
        """Keep some groups."""
        return replace(
            self,
            groups=tuple(self.groups[k] for k in places),
            rows=tuple(self.rows[k] for k in places),
            names=tuple(self.names[k] for k in places),
            beside=tuple(self.beside[k] for k in places) if self.beside else (),
        )


@dataclass(frozen=True)
class Entry:
    """One municipality in a plan file.

    Attributes
    ----------
    row : int
    municipality : str
        Code or name.
    group : str
        Label of its group; empty where it has none.
    beside : str
        Other label of the municipality, such as its name next to its code.
    key : object
        Identifies the group where labels are not unique; by default the label.
    """

    row: int
    municipality: str
    group: str
    beside: str = ""
    key: object = None


def without_elsewhere(instance: Instance, grouping: Grouping) -> tuple[Grouping, list[str]]:
    """Leave out groups in Brussels and Wallonia, which official lists hold beside those of a Flemish plan.

    Returns
    -------
    grouping : Grouping
        The other groups.
    elsewhere : list of str
        Members of the groups that are left out.
    """
    places = [k for k, texts in enumerate(grouping.groups) if not lies_elsewhere(instance, texts)]
    left = set(range(len(grouping))) - set(places)
    return grouping.only(places), [text for k in sorted(left) for text in grouping.groups[k]]


def lies_elsewhere(instance: Instance, texts: Iterable[str]) -> bool:
    """Tell whether all texts are codes of Brussels or Wallonia while the instance is Flemish."""
    return all(
        len(text) == 5 and text.isdecimal() and text.startswith(_ELSEWHERE) for text in map(code_in, texts)
    ) and is_flemish(instance.codes)


def code_in(text: str) -> str:
    """Extract the code from a text such as ``Melle (44040)``; any other text stays."""
    before, bracket, after = text.strip().rpartition("(")
    return after.rstrip(" ),") if bracket and before else text.strip()


def resolve_groups(instance: Instance, grouping: Grouping, problems: Problems) -> list[tuple[int, ...]]:
    """Look up the municipalities of all groups.

    Parameters
    ----------
    instance : Instance
    grouping : Grouping
    problems : Problems
        Receives texts that match no municipality or several, codes and names in one row that contradict each
        other, and municipalities that stand in the file twice. Those of another vintage make one problem.

    Returns
    -------
    list of tuple of int
        Members of each group that could be looked up, ascending; in the order of `grouping.groups`.
    """
    first: dict[int, int] = {}
    resolved, old = [], []
    for k, (texts, rows) in enumerate(zip(grouping.groups, grouping.rows, strict=True)):
        members = []
        for n, (text, row) in enumerate(zip(texts, rows, strict=True)):
            try:
                i = instance.find(text)
            except KeyError as error:
                if past := history(text, instance.codes) or instance.history(text):
                    old.append((row, text, past))
                else:
                    _complain(problems, grouping, row, text, str(error.args[0]))
                continue
            if what := instance.gazetteer.contradiction(i, grouping.beside_of(k, n)):
                both = f"{text} {grouping.beside_of(k, n)}"
                _complain(problems, grouping, row, both, what, "correct one of the two")
                continue
            if i in first:
                seen = f"stands already in row {first[i]}" if first[i] else "stands in the file twice"
                _complain(problems, grouping, row, text, f"the municipality {seen}", "keep one of the two")
                continue
            first[i] = row
            members.append(i)
        resolved.append(tuple(sorted(members)))
    if old:
        _tell_of_old(instance, grouping, old, problems)
    return resolved


def _tell_of_old(
    instance: Instance, grouping: Grouping, old: Sequence[tuple[int, str, str]], problems: Problems
) -> None:
    """Note in one problem that municipalities of a file are those of another vintage."""
    others = [code for group in grouping.groups for code in map(code_in, group) if code in instance.index]
    newest = next((code for code in others if code in new_codes()), "")
    mixed = f"; others are of this moment, such as {instance.label(instance.index[newest])}" if newest else ""
    what = f"{of_another_moment([past for *_, past in old])}; the instance is '{instance.name}'{mixed}"
    before = vintage_before([text for _, text, _ in old], instance.codes)
    if before is None:
        remedy = "name an instance of that moment with --instance"
        if instance.changes:
            remedy += ", or bring a plan to this one: evaluate and compare take --merged with its folder"
    else:
        remedy = (
            f"bring them to this moment: --from-vintage {before}, in a scenario from_vintage = {before} "
            f"({IN_WORDS[before]})"
        )
    problems.add(what, remedy, file=grouping.file, row=old[0][0], column=grouping.column, value=old[0][1])


def _complain(
    problems: Problems, grouping: Grouping, row: int, text: str, what: str, remedy: str = ""
) -> None:
    problems.add(what, remedy, file=grouping.file, row=row, column=grouping.column, value=text)


def check_groups(
    instance: Instance,
    grouping: Grouping,
    groups: Sequence[tuple[int, ...]],
    problems: Problems,
    neighbours: Sequence[Sequence[int]] | None = None,
) -> None:
    """Note groups that cross regions and groups that are not contiguous.

    Parameters
    ----------
    instance : Instance
    grouping : Grouping
    groups : sequence of tuple of int
        As `resolve_groups` gives them.
    problems : Problems
    neighbours : sequence of sequence of int, optional
        Which municipalities each may merge with; by default all that it borders.
    """
    import networkx as nx

    borders: nx.Graph[int] = nx.Graph()
    borders.add_nodes_from(range(len(instance)))
    if neighbours is None:
        borders.add_edges_from(instance.borders.pairs.tolist())
    else:
        borders.add_edges_from((a, b) for a, near in enumerate(neighbours) for b in near)
    for members, rows, name in zip(groups, grouping.rows, grouping.names, strict=True):
        what, remedy = _flaw(instance, members, borders.subgraph(members))
        if what:
            group = f"group '{name}'" if name else "the group"
            problems.add(f"{group} {what}", remedy, file=grouping.file, row=min(rows, default=0))


def _flaw(instance: Instance, members: tuple[int, ...], borders: nx.Graph[int]) -> tuple[str, str]:
    """Say what is wrong with a group, and what to do about it; empty where nothing is."""
    import networkx as nx

    region_of = {i: instance.regions[instance.region[i]] for i in members}
    if len(regions := sorted(set(region_of.values()))) > 1:
        inside = [(region, [i for i in members if region_of[i] == region]) for region in regions]
        listed = "; ".join(f"{region}: {_listed(instance, part)}" for region, part in inside)
        return f"crosses reference regions ({listed})", "make a group of each region's own"
    pieces = sorted(sorted(piece) for piece in nx.connected_components(borders))
    if len(pieces) > 1:
        listed = " | ".join(_listed(instance, piece) for piece in pieces)
        return f"falls into pieces {listed}", "make a group of each, or add a border"
    return "", ""


def _listed(instance: Instance, members: Iterable[int]) -> str:
    return ", ".join(instance.names[i] for i in members)
