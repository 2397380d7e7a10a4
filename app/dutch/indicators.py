"""Indicators and their values as people read them in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .numbers import number_text
from .speaking import spoken, told
from .word_labels import Language, labels

if TYPE_CHECKING:
    from ...models.indicators import Indicator


def indicator_label(name: str, language: Language | None = None) -> str:
    """Call an indicator as planners do.

    Parameters
    ----------
    name : str
        Such as ``executives(first)``.
    language : {'en', 'nl'}, optional
        Default: the one that is spoken.
    """
    said = labels(language or spoken())
    key, _, argument = name.removesuffix(")").partition("(")
    text = said["indicators"].get(key, key.replace("_", " "))
    words = {**said["layers"], **said["indicator_arguments"]}
    return text.replace("{argument}", words.get(argument, argument))


def indicator_value(indicator: Indicator, value: float | None, language: Language | None = None) -> str:
    """Write a value of an indicator, without its unit."""
    if value is None:
        return told("not known", language)
    return number_text(value, indicator.digits, language)
