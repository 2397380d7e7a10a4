"""Names of terms as scenarios write them; the terms themselves are not needed to read a scenario."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...instances.common.problems import suggest

TERM_NAMES: list[str] = [
    "coverage",
    "distance",
    "moment",
    "straddle(layer)",
    "touched(layer)",
    "cut_edges",
    "commuting",
    "orientation",
    "cooperation",
    "stacking",
    "fiscal",
    "size",
    "shortfall",
    "detached",
    "effect(indicator)",
]
"""How each term is written, with what its argument names in brackets.

Naming a term here registers it: its class is that of the same key in ``models/terms/KEY.py``.
"""

_WRITTEN = re.compile(r"(\w+)(?:\((.+)\))?", re.DOTALL)  # a layer or a scheme may have any name


def split_written(name: str, form_of: Mapping[str, str]) -> tuple[str, str, str | None]:
    """Split a name into its key and argument, and find how its kind is written; None for an unknown key."""
    written = _WRITTEN.fullmatch(name)
    if written is None or written[1] not in form_of:
        return written[1] if written else name, "", None
    return written[1], written[2] or "", form_of[written[1]]


def check_term_name(name: str) -> tuple[str, str]:
    """Split the name of a term into its key and argument.

    Parameters
    ----------
    name : str
        Such as ``coverage`` or ``straddle(police)``.

    Returns
    -------
    tuple of (str, str)

    Raises
    ------
    ValueError
        There is no such term, or its argument is missing or too many.
    """
    form_of = {form.partition("(")[0]: form for form in TERM_NAMES}
    key, argument, form = split_written(name, form_of)
    if form is None:
        raise ValueError(f"unknown term '{name}'; {suggest(key, form_of)} (terms: {', '.join(TERM_NAMES)})")
    if bool(argument) != ("(" in form):
        raise ValueError(f"unknown term '{name}'; write {form}")
    return key, argument
