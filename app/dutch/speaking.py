"""Which language does the program speak, and what is a sentence of its own in it?"""

from __future__ import annotations

import locale
import os
from typing import Final

from ...instances.common.problems import reject
from .sentences import in_dutch
from .word_labels import LANGUAGES, Language

LANGUAGE_VARIABLE: Final = "REFZONES_LANG"
"""Environment variable: nl or en."""

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which POSIX asks them."""

_spoken: Language = "en"


def language_of(given: str | None) -> Language:
    """Choose the language: the one that is asked for, that of `REFZONES_LANG`, or that of the system.

    Parameters
    ----------
    given : str or None
        What ``--lang`` says.

    Raises
    ------
    InputError
        There is no such language.
    """
    for name, value in (("--lang", given), (LANGUAGE_VARIABLE, os.environ.get(LANGUAGE_VARIABLE))):
        if value:
            for language in LANGUAGES:
                if value.lower() == language:
                    return language
            reject(f"{name}: the program speaks Dutch and English", "write nl or en", value=value)
    return language_of_the_system()


def language_of_the_system() -> Language:
    """Give the language of the locale: Dutch where that is Dutch, else English."""
    return "nl" if _of_the_system().lower().startswith(("nl", "dutch")) else "en"


def _of_the_system() -> str:
    for name in _LOCALE_VARIABLES:
        if value := os.environ.get(name):
            return value
    return "" if os.name == "posix" else (locale.getlocale()[0] or "")


def speak(language: Language) -> None:
    """Speak a language from now on."""
    global _spoken  # noqa: PLW0603
    _spoken = language


def spoken() -> Language:
    """Give the language that the program speaks."""
    return _spoken


def told(text: str, language: Language | None = None, context: str = "") -> str:
    """Say a sentence of the program in the language that it speaks, or in another.

    Parameters
    ----------
    text : str
        In English, as the program makes it.
    language : {'en', 'nl'}, optional
        Default: the one that is spoken.
    context : str
        Table of the messages among which to look; most have none.

    Returns
    -------
    str
        The text as it is where it is none of the program's.
    """
    if (language or _spoken) == "en":
        return text
    return in_dutch(text, context) or text
