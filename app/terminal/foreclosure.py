"""What mergers that go first foreclose, on the terminal."""

from __future__ import annotations

from ...solver.results.points_in_words import with_words
from ...solver.road.foreclosure import Foreclosure, Kept
from ..dutch.measures import points_said
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .console import console, new_table, say

_MOST = 40
"""Rows of sets that are printed."""


def show_foreclosure(found: Foreclosure) -> None:
    """Print each announced merger, which ones cannot be, and what sets of several cost."""
    alone = [one for one in found.kept if len(one.places) == 1]
    _table(found, "each announced merger by itself", [one for one in alone if one.is_possible])
    for one in alone:
        if one.is_possible and one.price_nano:
            lost = ", ".join(merger.name(found.instance) for merger in one.lost)
            say(with_words(f"{_name(found, one)}: {_price(one)}", one.price_in_words))
            say(f"  mergers of the best plan that are lost: {lost}")
    against = [one for one in found.kept if one.why_not and _is_new(found, one)]
    if against:
        say("not possible:")
        for one in against:
            say(f"  - {one.why_not}")
    several = [one for one in found.kept if len(one.places) > 1 and one.is_possible]
    if several:
        _table(found, "several of them together", several[:_MOST])
    impossible = sum(not one.is_possible for one in found.kept)
    say(f"{len(found.kept):,} sets of announced mergers, {impossible:,} of them impossible; all in the table")


def _price(one: Kept) -> str:
    return f"{(one.price_nano or 0) / 1e9:,.3f} points less than the best plan"


def _is_new(found: Foreclosure, one: Kept) -> bool:
    """Tell whether a set is impossible by itself, and not for what a smaller one in it is."""
    smaller = [other for other in found.kept if set(other.places) < set(one.places)]
    return all(other.why_not != one.why_not for other in smaller) and (
        len(one.places) < 3 or not any(other.why_not for other in smaller)
    )


def _table(found: Foreclosure, title: str, rows: list[Kept]) -> None:
    if not rows:
        return
    counted = any(one.plans is not None for one in rows)
    headings = ["price", "mergers lost", "good plans left", *(["plans left"] if counted else [])]
    table = new_table(title, ["goes first"], headings)
    for one in rows:
        price = told("not known") if one.price_nano is None else points_said(one.price_nano)
        lost = "-" if one.price_nano is None else number_text(len(one.lost))
        cells = [_share(one.good_left, one.good)]
        cells += [_share(one.plans_left, one.plans)] if counted else []
        table.add_row(_name(found, one), price, lost, *cells)
    console.print(table)


def _name(found: Foreclosure, one: Kept) -> str:
    return "; ".join(found.names(one.places))


def _share(left: int | None, number: int | None) -> str:
    if left is None or number is None:
        return told("not known")
    return told(f"{left:,} of {number:,}")
