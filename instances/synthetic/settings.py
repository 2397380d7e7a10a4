"""Settings of a synthetic instance."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..common.problems import Problems

FEWEST, MOST = 10, 20_000
"""Least and most municipalities of a synthetic instance."""

THINNEST, THICKEST = 2.0, 15.0
"""Least and most municipalities a merger."""

SMALLEST, LARGEST = 30_000, 130_000
"""The default bounds of a merger, in inhabitants."""

MIDDLE = math.sqrt(SMALLEST * LARGEST)
"""Geometric middle of the bounds: 62,450 inhabitants."""

MERGERS_A_REGION = 20 / 3
"""Mergers of middle size a region, unless the number of regions is given; Flanders has 7.3."""

_LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Settings:
    """What a synthetic instance is drawn from; see `synthesise`.

    Raises
    ------
    InputError
        Lists every value that is out of its range.
    """

    municipalities: int
    regions: int
    per_merger: float
    seed: int
    flows: bool

    @classmethod
    def of(
        cls, municipalities: int, regions: int | None, per_merger: float, seed: int, flows: bool
    ) -> Settings:
        """Check the arguments and fill in the number of regions."""
        problems = Problems()
        sound = FEWEST <= municipalities <= MOST and THINNEST <= per_merger <= THICKEST
        if not FEWEST <= municipalities <= MOST:
            problems.add(
                f"municipalities must be between {FEWEST} and {MOST:,}",
                "choose another number",
                value=municipalities,
            )
        if not THINNEST <= per_merger <= THICKEST:  # NaN included
            problems.add(
                f"per merger there must be between {THINNEST:g} and {THICKEST:g} municipalities",
                "choose another number",
                value=per_merger,
            )
        if not 0 <= seed <= _LARGEST_SEED:
            problems.add("the seed must be 0 or more, and below 2^63", "choose another one", value=seed)
        most = max(1, int(municipalities / per_merger)) if sound else MOST
        if regions is not None and not 1 <= regions <= most:
            room = f"{municipalities} municipalities, {per_merger:g} a merger: " if sound else ""
            problems.add(
                f"{room}there can be 1 to {most:,} regions, so that each has room for a merger",
                "choose another number of regions, or more municipalities",
                value=regions,
            )
        problems.raise_if_any()
        if regions is None:
            regions = min(most, max(1, round(municipalities / (MERGERS_A_REGION * per_merger))))
        return cls(municipalities, regions, per_merger, seed, flows)

    @property
    def inhabitants(self) -> int:
        """Inhabitants of the instance: a merger of middle size then has `per_merger` members on average."""
        return round(self.municipalities * MIDDLE / self.per_merger)

    @property
    def cities(self) -> int:
        """Number of regional cities: one for the inhabitants of 7.3 mergers, as in Flanders."""
        return max(1, round(self.inhabitants / (7.3 * MIDDLE)))
