"""Reading scenario files: TOML, and the plans and schemes that they refer to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...instances.common.path_names import as_text
from ...instances.common.problems import InputError, Problems
from ...instances.common.toml import parse_toml
from ...instances.crosswalk import to_vintage
from ...instances.groups import Grouping
from ...instances.plan_files import read_groups
from ...instances.tables.form import TableForm, form_of
from ...instances.tables.table import read_text
from ...instances.vintages import VINTAGES, vintage_named

_HOLDERS = {
    "existing": ("mergers", ("merger", "zone", "group")),
    "frames": ("zones", ("zone", "merger", "group")),
}
"""Tables in which `plan` may name a file; the key that receives its groups, and the columns they are in."""


_FORM = ("column", "sheet", "header_row", "encoding")
"""Keys beside `plan`: where in its file it stands."""

_VINTAGES = ("from_vintage", "to_vintage")
"""Keys beside `plan`: the moments that the plan is brought from and to."""


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
    return parse_toml(text or "", path.name)


def fetch_files(
    data: dict[str, Any], file: str, folder: Path, problems: Problems, under: str = ""
) -> dict[str, Any]:
    """Replace references to plans by the groups that they hold, and those to schemes likewise.

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
    complete = dict(data)
    for table, (key, columns) in _HOLDERS.items():
        part = complete.get(table)
        if not isinstance(part, dict) or "plan" not in part:
            continue
        name = f"{under}{table}"
        complete[table] = {
            key: value for key, value in part.items() if key not in ("plan", *_VINTAGES, *_FORM)
        }
        if part.get(key):
            problems.add(f"{name}.plan and {name}.{key} are both given", "keep one of them", file=file)
        elif (path := _located(part["plan"], f"{name}.plan", file, folder, problems)) is not None:
            said = {k: part[k] for k in (*_VINTAGES, *_FORM) if k in part}
            complete[table] |= _fetched(path, key, columns, name, said, problems)
    if isinstance(complete.get("schemes"), dict):
        complete["schemes"] = _schemes(complete["schemes"], f"{under}schemes", file, folder, problems)
    return complete


def _schemes(
    schemes: dict[str, Any], under: str, file: str, folder: Path, problems: Problems
) -> dict[str, Any]:
    """Replace the paths of scheme files by what they hold; those that cannot be read are left out."""
    complete = {}
    for key, value in schemes.items():
        name = f"{under}.{key}"
        if not isinstance(value, str):
            complete[key] = value
        elif not (folder / value).is_file():
            remedy = "paths are seen from the folder of the scenario file"
            problems.add(f"{name}: there is no such file", remedy, file=file, value=value)
        else:
            try:
                complete[key] = read_toml(folder / value)
            except InputError as error:
                problems.take(error, f"{name}: ")
    return complete


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


def _fetched(
    path: Path, key: str, columns: tuple[str, ...], name: str, said: dict[str, Any], problems: Problems
) -> dict[str, Any]:
    """The groups of a plan, and where they come from; nothing when it cannot be read."""
    own = Problems()
    try:
        column, form = _form_of(said, name, own)
        own.raise_if_any()
        grouping = read_groups(path, columns if column is None else (column,), form)
        years = {k: vintage_named(said[k], f"{name}.{k}") for k in _VINTAGES if k in said}
        if "from_vintage" in years:
            grouping = to_vintage(grouping, years["from_vintage"], years.get("to_vintage", VINTAGES[-1]), own)
        elif years:
            own.add(f"{name}.to_vintage says nothing without {name}.from_vintage", "add it", file=path.name)
        own.raise_if_any()
    except InputError as error:
        problems.take(error, f"{name}.plan: ")
        return {}
    return {key: _texts(grouping), "source": as_text(path.name)}


def _form_of(said: dict[str, Any], name: str, problems: Problems) -> tuple[str | None, TableForm]:
    """The column that is named, and what is declared about the file."""
    for key in _FORM:
        kinds = {"header_row": (int,), "sheet": (str, int)}.get(key, (str,))
        if key in said and (not isinstance(said[key], kinds) or isinstance(said[key], bool)):
            kind = "a whole number" if key == "header_row" else "text"
            problems.add(f"{name}.{key} must be {kind}", value=said[key])
            return None, TableForm()
    try:
        return said.get("column"), form_of(said)
    except ValueError as error:
        problems.add(f"{name}: {error}")
        return None, TableForm()


def _texts(grouping: Grouping) -> tuple[tuple[str, ...], ...]:
    """Groups as texts; a code with the name that the file gives beside it, for the two can be compared."""
    return tuple(
        tuple(
            f"{beside} ({text})" if (beside := grouping.beside_of(k, n)) and text.isdecimal() else text
            for n, text in enumerate(group)
        )
        for k, group in enumerate(grouping.groups)
    )
