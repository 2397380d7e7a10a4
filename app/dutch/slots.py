"""Slots of sentences: what changes from one to the next, and what becomes of it in Dutch."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .signs import NUMBER, number_in_dutch

SLOT = re.compile(r"\{(\w+)(?::([a-z]+)(?:_([a-z]+))?)?\}")
"""A name, a kind and a context: ``{names}``, ``{size:n}``, ``{rules:semi}``, ``{zone:t_zone}``."""


@dataclass(frozen=True)
class Told:
    """The Dutch of a text.

    Attributes
    ----------
    text : str
    known : int
        Characters of the English text that are words of the program or numbers, and not of people: of two
        readings the one that leaves less to people is right.
    """

    text: str
    known: int = 0


Translate = Callable[[str, str], Told | None]
"""Gives the Dutch of a text in a context; None where there is none."""

_KEY = re.compile(r'[a-z_]+(?:\([^()]*\))?(?:\.(?:\w+(?:\([^()]*\))?|"[^"]*"))*')
_WORD = re.compile(r"\S+")
_MORE = re.compile(r" and (\d[\d,]*) more$")
_PROPER = re.compile(r"(?:(?:and|[^\sa-z]\S*)(?: |$))+")
_YEAR = re.compile(r"\d{4}")
_QUOTED = re.compile(r"('[^']*'|\d+)((, | or )('[^']*'|\d+))*")
_FROM = re.compile(r" \(from (.*)\)$")
_LISTED = re.compile(rf"({_KEY.pattern})((?:, entry \d+)*)")
_OF_PEOPLE = re.compile(r"'.*'", re.DOTALL)
_GIVEN = r"'(?:(?!': ).)*'"  # of people: what follows it begins behind a colon
_PLACE = re.compile(
    r"(?P<file>.*?)(?:(?:^|, )(?P<rows>rows?) (?P<numbers>\d[\d, ]*(?: and \d[\d,]* more)?))?"
    rf"(?:(?:^|, )column (?P<column>'[^']*'))?(?:(?:^|, )(?P<values>values?) "
    rf"(?P<given>{_GIVEN}(?: and \d+ more)?))?",
    re.DOTALL,
)
_SEPARATORS = {"or": (" or ", " of "), "semi": ("; ", "; "), "bar": (" | ", " | "), "comma": (", ", ", ")}
"""Kinds of slots that hold several sentences: what stands between these in English and in Dutch."""

_LONGEST = 12
"""Most separators that the words of people in one sentence may hold."""


@dataclass(frozen=True)
class Slot:
    """What changes in a sentence.

    Attributes
    ----------
    name : str
    kind : str
        ``""`` for text of people, which stays as it is, and ``word`` for the same without blanks; ``n`` for a
        number, ``year`` for a year, ``key`` for a key of a scenario, ``quoted`` for words in quotation marks;
        ``t`` for words of the program, which have a template of their own, and ``or``, ``semi``, ``bar`` and
        ``comma`` for several of these with that between them; ``names`` for names with "and" before the last
        one and ``proper`` for those that begin with capitals, ``value`` for a value of a scenario,
        ``either`` for the same with "or", ``pieces`` for several lists of names, ``from`` for names with the
        file that they are from; ``part`` for a merger or a zone with its names, or a name; ``place`` for a
        place in a scenario or in a file.
    context : str
        Table of further templates that a ``t`` or a list may take.
    """

    name: str
    kind: str = ""
    context: str = ""

    @property
    def is_soon_told(self) -> bool:
        """Whether it is told without other templates what fits."""
        return self.kind in _IN_DUTCH or self.kind == "place"

    @classmethod
    def named(cls, found: re.Match[str]) -> Slot:
        """Take a slot as it is written."""
        return cls(found[1], found[2] or "", found[3] or "")


def value_in_dutch(slot: Slot, text: str, translate: Translate) -> Told | None:
    """Give what stands in a slot in Dutch; None where it is not of its kind."""
    if slot.kind in _IN_DUTCH:
        pattern = _PATTERNS.get(slot.kind)
        fits = pattern is None or pattern.fullmatch(text) is not None
        known = len(text) if slot.kind in _OF_THE_PROGRAM else 0
        return Told(_IN_DUTCH[slot.kind](text), known) if fits else None
    if slot.kind == "t":
        return translate(text, slot.context)
    if slot.kind == "part":
        return translate(text, "part") or Told(names_in_dutch(text))
    if slot.kind == "place":
        place = place_in_dutch(text)
        return None if place is None else Told(place, len(_OF_PEOPLE.sub("", text)))
    between, dutch = _SEPARATORS[slot.kind]
    return listed_in_dutch(text, between, dutch, lambda one: translate(one, slot.context))


def listed_in_dutch(
    text: str, between: str, dutch: str, translate: Callable[[str], Told | None]
) -> Told | None:
    """Translate sentences with a separator between them, which the words of people may hold as well."""
    parts = text.split(between)
    best: dict[int, Told | None] = {len(parts): Told("")}
    for first in range(len(parts) - 1, -1, -1):
        best[first] = None
        for end in range(first + 1, min(len(parts), first + _LONGEST) + 1):
            rest, so_far = best[end], best[first]
            if rest is None or (one := translate(between.join(parts[first:end]))) is None:
                continue
            known = one.known + rest.known + (len(between) if end < len(parts) else 0)
            if so_far is None or known > so_far.known:
                best[first] = Told(f"{one.text}{dutch}{rest.text}" if end < len(parts) else one.text, known)
    return best[0]


def names_in_dutch(text: str) -> str:
    """Give names of people's making as they are, with what the program says between and behind them."""
    if more := _MORE.search(text):
        return f"{text[: more.start()]} en {number_in_dutch(more[1])} andere"
    if text.endswith(" and others"):
        return f"{text.removesuffix(' and others')} en andere"
    head, between, last = text.rpartition(
        ") and "
    )  # behind the code of a municipality, where there are codes
    if between:
        return f"{head}) en {last}"
    head, between, last = text.rpartition(" and ")
    return f"{head} en {last}" if between else text


def _pieces(text: str) -> str:
    return " | ".join(map(names_in_dutch, text.split(" | ")))


def _from(text: str) -> str:
    source = _FROM.search(text)
    return f"{names_in_dutch(text[: source.start()])} (uit {source[1]})" if source else names_in_dutch(text)


def _value(text: str) -> str:
    """A value of a scenario: numbers, or words as files have them."""
    return " tot ".join(number_in_dutch(one) if NUMBER.fullmatch(one) else one for one in text.split(" to "))


def _either(text: str) -> str:
    head, between, last = text.rpartition(" or ")
    return f"{head} of {last}" if between else text


def place_in_dutch(text: str) -> str | None:
    """Say where something stands: a key of a scenario with entries of its lists, or a place in a file.

    None where a text is neither.
    """
    if found := _LISTED.fullmatch(text):
        return found[1] + found[2].replace("entry", "element")
    found = _PLACE.fullmatch(text)
    if found is None or not (found["numbers"] or found["column"] or found["values"]):
        return None
    place = [file_in_dutch(found["file"])] if found["file"] else []
    if found["numbers"]:
        place.append(f"{'rijen' if found['rows'] == 'rows' else 'rij'} {names_in_dutch(found['numbers'])}")
    if found["column"] is not None:
        place.append(f"kolom {found['column']}")
    if found["values"] == "values":
        place.append(f"waarden {names_in_dutch(found['given'])}")
    elif found["values"]:
        place.append(f"waarde {found['given']}")
    return ", ".join(place)


def file_in_dutch(name: str) -> str:
    """Name a file; what is no file has a name of the program's."""
    return "het scenario" if name == "the scenario" else name


_PATTERNS = {
    "n": NUMBER,
    "key": _KEY,
    "word": _WORD,
    "proper": _PROPER,
    "quoted": _QUOTED,
    "year": _YEAR,
}
"""Kinds of slots of which a pattern tells what fits."""

_OF_THE_PROGRAM = {"n", "key", "quoted", "year"}
"""Kinds of slots that hold no words of people."""

_IN_DUTCH: dict[str, Callable[[str], str]] = {
    "": str,
    "n": number_in_dutch,
    "key": str,
    "word": str,
    "quoted": _either,
    "year": str,
    "names": names_in_dutch,
    "proper": names_in_dutch,
    "value": _value,
    "either": _either,
    "pieces": _pieces,
    "from": _from,
}
"""What becomes of a text in a slot, where no template is needed."""
