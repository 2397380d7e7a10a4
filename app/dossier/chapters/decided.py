"""Why a merger is in the plan: how decided it is, and what the best plan without it looks like."""

from __future__ import annotations

from ....solver.results.points_in_words import points_in_words
from ....solver.review.who_moves import moves_between
from ....solver.review.without import PlanWithout
from ..content.document import Block, Facts
from ..facts.record import MergerFigures
from .moves import moves_list
from .parts import Level, level_of
from .teller import Teller


def why_this_one(teller: Teller, region: str, level: Level, number: int) -> tuple[Block, ...]:
    """Say how decided a merger is, and who moves in the best plan without it."""
    part: MergerFigures = getattr(teller.record.regions[region], level)[number]
    zones = level == "zones" or level_of(teller) == "zones"
    blocks: list[Block] = [teller.paragraph(decided_text(teller, region, part, zones=zones))]
    if part.without.price_nano:
        price = teller.figure("regions", region, level, number, "without", "price", digits=3)
        blocks.append(Facts(((teller.say("Points that the best plan without it lacks"), price),)))
    known = _known(teller, region, level, part)
    if known is not None and known.plan is not None:
        blocks += _looks(teller, region, level, known)
    return tuple(blocks)


def _known(teller: Teller, region: str, level: Level, part: MergerFigures) -> PlanWithout | None:
    index = teller.instance.index
    members = tuple(sorted(index[member.nis] for member in part.members))
    for one in teller.facts.regions[region].without:
        if one.level == level and one.part.members == members:
            return one
    return None


def _looks(teller: Teller, region: str, level: Level, known: PlanWithout) -> list[Block]:
    """Say who moves in the best plan without a part."""
    assert known.plan is not None
    result = teller.facts.regions[region].result
    before, after = (
        (result.zones, known.plan.zones) if level == "zones" else (result.mergers, known.plan.mergers)
    )
    moves = moves_between(teller.instance, before, after)
    if not moves:
        return []
    who = (
        teller.say("In the best plan without this zone these move:")
        if level == "zones" or level_of(teller) == "zones"
        else teller.say("In the best plan without this merger these move:")
    )
    return [teller.paragraph(who), moves_list(teller, moves)]


def decided_text(teller: Teller, region: str, part: MergerFigures, *, zones: bool) -> str:
    """Say how decided a merger is, in a sentence."""
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
                teller.say("What the best plan without this zone looks like is not known")
                if zones
                else teller.say("What the best plan without this merger looks like is not known")
            )
    if not without.price_nano:
        return teller.say("It is a tie: another plan without it scores exactly the same")
    words = teller.told(points_in_words(teller.instance, teller.scenario, [region], without.price_nano))
    if not words:
        return (
            teller.say("It is proved that every plan without this zone scores less")
            if zones
            else teller.say("It is proved that every plan without this merger scores less")
        )
    return (
        teller.say("It is proved that the best plan without this zone is worse: it is {words}", words=words)
        if zones
        else teller.say(
            "It is proved that the best plan without this merger is worse: it is {words}", words=words
        )
    )
