"""What each agreement costs: the best plan with it against the best one without."""

from __future__ import annotations

from ....solver.review.lock_prices import LockPrice
from ..content.document import Block, Cell, Section, Table
from .locks import lock_sentence
from .teller import Teller, capital, key_of


def agreements(teller: Teller, region: str) -> Section | None:
    """Tabulate what each agreement about a region costs; nothing where nothing is agreed."""
    here = [
        (k, price)
        for k, price in enumerate(teller.facts.locks)
        if region in price.lock.regions(teller.instance)
    ]
    if not here:
        return None
    rows = tuple(_row(teller, k, price) for k, price in here)
    headings = (teller.say("Agreement"), teller.say("What it costs"), teller.say("Points"))
    blocks: list[Block] = [
        teller.paragraph(
            teller.say(
                "The price of an agreement is what the best plan without it, all others kept, scores more; "
                "prices "
                "of several need not add up"
            )
        ),
        Table(teller.say("Price of each agreement"), headings, rows),
    ]
    if any((price.cost_nano or 0) < 0 for _, price in here):
        blocks.append(
            teller.paragraph(
                teller.say(
                    "Points below zero are a gain: the agreement allows what the rules would not allow "
                    "without it"
                ),
                tone="note",
            )
        )
    return Section(f"{key_of(region)}-agreements", teller.say("What each agreement costs"), tuple(blocks))


def _row(teller: Teller, number: int, price: LockPrice) -> tuple[Cell, ...]:
    points: Cell = "" if price.cost_nano is None else teller.figure("locks", number, "cost", digits=3)
    return (capital(lock_sentence(teller, price.lock)), capital(teller.told(price.text)), points)
