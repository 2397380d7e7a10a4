"""Numbers, dates and lists as people read them in a language."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from .speaking import spoken
from .word_labels import Language

LOCALES: Final[dict[Language, str]] = {"en": "en_GB", "nl": "nl_BE"}
"""Where the readers of each language live, which settles their signs and the order of their dates."""

NO_NUMBER: Final = "–"
"""What stands for a number that there is none of."""


def number_text(value: float, digits: int = 0, language: Language | None = None) -> str:
    """Write a number: signs between thousands, and so many decimals.

    Parameters
    ----------
    value : float
        It is rounded as Python rounds it, so that tables in both languages agree.
    digits : int
        Decimals, all of which are written.
    language : {'en', 'nl'}, optional
        Default: the one that is spoken.

    Returns
    -------
    str
        A dash where the value is not finite; never a minus before zero.
    """
    from babel.numbers import format_decimal

    if not math.isfinite(value):
        return NO_NUMBER
    rounded = round(Decimal(value), digits) or Decimal(0)  # a float holds 2.675 as a little less
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(rounded, format=pattern, locale=_locale(language)))


def date_text(day: date, language: Language | None = None) -> str:
    """Write a date with the name of its month, such as 26 november 2026.

    Parameters
    ----------
    day : date
    language : {'en', 'nl'}, optional
        Default: the one that is spoken.
    """
    from babel.dates import format_date

    return str(format_date(day, format="long", locale=_locale(language)))


def list_text(
    words: Iterable[str], language: Language | None = None, *, between: Literal["and", "or"] = "and"
) -> str:
    """Write words one after another, with "and" or "or" before the last one.

    Parameters
    ----------
    words : iterable of str
        In that language already.
    language : {'en', 'nl'}, optional
        Default: the one that is spoken.
    between : {'and', 'or'}
    """
    from babel.lists import format_list

    style: Literal["standard", "or"] = "or" if between == "or" else "standard"
    return str(format_list(list(words), style=style, locale=_locale(language)))


def _locale(language: Language | None) -> str:
    return LOCALES[language or spoken()]
