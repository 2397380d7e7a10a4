"""Tables of a census: their columns and their rows."""

from __future__ import annotations

from ....models.scoring.scorer import NANO
from .region import Distribution, RegionCensus, Standing

REGION_COLUMNS = (
    "region", "municipalities", "candidates", "plans", "exact", "estimate", "error", "fewest", "most",
    "best", "mean", "sd", "worst", "seconds", "note",
)  # fmt: skip
DISTRIBUTION_COLUMNS = ("region", "inhabitants", "term", "unit", "lower", "upper", "plans", "share", "exact")
PAIR_COLUMNS = ("region", "nis_a", "name_a", "nis_b", "name_b", "neighbours", "probability")
STANDING_COLUMNS = ("region", "score", "lower", "equal", "higher", "percentile", "exact")


def standing_rows(standings: list[Standing]) -> list[tuple[object, ...]]:
    """Give one row a standing, with the columns `STANDING_COLUMNS`."""
    return [
        (one.region, one.score_nano / NANO, one.lower, one.equal, one.higher, one.percentile, one.is_exact)
        for one in standings
    ]


def region_row(one: RegionCensus) -> tuple[object, ...]:
    """Give the cells of a region, with the columns `REGION_COLUMNS`."""
    numbers = [k for k, plans in enumerate(one.by_number) if plans]
    scores: tuple[float | None, ...] = (None,) * 4
    if one.scores is not None:
        least, most, mean, sd = one.scores
        scores = (most / NANO, mean / NANO, sd / NANO, least / NANO)
    return (
        one.region,
        len(one.municipalities),
        one.candidates,
        one.count,
        one.count is not None,
        None if one.estimated is None else one.estimated.count,
        None if one.estimated is None else one.estimated.error,
        min(numbers, default=None),
        max(numbers, default=None),
        *scores,
        one.seconds,
        one.note,
    )


def bin_rows(distribution: Distribution) -> list[tuple[object, ...]]:
    """Give edges in the unit, number and share of each bin, ascending in the unit."""
    rows: list[tuple[object, ...]] = [
        (*sorted((distribution.read(low), distribution.read(high))), plans, share)
        for low, high, plans, share in zip(
            distribution.edges[:-1].tolist(),
            distribution.edges[1:].tolist(),
            distribution.plans,
            distribution.share.tolist(),
            strict=True,
        )
    ]
    return rows if distribution.sense > 0 else rows[::-1]
