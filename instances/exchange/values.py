"""Values of attributes, as files and libraries give them: numbers, texts, and what is missing."""

from __future__ import annotations

import math
import re
from typing import Any

from ..common.text import NO, YES, is_placeholder, tidy
from ..tables.form import TableForm
from ..tables.numerals import NumeralError, read_numeral

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control signs, ends of lines, and halves of signs outside the basic plane."""


def plain(value: Any) -> Any:
    """Give the Python value of a number of another library, such as numpy."""
    item = getattr(value, "item", None)
    return item() if callable(item) and getattr(value, "ndim", 0) == 0 else value


def is_missing(value: Any) -> bool:
    """Tell whether a value stands for none."""
    value = plain(value)
    if value is None:
        return True
    if isinstance(value, str):
        text = tidy(value)
        return not text or is_placeholder(text)
    try:
        return bool(value != value)  # noqa: PLR0124  # NaN, of whatever library
    except (TypeError, ValueError):
        return repr(value) == "<NA>"


def text_of(value: Any) -> str:
    """Write a value as text: a whole number without a fraction, the parts of a tuple with ``_`` between."""
    value = plain(value)
    if isinstance(value, list | tuple):
        return "_".join(map(text_of, value))
    if value is None:
        return ""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return str(int(value))
    text = str(value)
    if not text.isprintable():  # no file holds zero bytes, or halves of a sign
        text = _UNWRITABLE.sub(" ", text)
    return tidy(text)


def number_of(value: Any, form: TableForm = TableForm()) -> float | None:
    """Read a number, a text in the form of its table; None where it is none, or is not finite."""
    value = plain(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = read_numeral(value, form.decimal, form.thousands)
        except NumeralError:
            return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def flag_of(value: Any) -> bool | None:
    """Read yes or no, as words or as 1 and 0; None where it is neither."""
    text = text_of(value).lower()
    return True if text in YES else False if text in NO else None
