"""Numbers as Dutch writes them."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?|-?(?:nan|inf)")
"""A number as the program writes it in English: commas between thousands, a point before decimals."""

_EXCHANGED = str.maketrans(",.", ".,")


def number_in_dutch(text: str) -> str:
    """Exchange the signs of a number: points between thousands, a comma before decimals."""
    return text.translate(_EXCHANGED)
