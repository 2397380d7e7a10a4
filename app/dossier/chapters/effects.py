"""What a plan does: indicators by family, money and mandates of each merger, cooperation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....models.indicators import Indicator
from ....solver.results.mergers import Merger
from ....solver.review.cooperation_changes import BodyChange, ChangeKind, cooperation_changes
from ....solver.review.effects import Effects, Measured, is_detail
from ...dutch.indicators import (
    indicator_change,
    indicator_label,
    indicator_sources,
    indicator_value,
    indicator_with_unit,
)
from ...dutch.problems import told_problems_in
from ..content.document import Block, Bullets, Cell, Figure, Section, Table
from .teller import Teller, capital, key_of, pointer

_BY_MERGER = ("bonus",)
"""Indicators whose amounts are told of each merger, by key."""

_MANDATES = ("councillors", "executives(first)", "executives(later)")

_CHANGES: dict[ChangeKind, str] = {
    "superfluous": "{merger} makes superfluous, as all its members merge: {bodies}",
    "simplified": "{merger} sits with fewer partners at the table of: {bodies}",
    "divided": "{merger} has to leave, divide or enlarge: {bodies}",
}


def effects(teller: Teller, region: str) -> Section | None:
    """Tell what a plan does in a region; nothing where there is no plan of mergers."""
    found, figures = teller.facts.effects, teller.record.regions[region]
    if found is None or not figures.effects:
        return None
    blocks: list[Block] = [
        teller.paragraph(
            teller.say(
                "Today stands beside what the plan makes of it; a change is no judgement, and none of it "
                "was weighed unless the question says so"
            )
        ),
        *_families(teller, region, found),
    ]
    parts = (
        _mandates(teller, region),
        *_money(teller, region, found),
        *_fund(teller, region, found),
        *_rates(teller, region, found),
        _cooperation(teller, region, found),
    )
    sections = tuple(one for one in parts if one is not None)
    title = teller.say("What the plan does")
    return Section(f"{key_of(region)}-effects", title, tuple(blocks), sections)


def effect_sources(teller: Teller) -> Section | None:
    """Tell once where the figures on effects come from, and what is not known."""
    found = teller.facts.effects
    if found is None:
        return None
    rows: dict[tuple[str, ...], list[str]] = {}
    for one in _told(found):
        sources = indicator_sources(found.instance, one.indicator, teller.language)
        rows.setdefault(sources, []).append(indicator_label(one.indicator.name, teller.language))
    table = Table(
        teller.say("Where the figures on effects come from"),
        (teller.say("What is measured"), teller.say("Source")),
        tuple(("; ".join(names), "; ".join(sources)) for sources, names in rows.items()),
    )
    blocks: list[Block] = [table, *_remarks(teller, found), *_not_known(teller, found)]
    return Section("effects", teller.say("What the plan does: sources"), tuple(blocks), own_page=True)


def _remarks(teller: Teller, found: Effects) -> Iterator[Block]:
    """Say what must be known to read the values, once; of what each merger is paid it stands there."""
    labels: dict[str, list[str]] = {}
    for one in _told(found):
        for remark in () if one.indicator.key in _BY_MERGER else one.remarks:
            labels.setdefault(remark, []).append(indicator_label(one.indicator.name, teller.language))
    items = [f"{'; '.join(names)}: {teller.told(remark)}" for remark, names in labels.items()]
    if items:
        yield teller.paragraph(teller.say("To read these figures"))
        yield Bullets(tuple(items))


def _told(found: Effects) -> list[Measured]:
    """List what the chapter tells: of what is counted by layer, the sum over layers."""
    return [one for one in found.measured if not is_detail(one.indicator)]


def _families(teller: Teller, region: str, found: Effects) -> Iterator[Table]:
    """Give a table for each family."""
    families: dict[str, list[Indicator]] = {}
    for one in _told(found):
        families.setdefault(one.indicator.family, []).append(one.indicator)
    headings = ("", teller.say("Today"), teller.say("After merging"), teller.say("Change"))
    path = ("regions", region, "effects")
    for family, indicators in families.items():
        rows = tuple(
            (
                indicator_with_unit(one, teller.language),
                *_three(teller, (*path, one.name), one),
            )
            for one in indicators
        )
        yield Table(teller.label("families", family), headings, rows)


def _three(teller: Teller, path: Sequence[str | int], indicator: Indicator) -> tuple[Cell, ...]:
    return tuple(_cell(teller, (*path, key), indicator) for key in ("before", "after", "change"))


def _cell(teller: Teller, path: Sequence[str | int], indicator: Indicator) -> Cell:
    value = teller.at(*path)
    write = indicator_change if path[-1] == "change" else indicator_value
    text = write(indicator, value, teller.language)
    return text if value is None else Figure(value, text, pointer(path))


def _mandates(teller: Teller, region: str) -> Section | None:
    """Tabulate the mandates of each merger."""
    found = _measured(teller, _MANDATES)
    mergers = teller.record.regions[region].merger_effects
    if not mergers or len(found) < len(_MANDATES):
        return None
    councillors, first, later = found
    headings = (
        capital(teller.say("merger")),
        teller.say("Councillors today"),
        teller.say("after"),
        teller.say("Mayors and aldermen today"),
        teller.say("in the first term"),
        teller.say("in later terms"),
    )
    columns = (
        (councillors, "before"),
        (councillors, "after"),
        (first, "before"),
        (first, "after"),
        (later, "after"),
    )
    rows = tuple(
        (one.name, *(_of_merger(teller, region, k, *column) for column in columns))
        for k, one in enumerate(mergers)
    )
    table = Table(teller.say("Mandates of each merger"), headings, rows)
    return Section(f"{key_of(region)}-mandates", teller.say("Mandates"), (table,))


def _money(teller: Teller, region: str, found: Effects) -> Iterator[Section]:
    """Tabulate what each merger is paid, by scheme, and say what must be known of it."""
    mergers = teller.record.regions[region].merger_effects
    paid = [one for one in found.measured if one.indicator.key in _BY_MERGER]
    if not paid or not mergers:
        return
    headings = (
        capital(teller.say("merger")),
        *(indicator_label(one.indicator.name, teller.language) for one in paid),
    )
    rows: list[tuple[Cell, ...]] = [
        (merger.name, *(_of_merger(teller, region, k, one.indicator, "after") for one in paid))
        for k, merger in enumerate(mergers)
    ]
    path = ("regions", region, "effects")
    total = (_cell(teller, (*path, one.indicator.name, "after"), one.indicator) for one in paid)
    rows.append((teller.say("Together"), *total))
    remarks = [
        f"{indicator_label(one.indicator.name, teller.language)}: {teller.told(remark)}"
        for one in paid
        for remark in one.remarks
    ]
    blocks: list[Block] = [Table(teller.say("Euro for each merger"), headings, tuple(rows), total=True)]
    blocks += [teller.paragraph(remark, tone="note") for remark in remarks]
    yield Section(f"{key_of(region)}-money", teller.say("Money"), tuple(blocks))


def _fund(teller: Teller, region: str, found: Effects) -> Iterator[Section]:
    """Tabulate what each merger has from the municipal fund, and what all others have."""
    funds = [one.indicator for one in found.measured if one.indicator.key == "fund"]
    mergers = teller.record.regions[region].merger_effects
    if not funds or not mergers:
        return
    headings = (
        capital(teller.say("merger")),
        teller.say("Today"),
        teller.say("After merging"),
        teller.say("Change"),
    )
    blocks: list[Block] = [
        teller.paragraph(
            teller.say(
                "The municipal fund is one sum: what a merger gains, others pay; changes sum to 0 over all "
                "municipalities"
            )
        )
    ]
    for fund in funds:
        rows = [
            (one.name, *(_of_merger(teller, region, k, fund, when) for when in ("before", "after", "change")))
            for k, one in enumerate(mergers)
        ]
        for name, kind in (
            (teller.say("The region as a whole"), "effects"),
            (teller.say("All other municipalities"), "others_effects"),
        ):
            rows.append((name, *_three(teller, ("regions", region, kind, fund.name), fund)))
        label = f"{indicator_label(fund.name, teller.language)} ({teller.told(fund.unit)})"
        blocks.append(Table(label, headings, tuple(rows)))
    yield Section(f"{key_of(region)}-fund", teller.say("Municipal fund"), tuple(blocks))


def _rates(teller: Teller, region: str, found: Effects) -> Iterator[Section]:
    """Tabulate the tax rates of each municipality that merges: today, and by each rule."""
    members = teller.record.regions[region].rates
    taxes: dict[str, list[Indicator]] = {}
    for one in found.measured:
        if one.indicator.takes == "rule" and members and one.indicator.name in members[0].rates:
            taxes.setdefault(one.indicator.key, []).append(one.indicator)
    tables = [_of_tax(teller, region, rules) for rules in taxes.values()]
    if tables:
        yield Section(f"{key_of(region)}-rates", teller.say("Tax rates"), tuple(tables))


def _of_tax(teller: Teller, region: str, rules: Sequence[Indicator]) -> Table:
    first = rules[0]
    said = [indicator_label(one.name, teller.language).partition(", ") for one in rules]
    headings = (
        teller.say("Municipality"),
        capital(teller.say("merger")),
        teller.say("Today"),
        *(capital(rule) for _, _, rule in said),
    )
    columns = ((first, "before"), *((one, "after") for one in rules))
    rows = tuple(
        (
            one.name,
            one.merger,
            *(
                _cell(teller, ("regions", region, "rates", k, "rates", indicator.name, when), indicator)
                for indicator, when in columns
            ),
        )
        for k, one in enumerate(teller.record.regions[region].rates)
    )
    return Table(f"{said[0][0]} ({teller.told(first.unit)})", headings, rows)


def _of_merger(teller: Teller, region: str, number: int, indicator: Indicator, when: str) -> Cell:
    path = ("regions", region, "merger_effects", number, "effects", indicator.name, when)
    return _cell(teller, path, indicator)


def _measured(teller: Teller, names: Sequence[str]) -> list[Indicator]:
    found = teller.facts.effects
    known = {} if found is None else {one.indicator.name: one.indicator for one in found.measured}
    return [known[name] for name in names if name in known]


def _cooperation(teller: Teller, region: str, found: Effects) -> Section | None:
    """Name the bodies that each merger makes superfluous, simplifies, or has to leave or divide."""
    own = {merger.members for merger in teller.facts.regions[region].result.mergers}
    items = [
        sentence
        for merger, changes in cooperation_changes(found.instance, found.plan)
        if merger.members in own
        for sentence in _changes(teller, merger, changes)
    ]
    if not items:
        return None
    title = teller.say("Bodies of cooperation")
    return Section(f"{key_of(region)}-bodies", title, (Bullets(tuple(items)),))


def _changes(teller: Teller, merger: Merger, changes: Sequence[BodyChange]) -> Iterator[str]:
    for kind, english in _CHANGES.items():
        bodies = [
            f"{change.body} ({teller.label('zones', change.layer)})"
            for change in changes
            if change.kind == kind
        ]
        if bodies:
            yield teller.say(english, merger=merger.name(teller.instance), bodies=teller.listed(bodies))


def _not_known(teller: Teller, found: Effects) -> Iterator[Block]:
    """Say what the instance lacks, and how to add it."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for name, error in found.missing:
        problems = told_problems_in(error, teller.language)
        lacking.setdefault(problems, []).append(indicator_label(name, teller.language))
    if lacking:
        yield teller.paragraph(teller.say("Not known, and how to add it"))
        yield Bullets(tuple(f"{'; '.join(names)}: {'; '.join(why)}" for why, names in lacking.items()))
