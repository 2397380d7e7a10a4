"""Writing an instance as a folder of text files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .changes import COLUMNS as CHANGE_COLUMNS
from .changes import FILE as CROSSWALK
from .common.activity import doing
from .common.atomic import staged_folder
from .common.toml import render_toml
from .entities import OUTSIDE
from .figures import FILE as FIGURES
from .figures import figure_rows
from .flows import COLUMNS as FLOW_COLUMNS
from .header import CORE, OPTIONAL, SCHEMA
from .instance import Instance
from .tables.numerals import is_ambiguous
from .tables.table import write_table
from .yearly import FILE as YEARS
from .yearly import yearly_rows

_HEADER = "instance.toml"
_OPTIONAL_FILES = ("zones.csv", "functions.csv", "flows.csv", "villages.csv", YEARS, FIGURES, CROSSWALK)


@doing("writing the instance")
def write_folder(instance: Instance, folder: Path, also: Mapping[str, str] | None = None) -> None:
    """Write an instance as a folder that `read_folder` reads back to an equal one, its texts composed (NFC).

    Parameters
    ----------
    instance : Instance
    folder : Path
        Made when it does not exist; the files of an earlier instance in it are replaced or removed.
    also : mapping of str to str, optional
        Text of further files by name, such as a scenario that goes with the instance.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    # an optional table of an earlier instance would be read as part of this one
    with staged_folder(folder, replaces=_OPTIONAL_FILES, last=_HEADER) as staging:
        _write_tables(instance, staging)
        for name, text in (also or {}).items():
            (staging / name).write_text(text, encoding="utf-8")


def _write_tables(instance: Instance, staging: Path) -> None:
    (staging / _HEADER).write_text(render_toml(_header_of(instance)), encoding="utf-8")
    write_table(staging / "municipalities.csv", *_municipality_rows(instance))
    write_table(staging / "borders.csv", ("nis", "neighbour", "length_m"), _border_rows(instance))
    if instance.layers:
        write_table(
            staging / "zones.csv",
            ("nis", *instance.layers),
            [
                (code, *(layer.name_of(i) for layer in instance.layers.values()))
                for i, code in enumerate(instance.codes)
            ],
        )
    if instance.functions:
        write_table(
            staging / "functions.csv",
            ("nis", *instance.functions),
            [
                (code, *(_plain(f.amount[i]) for f in instance.functions.values()))
                for i, code in enumerate(instance.codes)
            ],
        )
    if instance.flows is not None:
        write_table(staging / "flows.csv", FLOW_COLUMNS, _flow_rows(instance))
    if instance.yearly:
        write_table(staging / YEARS, *yearly_rows(instance.codes, instance.yearly))
    if instance.figures:
        write_table(staging / FIGURES, *figure_rows(instance.codes, instance.figures))
    if instance.villages is not None:
        write_table(staging / "villages.csv", ("code", "name", "nis", "x", "y"), _village_rows(instance))

    if instance.changes:
        rows = [(c.year, c.old_code, c.old_name, c.code, c.name) for c in instance.changes]
        write_table(staging / CROSSWALK, CHANGE_COLUMNS, rows)


def _header_of(instance: Instance) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA,
        "name": instance.name,
        "title": instance.title,
        "vintage": instance.vintage,
        "crs": instance.crs,
        "uninhabited": instance.uninhabited or None,
        "decimal": "." if _needs_a_sign(instance) else None,
        "text": list(instance.texts) or None,
        "functions": {
            key: {"label": f.label, "unit": f.unit, "at_least": f.at_least}
            for key, f in instance.functions.items()
        },
        "sources": {key: vars(source) for key, source in instance.sources.items()},
        "columns": {key: vars(column) for key, column in instance.columns.items()},
    }


def _needs_a_sign(instance: Instance) -> bool:
    """Tell whether some number would be ambiguous without a declared decimal sign."""
    columns = [instance.x, instance.y, instance.borders.length, *instance.attributes.values()]
    columns += [column[~np.isnan(column)] for column in instance.figures.values()]
    columns += [f.amount for f in instance.functions.values()]
    columns += [instance.flows.people] if instance.flows is not None else []
    columns += [instance.villages.x, instance.villages.y] if instance.villages is not None else []
    return any(is_ambiguous(_plain(number)) for column in columns for number in column.tolist())


def _municipality_rows(instance: Instance) -> tuple[Sequence[str], list[tuple[object, ...]]]:
    rows = [
        (
            code,
            instance.names[i],
            int(instance.population[i]),
            _plain(instance.area[i]),
            _plain(instance.x[i]),
            _plain(instance.y[i]),
            instance.regions[instance.region[i]],
            instance.classes[i],
            int(instance.facility[i]),
            int(instance.merged_in[i]) or "",
            *(_plain(column[i]) for column in instance.attributes.values()),
            *(column[i] for column in instance.texts.values()),
        )
        for i, code in enumerate(instance.codes)
    ]
    return (*CORE, *OPTIONAL, *instance.attributes, *instance.texts), rows


def _border_rows(instance: Instance) -> list[tuple[object, ...]]:
    rows = []
    for (a, b), length in zip(instance.borders.pairs, instance.borders.length, strict=True):
        rows.append((instance.codes[a], instance.codes[b], _plain(length)))
        rows.append((instance.codes[b], instance.codes[a], _plain(length)))
    return sorted(rows)


def _flow_rows(instance: Instance) -> list[tuple[object, ...]]:
    flows, codes = instance.flows, instance.codes
    assert flows is not None
    rows = zip(flows.origin.tolist(), flows.destination.tolist(), flows.people.tolist(), strict=True)
    return [(codes[a], codes[b], _plain(people)) for a, b, people in rows]


def _village_rows(instance: Instance) -> list[tuple[object, ...]]:
    villages = instance.villages
    assert villages is not None
    return [
        (
            code,
            villages.names[k],
            "" if villages.municipality[k] == OUTSIDE else instance.codes[villages.municipality[k]],
            _plain(villages.x[k]),
            _plain(villages.y[k]),
        )
        for k, code in enumerate(villages.codes)
    ]


def _plain(number: float) -> str:
    """Format a number such that it reads back as the same number."""
    return str(int(number)) if float(number).is_integer() else repr(float(number))
