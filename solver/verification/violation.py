"""What can be wrong with a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "missing",
    "twice",
    "unknown",
    "region",
    "disconnected",
    "too_small",
    "too_large",
    "lock",
    "frame",
    "requirement",
    "standalone",
    "seat",
    "term",
    "score",
]
"""What is wrong: cover (three ways), frame, contiguity, bounds, locks, rules, figures."""


@dataclass(frozen=True)
class Violation:
    """One thing that is wrong with a plan.

    Attributes
    ----------
    kind : Kind
    text : str
        A plain sentence that names municipalities and figures.
    municipalities : tuple of int
        Indices of those concerned, ascending; empty where it concerns the plan as a whole.
    """

    kind: Kind
    text: str
    municipalities: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"
