"""The map of a region, with what is agreed."""

from __future__ import annotations

from ....models.question.each_lock import LockKind, locks_of
from ..content.document import Block, Section
from .parts import level_of
from .pictures import plan_picture
from .teller import Teller, key_of


def region_map(teller: Teller, region: str) -> Section | None:
    """Show the plan of a region; nothing where there is none."""
    figures = teller.record.regions[region]
    if not figures.mergers:
        return None
    locks = locks_of(teller.instance, teller.scenario)
    signs = _signs(teller, {lock.kind for lock in locks if region in lock.regions(teller.instance)})
    caption = teller.say("The seats are named first, and stand at a dot")
    if figures.zones:
        caption += ". " + teller.say("Blue outlines: reference zones")
    if signs:
        caption += ". " + teller.say("What is agreed: {signs}", signs=signs)
    blocks: list[Block] = [
        teller.paragraph(_in_short(teller, region), tone="lead"),
        plan_picture(teller, [region], caption=caption),
    ]
    return Section(f"{key_of(region)}-map", teller.say("The map"), tuple(blocks))


def _signs(teller: Teller, kinds: set[LockKind]) -> str:
    """Say what the signs of what is agreed mean: of the kinds that a map shows."""
    said: dict[LockKind, str] = {
        "together": teller.say("a line between points for together"),
        "apart": teller.say("a red line for apart"),
        "alone": teller.say("a ring for alone"),
        "seat": teller.say("a star for the seat"),
        "existing": teller.say("a frame for a merger that is kept"),
        "added": teller.say("a double line for a border that is added"),
        "removed": teller.say("a red dotted border with a cross for one that is taken away"),
    }
    return teller.listed([text for kind, text in said.items() if kind in kinds])


def _in_short(teller: Teller, region: str) -> str:
    """Say how many there are before and after."""
    path = ("regions", region)
    before = teller.count(
        teller.figure(*path, "before", "municipalities"), "one municipality", "{number} municipalities"
    )
    number = teller.figure(*path, "after", "municipalities")
    if level_of(teller) == "zones":
        after = teller.count(number, "one reference zone", "{number} reference zones")
        return teller.say(
            "The plan puts {before} of {region} in {after}", before=before, region=region, after=after
        )
    after = teller.count(number, "one municipality", "{number} municipalities")
    if teller.record.regions[region].zones:
        zones = teller.count(
            len(teller.record.regions[region].zones), "one reference zone", "{number} reference zones"
        )
        return teller.say(
            "For {region} the plan goes from {before} to {after}, in {zones}",
            before=before,
            region=region,
            after=after,
            zones=zones,
        )
    return teller.say(
        "For {region} the plan goes from {before} to {after}", before=before, region=region, after=after
    )
