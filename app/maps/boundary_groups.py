"""Groups of municipalities, read from a vector file with a column that names them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ...instances import Instance, reject
from ...instances.common.problems import NoColumnError, Problem
from ...instances.gazetteer import Gazetteer
from ...instances.groups import Entry, Grouping
from ...instances.outlines import column_that_holds, columns_of, text_of
from ...instances.plan_files import GROUP_COLUMNS, called, code_and_name, label_of
from ...instances.vectors.files import read_vector
from ...instances.vintages import all_changes

_MEMBERS = "members"
"""Column of the files that this program writes: one shape a merger, the codes of its members in a list."""

_OWN_LAYER = "municipalities"
"""Of the layers of a `plan.gpkg`, the one with a shape a municipality."""


def read_boundary_groups(
    path: str | Path,
    instance: Instance,
    columns: Sequence[str] = GROUP_COLUMNS,
    *,
    layer: str | None = None,
) -> Grouping:
    """Read groups of municipalities from the attributes of a vector file; the shapes are not looked at.

    Parameters
    ----------
    path : str or Path
        A vector file with one row a municipality or more. The column whose values match the
        most codes of the instance, or else the most names, says which municipality a row is about; rows about
        others are left out, unless they were municipalities before. Or a `plan.geojson` of this program,
        with one row a merger.
    instance : Instance
    columns : sequence of str
        Columns that may hold the group, in whatever case; the first that is not empty throughout is taken.
    layer : str, optional
        Needed where the file has several, unless it is a `plan.gpkg` of this program.

    Returns
    -------
    Grouping
        Rows are numbered as the shapes stand in the file, from 1.

    Raises
    ------
    InputError
        The file cannot be read or has no such columns; or geopandas is not installed.
    """
    file = Path(path).expanduser()
    frame = read_vector(file, layer=layer, usual=_OWN_LAYER).frame
    if _MEMBERS in frame.columns and not _wanted(frame, columns):
        return _read_members(frame, file)
    named = {change.old_code: change.old_name for change in all_changes()}
    named |= dict(zip(instance.codes, instance.names, strict=True))
    known = Gazetteer(tuple(named), tuple(named.values()))
    name = column_that_holds(frame, known.named)
    key = column_that_holds(frame, known.code) or name
    if not key:
        reject(
            f"no column holds codes or names of {instance.name}, such as {instance.codes[0]}",
            f"give a file with one row a municipality; columns: {', '.join(columns_of(frame))}",
            file=str(file),
        )
    group = _group_column(frame, file, columns)
    beside = name if name not in (key, group) else ""
    rows = [
        Entry(
            row,
            text_of(cells[key]),
            label_of(text_of(cells[group])),
            text_of(cells[beside]) if beside else "",
        )
        for row, (_, cells) in enumerate(frame.iterrows(), start=1)
    ]
    return Grouping.of(file.name, key, _once(entry for entry in rows if known.lookup(entry.municipality)))


def _wanted(frame: Any, columns: Sequence[str]) -> list[str]:
    """Columns of a file that may hold the group, in the order asked for."""
    there = columns_of(frame)
    return list(dict.fromkeys(column for name in columns for column in called(there, name)))


def _group_column(frame: Any, file: Path, columns: Sequence[str]) -> str:
    there = _wanted(frame, columns)
    if not there:
        what = f"the file has none of the columns {', '.join(columns)}"
        remedy = f"name the one that holds the groups with --column; columns: {', '.join(columns_of(frame))}"
        raise NoColumnError([Problem(what, remedy, str(file))])
    return next((name for name in there if any(text_of(value) for value in frame[name])), there[0])


def _once(entries: Iterable[Entry]) -> list[Entry]:
    """Keep one of several shapes of a municipality that are in the same group, such as its exclaves."""
    kept: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        kept.setdefault((entry.municipality.casefold(), entry.group), entry)
    return list(kept.values())


def _read_members(frame: Any, file: Path) -> Grouping:
    """One group a row, its members in a list."""
    groups = [tuple(_members(value)) for value in frame[_MEMBERS]]
    names = frame["name"] if "name" in frame.columns else [""] * len(groups)
    return Grouping(
        file.name,
        tuple(groups),
        tuple((row,) * len(group) for row, group in enumerate(groups, start=1)),
        tuple(text_of(name) for name in names),
        _MEMBERS,
    )


def _members(value: Any) -> list[str]:
    """Members as a driver gives them: a list, or a text that holds one."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = value.split(";")
    texts = [text_of(entry) for entry in value] if hasattr(value, "__iter__") else []
    return [code_and_name(text)[0] for text in texts if text]
