"""The option of every command for the language that it speaks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any, get_type_hints

import typer

from ..dutch.speaking import language_of, speak

LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        help="Language: nl or en. Default: REFZONES_LANG, else that of the system.",
        metavar="LANGUAGE",
        show_default=False,
    ),
]


def takes_language(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take `--lang` behind its own options, and speak that language while it runs."""
    hints = get_type_hints(command, include_extras=True)
    parameters = [
        one.replace(annotation=hints[name], kind=Parameter.KEYWORD_ONLY)
        for name, one in signature(command).parameters.items()
    ]
    lang = Parameter("lang", Parameter.KEYWORD_ONLY, default=None, annotation=LangOption)

    @wraps(command)
    def in_language(**given: Any) -> None:
        speak(language_of(given.pop("lang")))
        command(**given)

    in_language.__signature__ = signature(command).replace(parameters=[*parameters, lang])  # type: ignore[attr-defined]
    in_language.__annotations__ = hints | {"lang": LangOption}
    del in_language.__wrapped__  # whoever reads its source for defaults would find those of other parameters
    return in_language
