"""Sentences, figures and words of a dossier in its language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ....instances.instance import Instance
from ....models.scenario.scenario import Scenario
from ....models.terms import term_class
from ...dutch import Labels, Language, labels, list_text, number_text, told
from ...dutch.filled import filled
from ..content.document import Figure, Paragraph, Tone
from ..facts.known import DossierFacts, RegionFacts
from ..facts.record import DossierRecord, RegionFigures

_TERM = re.compile(r"(?:zones\.)?(\w+)(?:\((\w+)\))?")


@dataclass(frozen=True, eq=False)
class Teller:
    """Tells what is known of a plan, in one language.

    Attributes
    ----------
    facts : DossierFacts
    language : {'en', 'nl'}
    run : str
        The folder of the run, as a command names it.
    """

    facts: DossierFacts
    language: Language
    run: str = "RUN"

    @property
    def instance(self) -> Instance:
        """The instance, with the regions of the scenario."""
        return self.facts.instance

    @property
    def scenario(self) -> Scenario:
        """What was asked."""
        return self.facts.scenario

    @property
    def record(self) -> DossierRecord:
        """Every figure."""
        return self.facts.record

    @cached_property
    def _data(self) -> Any:
        return self.record.model_dump(mode="json")

    @cached_property
    def labels(self) -> Labels:
        """What people read for the words of files."""
        return labels(self.language)

    @cached_property
    def fills(self) -> dict[tuple[int, ...], str]:
        """Colour of each merger on the maps, by its members."""
        from ...maps.merger import map_mergers
        from ...maps.zoomed import fills_of

        facts = self.facts
        fills = fills_of(facts.instance, facts.shapes, map_mergers(facts.instance, facts.mergers))
        return {merger.members: fill for merger, fill in zip(facts.mergers, fills, strict=True)}

    def of(self, region: str) -> tuple[RegionFacts, RegionFigures]:
        """Give what is known of a region."""
        return self.facts.regions[region], self.record.regions[region]

    # sentences

    def say(self, english: str, **values: object) -> str:
        """Say a sentence that has its Dutch in a table, with numbers and figures as people read them."""
        return filled(english, {key: self._written(value) for key, value in values.items()}, self.language)

    def count(self, number: int | Figure, one: str, several: str, **values: object) -> str:
        """Say a sentence about a number of things, which has a form for one of them."""
        single = (number.value if isinstance(number, Figure) else number) == 1
        return self.say(one if single else several, **({} if single else {"number": number}), **values)

    def told(self, text: str) -> str:
        """Say a sentence that another room of the program made."""
        return told(text, self.language)

    def paragraph(self, *sentences: str, tone: Tone = "plain") -> Paragraph:
        """Write sentences one after the other."""
        return Paragraph(" ".join(map(sentence, filter(None, sentences))), tone)

    def _written(self, value: object) -> str:
        match value:
            case Figure(text=text):
                return text
            case int() | float():
                return number_text(value, 0, self.language)
            case list() | tuple():
                return self.listed([self._written(one) for one in value])
        return str(value)

    # words

    def listed(self, words: Iterable[str], *, either: bool = False) -> str:
        """List words with "and", or "or", before the last one."""
        return list_text(words, self.language, between="or" if either else "and")

    def label(self, kind: str, word: str) -> str:
        """Give what people read for a word of files."""
        return self.labels[kind].get(word, word.replace("_", " "))

    def function(self, key: str) -> str:
        """Name a centre function."""
        given = self.instance.functions[key].label
        return self.labels["functions"].get(key) or self.told(given) or key

    def term(self, name: str) -> str:
        """Name a term, with the layer that it is about."""
        found = _TERM.fullmatch(name)
        key, layer = (found[1], found[2] or "") if found else (name, "")
        named = self.label("terms", key)
        return named.replace("{layer}", self.label("layers", layer)).replace(
            "{zone}", self.label("zones", layer)
        )

    def unit(self, name: str) -> str:
        """Give the unit of a term."""
        return self.told(term_class(name.removeprefix("zones.")).unit)

    # figures

    def at(self, *path: str | int) -> Any:
        """Look up what the record has at a place."""
        found = self._data
        for key in path:
            found = found[key]
        return found

    def figure(self, *path: str | int, digits: int = 0, unit: str = "") -> Figure:
        """Give a number of the record, as people read it, with its unit behind it."""
        value = self.at(*path)
        text = number_text(value, digits, self.language)
        return Figure(value, f"{text} {unit}" if unit else text, pointer(path))

    def percent(self, *path: str | int, digits: int = 0) -> Figure:
        """Give a share of the record as a percentage."""
        value = self.at(*path)
        return Figure(value, f"{number_text(100 * value, digits, self.language)}%", pointer(path))


def pointer(path: Iterable[str | int]) -> str:
    """Write a place in the record as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in path)


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    text = capital(text)
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."


def capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def key_of(text: str) -> str:
    """Make a key for links of a name: lower case, ASCII, hyphens."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"
