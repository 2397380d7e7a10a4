"""Terms, their values and points as people read them in a language."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ...solver.results.status import points_text, signed_points
from .indicators import indicator_label
from .numbers import number_text
from .signs import number_in_dutch
from .speaking import spoken
from .word_labels import Language, labels

if TYPE_CHECKING:
    from ...solver.results.terms import TermRecord

_ZONES: Final = "zones."
_NONE: Final = 1e-9
"""Below this a value is none: what is left of it comes from adding up."""
_LARGE: Final = 100
"""From here on a count that is not whole is written without decimals."""


def term_label(name: str, language: Language | None = None) -> str:
    """Call a term as planners do.

    Parameters
    ----------
    name : str
        As scenarios and plans have it, such as ``touched(police)`` or ``zones.distance``.
    language : {'en', 'nl'}, optional
        Default: the one that is spoken.

    Returns
    -------
    str
        Such as "Cuts of police zones"; a term or layer of one's own is called by its own name.
    """
    said = labels(language or spoken())
    key, _, argument = name.removeprefix(_ZONES).removesuffix(")").partition("(")
    usual = f"{_plain(key)} ({{layer}})" if argument else _plain(key)
    text = said["terms"].get(key, usual[:1].upper() + usual[1:])
    layer = said["layers"].get(argument, _plain(argument))
    layer = indicator_label(argument, language) if key == "effect" else layer
    zone = said["zones"].get(argument, f"zone of {layer}")
    text = text.replace("{layer}", layer).replace("{zone}", zone)
    return f"Zones: {text[:1].lower()}{text[1:]}" if name.startswith(_ZONES) else text


def _plain(key: str) -> str:
    return key.replace("_", " ")


def term_value(term: TermRecord, language: Language | None = None) -> str:
    """Write the value of a term in its unit; see `value_text`."""
    return value_text(term.value, term.unit, language, counted=term.divided_by == "nothing")


def value_text(
    value: float, unit: str, language: Language | None = None, *, counted: bool | None = None
) -> str:
    """Write a value in its unit: a share as per cent, a distance in km, a count whole.

    Only 0 is written as 0, and only the whole as 100 %.

    Parameters
    ----------
    value : float
    unit : str
        Of the term, as results have it in English.
    language : {'en', 'nl'}, optional
        Default: the one that is spoken.
    counted : bool, optional
        Whether it is a sum and no mean. Default: it is where it is whole.
    """
    if unit.startswith("share"):
        decimals = 2 if _is_end(value, 0, 1) else _decimals(value, 3, 1)
        return f"{number_text(100 * value, decimals - 2, language)} %"
    if unit.startswith("km "):
        return f"{number_text(value, 0 if _is_end(value, 0) else _decimals(value, 2), language)} km"
    whole = abs(value - round(value)) < _NONE * max(1, abs(value))
    if (counted is None and whole) or (counted and (whole or abs(value) >= _LARGE)):
        return number_text(value, 0, language)
    return number_text(value, _decimals(value, 2), language)


def _is_end(value: float, *ends: float) -> bool:
    return any(abs(value - end) <= _NONE for end in ends)


def _decimals(value: float, usual: int, *ends: int) -> int:
    """As many decimals as one writes, or as many more as keep a value apart from 0 and from other ends."""
    near = min(abs(value - end) for end in (0, *ends))
    return usual if near <= _NONE else max(usual, -math.floor(math.log10(2 * near)))


def points_said(nano: int | None, language: Language | None = None, *, signed: bool = False) -> str:
    """Write points as `points_text` does, with the signs of a language.

    Parameters
    ----------
    nano : int or None
        A dash for none.
    language : {'en', 'nl'}, optional
        Default: the one that is spoken.
    signed : bool
        Whether a plus stands before what is gained.
    """
    text = signed_points(nano) if signed and nano is not None else points_text(nano)
    return number_in_dutch(text) if (language or spoken()) == "nl" else text


def plain_number(value: float, language: Language | None = None) -> str:
    """Write a number that somebody chose, such as a weight, with all its digits and without powers of ten."""
    text = f"{Decimal(repr(float(value))):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return number_in_dutch(text) if (language or spoken()) == "nl" else text
