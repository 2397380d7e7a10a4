"""Points of one's own, such as schools or sports halls, counted by municipality."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..common.activity import doing
from ..common.arrays import FloatArray, IntArray
from ..common.limits import AMOUNT
from ..common.problems import Problems, reject
from ..entities import Column, Function
from ..header import CORE, OPTIONAL
from ..instance import Instance
from ..outlines import read_outlines
from ..tables.header_words import CODE, NAME, columns_called
from ..tables.table import Row, Table
from ..yearly import column_of
from .functions import SITES, check_threshold, presence
from .own_table import OwnTable, key_column, located
from .result import Extended, check_names, extended
from .sites import PlaceOfPoints, Sites, place_sites, read_point_table
from .values import check_empty

_LISTED = 5
_TOWN = tuple(word for word in NAME if word not in ("name", "naam", "nom", "nimi"))
"""Headings of a column with the municipality of a point; its own name may stand under others."""


@dataclass(frozen=True)
class _Counted:
    """Rows with the municipality of each, and what there is to say of the others."""

    rows: Sequence[tuple[int, Row]]
    notes: list[str]


@doing("counting points")
def add_points(
    instance: Instance,
    table: str | Path | OwnTable,
    called: str,
    *,
    boundaries: str | Path | None = None,
    boundary_layer: str | None = None,
    place: PlaceOfPoints | None = None,
    near: float = 0.0,
    amount: str | None = None,
    attribute: bool = False,
    label: str = "",
    unit: str = "",
    at_least: float = 1.0,
    note: str = "",
    empty: float | None = None,
    replace: bool = False,
    name: str | None = None,
) -> Extended:
    """Count points by municipality, and add the numbers as a centre function.

    A point lies in the municipality whose polygon holds it. One exactly on a border counts for the
    municipality with the lowest code; those outside all polygons are left out and told.

    Parameters
    ----------
    instance : Instance
    table : str, Path or OwnTable
        A table with coordinates or with a column of municipalities; or a vector file of points.
    called : str
        Name of the function, as scenarios use it.
    boundaries : str or Path, optional
        Vector file with the polygon of each municipality; without it the column of municipalities counts.
    boundary_layer : str, optional
        Layer of the boundary file, where it has several.
    place : PlaceOfPoints, optional
        Which columns hold the coordinates, and in which system.
    near : float
        Metres; a point outside all polygons that is not farther from one than this counts as in it.
    amount : str, optional
        Column to sum, such as beds; without it points are counted.
    attribute : bool
        Add an attribute instead of a function.
    label, unit, note : str
        For readers; the unit is ``sites`` by default.
    at_least : float
        The amount from which on a municipality has the function.
    empty : float, optional
        Amount that an empty cell stands for; without it empty cells are refused.
    replace : bool
        Replace what the instance has under this name.
    name : str, optional
        Name of the new instance; that of the given one by default.

    Returns
    -------
    Extended

    Raises
    ------
    InputError
        Lists all that is wrong with the file; or no point lies in a municipality.
    """
    own, place, problems = OwnTable.of(table), place or PlaceOfPoints(), Problems()
    _check_name(instance, called, attribute, replace, problems)
    check_empty(empty, 0)
    check_threshold(at_least, problems)
    problems.raise_if_any()
    _check_way(own, place, near, boundaries, boundary_layer)
    read, vector = read_point_table(own, place, (amount,) if amount else (), problems)
    if boundaries is None:
        counted = _by_column(read, vector, own, instance, problems)
    else:
        sites = place_sites(read, vector, own, place, instance, problems)
        outlines = read_outlines(boundaries, instance, layer=boundary_layer)
        counted = _by_place(sites, outlines, instance, near)
    values = _summed(counted.rows, amount, empty, len(instance))
    problems.raise_if_any()
    what = f"{f'sum of {amount}' if amount else 'number of points'} by municipality"
    how = f"{what}, placed by {Path(str(boundaries)).name}" if boundaries is not None else what
    note = "; ".join(filter(None, (note, how)))
    column = Column("", unit or ("" if amount else SITES), own.origin(note=note), True if attribute else None)
    notes = [f"points: {len(counted.rows):,} counted", *counted.notes]
    if attribute:
        data: dict[str, Any] = {"attributes": {**instance.attributes, called: values}}
        notes.insert(0, f"attribute {called}: {math.fsum(values.tolist()):,.15g} in all")
    else:
        function = Function(called, values, label, column.unit, float(at_least))
        data = {"functions": {**instance.functions, called: function}}
        notes.insert(0, presence(function))
    where = "municipalities" if attribute else "functions"
    made = extended(instance, name, where, {called: column}, own.described, **data)
    return Extended(made, tuple(notes))


def _check_name(instance: Instance, name: str, attribute: bool, replace: bool, problems: Problems) -> None:
    if attribute:
        reserved = (*CORE, *OPTIONAL, *instance.texts, *map(column_of, instance.yearly))
        there: Sequence[str] = tuple(instance.attributes)
        check_names((name,), there, "attribute", problems, may_replace=replace, reserved=reserved)
    else:
        check_names((name,), tuple(instance.functions), "function", problems, may_replace=replace)


def _check_way(
    own: OwnTable, place: PlaceOfPoints, near: float, boundaries: str | Path | None, layer: str | None
) -> None:
    """Refuse what only one of the two ways to place points uses, with the other."""
    if boundaries is not None and own.municipality is not None:
        what = "the municipality of a point comes from the boundaries or from a column, not from both"
        reject(what, "leave out --boundaries or --municipality", value=own.municipality)
    used = {"--x": place.x, "--y": place.y, "--crs": place.crs, "--near": near, "--boundary-layer": layer}
    given = [option for option, value in used.items() if value]
    if boundaries is None and given:
        what = f"{' and '.join(given)} say where points lie, which only boundaries turn into municipalities"
        reject(what, "name them with --boundaries FILE")
    if not (math.isfinite(near) and near >= 0):
        reject("--near is a distance in metres", "give 0 or more", value=f"{near:g}")


def _by_column(table: Table, vector: Any, own: OwnTable, instance: Instance, problems: Problems) -> _Counted:
    """Take the municipality of each row from its column."""
    if own.municipality is None and vector is not None and not columns_called(table.columns, (*CODE, *_TOWN)):
        what = "the file says where points lie, and not in which municipality"
        reject(what, "give the boundaries of municipalities with --boundaries FILE", file=table.name)
    key = key_column(table, own, _TOWN, "; or give --boundaries FILE")
    found = located(table, key, own, instance, problems, names=_TOWN)
    return _Counted(found.rows, found.notes)


def _by_place(
    sites: Sites, outlines: tuple[tuple[Any, ...], ...], instance: Instance, near: float
) -> _Counted:
    """Find the municipality of each point: of several that hold it the first by code."""
    owners, shared = _owners(sites, outlines, near)
    rows = [(int(i), row) for i, row in zip(owners, sites.rows, strict=True) if i >= 0]
    if not rows:
        reject(
            f"none of the {len(sites.rows)} points lies in a municipality, the first is at "
            f"({sites.x[0]:.0f}, {sites.y[0]:.0f}) in {instance.crs}",
            "look at the coordinate system (--crs) and at the order of the coordinates (--x, --y)",
            file=sites.table.name,
        )
    outside, astray = _outside(sites, owners, outlines, instance), _astray(sites, owners, instance)
    return _Counted(rows, [*outside, *shared, *astray])


def _owners(sites: Sites, outlines: tuple[tuple[Any, ...], ...], near: float) -> tuple[IntArray, list[str]]:
    """Give the first municipality that holds each point, -1 for none; tell what was decided so."""
    import shapely

    tree, owner = _tree(outlines)
    points = shapely.points(sites.x, sites.y)
    which, hit = tree.query(points, predicate="intersects")
    first, last = _first_and_last(owner, which, hit, len(points))
    outside = np.flatnonzero(last < 0)
    if near > 0 and len(outside):
        which, hit = tree.query_nearest(points[outside], max_distance=near)
        some, _ = _first_and_last(owner, which, hit, len(outside))
        first[outside] = some
    moved = int((first[outside] >= 0).sum())
    shared = int((last > first).sum())
    told = {
        "points on the border of municipalities, counted for the lowest code": shared,
        "points outside all municipalities, counted for the nearest": moved,
    }
    return first, [f"{what}: {number}" for what, number in told.items() if number]


def _tree(outlines: tuple[tuple[Any, ...], ...]) -> tuple[Any, IntArray]:
    """Index all polygons, with the municipality of each."""
    import shapely

    polygons = [shape for parts in outlines for shape in parts]
    owner = np.repeat(np.arange(len(outlines), dtype=np.int64), [len(parts) for parts in outlines])
    return shapely.STRtree(polygons), owner


def _first_and_last(owner: IntArray, which: IntArray, hit: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """Give the lowest and highest municipality of what each point met; -1 where it met none."""
    first = np.full(size, len(owner), dtype=np.int64)
    last = np.full(size, -1, dtype=np.int64)
    np.minimum.at(first, which, owner[hit])
    np.maximum.at(last, which, owner[hit])
    return np.where(last < 0, -1, first), last


def _outside(
    sites: Sites, owners: IntArray, outlines: tuple[tuple[Any, ...], ...], instance: Instance
) -> list[str]:
    """Tell the number of points outside all municipalities, and how near the first ones are to one."""
    import shapely

    outside = np.flatnonzero(owners < 0)
    if not len(outside):
        return []
    tree, owner = _tree(outlines)
    some = outside[:_LISTED]
    points = shapely.points(sites.x[some], sites.y[some])
    (_, near), away = tree.query_nearest(points, all_matches=False, return_distance=True)
    listed = [
        f"row {sites.rows[k].number} ({metres:,.0f} m from {instance.names[owner[n]]})"
        for k, n, metres in zip(some, near, away, strict=True)
    ]
    more = f" and {len(outside) - _LISTED} more" if len(outside) > _LISTED else ""
    return [f"points outside all municipalities, left out: {len(outside)}: {', '.join(listed)}{more}"]


def _astray(sites: Sites, owners: IntArray, instance: Instance) -> list[str]:
    """Tell where a column of codes says another municipality than the polygons."""
    column = next(iter(columns_called(sites.table.columns, CODE)), "")
    said = [instance.gazetteer.code(row.peek(column)) if column else None for row in sites.rows]
    astray = [
        (row, int(i), code)
        for row, i, code in zip(sites.rows, owners, said, strict=True)
        if code is not None and i >= 0 and code != i
    ]
    if not astray:
        return []
    row, i, code = astray[0]
    first = f"row {row.number} lies in {instance.label(i)} and says {instance.label(code)}"
    return [f"points that lie elsewhere than column '{column}' says: {len(astray)}; {first}"]


def _summed(
    rows: Sequence[tuple[int, Row]], amount: str | None, empty: float | None, size: int
) -> FloatArray:
    parts: list[list[float]] = [[] for _ in range(size)]
    for i, row in rows:
        number = 1.0
        if amount:
            number = row.number_of(amount, at_least=0, limit=AMOUNT, required=empty is None)
            number = (empty or 0.0) if math.isnan(number) else number
        parts[i].append(number)
    return np.array([math.fsum(numbers) for numbers in parts], dtype=np.float64)
