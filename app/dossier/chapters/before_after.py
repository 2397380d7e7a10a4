"""A region before merging and after, in figures."""

from __future__ import annotations

from collections.abc import Iterator

from ..content.document import Block, Cell, Section, Table
from .parts import level_of
from .teller import Teller, capital, key_of

Row = tuple[Cell, ...]
NOTHING = "–"


def before_after(teller: Teller, region: str) -> Section:
    """Show how many municipalities there are before and after, how large they are, and what they hold."""
    figures = teller.record.regions[region]
    blocks: list[Block] = [figures_table(teller, ("regions", region), is_planned=figures.after is not None)]
    if figures.after is None:
        blocks.append(
            teller.paragraph(teller.say("There is no plan of this region, so nothing stands beside today"))
        )
    else:
        blocks += [
            teller.paragraph(_extremes(teller, ("regions", region))),
            teller.paragraph(
                teller.say(
                    "Distances are as the crow flies, from a point in each municipality of today to one in "
                    "the seat; "
                    "zones are those with at least two municipalities in the region"
                ),
                tone="note",
            ),
        ]
    return Section(f"{key_of(region)}-figures", teller.say("Before and after in figures"), tuple(blocks))


def figures_table(teller: Teller, path: tuple[str, ...], *, is_planned: bool) -> Table:
    """Tabulate municipalities before and after, of a region or of all together."""
    zones = level_of(teller) == "zones"
    after = teller.say("As zones") if zones else teller.say("After merging")
    headings = ("", teller.say("Today"), *((after,) if is_planned else ()))
    rows = [row if is_planned else row[:2] for row in _rows(teller, path, zones=zones, is_planned=is_planned)]
    return Table(teller.say("In figures"), headings, tuple(rows))


def _rows(teller: Teller, path: tuple[str, ...], *, zones: bool, is_planned: bool) -> Iterator[Row]:
    def both(label: str, *place: str, digits: int = 0, unit: str = "") -> Row:
        cells = (
            teller.figure(*path, when, *place, digits=digits, unit=unit)
            for when in (("before", "after") if is_planned else ("before",))
        )
        return (label, *cells)

    def shares(label: str, *place: str) -> Row:
        whens = ("before", "after") if is_planned else ("before",)
        return (label, *(teller.percent(*path, when, *place, digits=1) for when in whens))

    asked = teller.scenario.levels[0]
    bounds = asked.population
    yield both(
        teller.say("Municipalities today, zones in the plan")
        if zones
        else teller.say("Number of municipalities"),
        "municipalities",
    )
    yield both(teller.say("Inhabitants of the smallest"), "smallest", "inhabitants")
    yield both(teller.say("Median of inhabitants"), "median")
    yield both(teller.say("Inhabitants of the largest"), "largest", "inhabitants")
    yield both(teller.say("Fewer inhabitants than {least}", least=bounds.min), "below_min")
    yield both(teller.say("More inhabitants than {most}", most=bounds.max), "above_max")
    if is_planned:
        yield (
            teller.say("Mean distance to the seat"),
            NOTHING,
            teller.figure(*path, "after", "mean_km", digits=1, unit="km"),
        )
        for km, key in ((5, "beyond_5"), (10, "beyond_10")):
            label = teller.say("Inhabitants farther than {km} km from the seat", km=km)
            yield (label, NOTHING, teller.percent(*path, "after", key, digits=1))
    for key in teller.instance.functions:
        name = teller.function(key)
        label = (
            teller.say("Inhabitants with this in their own zone: {function}", function=name)
            if zones
            else teller.say("Inhabitants with this in their own municipality: {function}", function=name)
        )
        yield shares(label, "functions", key)
    for layer in teller.instance.layers:
        if not teller.at(*path, "before", "layers", layer, "zones"):
            continue
        of = teller.figure(*path, "before", "layers", layer, "zones")
        name = capital(teller.label("layers", layer))
        label = (
            teller.say("{layer} whole in one zone (of {number})", layer=name, number=of)
            if zones
            else teller.say("{layer} whole in one municipality (of {number})", layer=name, number=of)
        )
        yield both(label, "layers", layer, "whole")


def _extremes(teller: Teller, path: tuple[str, ...]) -> str:
    """Name the smallest and the largest, before and after."""
    names = {
        f"{which}_{when}": teller.at(*path, when, which, "name")
        for when in ("before", "after")
        for which in ("smallest", "largest")
    }
    return teller.say(
        "The smallest is {smallest_before} today and {smallest_after} in the plan; the largest is "
        "{largest_before} "
        "today and {largest_after} in the plan",
        **names,
    )
