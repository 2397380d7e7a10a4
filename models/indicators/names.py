"""Names of indicators as scenarios and commands write them; the classes are not needed to read one."""

from __future__ import annotations

from ...instances.common.problems import suggest
from ..scenario.term_names import split_written

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
    form_of = {form.partition("(")[0]: form for form in INDICATOR_NAMES}
    key, argument, form = split_written(name, form_of)
    if form is None:
        known = ", ".join(INDICATOR_NAMES)
        raise ValueError(f"unknown indicator '{name}'; {suggest(key, form_of)} (indicators: {known})")
    if bool(argument) != ("(" in form):
        raise ValueError(f"unknown indicator '{name}'; write {form}")
    return key, argument
