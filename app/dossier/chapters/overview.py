"""The first page: all regions of the dossier at a glance, and how to read it."""

from __future__ import annotations

from ..content.document import Block, Bullets, Cell, Section, Table
from .before_after import figures_table
from .parts import level_of
from .pictures import plan_picture
from .teller import Teller, capital, sentence


def overview(teller: Teller) -> Section:
    """Sum up what the plan makes of all regions of the dossier."""
    planned = [name for name, one in teller.facts.regions.items() if one.result.score_nano is not None]
    blocks: list[Block] = [teller.paragraph(*_summary(teller, planned), tone="lead")]
    if len(teller.facts.regions) > 1:
        blocks.append(plan_picture(teller, planned))
        blocks.append(_table(teller))
        blocks.append(figures_table(teller, (), is_planned=True))
    blocks.append(teller.paragraph(teller.say("How to read this dossier:")))
    blocks.append(Bullets(tuple(map(sentence, _reading(teller)))))
    return Section("overview", teller.say("In short"), tuple(blocks))


def _summary(teller: Teller, planned: list[str]) -> list[str]:
    regions = list(teller.facts.regions)
    zones, nested = level_of(teller) == "zones", len(teller.scenario.levels) > 1
    told = [_what(teller, regions)]
    before = teller.count(
        sum(teller.record.regions[name].before.municipalities for name in planned),
        "one municipality",
        "{number} municipalities",
    )
    number = teller.figure("after", "municipalities")
    if zones:
        after = teller.count(number, "one reference zone", "{number} reference zones")
        told.append(teller.say("The plan puts {before} in {after}", before=before, after=after))
    else:
        after = teller.count(number, "one municipality", "{number} municipalities")
        told.append(teller.say("The plan goes from {before} to {after}", before=before, after=after))
    if nested:
        told.append(
            teller.count(
                len(teller.facts.zones),
                "They lie in one reference zone",
                "They lie in {number} reference zones",
            )
        )
    return [*told, *_standing(teller)]


def _what(teller: Teller, regions: list[str]) -> str:
    everything = len(regions) == len(teller.instance.regions) > 1
    if everything:
        return teller.say("This dossier tells of all {number} reference regions", number=len(regions))
    return teller.count(
        len(regions),
        "This dossier tells of the reference region {regions}",
        "This dossier tells of {number} reference regions: {regions}",
        regions=regions,
    )


def _standing(teller: Teller) -> list[str]:
    """Say what is proved, and of which regions there is no plan."""
    statuses = {name: one.result.status for name, one in teller.facts.regions.items()}
    told = []
    if all(status == "optimal" for status in statuses.values()):
        return [teller.say("It is proved that no plan that keeps the rules scores more")]
    unproved = [name for name, status in statuses.items() if status == "feasible"]
    impossible = [name for name, status in statuses.items() if status == "infeasible"]
    unfound = [name for name, status in statuses.items() if status == "no plan within limit"]
    if unproved:
        told.append(
            teller.say("A plan was found, and is not proved to be the best, for: {regions}", regions=unproved)
        )
    if impossible:
        told.append(
            teller.say("It is proved that no plan keeps all rules for: {regions}", regions=impossible)
        )
    if unfound:
        told.append(teller.say("No plan was found in time for: {regions}", regions=unfound))
    if any(status == "optimal" for status in statuses.values()):
        told.append(teller.say("Elsewhere it is proved that no plan that keeps the rules scores more"))
    return told


def _table(teller: Teller) -> Table:
    """One row a region."""
    rows: list[tuple[Cell, ...]] = []
    for name, figures in teller.record.regions.items():
        path = ("regions", name)
        status = capital(teller.label("statuses", teller.facts.regions[name].result.status))
        after: tuple[Cell, ...] = ("", "", "", "")
        if figures.after is not None:
            after = (
                teller.figure(*path, "after", "municipalities"),
                teller.figure(*path, "after", "smallest", "inhabitants"),
                teller.figure(*path, "after", "largest", "inhabitants"),
                teller.figure(*path, "after", "mean_km", digits=1),
            )
        rows.append((name, teller.figure(*path, "before", "municipalities"), *after, status))
    zones = level_of(teller) == "zones"
    headings = (
        teller.say("Region"),
        teller.say("Municipalities today"),
        teller.say("Zones") if zones else teller.say("After merging"),
        teller.say("Smallest"),
        teller.say("Largest"),
        teller.say("km to the seat"),
        teller.say("What is known"),
    )
    return Table(teller.say("The regions"), headings, tuple(rows))


def _reading(teller: Teller) -> list[str]:
    say = teller.say
    return [
        say(
            "the plan is a proposal that follows from the rules and weights of the question, which stand "
            "with each "
            "region; with other rules or weights the best plan may be another"
        ),
        say(
            "the score of a plan is a sum of points over all criteria; a difference in points is said in "
            "words as well, "
            "such as how much farther everyone would be from the seat"
        ),
        say(
            "the seat of a merger or zone is the municipality from which distances are counted; it is no "
            "decision"
        ),
        say("what all good plans have in common is settled; what differs between good plans is open"),
        say("each figure stands in the JSON file beside the dossier as well, with all its decimals"),
    ]
