"""How much a search for few cut edges does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EdgeParams:
    """How much a search for few cut edges does.

    Attributes
    ----------
    most_known : int
        Pieces of which it is remembered how few edges divide them.
    known_bytes : float
        Bytes for each of them.
    """

    most_known: int = 1_000_000
    known_bytes: float = 600.0

    def step(self, parts: int, least: int) -> int:
        """Edges by which the limit rises when a limit is proved to be too low.

        The listed borders become longer by one when it rises by half the number of parts.
        """
        return max(1, parts // 2)
