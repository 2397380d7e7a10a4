"""Schemes of one's own that a scenario holds, so that a plan records what it was asked."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

_FILE = re.compile(r"[\w(]+\((.+\.toml)\)+", re.DOTALL)


def check_schemes(schemes: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Refuse values that neither `plan.json` nor a scenario file could hold.

    What a scheme means is checked where it is used.
    """
    for name, scheme in schemes.items():
        _check(scheme, name)
    return schemes


def _check(value: object, place: str) -> None:
    match value:
        case dict():
            for key, one in value.items():
                _check(one, f"{place}.{key}")
        case list() | tuple():
            for one in value:
                if isinstance(one, dict):
                    raise ValueError(f"{place}: a list of a scheme holds no tables; give each of them a name")
                _check(one, place)
        case str() | bool() | int():
            pass
        case float() if abs(value) < float("inf"):
            pass
        case _:
            raise ValueError(f"{place}: write numbers, true or false, and text in quotes, dates too")


def check_held(name: str, schemes: Container[str]) -> None:
    """Make sure that what a scenario weighs or bounds names no file, whose scheme it would not hold.

    Parameters
    ----------
    name : str
        Of a term or an indicator, such as ``effect(bonus(mine))``.
    schemes : container of str
        Names of the schemes of the scenario.
    """
    found = _FILE.fullmatch(name)
    if found and found[1] not in schemes:
        raise ValueError(
            f"'{name}' names a file, and a scenario holds what it asks; write mine = \"{found[1]}\" under "
            "[schemes] and the name 'mine' in its place"
        )
