"""Help in the language that the program speaks, made of the help texts of commands and options."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from typer.core import TyperCommand, TyperGroup

from ..dutch.sentences import in_dutch
from ..dutch.speaking import spoken

_CONTEXT = "help"
"""Messages that help is told by: its words mean other things in sentences."""

_PLACE = re.compile(r"\b[A-Z]{2,}\b")
_ARGUMENT = re.compile(r"\{(\w+)\}|^(\w+)(\.\.\.)? <.*>$")
_TYPE = re.compile(r"<(?:list\[)?(\w+)(?: range)?\]?>")
_TYPES = {"str": "TEXT", "int": "NUMBER", "float": "NUMBER", "path": "PATH"}
"""What stands for the value of an option that does not name it, by its type."""

_EXTRA = re.compile(r"(?:(.*)  )?\[((?:default: |required|env var: |\d|x[<>]).*)\]", re.DOTALL)

_Context: Any = TyperCommand.context_class
_Formatter: Any = _Context.formatter_class


class SpokenFormatter(_Formatter):  # type: ignore[misc]
    """Writes help; what it is given is in English, as commands and libraries have it."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is used."""
        super().write_usage(prog, _placed(args), prefix or f"{_told('Usage')}: ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(_told(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], *given: Any, **more: Any) -> None:
        """Write a list of options, arguments or commands."""
        super().write_dl([(_placed(name), _described(text)) for name, text in rows], *given, **more)


class SpokenContext(_Context):  # type: ignore[misc]
    """The call of a command, with help in the language that the program speaks."""

    formatter_class = SpokenFormatter


class _Helped:
    """A command or a group of them with a text that is told when it is read."""

    context_class = SpokenContext
    _help: str | None = None

    @property
    def help(self) -> str | None:
        """What the command does."""
        if self._help is None or spoken() == "en":
            return self._help
        return "\n\n".join(_told(" ".join(text.split())) for text in self._help.split("\n\n"))

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text


class SpokenCommand(_Helped, TyperCommand):  # type: ignore[misc]
    """A command that helps in the language that the program speaks."""


class SpokenGroup(_Helped, TyperGroup):  # type: ignore[misc]
    """A group of commands that helps in the language that the program speaks."""


def _told(text: str) -> str:
    return text if spoken() == "en" else in_dutch(text, _CONTEXT) or text


def _placed(text: str) -> str:
    """Say what stands for arguments and values, such as FILE."""
    text = _ARGUMENT.sub(lambda found: (found[1] or found[2]).upper() + (found[3] or ""), text)
    text = _TYPE.sub(lambda found: _TYPES.get(found[1], found[0]), text)
    return _PLACE.sub(lambda found: _told(found[0]), text)


def _described(text: str) -> str:
    """Say what an option does, and what it is without being given."""
    found = _EXTRA.fullmatch(text)
    if found is None:
        return _told(text)
    extra = "; ".join(map(_told, found[2].split("; ")))
    return f"{_told(found[1])}  [{extra}]" if found[1] else f"[{extra}]"
