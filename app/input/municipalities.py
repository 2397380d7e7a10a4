"""Municipalities as users name them on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from ...instances.common.problems import Problems
from ...instances.instance import Instance

_SEPARATORS = "+,;"
_WORDS = 5
"""Most words of a name that is not quoted."""


def codes_named(instance: Instance, option: str, words: Sequence[str], problems: Problems) -> tuple[str, ...]:
    """Find the codes of the municipalities that follow an option; see `named`."""
    return tuple(instance.codes[i] for _, i in named(instance, option, words, problems))


def named(instance: Instance, option: str, words: Sequence[str], problems: Problems) -> list[tuple[str, int]]:
    """Find the municipalities that follow an option, each with the words that name it.

    A word is a name or a code; several may stand in one word with ``+``, ``,`` or ``;`` between them, and a
    name of several words may stand without quotation marks.

    Parameters
    ----------
    instance : Instance
    option : str
        For the messages.
    words : sequence of str
        As they were typed.
    problems : Problems
        Receives words that name nobody, or more than one municipality.
    """
    text = " ".join(words)
    words = [part for word in words for part in _parted(instance, word)]
    if not words:
        problems.add(f"{option}: names nobody", "write names or codes of municipalities", value=text)
    found = []
    place = 0
    while place < len(words):
        lengths = range(1, min(_WORDS, len(words) - place) + 1)
        joined = (" ".join(words[place : place + length]) for length in lengths)
        length, i = next(
            (
                (length, i)
                for length, word in zip(lengths, joined, strict=True)
                if (i := _find(instance, word)) >= 0
            ),
            (1, -1),
        )
        if i < 0:
            _complain(instance, option, words[place], problems)
        else:
            found.append((" ".join(words[place : place + length]), i))
        place += length
    return found


def _parted(instance: Instance, word: str) -> list[str]:
    """Divide a word that is no name by itself where it lists several."""
    if _find(instance, word) >= 0:
        return [word]
    for separator in _SEPARATORS:
        word = word.replace(separator, _SEPARATORS[0])
    return [part.strip() for part in word.split(_SEPARATORS[0]) if part.strip()]


def _find(instance: Instance, word: str) -> int:
    """Index of a municipality, -1 where the word means none or several."""
    try:
        return instance.find(word)
    except KeyError:
        return -1


def _complain(instance: Instance, option: str, word: str, problems: Problems) -> None:
    try:
        instance.find(word)
    except KeyError as error:
        problems.add(f"{option}: {error.args[0]}", value=word)
