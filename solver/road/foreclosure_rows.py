"""The table of a foreclosure: one row for every set of announced mergers."""

from __future__ import annotations

from ..results.status import points
from .foreclosure import Foreclosure, Kept

FORECLOSURE_COLUMNS = (
    "mergers",
    "announced",
    "possible",
    "why_not",
    "price",
    "price_in_words",
    "lost_mergers",
    "lost",
    "good_plans",
    "good_left",
    "plans",
    "plans_left",
)


def foreclosure_rows(found: Foreclosure) -> list[tuple[object, ...]]:
    """Give one row a set; cells are empty where something is not known."""
    return [_row(found, one) for one in found.kept]


def _row(found: Foreclosure, one: Kept) -> tuple[object, ...]:
    lost = "; ".join(_members(found, merger.members) for merger in one.lost)
    counts = (one.good, one.good_left, one.plans, one.plans_left)
    return (
        len(one.places),
        "; ".join(found.names(one.places)),
        int(one.is_possible),
        one.why_not,
        "" if one.price_nano is None else points(one.price_nano),
        one.price_in_words,
        "" if one.price_nano is None else len(one.lost),
        lost,
        *("" if number is None else number for number in counts),
    )


def _members(found: Foreclosure, members: tuple[int, ...]) -> str:
    return " + ".join(found.instance.names[i] for i in members)
