"""Names of indicators as scenarios and commands write them; the classes are not needed to read one."""

from __future__ import annotations

import re

from ...instances.common.problems import suggest

INDICATOR_NAMES: list[str] = [
    "councillors",
    "executives(term)",
    "inhabitants_per_councillor",
    "distance_to_seat",
    "beyond(km)",
    "share_beyond(km)",
    "centre_functions",
    "orientation",
    "commuting",
    "bodies(layer)",
    "memberships(layer)",
    "divided(layer)",
    "superfluous_bodies(size)",
    "simplified_bodies",
    "divided_bodies",
    "bonus(scheme)",
    "fund(scheme)",
    "property_tax_rate(rule)",
    "income_tax_rate(rule)",
    "municipalities",
    "municipalities_below(inhabitants)",
    "inhabitants_below(inhabitants)",
    "share_below(inhabitants)",
    "inhabitants_per_municipality",
    "median_inhabitants",
    "area_per_municipality",
    "investment_per_municipality",
    "investment_per_inhabitant",
    "income_per_inhabitant",
    "establishments_per_thousand",
]
"""How each indicator is written, with what its argument names in brackets.

Naming an indicator here registers it: its class is that of the same key in ``models/indicators/KEY.py``.
"""

_WRITTEN = re.compile(r"(\w+)(?:\((.+)\))?", re.DOTALL)  # a scheme may have any name


def check_indicator_name(name: str) -> tuple[str, str]:
    """Split the name of an indicator into its key and argument.

    Parameters
    ----------
    name : str
        Such as ``councillors`` or ``executives(first)``.

    Returns
    -------
    tuple of (str, str)

    Raises
    ------
    ValueError
        There is no such indicator, or its argument is missing or too many.
    """
    written = _WRITTEN.fullmatch(name)
    form_of = {form.partition("(")[0]: form for form in INDICATOR_NAMES}
    key = written[1] if written else name
    if written is None or key not in form_of:
        known = ", ".join(INDICATOR_NAMES)
        raise ValueError(f"unknown indicator '{name}'; {suggest(key, form_of)} (indicators: {known})")
    if bool(written[2]) != ("(" in form_of[key]):
        raise ValueError(f"unknown indicator '{name}'; write {form_of[key]}")
    return key, written[2] or ""
