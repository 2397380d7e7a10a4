"""What people read for words of scenarios, instances and results, in English and in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from .sentences import in_dutch

Language = Literal["en", "nl"]
LANGUAGES: tuple[Language, ...] = ("en", "nl")

Labels = Mapping[str, Mapping[str, str]]
"""Labels by kind, and in each by the word that files have."""


def labels(language: Language) -> Labels:
    """Give what people read for the words of files.

    Parameters
    ----------
    language : {'en', 'nl'}

    Returns
    -------
    mapping of str to mapping of str to str
        ``terms`` by their names without an argument, with ``{layer}`` and ``{zone}`` where they are about a
        layer; ``term_units`` by the same; ``layers`` and ``functions`` of the embedded instances, and
        ``zones``, one of a layer; ``classes`` (degrees of equipment), ``presets``, ``preset_descriptions``,
        ``levels``, ``statuses`` of results, and ``standalone``: the rules by which a municipality stands
        alone. What an instance or a scenario says itself is translated by `in_dutch`.
    """
    from ...models.terms import term_classes

    return _labels(language, tuple((term.key, _unit(term)) for term in term_classes()))


@cache
def _labels(language: Language, terms: tuple[tuple[str, str], ...]) -> Labels:
    """All labels, while the terms are these: a package may add its own."""
    named = {kind: {word: told[language] for word, told in words.items()} for kind, words in _given().items()}
    units = {key: _told(unit, language) for key, unit in terms}
    return {**named, "term_units": units, "preset_descriptions": _descriptions(language)}


@cache
def _given() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    import tomllib

    data: dict[str, Any] = tomllib.loads((files(__package__) / "labels.toml").read_text("utf-8"))
    return data


def _unit(term: Any) -> str:
    return str(getattr(term, "unit", ""))


def _descriptions(language: Language) -> dict[str, str]:
    from ...models.scenario.scenario import Scenario, presets

    return {name: _told(Scenario.preset(name).description, language) for name in presets()}


def _told(text: str, language: Language) -> str:
    return text if language == "en" else in_dutch(text) or text
