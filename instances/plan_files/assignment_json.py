"""Assignments as JSON: of gerrychain, a part for each node, and of districtr, the same among other things."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..common.problems import Problems, reject
from ..groups import Entry, Grouping
from ..tables.table import read_text

_KEY = "assignment"
_NOT_PLANS = ("type", "nodes", "features", "scenario", "mergers")
"""Keys of GeoJSON, of graphs and of what this program writes."""


def is_assignment(path: Path) -> bool:
    """Tell whether a file is a JSON object that can hold an assignment: no GeoJSON, and no graph."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, Mapping) and bool(data) and not any(key in data for key in _NOT_PLANS)


def read_assignment_json(path: Path) -> Grouping:
    """Read an assignment.

    Parameters
    ----------
    path : Path
        An object that gives the part of each unit by its code, or holds one as ``assignment``. Parts are
        numbers or texts, or lists with one of these; a unit whose part is null is alone.

    Returns
    -------
    Grouping

    Raises
    ------
    InputError
        A key stands twice, or a unit is in several parts; all are listed.
    """
    problems = Problems()
    text = read_text(path, problems)
    problems.raise_if_any()
    try:
        data = json.loads(text or "", object_pairs_hook=lambda pairs: _once(pairs, path.name, problems))
    except (ValueError, RecursionError):
        reject("this is no assignment", "name a run, a table or a GeoJSON file", file=path.name)
    problems.raise_if_any()
    parts = data.get(_KEY, data) if isinstance(data, Mapping) else None
    if not isinstance(parts, Mapping) or not parts:
        reject("this is no assignment", "give an object with a part for each unit", file=path.name)
    entries = list(_entries(parts, path.name, problems))
    problems.raise_if_any()
    return Grouping.of(path.name, "", entries)


def _once(pairs: list[tuple[str, Any]], file: str, problems: Problems) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for key, value in pairs:
        if key in entries:
            problems.add(f"the key '{key}' stands twice in one place", "keep it once", file=file)
        entries[key] = value
    return entries


def _entries(parts: Mapping[str, Any], file: str, problems: Problems) -> Iterator[Entry]:
    for code, given in parts.items():
        part = given[0] if isinstance(given, list) and len(given) == 1 else given
        if isinstance(part, float) and part.is_integer():
            part = int(part)
        if isinstance(part, bool | list | Mapping | float):
            what = "the part of a unit is one number or text"
            shown = json.dumps(given)[:40]
            problems.add(what, "correct it", file=file, column=code, value=shown)
            continue
        yield Entry(0, code, "" if part is None else str(part).strip())
