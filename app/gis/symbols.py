"""How features are drawn, in plain words: fills, lines, markers, categories and labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dash = Literal["solid", "dash", "dot", "dash dot"]
Mark = Literal["circle", "star", "square"]


@dataclass(frozen=True)
class Stroke:
    """A line: colour as ``#rrggbb`` or ``#rrggbbaa``, width in millimetres."""

    colour: str
    width: float
    dash: Dash = "solid"


@dataclass(frozen=True)
class Fill:
    """The inside of an area and its edge; no colour leaves it open; hatched draws slanting lines alone."""

    colour: str = ""
    edge: Stroke | None = None
    hatched: bool = False


@dataclass(frozen=True)
class Marker:
    """A sign at a point, its size in millimetres; no colour leaves it open."""

    mark: Mark
    size: float
    colour: str
    edge: Stroke


Piece = Fill | Stroke | Marker
Symbol = tuple[Piece, ...]
"""What is drawn of a feature, from below to above; pieces of one type."""


@dataclass(frozen=True)
class Category:
    """Features with one value: how they are called in a legend, and drawn."""

    value: str
    label: str
    symbol: Symbol


@dataclass(frozen=True)
class Label:
    """A text at each feature, with a halo.

    Attributes
    ----------
    column : str
        What is written.
    size : float
        In points.
    colour : str
    bold : bool
    unless : str
        Column of flags: what has it is not labelled. Empty for none.
    up_to : int
        Denominator of the smallest scale at which it is written; 0 for any.
    priority : int
        From 0 to 10: of labels that do not fit together the higher stays.
    """

    column: str
    size: float
    colour: str
    bold: bool = False
    unless: str = ""
    up_to: int = 0
    priority: int = 5


@dataclass(frozen=True)
class Style:
    """How a layer is drawn.

    Attributes
    ----------
    name : str
        For people.
    column : str
        Whose values the categories are; empty where all features are drawn alike, as the only category is.
    categories : tuple of Category
        The label of the only one is what the legend says of all features.
    label : Label or None
    shows : str
        The column that stands for a feature in lists.
    """

    name: str
    column: str
    categories: tuple[Category, ...]
    label: Label | None
    shows: str


def rgba(colour: str) -> tuple[int, int, int, int]:
    """Read a colour written as ``#rrggbb`` or ``#rrggbbaa``."""
    red, green, blue, alpha = bytes.fromhex(f"{colour[1:]}ff"[:8])
    return red, green, blue, alpha
