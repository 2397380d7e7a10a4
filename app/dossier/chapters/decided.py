"""Why a merger is in the plan: how decided it is, and what the best plan without it looks like."""

from __future__ import annotations

from ....solver.results.points_in_words import points_in_words
from ..content.document import Block, Paragraph
from ..facts.record import MergerFigures
from .parts import Level, level_of
from .teller import Teller, sentence


def why_this_one(teller: Teller, region: str, level: Level, number: int) -> tuple[Block, ...]:
    """Say how decided a merger is."""
    part: MergerFigures = getattr(teller.record.regions[region], level)[number]
    zones = level == "zones" or level_of(teller) == "zones"
    return (Paragraph(sentence(_decided(teller, region, part, zones=zones))),)


def _decided(teller: Teller, region: str, part: MergerFigures, *, zones: bool) -> str:
    without = part.without
    match without.status:
        case "no plan":
            return (
                teller.say("It is proved that there is no plan without this zone")
                if zones
                else teller.say("It is proved that there is no plan without this merger")
            )
        case "rule":
            return teller.say("It is settled by a rule, or agreed")
        case "not known":
            return (
                teller.say("What the best plan without this zone looks like was not found out")
                if zones
                else teller.say("What the best plan without this merger looks like was not found out")
            )
    if not without.price_nano:
        return teller.say("It is a tie: another plan without it scores exactly the same")
    words = teller.told(points_in_words(teller.instance, teller.scenario, [region], without.price_nano))
    text = (
        teller.say("It is proved that every plan without this zone is worse")
        if zones
        else teller.say("It is proved that every plan without this merger is worse")
    )
    return f"{text}: {words}" if words else text
