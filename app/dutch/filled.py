"""A sentence with what it is about filled in: for texts that are long, and made in one language at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from .sentences import tables
from .slots import SLOT
from .word_labels import Language

_HOLE = re.compile(r"\{(\w+)\}")


def filled(english: str, values: Mapping[str, str], language: Language) -> str:
    """Fill the slots of a sentence of the program.

    Parameters
    ----------
    english : str
        As it stands in a table of `messages`, its slots without their kinds.
    values : mapping of str to str
        In the language already.
    language : {'en', 'nl'}

    Raises
    ------
    KeyError
        The sentence has no Dutch, or a slot no value.
    """
    sentence = english if language == "en" else _dutch()[english]
    return _HOLE.sub(lambda slot: values[slot[1]], sentence)


@cache
def _dutch() -> Mapping[str, str]:
    some = (one for table in tables().values() for one in table.get("", ()))
    return {SLOT.sub(r"{\1}", one.english): SLOT.sub(r"{\1}", one.dutch) for one in some}
