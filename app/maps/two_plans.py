"""Two plans of the same municipalities, as the map of their differences shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ...solver.review.transfers import Transfer
from .lettering import drawable
from .merger import MapMerger

ACCENT: Final = "#b0123f"
"""Ink for what the second plan does otherwise; dark enough to stand out in greyscale."""

LINES: Final = {
    "both": ("#2b3036", 1.3),
    "first": ("#2b3036", 1.0),
    "second": (ACCENT, 2.3),
}
"""Colour and width in points of borders that both plans have, the first only, the second only."""

DASHES: Final = (3.0, 2.2)
"""Borders of the first plan only: dashes and gaps, in widths of the line."""

HATCH: Final = (1.9, 0.6)
"""Municipalities that move: distance of the lines in millimetres, their width in points."""

_LONGEST: Final = 34
"""Longest name of a plan, in characters, on the map."""


@dataclass(frozen=True)
class TwoPlans:
    """A plan and another one that is compared with it.

    Attributes
    ----------
    names : (str, str)
        What the plans are called.
    before, after : tuple of MapMerger
        Parts of the two plans.
    transfers : tuple of Transfer
        Municipalities with other partners; those that move are hatched.
    part : str
        What a part is called: merger or reference zone.
    """

    names: tuple[str, str]
    before: tuple[MapMerger, ...]
    after: tuple[MapMerger, ...]
    transfers: tuple[Transfer, ...]
    part: str = "merger"

    @property
    def moves(self) -> list[Transfer]:
        """Changes of the municipalities that leave their part for another."""
        return [transfer for transfer in self.transfers if transfer.moves]

    @property
    def short_names(self) -> tuple[str, str]:
        """Names of the plans, cut to what a legend holds."""
        first, second = (drawable(name, _LONGEST) for name in self.names)
        return first, second
