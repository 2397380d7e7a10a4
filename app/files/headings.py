"""Columns as people read them in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...instances.instance import Instance
from ..dutch import Language, labels, told
from ..dutch.measures import term_label
from .workbook import Column, Kind

_KINDS: Mapping[str, tuple[Kind, int | None]] = {
    "nis": ("code", None),
    "seat_nis": ("code", None),
    "merger_nis": ("code", None),
    "zone_nis": ("code", None),
    "population": ("whole", None),
    "municipalities": ("whole", None),
    "after": ("whole", None),
    "mergers": ("whole", None),
    "unchanged": ("whole", None),
    "alone_by_rule": ("whole", None),
    "zones": ("whole", None),
    "broken": ("whole", None),
    "area_km2": ("decimal", 2),
    "score": ("decimal", 3),
    "points": ("decimal", 3),
    "bound": ("decimal", 3),
    "price_without": ("decimal", 3),
    "gap": ("share", 3),
    "share": ("share", 1),
    "facility": ("yesno", None),
    "is_seat": ("yesno", None),
    "value": ("any", None),
    "weight": ("any", None),
    "divisor": ("any", None),
    "content": ("any", None),
    "value_before": ("any", None),
    "value_after": ("any", None),
    "change": ("any", None),
}
"""What stands in columns that hold no text."""

_UNITS: Sequence[tuple[str, Kind, int]] = (
    ("share ", "share", 1),
    ("relative ", "share", 1),
    ("km ", "decimal", 2),
    ("number ", "whole", 0),
    ("inhabitants ", "whole", 0),
    ("pairs ", "decimal", 1),
)
"""How values of terms are shown, by the beginning of their unit."""


def columns_of(keys: Iterable[str], language: Language) -> list[Column]:
    """Give columns by what programs call them.

    Parameters
    ----------
    keys : iterable of str
    language : {'en', 'nl'}
    """
    headings = labels(language)["headings"]
    return [Column(key, headings[key], *_KINDS.get(key, ("text", None))) for key in keys]


def term_columns(units: Mapping[str, str], language: Language) -> list[Column]:
    """Give columns with values of terms.

    Parameters
    ----------
    units : mapping of str to str
        Of terms by their name in scenarios.
    language : {'en', 'nl'}
    """
    said = {name: term_label(name, language) for name in units}
    columns = []
    for name, unit in units.items():
        kind, digits = shown_as(unit)
        heading = f"{said[name]} (km)" if unit.startswith("km ") else said[name]
        if list(said.values()).count(said[name]) > 1:  # layers of one's own may have any name
            heading = f"{heading} [{name}]"
        columns.append(Column(name, heading, kind, digits))
    return columns


def shown_as(unit: str) -> tuple[Kind, int]:
    """Say how a value of a term is shown, by its unit."""
    return next(((kind, digits) for start, kind, digits in _UNITS if unit.startswith(start)), ("decimal", 3))


def layer_text(layer: str, language: Language) -> str:
    """Call a layer as planners do; one of one's own by its own name."""
    return labels(language)["layers"].get(layer, layer.replace("_", " "))


def function_text(name: str, instance: Instance, language: Language) -> str:
    """Call a centre function as planners do; one of one's own by its own label."""
    known = labels(language)["functions"].get(name)
    function = instance.functions.get(name)
    return known or told(function.label if function and function.label else name, language)
