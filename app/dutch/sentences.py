"""Sentences of the program in Dutch, by a table of templates for each kind of them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from .slots import Told, listed_in_dutch
from .template import Template

_LONGEST = 20_000
"""Characters of a text beyond which nobody reads it."""

_CONTEXTS = "context"
"""Table of a file whose tables hold what may stand in some slots only."""


def in_dutch(text: str, context: str = "") -> str | None:
    """Translate what the program says.

    Names, codes and other texts of people pass as they are; numbers are written as Dutch writes them.

    Parameters
    ----------
    text : str
        A sentence of an explanation, a violation, a problem of an input or the like; several of them with
        full stops or semicolons between them; or lines of them.
    context : str
        Table of the messages among which to look; most have none.

    Returns
    -------
    str or None
        None where it is no sentence that the program says.
    """
    if len(text) > _LONGEST:
        return None
    told = [_Reading(context).sentences(line) if line else Told("") for line in text.split("\n")]
    if None not in told:
        return "\n".join(line.text for line in told if line is not None)
    whole = _Reading(context).sentences(text)  # a value may have lines of its own
    return None if whole is None else whole.text


class _Reading:
    """Reading one text, in which words come back."""

    def __init__(self, context: str = "") -> None:
        self._context = context
        self._known: dict[tuple[str, str], Told | None] = {}

    def sentences(self, text: str) -> Told | None:
        """Several sentences, or one."""
        return _better(
            listed_in_dutch(text, ". ", ". ", self._joined) if ". " in text else None, self._joined(text)
        )

    def _joined(self, text: str) -> Told | None:
        return _better(
            listed_in_dutch(text, "; ", "; ", self._one) if "; " in text else None, self._one(text)
        )

    def _one(self, text: str) -> Told | None:
        return self.sentence(text, self._context)

    def sentence(self, text: str, context: str = "") -> Told | None:
        """One sentence, or words of one."""
        key = text, context
        if key not in self._known:
            self._known[key] = None  # a text that would need itself has no Dutch
            self._known[key] = self._fitted(text, context)
        return self._known[key]

    def _fitted(self, text: str, context: str) -> Told | None:
        best = None
        by_word, others = _by_first_word(context)
        for template in (*by_word.get(text.partition(" ")[0], ()), *others):
            if template.anchor in text:
                best = _better(best, template.translated(text, self.sentence))
        return best


def _better(one: Told | None, other: Told | None) -> Told | None:
    """The reading that knows more of a text, the first of equals."""
    if one is None or (other is not None and other.known > one.known):
        return other
    return one


@cache
def templates(context: str = "") -> tuple[Template, ...]:
    """All templates of a context, the most specific first."""
    some = (one for table in tables().values() for one in table.get(context, ()))
    return tuple(sorted(some, key=lambda one: one.rank))


@cache
def _by_first_word(context: str) -> tuple[dict[str, list[Template]], list[Template]]:
    """Templates by the first word of their texts, where that stands still; and the others."""
    by_word: dict[str, list[Template]] = {}
    others = []
    for template in templates(context):
        word, blank, _ = template.words[0].partition(" ")
        if blank or len(template.pieces) == 1:
            by_word.setdefault(word, []).append(template)
        else:
            others.append(template)
    return by_word, others


@cache
def tables() -> dict[str, dict[str, tuple[Template, ...]]]:
    """Templates by the file that they stand in, and by context; most have none."""
    import tomllib

    found: dict[str, dict[str, tuple[Template, ...]]] = {}
    for file in sorted((files(__package__) / "messages").iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        data = tomllib.loads(file.read_text("utf-8"))
        contexts = {"": {key: value for key, value in data.items() if key != _CONTEXTS}} | data.get(
            _CONTEXTS, {}
        )
        some = {
            name: tuple(Template(english, dutch) for english, dutch in pairs.items())
            for name, pairs in contexts.items()
        }
        found[file.name.removesuffix(".toml")] = some
    return found
