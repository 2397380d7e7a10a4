"""What can be wrong with a plan."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    "budget",
    "nesting",
    "standalone",
    "seat",
    "term",
    "score",
]
"""What is wrong: cover (three ways), region, borders named, contiguity, bounds, columns named, number of
parts, what is agreed, frames, requirements, who is enclosed, budgets, mergers inside zones, who stands alone,
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
        Indices of those concerned; empty where it concerns the plan as a whole.
    brief : str
        The same, said of a merger or a zone that is named already; empty where `text` says it as well.
    level : {'mergers', 'zones', ''}
        At which level of the plan it is broken; empty where that is no single one.
    parts : tuple of int
        Places of the mergers, or the zones, that break it, among those of the plan at this level; empty where
        it is the plan as a whole. They take no part in comparing.
    """

    kind: Kind
    text: str
    municipalities: tuple[int, ...] = ()
    brief: str = field(default="", compare=False)
    level: Literal["mergers", "zones", ""] = field(default="", compare=False)
    parts: tuple[int, ...] = field(default=(), compare=False)

    @property
    def words(self) -> str:
        """What is wrong, in a row about a merger that breaks the rule."""
        return self.brief or self.text

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"
