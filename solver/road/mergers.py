"""A merger of a plan on its road: what there is before and after it takes effect."""

from __future__ import annotations

from dataclasses import dataclass

from ..results.mergers import Merger


@dataclass(frozen=True)
class RoadMerger:
    """A merger of the plan, and what is known of it before and after it takes effect.

    Attributes
    ----------
    merger : Merger
    name, region, province : str
        Region and province are those of the seat.
    population : int
    below_before, below_after : int
        Inhabitants that live in a municipality below the minimum.
    councillors_before, councillors_after : int
    bonus : tuple of (int or None)
        Euros, for each date; None where no scheme is named for the date, or it does not say.
    """

    merger: Merger
    name: str
    region: str
    province: str
    population: int
    below_before: int
    below_after: int
    councillors_before: int
    councillors_after: int
    bonus: tuple[int | None, ...]
