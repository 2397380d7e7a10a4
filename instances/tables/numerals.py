"""Numbers as people and programs write them: an ambiguous one is refused.

Points and commas separate thousands in some countries and decimals in others. The meaning of a number follows
from itself, or from what is declared for its file; other numbers in the file say nothing about it.
"""

from __future__ import annotations

import re
import unicodedata

from ..common.text import tidy

DECIMAL_SIGNS = (".", ",")
THOUSANDS_SIGNS = (".", ",", " ", "'", "")
"""Thousands separators; an empty one says that there is none."""

_MINUS = dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d"), "-")
_APOSTROPHE = dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u00b4\u0060\u2032"), "'")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d{1,3}")
_EITHER_WAY = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_GROUPED = {s: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(s)}\d{{3}})+") for s in THOUSANDS_SIGNS if s}
_POINT = re.compile(r"-?(?:\d{4,}\.\d+|\d+\.(?:\d\d?|\d{4,}))", re.ASCII)
"""Numbers whose point can only be a decimal one: the fast path."""

_DATE = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[ T]\d.*)?")


class NumeralError(ValueError):
    """A text is not a number.

    Parameters
    ----------
    what : str
        What is wrong, as a short sentence.
    remedy : str
        What to do.
    """

    def __init__(self, what: str, remedy: str = "write digits, without thousands separators") -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


class AmbiguousError(NumeralError):
    """A text can be read as two numbers; how to declare the right one depends on the file."""


def read_numeral(text: str, decimal: str | None = None, thousands: str | None = None) -> float:
    """Read a number.

    Blanks and apostrophes can only separate thousands. Where points and commas both occur, the last one is
    the decimal sign; one that occurs twice separates thousands. A lone point or comma with three digits
    behind it, and one to three before it, is ambiguous unless a sign is declared.

    Parameters
    ----------
    text : str
    decimal : {'.', ','}, optional
        The declared decimal sign.
    thousands : {'.', ',', ' ', "'", ''}, optional
        The declared thousands separator; empty where there is none.

    Returns
    -------
    float
        Finite.

    Raises
    ------
    NumeralError
    """
    if text.isdecimal() and text.isascii():
        return float(text)
    if thousands is None and decimal != "," and _POINT.fullmatch(text):
        return float(text)
    plain = _plain(text)
    sign = -1.0 if plain.startswith("-") else 1.0
    plain = plain.removeprefix("-") if plain.startswith("-") else plain.removeprefix("+")
    if _SCIENTIFIC.fullmatch(plain):
        number = float(plain) if decimal != "," or "." not in plain else float("nan")
    elif plain.isdecimal():
        number = float(plain)
    else:
        number = float(_digits(plain, decimal, thousands) or "nan")
    if not number < float("inf"):
        raise _refused(plain, decimal)
    return sign * number


def is_ambiguous(text: str) -> bool:
    """Tell whether a number as this program writes it is ambiguous."""
    return _EITHER_WAY.fullmatch(text.removeprefix("-")) is not None


def _plain(text: str) -> str:
    """Normalise digits and signs."""
    if text.isascii():
        return text.strip()
    text = tidy(text).translate(_MINUS | _APOSTROPHE)
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    # a raised digit is a mark of a footnote, and no digit of the number
    text = "".join(s if unicodedata.category(s) == "No" else unicodedata.normalize("NFKC", s) for s in text)
    text = "".join(" " if sign.isspace() else sign for sign in text)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def _digits(plain: str, decimal: str | None, thousands: str | None) -> str:
    """Write a number with a decimal point and no separators; empty where the text is not a number."""
    if decimal is None and thousands in DECIMAL_SIGNS:
        decimal = "," if thousands == "." else "."
    if decimal is None and thousands == "" and sum(plain.count(sign) for sign in DECIMAL_SIGNS) == 1:
        decimal = "." if "." in plain else ","
    if decimal is None:
        if _EITHER_WAY.fullmatch(plain):
            whole, part = re.split("[.,]", plain)
            point = part.rstrip("0")
            raise AmbiguousError(f"this can be {whole}{part}, or {whole}{'.' if point else ''}{point}")
        decimal = _last_sign(plain)
    whole, mark, part = plain.rpartition(decimal) if decimal and decimal in plain else (plain, "", "")
    if (part and not part.isdecimal()) or (mark and not (whole or part)):
        return ""
    whole = _without_thousands(whole, thousands, decimal)
    return f"{whole or '0'}.{part or '0'}" if whole.isdecimal() or (not whole and part) else ""


def _last_sign(plain: str) -> str:
    """Find the sign that can only be the decimal one: the last one, where it occurs once."""
    last = max(DECIMAL_SIGNS, key=plain.rfind)
    return last if plain.count(last) == 1 else ""


def _without_thousands(whole: str, declared: str | None, decimal: str) -> str:
    """Remove the separators of thousands; a sign that does not separate groups of three stays."""
    for sign in THOUSANDS_SIGNS[:-1] if declared is None else (declared,):
        if sign and sign != decimal and sign in whole and _GROUPED[sign].fullmatch(whole):
            return whole.replace(sign, "")
    return whole


def _refused(plain: str, decimal: str | None) -> NumeralError:
    if plain.endswith("%"):
        return NumeralError(
            "this is a percentage, not a number", "write it as a fraction, or without the sign"
        )
    if _DATE.fullmatch(plain):
        return NumeralError("this is a date, not a number", "write the number; format the cell as a number")
    if any(unicodedata.category(sign) == "No" for sign in plain):
        return NumeralError(
            "this is not a number", "leave out the footnote mark or the fraction, and write digits"
        )
    if any(sign in plain for sign in "€$£"):
        return NumeralError("this is not a number", "leave out the currency")
    if decimal and any(map(str.isdigit, plain)):
        return NumeralError(f"this is not a number with '{decimal}' for decimals, as is declared")
    return NumeralError("this is not a number")
