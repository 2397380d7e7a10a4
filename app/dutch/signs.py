"""The signs of numbers in sentences: from those of English to those of Dutch."""

from __future__ import annotations

import re
from functools import cache

NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?|-?(?:nan|inf)")
"""A number as the program writes it in English: commas between thousands, a point before decimals."""


def number_in_dutch(text: str) -> str:
    """Exchange the signs of a number: those between thousands, and the one before decimals."""
    return text.translate(_exchanged())


@cache
def _exchanged() -> dict[int, str]:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return str.maketrans({",": get_group_symbol("nl_BE"), ".": get_decimal_symbol("nl_BE")})
