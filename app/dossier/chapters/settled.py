"""What is settled and what is open: what good plans have in common, and how decided each part is."""

from __future__ import annotations

from ....solver.plan_sets.alternatives import RegionPairs
from ..content.document import Block, Cell, Section, Table
from ..facts.record import MergerFigures, SettledFigures
from .decided import decided_text
from .parts import Level, level_of, title_of
from .pictures import settled_picture
from .teller import Teller, key_of, sentence

_MOST = 12
"""Open pairs that are listed."""


def settled(teller: Teller, region: str) -> Section | None:
    """Show what good plans agree on, and the parts of the plan, the least decided first."""
    facts, figures = teller.of(region)
    if not figures.mergers:
        return None
    blocks: list[Block] = []
    pairs = facts.others.pairs if facts.others is not None else None
    if figures.settled is not None and pairs is not None:
        blocks += _pairs(teller, region, figures.settled, pairs)
    elif figures.zones:
        blocks.append(
            teller.paragraph(
                teller.say("Of zones and mergers that are decided together, good plans are not counted")
            )
        )
    else:
        blocks.append(
            teller.paragraph(teller.say("How many good plans merge two neighbours was not counted in time"))
        )
    table = _decided_table(teller, region)
    if table is not None:
        blocks.append(table)
    return Section(f"{key_of(region)}-settled", teller.say("What is settled and what is open"), tuple(blocks))


def _pairs(teller: Teller, region: str, found: SettledFigures, pairs: RegionPairs) -> list[Block]:
    path = ("regions", region, "settled")
    within = teller.percent(*path, "within")
    sentences = [
        teller.count(
            teller.figure(*path, "plans"),
            "Only the plan itself is within {within} of the best score",
            "{number} plans are within {within} of the best score, the plan included",
            within=within,
        )
    ]
    if not found.is_exact:
        sentences.append(teller.say("There are more, which were not counted"))
    together = sum(pair.merging == found.plans for pair in found.pairs)
    apart = sum(pair.merging == 0 for pair in found.pairs)
    number = len(found.pairs) - together - apart
    zones = level_of(teller) == "zones"
    counted = [_together(teller, together, zones=zones)]
    if apart:
        counted.append(teller.count(apart, "one pair in none", "{number} pairs in none"))
    if number:
        counted.append(teller.count(number, "one pair in some", "{number} pairs in some"))
    sentences.append(teller.listed(counted))
    if number:
        sentences.append(
            teller.count(number, "The latter pair is still open", "The latter {number} pairs are still open")
        )
    blocks: list[Block] = [teller.paragraph(*sentences), settled_picture(teller, region, pairs)]
    if number:
        blocks.append(_open_table(teller, region, found, zones=zones))
    return blocks


def _together(teller: Teller, number: int, *, zones: bool) -> str:
    """Say how many pairs of neighbours are merged in all good plans."""
    if zones and not number:
        return teller.say("no pair of neighbours is in one zone in all of them")
    if zones:
        return teller.count(
            number,
            "one pair of neighbours is in one zone in all of them",
            "{number} pairs of neighbours are in one zone in all of them",
        )
    if not number:
        return teller.say("no pair of neighbours is merged in all of them")
    return teller.count(
        number,
        "one pair of neighbours is merged in all of them",
        "{number} pairs of neighbours are merged in all of them",
    )


def _open_table(teller: Teller, region: str, found: SettledFigures, *, zones: bool) -> Table:
    """List the open pairs, the most open first."""
    index, names = teller.instance.index, teller.instance.names
    some = [k for k, pair in enumerate(found.pairs) if 0 < pair.merging < found.plans]
    some.sort(key=lambda k: (abs(found.pairs[k].share - 0.5), found.pairs[k].one, found.pairs[k].other))
    rows: list[tuple[Cell, ...]] = [
        (
            f"{names[index[found.pairs[k].one]]} – {names[index[found.pairs[k].other]]}",
            teller.figure("regions", region, "settled", "pairs", k, "merging"),
            teller.percent("regions", region, "settled", "pairs", k, "share"),
        )
        for k in some[:_MOST]
    ]
    caption = (
        teller.say("Open pairs of neighbours, the most open first")
        if len(some) <= _MOST
        else teller.say("The {number} most open pairs of neighbours", number=_MOST)
    )
    headings = (
        teller.say("Neighbours"),
        teller.say("Plans with both in one zone") if zones else teller.say("Plans that merge them"),
        teller.say("Share of the plans"),
    )
    return Table(caption, headings, tuple(rows))


def _decided_table(teller: Teller, region: str) -> Table | None:
    """List the parts of a plan, the least decided first; those that a rule settles are left out."""
    figures = teller.record.regions[region]
    found: list[tuple[int, Level, int, MergerFigures]] = []
    levels: tuple[Level, ...] = ("mergers", "zones")
    for level in levels:
        for k, part in enumerate(getattr(figures, level)):
            if part.without.status in ("proved", "no plan"):
                nano = part.without.price_nano
                found.append((1 << 62 if nano is None else nano, level, k, part))
    if not found:
        return None
    rows: list[tuple[Cell, ...]] = []
    for _, level, k, part in sorted(found, key=lambda one: (one[0], one[1], one[2])):
        zones = level == "zones" or level_of(teller) == "zones"
        price: Cell = (
            ""
            if part.without.price is None
            else teller.figure("regions", region, level, k, "without", "price", digits=3)
        )
        rows.append(
            (
                title_of(teller, region, level, k),
                sentence(decided_text(teller, region, part, zones=zones)),
                price,
            )
        )
    what = teller.say("Merger or zone") if figures.zones else ""
    what = what or (teller.say("Reference zone") if level_of(teller) == "zones" else teller.say("Merger"))
    headings = (what, teller.say("How decided it is"), teller.say("Points"))
    return Table(teller.say("The least decided first"), headings, tuple(rows))
