"""What lists of good plans may take, and why so much."""

from __future__ import annotations

from dataclasses import dataclass

from ...diagrams.diagram import MOST_ARCS


@dataclass(frozen=True)
class AlternativesParams:
    """Limits of lists of plans.

    Attributes
    ----------
    most_arcs : int
        Arcs of a decision diagram at which a list is ended.
    most_good : int
        Good plans of a region that are listed to count what they agree on.
    most_compared : int
        Good plans of a region that are compared pair by pair to choose those that differ most; each step
        takes a time that is linear in their number.
    sampled : int
        Best plans that are taken instead where the good ones are too many for that.
    most_begun : int
        Arcs that are followed together while good plans are listed: some 300 MB.
    """

    most_arcs: int = MOST_ARCS
    most_good: int = 1_000_000
    most_compared: int = 100_000
    sampled: int = 10_000
    most_begun: int = 8_000_000
