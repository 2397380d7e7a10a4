"""How many municipalities there are before merging and after: counted here, said alike everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...models.scenario.scenario import Scenario
from .mergers import Merger

COUNT_COLUMNS = ("municipalities", "after", "mergers", "unchanged", "alone_by_rule")
"""Names of the counts in tables, and in the order of `Counts.row`."""


@dataclass(frozen=True)
class Counts:
    """What a plan makes of some municipalities.

    Attributes
    ----------
    municipalities : int
        Before merging.
    after : int
        Municipalities after merging: the mergers and the unchanged ones together. (At the level of zones,
        the zones.)
    mergers : int
        Mergers of two municipalities or more.
    alone_by_rule : int
        Of those that stay unchanged, the ones that stand alone by a rule and are exempt from the bounds.
    """

    municipalities: int
    after: int
    mergers: int
    alone_by_rule: int

    @property
    def unchanged(self) -> int:
        """Municipalities that stay as they are, by rule or by choice."""
        return self.after - self.mergers

    @property
    def row(self) -> tuple[int, ...]:
        """The counts in the order of `COUNT_COLUMNS`."""
        return (self.municipalities, self.after, self.mergers, self.unchanged, self.alone_by_rule)


def count_parts(parts: Iterable[Merger]) -> Counts:
    """Count the mergers, or the zones, of a plan."""
    return count_groups((part.members, part.standalone) for part in parts)


def count_groups(groups: Iterable[tuple[Sequence[int] | Sequence[str], str]]) -> Counts:
    """Count groups of municipalities, each with the rule by which it stands alone; see `Counts`."""
    groups = list(groups)
    sizes = [len(members) for members, _ in groups]
    by_rule = sum(len(members) == 1 and bool(rule) for members, rule in groups)
    return Counts(sum(sizes), len(sizes), sum(size > 1 for size in sizes), by_rule)


def count_cells(scenario: Scenario, counts: Counts, zones: int) -> dict[str, int]:
    """Give the numbers that tables show of a plan, by heading.

    Parameters
    ----------
    scenario : Scenario
        What was asked, at one level or at two.
    counts : Counts
        Of the mergers, or of the zones where only these are asked for.
    zones : int
        Zones that the mergers lie in.
    """
    inner, *around = scenario.levels
    if inner.level == "zones":
        return {"zones": counts.after}
    cells = {"after": counts.after, "mergers": counts.mergers}
    return {"zones": zones, **cells} if around else cells


def count_headings(scenario: Scenario) -> list[str]:
    """Give the headings of `count_cells`."""
    return list(count_cells(scenario, count_groups(()), 0))


def count_words(counts: Counts, level: str = "mergers", zones: int = 0) -> str:
    """Say how many there are after merging.

    Parameters
    ----------
    counts : Counts
    level : {'mergers', 'zones', 'nested'}
    zones : int
        Zones that the mergers lie in, at the nested level.

    Returns
    -------
    str
        Such as "121 municipalities after merging".
    """
    if level == "zones":
        return number_of(counts.after, "reference zone")
    text = f"{number_of(counts.after, 'municipality')} after merging"
    return text + (f" in {number_of(zones, 'reference zone')}" if zones else "")


def count_text(counts: Counts, level: str = "mergers", zones: int = 0) -> str:
    """Say what a plan makes of the municipalities, as maps, tables and messages do; see `count_words`.

    Returns
    -------
    str
        Such as "121 municipalities after merging (82 mergers of two or more, 39 unchanged, 14 of these alone
        by rule)".
    """
    text = count_words(counts, level, zones)
    if level == "zones":
        alone = number_of(counts.alone_by_rule, "municipality")
        return text + (f" ({alone} alone by rule among them)" if counts.alone_by_rule else "")
    text += f" ({number_of(counts.mergers, 'merger')} of two or more, {counts.unchanged:,} unchanged"
    return text + (f", {counts.alone_by_rule:,} of these alone by rule)" if counts.alone_by_rule else ")")


def number_of(number: int, noun: str) -> str:
    """Write a number with its noun."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun.removesuffix('y') + 'ies' if noun.endswith('y') else noun + 's'}"
