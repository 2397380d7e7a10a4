"""Points of the former municipalities, checked against the boundaries."""

from __future__ import annotations

import math

import numpy as np

from ..common.limits import PLACE
from ..entities import OUTSIDE, Villages
from ..gazetteer import Gazetteer
from ..tables.sheets import Tables
from ..tables.table import Row
from .boundaries import Boundaries
from .config import ImportConfig, VillagesConfig

_ASTRAY = 10
"""More points than this outside their municipality, and more than half, have one cause."""


def read_villages(
    entry: VillagesConfig,
    config: ImportConfig,
    boundaries: Boundaries,
    names: tuple[str, ...],
    tables: Tables,
) -> Villages:
    """Read the village points, each in whole metres.

    A municipality without a village gets one at its own inner point; areas where maps stay open get one that
    is in no municipality.

    Parameters
    ----------
    entry : VillagesConfig
    config : ImportConfig
    boundaries : Boundaries
        A point that lies outside the polygon of its municipality is a problem.
    names : tuple of str
        Names of the municipalities.
    tables : Tables
    problems : Problems

    Returns
    -------
    Villages
        Sorted by municipality and code, those outside last.
    """
    index = {code: i for i, code in enumerate(boundaries.kept)}
    points = _points_in(entry, config, boundaries, tables)
    covered = {code for code, *_ in points}
    for code, i in index.items():
        if code not in covered:
            points.append((code, code, names[i], boundaries.x[i], boundaries.y[i]))
    points.sort(key=lambda point: (point[0], point[1]))
    points += [("", *point) for point in boundaries.outside]
    return Villages(
        tuple(code for _, code, *_ in points),
        tuple(name for _, _, name, *_ in points),
        np.array([index.get(municipality, OUTSIDE) for municipality, *_ in points], dtype=np.int64),
        np.array([x for *_, x, _ in points], dtype=np.float64),
        np.array([y for *_, y in points], dtype=np.float64),
    )


def _points_in(
    entry: VillagesConfig, config: ImportConfig, boundaries: Boundaries, tables: Tables
) -> list[tuple[str, str, str, float, float]]:
    """Read (municipality, code, name, x, y) of the villages of the instance."""
    from shapely import Point

    by_code: dict[str, tuple[str, str, str, float, float]] = {}
    astray: list[tuple[Row, str]] = []
    columns = (entry.code, entry.name, entry.municipality, entry.x, entry.y)
    codes = tuple(boundaries.kept)
    places = Gazetteer(codes)
    for row in tables.rows(entry.file, columns, entry.form):
        municipality = row.text(entry.municipality)
        i = places.code(municipality)
        if i is None and not config.keeps(municipality):
            continue
        municipality = municipality if i is None else codes[i]
        code = row.text(entry.code)
        x, y = row.number_of(entry.x, limit=PLACE), row.number_of(entry.y, limit=PLACE)
        shape = boundaries.kept.get(municipality)
        if shape is None:
            row.complain(
                entry.municipality,
                "the boundaries have no municipality with this code",
                "take files of the same moment",
            )
        elif code in by_code:
            row.complain(entry.code, "the village stands twice", "keep one of the two")
        elif not (math.isnan(x) or math.isnan(y)):
            if not shape.intersects(Point(x, y)):
                astray.append((row, municipality))
            by_code[code] = (municipality, code, row.text(entry.name), float(round(x)), float(round(y)))
    if len(astray) > max(_ASTRAY, len(by_code) / 2):
        astray[0][0].complain(
            entry.x,
            f"{len(astray)} of {len(by_code)} points lie outside their municipality, this one first",
            f"'{entry.x}' and '{entry.y}' must be metres in {config.crs}, x to the east and y to the north",
        )
        return list(by_code.values())
    for row, municipality in astray:
        row.complain(
            entry.code,
            f"the point lies outside municipality {municipality}",
            f"correct '{entry.x}', '{entry.y}' or '{entry.municipality}'",
        )
    return list(by_code.values())
