"""Frames of geopandas: units with their shapes, of which neighbours, areas and points are measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..common.problems import Problems, reject
from ..importing.shared_borders import TOLERANCE, find_borders
from ..instance import Instance
from ..vectors.crs import REMEDY, normal_crs, wrong_with_crs
from ..vectors.polygons import sound_polygon
from .build import instance_of_graph
from .carried import LENGTH, graph_with_roles
from .dual_graph import ABOUT, DualGraph, Pair, Unit, numbered
from .roles import Roles
from .values import is_missing, number_of, text_of

NEIGHBOURS = "neighbours"
"""Column with the neighbours of a unit and the metres of border with each, as a JSON object."""

_X, _Y, _AREA = "x", "y", "area_km2"


def instance_of_frame(frame: Any, name: str = "", crs: str = "", **roles: Any) -> Instance:
    """Build an instance of a frame; see `Instance.from_geodataframe`."""
    given = Roles.given(**roles)
    return instance_of_graph(graph_of_frame(frame, given, crs), given, name, crs)


def graph_of_frame(frame: Any, roles: Roles, crs: str = "", file: str = "") -> DualGraph:
    """Take a frame apart: its columns are attributes, its shapes say who are neighbours.

    Parameters
    ----------
    frame : GeoDataFrame
    roles : Roles
        Without a code a column `code` says which unit a row is about, or else the index of the frame.
    crs : str
        The shapes are brought to this system.
    file : str
        For messages.

    Raises
    ------
    InputError
        Lists every shape that cannot be used, and neighbours that are not units of the frame.
    """
    problems = Problems()
    about = frame.attrs.get(ABOUT) if isinstance(frame.attrs.get(ABOUT), Mapping) else {}
    located = _located(frame, normal_crs(crs), file)
    columns = [str(key) for key in frame.columns if key != frame.geometry.name]
    key = roles.code or ("code" if "code" in columns else "")
    cells = frame[[c for c in frame.columns if str(c) in columns]].itertuples(index=False)
    units = []
    for row, (index, values) in enumerate(zip(frame.index, cells, strict=True), start=1):
        attributes = dict(zip(columns, values, strict=True))
        units.append(Unit(text_of(attributes.get(key, index)), attributes, row))
    number = numbered(units, file, problems)
    problems.raise_if_any()
    if not about and roles.x != _X and NEIGHBOURS not in columns:  # columns of these names may mean anything
        units = [replace(unit, attributes=_without_places(unit.attributes)) for unit in units]
    measured, pairs = _measured(units, number, located, NEIGHBOURS in columns, file, problems)
    problems.raise_if_any()
    system = located.crs.to_string() if located.crs is not None else ""
    return DualGraph(file, tuple(measured), tuple(pairs), system, about)


def _without_places(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in attributes.items() if key not in (_X, _Y)}


def _located(frame: Any, crs: str, file: str) -> Any:
    """Bring the shapes to a system in metres."""
    if frame.crs is None:
        reject("the frame names no coordinate reference system", "set it: frame.set_crs(...)", file=file)
    located = frame.to_crs(crs) if crs and frame.crs != crs else frame
    if what := wrong_with_crs(located.crs.to_string()):
        reject(what, f"{REMEDY}: --crs EPSG:NUMBER", file=file, value=located.crs.to_string()[:60])
    return located


def _measured(
    units: list[Unit],
    number: Mapping[str, int],
    frame: Any,
    has_neighbours: bool,
    file: str,
    problems: Problems,
) -> tuple[list[Unit], list[Pair]]:
    """Add the point and the area of each unit, and find its neighbours."""
    shapes = list(frame.geometry)
    if any(shape is not None and shape.geom_type == "Point" for shape in shapes):
        if not has_neighbours:
            what = f"points have no neighbours, and the frame has no column '{NEIGHBOURS}'"
            reject(what, "give polygons, or a graph", file=file)
        places = [_placed(unit, shape, None) for unit, shape in zip(units, shapes, strict=True)]
        return places, _neighbours(units, number, file, problems)
    sound = [sound_polygon(shape, TOLERANCE) for shape in shapes]
    for unit, one in zip(units, sound, strict=True):
        if one.wrong:
            problems.add(one.wrong, one.remedy, file=file, row=unit.row, value=unit.code)
    problems.raise_if_any()
    polygons = [one.shape for one in sound]
    measured = [
        _placed(unit, p.representative_point(), p.area) for unit, p in zip(units, polygons, strict=True)
    ]
    if has_neighbours:
        return measured, _neighbours(units, number, file, problems)
    found = find_borders(
        polygons, [unit.code for unit in units], problems=problems, file=file, keep_gaps=True
    )
    ends = zip(found.borders.pairs.tolist(), found.borders.length.tolist(), strict=True)
    return measured, [Pair((a, b), {LENGTH: length}) for (a, b), length in ends]


def _placed(unit: Unit, point: Any, area: float | None) -> Unit:
    """Add a point and an area to the attributes of a unit, where it has none of that name."""
    own: dict[str, Any] = {_X: point.x, _Y: point.y}
    if area is not None:
        own |= {_X: float(round(point.x)), _Y: float(round(point.y)), _AREA: round(area / 1e6, 3)}
    return replace(unit, attributes=own | dict(unit.attributes))


def _neighbours(units: list[Unit], number: Mapping[str, int], file: str, problems: Problems) -> list[Pair]:
    """Read the neighbours that the rows name."""
    found: dict[tuple[int, int], float] = {}
    for i, unit in enumerate(units):
        text: Any = unit.attributes.get(NEIGHBOURS)
        try:
            near = {} if is_missing(text) else json.loads(text) if isinstance(text, str) else dict(text)
            lengths = {str(code): number_of(length) for code, length in near.items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            lengths = {"": None}
        for code, length in lengths.items():
            j = number.get(code)
            if length is None or j is None or j == i:
                what = "this must be an object of neighbours, each with metres of border"
                value = code or text_of(text)[:60]
                problems.add(what, "correct it", file=file, row=unit.row, column=NEIGHBOURS, value=value)
            elif found.setdefault((min(i, j), max(i, j)), length) != length:
                what = "the two directions of the pair do not say the same"
                problems.add(what, "write both alike", file=file, row=unit.row, column=NEIGHBOURS, value=code)
    return [Pair(ends, {LENGTH: length}) for ends, length in sorted(found.items())]


def frame_of_instance(instance: Instance, shapes: Any = None) -> Any:
    """Give an instance as a frame; see `Instance.to_geodataframe`."""
    try:
        import geopandas as gpd
        from shapely import Point
    except ImportError:
        reject("this needs the package geopandas", 'pip install "refzones[geo]"')
    graph = graph_with_roles(instance)
    near: list[dict[str, Any]] = [{} for _ in graph.units]
    for pair in graph.pairs:
        for one, other in (pair.ends, pair.ends[::-1]):
            near[one][graph.units[other].code] = pair.attributes[LENGTH]
    columns: dict[str, list[Any]] = {
        key: [unit.attributes[key] for unit in graph.units] for key in graph.attributes
    }
    columns[NEIGHBOURS] = [json.dumps(entry) for entry in near]
    if shapes is None:
        geometry = [Point(*place) for place in zip(instance.x.tolist(), instance.y.tolist(), strict=True)]
    else:
        missing = [code for code in instance.codes if code not in shapes]
        if missing:
            reject("there is no shape for this municipality", "add it, by its code", value=missing[0])
        geometry = [shapes[code] for code in instance.codes]
    frame = gpd.GeoDataFrame(columns, geometry=geometry, crs=instance.crs)
    frame.attrs[ABOUT] = dict(graph.about)
    return frame
