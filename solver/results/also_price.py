"""What bounds under further columns of inhabitants cost, against the best plan without them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from .status import points
from .terms import Strict


class AlsoRegionPrice(Strict):
    """The price in one region.

    Attributes
    ----------
    name : str
    score_nano, bound_nano : int or None
        Of the plan without the further columns; None where there is none, or none is known.
    cost_nano, cost : int, float or None
        What that plan scores more than the one with them, in nano-points and in points.
    proved : bool
        Whether both plans are proved, so that the price is exact.
    """

    name: str
    score_nano: int | None
    bound_nano: int | None
    cost_nano: int | None
    cost: float | None
    proved: bool


class AlsoPrice(Strict):
    """The price in all regions.

    Attributes
    ----------
    columns : list of str
        The columns that are left out of the plan compared with.
    regions : list of AlsoRegionPrice
    cost_nano, cost : int, float or None
        Sums; None where it is not known in some region.
    proved : bool
    """

    columns: list[str]
    regions: list[AlsoRegionPrice]
    cost_nano: int | None
    cost: float | None
    proved: bool


class Answered(Protocol):
    """What is known of a region."""

    @property
    def name(self) -> str:
        """Of the region."""

    @property
    def score_nano(self) -> int | None:
        """Of its plan."""

    @property
    def bound_nano(self) -> int | None:
        """On the score of any plan."""


def price_of(
    columns: Iterable[str],
    answers: Sequence[Answered],
    without: Sequence[Answered],
) -> AlsoPrice:
    """Compare the answers for some regions with those without further columns.

    Parameters
    ----------
    columns : iterable of str
    answers, without : sequence
        Of the same regions in the same order.

    Returns
    -------
    AlsoPrice
    """
    regions = []
    for answer, other in zip(answers, without, strict=True):
        cost = None
        if answer.score_nano is not None and other.score_nano is not None:
            cost = other.score_nano - answer.score_nano
        proved = all(one.score_nano == one.bound_nano for one in (answer, other)) and cost is not None
        regions.append(
            AlsoRegionPrice(
                name=answer.name,
                score_nano=other.score_nano,
                bound_nano=other.bound_nano,
                cost_nano=cost,
                cost=points(cost),
                proved=proved,
            )
        )
    costs = [region.cost_nano for region in regions]
    total = None if None in costs else sum(cost for cost in costs if cost is not None)
    return AlsoPrice(
        columns=list(columns),
        regions=regions,
        cost_nano=total,
        cost=points(total),
        proved=all(region.proved for region in regions),
    )
