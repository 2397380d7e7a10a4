"""Other plans of a region: small maps, what each costs, and who moves."""

from __future__ import annotations

from ....solver.results.points_in_words import points_in_words
from ..content.document import Block, Card, Facts, Gallery, Paragraph, Section
from ..facts.others import Other, Others
from ..facts.record import AlternativesFigures
from .moves import moves_list
from .parts import level_of
from .pictures import small_picture
from .teller import Teller, key_of, sentence


def alternatives(teller: Teller, region: str) -> Section | None:
    """Show the plans that differ most; nothing where there is no plan."""
    facts, figures = teller.of(region)
    if not figures.mergers:
        return None
    others, written = facts.others, figures.alternatives
    title, key = teller.say("Alternatives"), f"{key_of(region)}-alternatives"
    if others is None or written is None:
        text = teller.say("Other plans were not looked for in time, or are too many to be listed")
        return Section(key, title, (teller.paragraph(text),))
    blocks: list[Block] = [teller.paragraph(*_introduction(teller, region, others, written))]
    if others.plans:
        cards = tuple(_card(teller, region, k, other) for k, other in enumerate(others.plans))
        blocks.append(Gallery(cards))
        blocks.append(
            teller.paragraph(
                teller.say("Hatched: municipalities that move. Dashed: borders that only the plan has"),
                tone="note",
            )
        )
    return Section(key, title, tuple(blocks))


def _introduction(teller: Teller, region: str, others: Others, written: AlternativesFigures) -> list[str]:
    path = ("regions", region, "alternatives", "within")
    number = len(others.plans)
    if written.within is None:
        text = teller.count(
            number,
            "This is the best plan in which one zone or merger is another than in the plan",
            "These are the {number} best plans in each of which one zone or merger is another than in the "
            "plan",
        )
        return [text]
    within = teller.percent(*path)
    if not number:
        return [
            teller.say(
                "No other plan that lacks at most {within} of the score of the best one was found",
                within=within,
            )
            if not others.is_all
            else teller.say(
                "There is no other plan that lacks at most {within} of the score of the best one",
                within=within,
            )
        ]
    if others.are_only:
        return [
            teller.count(
                number,
                "This is the only other plan that lacks at most {within} of the score of the best one",
                "These are the only {number} other plans that lack at most {within} of the score of the "
                "best one",
                within=within,
            )
        ]
    told = [
        teller.count(
            number,
            "This plan lacks at most {within} of the score of the best one",
            "Of the plans that lack at most {within} of the score of the best one, these {number} differ "
            "most from "
            "the plan and from each other",
            within=within,
        )
    ]
    if not others.is_all:
        told.append(
            teller.say("There are too many such plans to look at all of them, so that only the best were")
        )
    return told


def _card(teller: Teller, region: str, number: int, other: Other) -> Card:
    path = ("regions", region, "alternatives", "plans", number)
    zones = level_of(teller) == "zones"
    rows = (
        (teller.say("Points less than the plan"), teller.figure(*path, "loss", digits=3)),
        (
            teller.say("Zones") if zones else teller.say("Municipalities after merging"),
            teller.figure(*path, "after"),
        ),
        (teller.say("Municipalities that move"), teller.figure(*path, "municipalities")),
        (teller.say("Inhabitants of these"), teller.figure(*path, "inhabitants")),
    )
    blocks: list[Block] = [small_picture(teller, region, other), Facts(rows)]
    words = _words(teller, region, other)
    if words:
        blocks.append(Paragraph(sentence(words)))
    if other.moves:
        blocks.append(moves_list(teller, other.moves))
    if other.zone_moves and str(other.zone_moves) != str(other.moves):
        blocks += [teller.paragraph(teller.say("Between zones:")), moves_list(teller, other.zone_moves)]
    return Card(teller.say("Alternative {number}", number=number + 1), tuple(blocks))


def _words(teller: Teller, region: str, other: Other) -> str:
    if not other.loss_nano:
        return teller.say("It scores exactly as much as the plan")
    words = teller.told(points_in_words(teller.instance, teller.scenario, [region], other.loss_nano))
    if not words:
        return ""
    return (
        teller.say("It scores less: it is {words}", words=words)
        if other.loss_nano > 0
        else teller.say("It scores more: it is {words}", words=words)
    )
