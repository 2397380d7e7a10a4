"""What bounds under further columns cost, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...solver.results.also_price import AlsoPrice, AlsoRegionPrice
from ...solver.results.points_in_words import with_words
from ...solver.results.status import points_text


def also_lines(price: AlsoPrice, words: Callable[[str, int], str]) -> Iterator[str]:
    """Say what the columns cost, region by region, and where that is not known.

    Parameters
    ----------
    price : AlsoPrice
    words : callable
        Says what nano-points of a region amount to; see `points_in_words`.

    Yields
    ------
    str
        Without full stops.
    """
    columns = " and ".join(price.columns)
    known = [region for region in price.regions if region.cost_nano is not None]
    costing = [region for region in known if region.cost_nano]
    proved = "" if all(region.proved for region in known) else " (not all of it proved)"
    if known and not costing:
        yield f"bounds that hold under {columns} too cost nothing{_where(known, price)}{proved}"
    elif costing:
        total = sum(region.cost_nano or 0 for region in known)
        yield f"bounds that hold under {columns} too cost {points_text(total)} points{proved}:"
        for one in costing:
            assert one.cost_nano is not None
            text = f"  {one.name}: {points_text(one.cost_nano)} points"
            yield with_words(text, words(one.name, one.cost_nano))
        if rest := len(known) - len(costing):
            yield f"  nothing in {_others(rest)}"
    for region in price.regions:
        if region.cost_nano is None:
            yield _unknown(region, columns)


def _others(number: int) -> str:
    return "1 other region" if number == 1 else f"{number} other regions"


def _where(known: Sequence[AlsoRegionPrice], price: AlsoPrice) -> str:
    if len(known) == len(price.regions):
        return ""
    return f" in {', '.join(region.name for region in known)}"


def _unknown(region: AlsoRegionPrice, columns: str) -> str:
    if region.score_nano is not None:
        plan = f"there is a plan that scores {points_text(region.score_nano)} points"
        return f"{region.name}: without bounds under {columns} {plan}"
    return f"{region.name}: what bounds under {columns} cost is not known"
