"""Options that are followed by as many words as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

from .spoken_help import SpokenCommand

_NEXT = "\x1f"
"""Stands between the words that follow one option."""


def gathering(*options: str) -> type[TyperCommand]:
    """Make a kind of command in which all that follows some options, up to the next one, is theirs."""

    class Gathering(SpokenCommand):
        """Parses the command line with the words of each option gathered into one."""

        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            """Parse the command line."""
            return super().parse_args(ctx, gathered(args, options))

    return Gathering


def words_of(value: str) -> list[str]:
    """Give the words of an option that were gathered into one."""
    return value.split(_NEXT)


def gathered(arguments: Sequence[str], options: Sequence[str]) -> list[str]:
    """Join the words behind each of some options into one value; what follows ``--`` stays as it is."""
    kept: list[str] = []
    words: list[str] | None = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            return [*kept, *_joined(words), *arguments[place:]]
        if words is not None and not argument.startswith("-"):
            words.append(argument)
            continue
        kept += _joined(words)
        words = [] if argument in options else None
        kept.append(argument)
    return kept + _joined(words)


def _joined(words: list[str] | None) -> list[str]:
    return [_NEXT.join(words)] if words else []
