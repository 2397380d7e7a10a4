"""Attributes of a GeoJSON file as a table: reading a plan needs no geometries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..common.problems import Problems, reject
from ..tables.table import Row, Table, read_text

ENDINGS = (".geojson", ".json")
VECTOR_ENDINGS = (".shp", ".gpkg", ".fgb", ".gml", ".kml", ".topojson", ".gdb", ".zip")
"""Other vector files, which this module does not read."""


def read_features(path: Path, problems: Problems) -> Table | None:
    """Read the properties of all features, one row each, numbered from 1; lists are joined by ``;``.

    Raises
    ------
    InputError
        The file is no GeoJSON.
    """
    text = read_text(path, problems)
    if text is None:
        return None
    try:
        records = [feature["properties"] or {} for feature in json.loads(text)["features"]]
        if all("members" in properties for properties in records):  # a run: the name is that of the merger
            records = [
                {"merger" if key == "name" else key: value for key, value in properties.items()}
                for properties in records
            ]
        columns = tuple(dict.fromkeys(str(key) for properties in records for key in properties))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        reject("this is no GeoJSON with features", "name a run, a table or a GeoJSON file", file=path.name)
    if not records:
        reject("the file has no features", "name another one", file=path.name)
    table = Table(path.name, columns, (), problems)
    rows = tuple(
        Row(table, number, {column: _text(properties, column) for column in columns})
        for number, properties in enumerate(records, start=1)
    )
    return Table(path.name, columns, rows, problems)


def _text(properties: Mapping[str, Any], key: str) -> str:
    value = properties.get(key)
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
