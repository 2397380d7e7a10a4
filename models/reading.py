"""Reading scenario files: TOML, and the plans that they refer to."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from ..instances.groups import read_groups
from ..instances.problems import InputError, Problems, reject
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


def fetch_plans(
    data: dict[str, Any], file: str, folder: Path, problems: Problems, under: str = ""
) -> dict[str, Any]:
    """Replace references to plans by the groups that they hold.

    Parameters
    ----------
    data : dict
        Nested mappings of a scenario or of one level; not changed.
    file : str
        For messages.
    folder : Path
        Where relative paths start.
    problems : Problems
        Receives plans that cannot be read, and groups that are also given by hand.
    under : str
        What stands before the keys in messages.

    Returns
    -------
    dict
    """
    found = dict(data)
    for table, (key, columns) in _HOLDERS.items():
        part = found.get(table)
        if not isinstance(part, dict) or "plan" not in part:
            continue
        name = f"{under}{table}"
        found[table] = {key: value for key, value in part.items() if key != "plan"}
        if part.get(key):
            problems.add(f"{name}.plan and {name}.{key} are both given", "keep one of them", file=file)
        elif (path := _located(part["plan"], f"{name}.plan", file, folder, problems)) is not None:
            found[table] |= _fetched(path, key, columns, f"{name}.plan", problems)
    return found


def _located(plan: object, name: str, file: str, folder: Path, problems: Problems) -> Path | None:
    """Find the file or folder that a key names."""
    if not isinstance(plan, str):
        problems.add(f"{name} must be the path of a plan", "write it as text", file=file, value=plan)
    elif not (folder / plan).exists():
        remedy = "paths are seen from the folder of the scenario file"
        problems.add(f"{name}: there is no such file", remedy, file=file, value=plan)
    else:
        return folder / plan
    return None


def _fetched(path: Path, key: str, columns: tuple[str, ...], name: str, problems: Problems) -> dict[str, Any]:
    """The groups of a plan, and where they come from; nothing when it cannot be read."""
    try:
        return {key: read_groups(path, columns).groups, "source": path.name}
    except InputError as error:
        problems.take(error, f"{name}: ")
        return {}
