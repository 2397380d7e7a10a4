"""Templates of sentences: words that stand still, and slots for what changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .slots import SLOT, Slot, Told, Translate, value_in_dutch

_MOST_TRIES = 5_000
"""Ways to lay a template over a text before it is given up: a text may be made to have many."""


@dataclass(frozen=True)
class Template:
    """A sentence of the program, with what it is in Dutch.

    Attributes
    ----------
    english, dutch : str
        Slots in braces, with their kind behind a colon in the English text.
    """

    english: str
    dutch: str

    @cached_property
    def pieces(self) -> tuple[str | Slot, ...]:
        """Words and slots of the English text in turn; first and last are words, which may be empty."""
        pieces: list[str | Slot] = []
        at = 0
        for found in SLOT.finditer(self.english):
            pieces += [self.english[at : found.start()], Slot.named(found)]
            at = found.end()
        return (*pieces, self.english[at:])

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What stands still in the English text."""
        return tuple(piece for piece in self.pieces if isinstance(piece, str))

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """What changes."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Slot))

    @cached_property
    def anchor(self) -> str:
        """The longest words, which each text of this template holds."""
        return max(self.words, key=len)

    @cached_property
    def rank(self) -> tuple[int, int, str]:
        """Order of preference among readings that know as much of a text."""
        return -sum(map(len, self.words)), len(self.pieces), self.english

    def translated(self, text: str, translate: Translate) -> Told | None:
        """Give the Dutch of a text; None where the template does not fit it."""
        first, last = self.words[0], self.words[-1]
        if len(self.pieces) == 1:
            return Told(self.dutch, len(text)) if text == first else None
        if not (text.startswith(first) and text.endswith(last) and len(text) > len(first) + len(last)):
            return None
        values = _Fitting(self.pieces, text, translate).from_slot(1, len(first))
        if values is None:
            return None
        known = sum(map(len, self.words)) + _known(values)
        return Told(SLOT.sub(lambda slot: values[slot[1]].text, self.dutch), known)


class _Fitting:
    """Laying a template over a text, so that it leaves as little to people as it can."""

    def __init__(self, pieces: tuple[str | Slot, ...], text: str, translate: Translate) -> None:
        self._pieces, self._text, self._translate = pieces, text, translate
        self._filled: dict[tuple[int, int], dict[str, Told] | None] = {}
        self._tries = 0

    def from_slot(self, place: int, start: int) -> dict[str, Told] | None:
        """Fill the slots from one on, where the text goes on at a start; of equal ways the shortest first."""
        if place == len(self._pieces):
            return {}
        if (place, start) not in self._filled:
            self._filled[place, start] = None
            self._filled[place, start] = self._best(place, start)
        return self._filled[place, start]

    def _best(self, place: int, start: int) -> dict[str, Told] | None:
        slot, words = self._pieces[place], self._pieces[place + 1]
        assert isinstance(slot, Slot)
        assert isinstance(words, str)
        best = None
        for end in self._ends(words, start, is_last=place + 2 == len(self._pieces)):
            self._tries += 1
            if self._tries > _MOST_TRIES:
                break
            filled = self._filled_with(slot, self._text[start:end], place, end + len(words))
            if filled is not None and (best is None or _known(filled) > _known(best)):
                best = filled
        return best

    def _filled_with(self, slot: Slot, text: str, place: int, after: int) -> dict[str, Told] | None:
        """Fill a slot and those behind it; what is told soonest is looked at first."""
        value = value_in_dutch(slot, text, self._translate) if slot.is_soon_told else None
        if slot.is_soon_told and value is None:
            return None
        rest = self.from_slot(place + 2, after)
        if rest is None:
            return None
        value = value or value_in_dutch(slot, text, self._translate)
        return None if value is None else {slot.name: value, **rest}

    def _ends(self, words: str, start: int, *, is_last: bool) -> Iterator[int]:
        """Where a slot can end: before the words that follow it."""
        if is_last:
            end = len(self._text) - len(words)
            if end > start:
                yield end
            return
        end = self._text.find(words, start + 1)
        while end >= 0:
            yield end
            end = self._text.find(words, end + 1)


def _known(values: Mapping[str, Told]) -> int:
    return sum(value.known for value in values.values())
