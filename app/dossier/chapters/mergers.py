"""A card for each merger: who is in it, what it can carry, how far it reaches, what holds it together."""

from __future__ import annotations

from collections.abc import Iterator

from ..content.document import Block, Card, Cell, Facts, Section, Table
from ..facts.record import MergerFigures
from .decided import why_this_one
from .parts import Level, level_of, title_of
from .teller import Teller, capital, key_of

Row = tuple[str, Cell]
_SHARES = {
    "orientation",
    "coverage",
    "cooperation",
    "straddle",
    "stacking",
    "detached",
    "commuting",
    "fiscal",
    "size",
}


def mergers(teller: Teller, region: str) -> Section | None:
    """Give a card for each merger of a region, and for each zone; those of several municipalities first."""
    figures = teller.record.regions[region]
    if not figures.mergers:
        return None
    levels: tuple[Level, ...] = ("zones", "mergers") if figures.zones else ("mergers",)
    sections = tuple(_of_level(teller, region, level) for level in levels)
    if len(sections) == 1:
        return sections[0]
    title = teller.say("Zones and mergers one by one")
    return Section(f"{key_of(region)}-mergers", title, (), sections)


def _of_level(teller: Teller, region: str, level: Level) -> Section:
    zones = level == "zones" or level_of(teller) == "zones"
    parts: list[MergerFigures] = getattr(teller.record.regions[region], level)
    several = [k for k, part in enumerate(parts) if len(part.members) > 1]
    alone = [k for k, part in enumerate(parts) if len(part.members) == 1]
    blocks: list[Block] = [_card(teller, region, level, k, zones=zones) for k in several]
    if alone:
        blocks.append(_alone_table(teller, region, level, alone, zones=zones))
    title = teller.say("The zones one by one") if zones else teller.say("The mergers one by one")
    key = "zones" if level == "zones" else "mergers"
    return Section(f"{key_of(region)}-{key}-cards", title, tuple(blocks), own_page=True)


def _card(teller: Teller, region: str, level: Level, number: int, *, zones: bool) -> Card:
    path = ("regions", region, level, number)
    part: MergerFigures = getattr(teller.record.regions[region], level)[number]
    return Card(
        title_of(teller, region, level, number),
        (_members(teller, path, part),),
        (
            (teller.say("Administrative capacity"), (Facts(tuple(_capacity(teller, path, part))),)),
            (teller.say("Democracy and reach"), (Facts(tuple(_reach(teller, path, part))),)),
            *_group(teller, teller.say("Identity and socio-economic ties"), tuple(_ties(teller, path, part))),
            *_group(
                teller,
                teller.say("Existing cooperation"),
                tuple(_cooperation(teller, path, part, zones=zones)),
            ),
            (teller.say("Why this one"), why_this_one(teller, region, level, number)),
        ),
        _colour(teller, part),
    )


def _colour(teller: Teller, part: MergerFigures) -> str:
    """Give the colour of a merger on the map; of zones around mergers, which have none, nothing."""
    members = tuple(sorted(teller.instance.index[member.nis] for member in part.members))
    return teller.fills.get(members, "")


def _group(teller: Teller, title: str, rows: tuple[Row, ...]) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    return ((title, (Facts(rows),)),) if rows else ()


def _members(teller: Teller, path: tuple[str | int, ...], part: MergerFigures) -> Table:
    order = sorted(
        range(len(part.members)), key=lambda k: (part.members[k].nis != part.seat, part.members[k].name)
    )
    rows: list[tuple[Cell, ...]] = [
        (
            part.members[k].name,
            teller.figure(*path, "members", k, "inhabitants"),
            teller.figure(*path, "members", k, "area", digits=1),
            teller.figure(*path, "members", k, "km", digits=1),
        )
        for k in order
    ]
    rows.append(
        (
            teller.say("Together"),
            teller.figure(*path, "inhabitants"),
            teller.figure(*path, "area", digits=1),
            "",
        )
    )
    headings = (teller.say("Municipality"), teller.say("Inhabitants"), "km²", teller.say("km to the seat"))
    return Table(teller.say("Members, the seat first"), headings, tuple(rows), total=True)


def _capacity(teller: Teller, path: tuple[str | int, ...], part: MergerFigures) -> Iterator[Row]:
    yield teller.say("Inhabitants"), teller.figure(*path, "inhabitants")
    yield teller.say("Municipalities"), str(len(part.members))
    for key, members in part.functions.items():
        names = teller.listed(members) if members else teller.say("none of the members")
        yield capital(teller.function(key)), names
    yield from _terms(teller, path, part, ("coverage", "shortfall", "size"))


def _reach(teller: Teller, path: tuple[str | int, ...], part: MergerFigures) -> Iterator[Row]:
    instance = teller.instance
    yield teller.say("Seat"), instance.names[instance.index[part.seat]]
    yield teller.say("Area"), teller.figure(*path, "area", digits=1, unit="km²")
    yield teller.say("Inhabitants per km²"), teller.figure(*path, "density")
    yield teller.say("Mean distance to the seat"), teller.figure(*path, "mean_km", digits=1, unit="km")
    for km, key in ((5, "beyond_5"), (10, "beyond_10")):
        label = teller.say("Inhabitants farther than {km} km from the seat", km=km)
        yield label, teller.percent(*path, key, digits=1)
    label = teller.say("Farthest: {name}", name=instance.names[instance.index[part.farthest]])
    yield label, teller.figure(*path, "farthest_km", digits=1, unit="km")


def _ties(teller: Teller, path: tuple[str | int, ...], part: MergerFigures) -> Iterator[Row]:
    yield from _terms(
        teller,
        path,
        part,
        ("orientation", "commuting", "detached", "stacking", "fiscal", "cut_edges", "moment"),
    )


def _cooperation(
    teller: Teller, path: tuple[str | int, ...], part: MergerFigures, *, zones: bool
) -> Iterator[Row]:
    yield from _terms(teller, path, part, ("cooperation", "straddle", "touched"))
    for layer, found in part.layers.items():
        name = capital(teller.label("layers", layer))
        if found.whole:
            yield teller.say("{layer}: whole", layer=name), ", ".join(found.whole)
        if found.cut:
            yield teller.say("{layer}: partly", layer=name), ", ".join(found.cut)


def _terms(
    teller: Teller, path: tuple[str | int, ...], part: MergerFigures, keys: tuple[str, ...]
) -> Iterator[Row]:
    """Give the values of some terms, whatever they weigh."""
    for key in keys:
        for name in part.terms:
            if name.partition("(")[0] == key:
                where = (*path, "terms", name, "value")
                is_share = key in _SHARES
                yield (
                    capital(teller.term(name)),
                    teller.percent(*where, digits=1) if is_share else teller.figure(*where),
                )


def _alone_table(teller: Teller, region: str, level: Level, numbers: list[int], *, zones: bool) -> Table:
    """List those that stay as they are, with the reason."""
    parts: list[MergerFigures] = getattr(teller.record.regions[region], level)
    rows = tuple(
        (
            part.members[0].name,
            teller.figure("regions", region, level, k, "inhabitants"),
            capital(teller.label("standalone", part.standalone))
            if part.standalone
            else teller.say("In this plan"),
        )
        for k in numbers
        for part in (parts[k],)
    )
    caption = (
        teller.say("Zones of one municipality")
        if zones
        else teller.say("Municipalities that stay as they are")
    )
    return Table(caption, (teller.say("Municipality"), teller.say("Inhabitants"), teller.say("Why")), rows)
