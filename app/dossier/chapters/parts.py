"""What the parts of a plan are called: mergers, or zones."""

from __future__ import annotations

from typing import Literal

from ....instances.instance import Instance
from .teller import Teller

Level = Literal["mergers", "zones"]


def level_of(teller: Teller) -> Level:
    """Give the level of the parts of a plan that are not nested in others."""
    return "zones" if teller.scenario.level == "zones" else "mergers"


def part_word(teller: Teller, level: str) -> str:
    """Name one part."""
    return teller.say("zone") if level == "zones" else teller.say("merger")


def parts_word(teller: Teller, level: str) -> str:
    """Name several parts."""
    return teller.say("zones") if level == "zones" else teller.say("mergers")


def names_of(instance: Instance, codes: list[str]) -> list[str]:
    """Give the names of municipalities by their codes."""
    return [instance.names[instance.index[code]] for code in codes]


def title_of(teller: Teller, region: str, level: Level, number: int) -> str:
    """Name a part: after its seat, with its members."""
    part = getattr(teller.record.regions[region], level)[number]
    seat = teller.instance.names[teller.instance.index[part.seat]]
    others = [member.name for member in part.members if member.nis != part.seat]
    return f"{seat} + {', '.join(others)}" if others else seat
