"""Indicators and their values as people read them in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...solver.review.effects import WHOLES
from .numbers import number_text
from .speaking import spoken, told
from .word_labels import Language, labels

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...models.indicators import Indicator

_SHORT: Final = 24
"""Letters of a unit that stands beside a label; what is longer explains what is counted, and is in files."""


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


def indicator_change(indicator: Indicator, change: float | None, language: Language | None = None) -> str:
    """Write what is added to a value, with its sign; a rounded nothing has none."""
    text = indicator_value(indicator, change, language)
    is_more = change is not None and round(change, indicator.digits) > 0
    return f"+{text}" if is_more else text


def indicator_unit(indicator: Indicator, language: Language | None = None) -> str:
    """Write the unit of an indicator beside its label; nothing where that says it, or it is a definition."""
    unit = told(indicator.unit, language)
    label = indicator_label(indicator.name, language)
    is_said = label.endswith(")") or label.casefold().startswith(unit.casefold())
    return "" if is_said or len(unit) > _SHORT else unit


def indicator_with_unit(indicator: Indicator, language: Language | None = None) -> str:
    """Call an indicator, with its unit in brackets where `indicator_unit` gives one."""
    label, unit = indicator_label(indicator.name, language), indicator_unit(indicator, language)
    return f"{label} ({unit})" if unit else label


def group_label(instance: Instance, level: str, name: str, language: Language | None = None) -> str:
    """Call mergers that were put together as planners do.

    Parameters
    ----------
    instance : Instance
    level : str
        Such as ``region``, ``class``, or a layer.
    name : str
        Of the region, class, zone or merger; empty for those in none, and for a whole.
    language : {'en', 'nl'}, optional
        Default: the one that is spoken.
    """
    said = labels(language or spoken())
    if level in WHOLES:
        return said["effect_levels"][level]
    if level == "class":
        return said["classes"].get(name, name or told("degree of equipment not known", language))
    if level in instance.layers and not name:
        return told("in no zone", language)
    return told(name, language) if level == "region" else name


def level_label(level: str, language: Language | None = None) -> str:
    """Call what mergers are put together by; a layer by its name, one of one's own too."""
    said = labels(language or spoken())
    return said["effect_levels"].get(level) or said["zones"].get(level, level.replace("_", " "))


def fund_block_label(name: str, language: Language | None = None) -> str:
    """Call a block of a municipal fund as planners do; one of a user's own by its key."""
    return labels(language or spoken())["fund_blocks"].get(name, name.replace("_", " "))


def indicator_sources(
    instance: Instance, indicator: Indicator, language: Language | None = None
) -> tuple[str, ...]:
    """Name the sources of an indicator: laws and publications, then those of the instance's figures."""
    laws = (_law(source, language) for source in indicator.sources)
    figures = (_said(instance, column, language) for column in indicator.columns)
    return tuple(dict.fromkeys((*laws, *filter(None, figures))))


def _law(source: str, language: Language | None) -> str:
    """Say a source that may stand behind the title of a scheme."""
    title, colon, behind = source.partition(": ")
    return f"{told(title, language)}{colon}{told(behind, language)}" if colon else told(source, language)


def _said(instance: Instance, column: str, language: Language | None) -> str:
    """Name the source of a column; nothing where it has none."""
    known = instance.columns.get(column)
    source = None if known is None else instance.sources.get(known.source)
    if source is None:
        return ""
    behind = ", ".join(told(text, language) for text in (source.publisher, source.year) if text)
    return f"{told(source.title, language)} ({behind})" if behind else told(source.title, language)
