"""How decided the parts of a plan are, in words: the least decided first."""

from __future__ import annotations

from collections.abc import Iterator

from .points_in_words import Yardstick, with_words, yardstick
from .result import Result
from .status import points_text
from .term_text import listed

TOLD = 5
"""How many choices are told, unless more are asked for."""


def decided_lines(result: Result, most: int = TOLD) -> Iterator[str]:
    """Tell the least decided mergers, or zones, of a plan.

    Parts of a region that have the same price, which as a rule one other plan has otherwise, are told
    together.

    Parameters
    ----------
    result : Result
        Answered with `decided`; of others there is nothing to tell.
    most : int
        How many choices are told.

    Yields
    ------
    str
    """
    instance = result.instance
    sticks = {one.name: yardstick(instance, result.scenario, [one.name]) for one in result.by_region}
    told: dict[tuple[int, str], list[str]] = {}
    for prefix, parts in (("", result.mergers), ("zone ", result.zones)):
        for part in parts:
            nano, region = part.decided.price_nano, instance.regions[instance.region[part.seat]]
            if nano is not None:
                told.setdefault((nano, region), []).append(prefix + part.name(instance))
    if not told:
        return
    number = sum(map(len, told.values()))
    slight = sum(len(names) for (nano, region), names in told.items() if is_slight(nano, sticks[region]))
    called = "reference zones" if result.scenario.level == "zones" else "municipalities after merging"
    called += " and reference zones" if result.zones else ""
    first = "how decided the plan is" if len(told) <= most else "the least decided"
    yield f"{first} ({number} {called}, {slight or 'none'} of them a tie or nearly a tie):"
    for (nano, region), names in sorted(told.items())[:most]:
        yield f"{listed(names)} ({region}): {price_text(nano, sticks[region], several=len(names) > 1)}"


def price_text(nano: int, stick: Yardstick | None, *, several: bool = False) -> str:
    """Say in words what the best plan without a part lacks."""
    if not nano:
        return "a tie: another plan scores the same"
    without = "any one of them" if several else "it"
    nearly = "nearly a tie: " if is_slight(nano, stick) else ""
    text = f"{nearly}the best plan without {without} lacks {points_text(nano)} points"
    return with_words(text, "" if stick is None else stick.words(nano))


def is_slight(nano: int, stick: Yardstick | None) -> bool:
    """Whether a price is none, or so low that nobody would speak of a difference."""
    return not nano or (stick is not None and stick.is_slight(nano))
