"""Names of terms as scenarios write them; the terms themselves are not needed to read a scenario."""

from __future__ import annotations

import re

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

_WRITTEN = re.compile(r"(\w+)(?:\((.+)\))?", re.DOTALL)  # a layer may have any name


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
    written, form_of = _WRITTEN.fullmatch(name), {form.partition("(")[0]: form for form in TERM_NAMES}
    key = written[1] if written else name
    if written is None or key not in form_of:
        raise ValueError(f"unknown term '{name}'; {suggest(key, form_of)} (terms: {', '.join(TERM_NAMES)})")
    if bool(written[2]) != ("(" in form_of[key]):
        raise ValueError(f"unknown term '{name}'; write {form_of[key]}")
    return key, written[2] or ""
