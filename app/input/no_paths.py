"""Scenarios that come from a browser name no file of this computer."""

from __future__ import annotations

from ...instances.common.problems import Problems

_TABLES = ("existing", "frames")
"""Tables of a scenario in which the key `plan` names a file."""


def check_no_paths(data: object, name: str = "") -> None:
    """Make sure that a scenario that came from a browser names no file of this computer.

    Raises
    ------
    InputError
        It does.
    """
    if not isinstance(data, dict):
        return
    problems = Problems()
    for under, part in (("", data), ("zones.", data.get("zones"))):
        tables = part if isinstance(part, dict) else {}
        for table in _TABLES:
            if isinstance(tables.get(table), dict) and "plan" in tables[table]:
                what = "this names a file, and the page opens none by its path"
                remedy = "drop that plan on the page, or write its mergers into the scenario"
                problems.add(what, remedy, file=name, column=f"{under}{table}.plan")
        schemes = tables.get("schemes")
        for key, value in schemes.items() if isinstance(schemes, dict) else ():
            if isinstance(value, str):
                what = "this names a file, and the page opens none by its path"
                remedy = "write what the scheme file holds into the scenario"
                problems.add(what, remedy, file=name, column=f"{under}schemes.{key}")
    problems.raise_if_any()
