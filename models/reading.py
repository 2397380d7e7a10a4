"""Reading scenario files: TOML, and the plans that they refer to."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from ..instances.groups import read_groups
from ..instances.problems import Problems, reject
from ..instances.tables import read_text

_HOLDERS = {
    "existing": ("mergers", ("merger", "zone", "group")),
    "frames": ("zones", ("zone", "merger", "group")),
}
"""Tables in which `plan` may name a file; the key that receives its groups, and the columns they are in."""


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    InputError
        The file cannot be read, or is not valid TOML.
    """
    problems = Problems()
    text = read_text(path, problems)
    problems.raise_if_any()
    try:
        return tomllib.loads(text or "")
    except tomllib.TOMLDecodeError as error:
        reject(f"this is not valid TOML ({error})", file=path.name)


def fetch_plans(data: dict[str, Any], file: str, folder: Path, under: str = "") -> dict[str, Any]:
    """Replace references to plans by the groups that they hold.

    Parameters
    ----------
    data : dict
        Nested mappings of a scenario or of one level; not changed.
    file : str
        For messages.
    folder : Path
        Where relative paths start.
    under : str
        What stands before the keys in messages.

    Returns
    -------
    dict

    Raises
    ------
    InputError
        A plan cannot be read, or its groups are also given by hand.
    """
    found = dict(data)
    for table, (key, columns) in _HOLDERS.items():
        part = found.get(table)
        if not isinstance(part, dict) or "plan" not in part:
            continue
        if part.get(key):
            reject(
                f"{under}{table}.plan and {under}{table}.{key} are both given", "keep one of them", file=file
            )
        if not isinstance(part["plan"], str):
            reject(f"{under}{table}.plan must be the path of a plan", "write it as text", file=file)
        path = folder / part["plan"]
        rest = {name: value for name, value in part.items() if name != "plan"}
        found[table] = rest | {key: read_groups(path, columns).groups, "source": path.name}
    return found
