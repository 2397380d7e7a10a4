"""The record of the ways that were tried, as `plan.json` holds it."""

from __future__ import annotations

from collections.abc import Sequence

from .terms import Strict
from .ways import Outcome, Way


class WayRecord(Strict):
    """A way to answer a connected part of a region, and what came of it: see `Way`."""

    way: str
    outcome: Outcome
    why: str
    answered: bool
    component: int
    municipalities: int


def way_records(ways: Sequence[Way]) -> list[WayRecord]:
    """Write down the ways of a region, in turn."""
    return [
        WayRecord(
            way=way.way,
            outcome=way.outcome,
            why=way.why,
            answered=way.answered,
            component=way.component,
            municipalities=way.municipalities,
        )
        for way in ways
    ]


def way_seconds(ways: Sequence[Way]) -> dict[str, float]:
    """Give the seconds of each way: the first is "way 1"."""
    return {f"way {number}": round(way.seconds, 4) for number, way in enumerate(ways, 1)}
