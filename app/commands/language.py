"""The option of every command for the language that it speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any, get_type_hints

import typer

from ..dutch.speaking import language_of, language_of_the_system, speak

_OPTION = "--lang"

LangOption = Annotated[
    str | None,
    typer.Option(
        _OPTION,
        help="Language: nl or en. Default: REFZONES_LANG, else that of the system.",
        metavar="LANGUAGE",
        show_default=False,
    ),
]


def speak_as_asked(arguments: Sequence[str]) -> None:
    """Speak the language that a command line asks for, wherever it does so; else that of the user.

    Help and what is wrong with a command line are said before any option is read.
    """
    speak(language_of_the_system())
    speak(language_of(_asked(arguments)))


def _asked(arguments: Sequence[str]) -> str | None:
    asked = None
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == "--":
            break
        if argument == _OPTION:
            asked = following
        elif argument.startswith(f"{_OPTION}="):
            asked = argument.partition("=")[2]
    return asked


def takes_language(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take `--lang` behind its own options, unless it does already, and speak that language."""
    if "lang" in signature(command).parameters:
        return command
    hints = get_type_hints(command, include_extras=True)
    parameters = [
        one.replace(annotation=hints[name], kind=Parameter.KEYWORD_ONLY)
        for name, one in signature(command).parameters.items()
    ]
    lang = Parameter("lang", Parameter.KEYWORD_ONLY, default=None, annotation=LangOption)

    @wraps(command)
    def in_language(**given: Any) -> None:
        if lang := given.pop("lang"):
            speak(language_of(lang))
        command(**given)

    in_language.__signature__ = signature(command).replace(parameters=[*parameters, lang])  # type: ignore[attr-defined]
    in_language.__annotations__ = hints | {"lang": LangOption}
    del in_language.__wrapped__  # whoever reads its source for defaults would find those of other parameters
    return in_language
