"""What is left of English in a Dutch text."""

from __future__ import annotations

import re

from refzones.app.dutch import in_dutch

_WORDS = (
    "the and are has have with than from not this that which to or no by for at be it its must were there as"
)
ENGLISH = re.compile(rf"(?<![\w.'-])(?:{'|'.join(_WORDS.split())})(?![\w.'-])")
"""Short words that hold English sentences together, and that Dutch does not have."""

_OF_PEOPLE = re.compile(r"'[^']*'|\"[^\"]*\"|\(at line [^)]*\)|\([A-Z][^)]*\)|refzones instance .*|--[a-z-]+")


def check_dutch(text: str) -> str:
    """Give the Dutch of a sentence of the program, in which nothing is left in English."""
    dutch = in_dutch(text)
    assert dutch is not None, text
    left = ENGLISH.findall(_OF_PEOPLE.sub("", dutch))
    assert not left, (left, text, dutch)
    return dutch
