"""The maps of a dossier: its plan, small maps of other plans, and what good plans agree on."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ....models.question.each_lock import locks_of
from ....solver.plan_sets.alternatives import RegionPairs
from ....solver.results.mergers import Merger
from ...maps.merger import map_mergers
from ...maps.zoomed import USUAL, fills_of, picture_of
from ...maps.zoomed_pairs import pairs_picture
from ..content.document import Picture
from ..facts.others import Other
from .teller import Teller

_SMALL_MM = 80.0
"""Width of a small map."""

_ROOMY_FOR = 20
"""Mergers that are named on a map as wide as the text; of more the map is drawn larger, and shown smaller."""

_WIDEST = 1.75
"""Most width of a map as it is drawn, in widths as it is shown: names of less than 5 points are not read."""


def plan_picture(teller: Teller, regions: Collection[str], *, caption: str = "") -> Picture:
    """Draw the plan of some regions, with what is agreed."""
    facts = teller.facts
    mergers = [part for name in regions for part in facts.regions[name].result.mergers]
    zones = [part.members for name in regions for part in facts.regions[name].result.zones]
    svg, png = picture_of(
        facts.instance,
        facts.shapes,
        regions,
        map_mergers(facts.instance, mergers),
        language=teller.language,
        width_mm=USUAL * min(max((len(mergers) / _ROOMY_FOR) ** 0.5, 1.0), _WIDEST),
        members=len(mergers) <= _ROOMY_FOR,
        locks=locks_of(facts.instance, facts.scenario),
        zones=zones,
        fills=[teller.fills[merger.members] for merger in mergers],
    )
    return Picture(svg, png, teller.say("Map of the plan: {regions}", regions=list(regions)), caption)


def small_picture(teller: Teller, region: str, other: Other) -> Picture:
    """Draw another plan of a region, with what differs."""
    facts = teller.facts
    own = [merger.members for merger in facts.regions[region].result.mergers]
    svg, png = picture_of(
        facts.instance,
        facts.shapes,
        [region],
        map_mergers(facts.instance, other.plan.mergers),
        language=teller.language,
        width_mm=_SMALL_MM,
        difference=own,
        zones=[zone.members for zone in other.plan.zones],
        fills=_like(teller, region, other.plan.mergers),
        members=False,
    )
    return Picture(svg, png, teller.say("Map of another plan: {regions}", regions=[region]))


def _like(teller: Teller, region: str, mergers: Sequence[Merger]) -> list[str]:
    """Give mergers the colours that those with the same seat have on the map of the plan."""
    facts = teller.facts
    by_seat = {merger.seat: teller.fills[merger.members] for merger in facts.regions[region].result.mergers}
    fresh = fills_of(facts.instance, facts.shapes, map_mergers(facts.instance, mergers))
    return [by_seat.get(merger.seat, fill) for merger, fill in zip(mergers, fresh, strict=True)]


def settled_picture(teller: Teller, region: str, pairs: RegionPairs) -> Picture:
    """Draw how many good plans merge each pair of neighbours."""
    svg, png = pairs_picture(
        teller.instance, teller.facts.shapes, [region], pairs.pairs, pairs.share, language=teller.language
    )
    return Picture(
        svg,
        png,
        teller.say("Map of what is settled and what is open: {regions}", regions=[region]),
        teller.say(
            "A thick blue line: merged in all good plans. A dotted grey line: in none. Orange: in some, "
            "the more "
            "of them the thicker the line"
        ),
    )
