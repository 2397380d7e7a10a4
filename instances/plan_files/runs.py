"""Plans of saved runs: the groups of `plan.json`, by code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..common.problems import NoColumnError, Problem, Problems, reject
from ..groups import Grouping

PLAN_FILE = "plan.json"
ASSIGNMENT_FILE = "assignment.csv"


def read_run(path: Path, columns: Sequence[str]) -> Grouping:
    """Read the mergers or zones of a run from `plan.json`, where each lists its members by code."""
    from ..tables.table import read_text

    problems = Problems()
    text = read_text(path, problems)
    problems.raise_if_any()
    try:
        data = json.loads(text or "")
        level = data["scenario"].get("level", "mergers")
        parts = {"merger": _parts_of(data["mergers"]), "zone": _parts_of(data.get("zones", []))}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        reject("this is no plan of this program", "write it again with 'refzones solve'", file=str(path))
    if level == "zones":
        parts = {"merger": {}, "zone": parts["merger"]}
    wanted = next((name for name in map(str.casefold, columns) if parts.get(name)), "")
    if not any(parts.values()):
        reject("this run has no plan: it found none", "name one that has", file=str(path))
    if not wanted:
        there = " and ".join(f"{name}s" for name, groups in parts.items() if groups)
        what = f"the run has {there}, and none of {', '.join(columns)}"
        raise NoColumnError([Problem(what, _remedy(columns), str(path))])
    groups = parts[wanted]
    _check_beside(path.parent / ASSIGNMENT_FILE, wanted, groups)
    return Grouping(
        path.name,
        tuple(groups),
        tuple((0,) * len(members) for members in groups),
        tuple(groups.values()),
    )


def _check_beside(path: Path, column: str, parts: Mapping[tuple[str, ...], str]) -> None:
    """Check that the table beside a plan, which people edit, still says the same."""
    from ..tables.table import read_table

    table = read_table(path, (), Problems()) if path.is_file() else None
    if table is None or "nis" not in table.columns or column not in table.columns:
        return
    names = {code: name for members, name in parts.items() for code in members}
    for row in table:
        code, said = row.text("nis", required=False), row.text(column, required=False)
        if code in names and said != names[code]:
            reject(
                f"{PLAN_FILE} beside it says otherwise: '{names[code]}'",
                "name the file that is meant, not the folder",
                file=str(path),
                row=row.number,
                column=column,
                value=said,
            )


def _remedy(columns: Sequence[str]) -> str:
    return "name a scenario of one level with --scenario" if "zone" in columns else "leave the column out"


def _parts_of(parts: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], str]:
    """Map the members of each merger or zone, by code, to its name."""
    return {tuple(str(code) for code in part["members"]): str(part["name"]) for part in parts}
