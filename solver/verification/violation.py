"""What can be wrong with a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "missing",
    "twice",
    "unknown",
    "region",
    "border",
    "disconnected",
    "too_small",
    "too_large",
    "column",
    "count",
    "lock",
    "existing",
    "frame",
    "requirement",
    "enclosed",
    "nesting",
    "standalone",
    "seat",
    "term",
    "score",
]
"""What is wrong: cover (three ways), region, borders named, contiguity, bounds, columns named, number of
parts, what is agreed, frames, requirements, who is enclosed, mergers inside zones, who stands alone,
figures."""


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
