"""When the mergers of a plan leave the bounds, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...solver.results.counts import number_of
from ...solver.review.over_time import (
    BoundsOverTime,
    Crossing,
    PartOverTime,
    leaving_text,
    missed_text,
    years_text,
)
from .console import say

_LISTED = 12
"""How many of each kind are shown."""


def show_over_time(found: BoundsOverTime) -> None:
    """Print what leaves a bound by when, and what would have missed one; nothing where no years are known."""
    for line in over_time_lines(found):
        say(line)


def over_time_lines(found: BoundsOverTime) -> Iterator[str]:
    """Say what leaves a bound until the horizon, and in which known years a bound is missed.

    Parameters
    ----------
    found : BoundsOverTime

    Yields
    ------
    str
        Without full stops.
    """
    paced = [one for one in found.parts if one.years is not None]
    if not paced:
        return
    of_all = f"of {_counted(paced)} that have to keep bounds"
    until = f"by {found.horizon} if inhabitants go on changing at the same pace"
    leaving, missing = found.leaving, found.missing
    if leaving:
        crossing = _number(leaving)
        yield f"{of_all}, {crossing} {until}:"
        yield from (f"  {leaving_text(found.instance, *pair)}" for pair in leaving[:_LISTED])
        yield from _more(len(leaving))
    else:
        yield f"{of_all}, none crosses one {until}"
    if missing:
        known = years_text(sorted({year for one in paced for year in one.figures}))
        number = len({id(one) for one, _ in missing})
        yield f"{of_all}, {number} {'is' if number == 1 else 'are'} beyond one in some year of {known}:"
        yield from (f"  {missed_text(found.instance, *pair)}" for pair in missing[:_LISTED])
        yield from _more(len(missing))
    if len(paced) < len(found.parts):
        number = len(found.parts) - len(paced)
        yield f"no pace is known of {number} more: fewer than two years are known of all their members"


def _counted(parts: Sequence[PartOverTime]) -> str:
    """Count what has to keep bounds: municipalities after merging, reference zones, or both."""
    zones = sum(one.level == "zones" for one in parts)
    counts = [f"{number_of(len(parts) - zones, 'municipality')} after merging"] if zones < len(parts) else []
    return " and ".join([*counts, number_of(zones, "reference zone")] if zones else counts)


def _number(leaving: Sequence[tuple[PartOverTime, Crossing]]) -> str:
    number = len({id(one) for one, _ in leaving})
    return f"{number} {'crosses' if number == 1 else 'cross'} one"


def _more(number: int) -> Iterator[str]:
    if number > _LISTED:
        yield f"  and {number - _LISTED} more; --out FILE.json lists them all"
