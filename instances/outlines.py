"""Outlines of the municipalities of an instance, read from a vector file that the user names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .common.problems import reject
from .gazetteer import Gazetteer
from .instance import Instance
from .vectors.files import contradiction, read_vector
from .vectors.polygons import areas_of

_LISTED = 12
"""How many missing municipalities an error names."""

_ASTRAY = 0.5
"""Share of the shapes that may lie elsewhere than the point of their municipality."""

_MISSING = ("nan", "<NA>", "NaT")
"""How the drivers behind geopandas write what is missing, apart from None."""


def read_outlines(
    path: str | Path, instance: Instance, *, column: str | None = None, layer: str | None = None
) -> tuple[tuple[Any, ...], ...]:
    """Read the polygons of each municipality, joined on the code.

    Parameters
    ----------
    path : str or Path
        A file on this computer: shapefile (also zipped), GeoPackage, GeoJSON, TopoJSON, FlatGeobuf, or the
        folder of a file geodatabase.
    instance : Instance
        Its codes say which rows are used; its CRS is the one of the result.
    column : str, optional
        The column with the codes. Without it, the column whose values match the most codes.
    layer : str, optional
        Needed where the file has several.

    Returns
    -------
    tuple of tuple of polygons
        By municipality, one for each row with its code, or with that of a municipality that became part of it
        in the mergers that made the instance; rows with other codes are left out.

    Raises
    ------
    InputError
        The file cannot be read, has no such column or layer, misses municipalities, or has shapes that do
        not lie where the municipalities are; or geopandas is not installed.
    """
    file = Path(path).expanduser()
    vector = read_vector(file, layer=layer)
    frame = vector.frame
    if frame.crs is not None and (what := contradiction(frame, vector.format)):
        reject(what, f"save it in {instance.crs}, with the name of the system in it", file=str(file))
    name = _code_column(frame, instance, file, column)
    known = _finder(instance)
    rows = [known(text_of(value)) for value in frame[name]]
    frame = frame[[row is not None for row in rows]]
    indices = [row for row in rows if row is not None]
    _check_complete(set(indices), instance, file, name)
    groups: list[list[Any]] = [[] for _ in instance.codes]
    for index, shape in zip(indices, _in_crs(frame, instance, file), strict=True):
        groups[index].append(shape)
    _check_polygons(groups, instance, file)
    _check_places(groups, instance, file)
    return tuple(map(tuple, groups))


def _finder(instance: Instance) -> Callable[[str], int | None]:
    """Find municipalities by code, those too that became part of one in the mergers of the instance."""
    codes = Gazetteer(instance.codes)

    def find(text: str) -> int | None:
        i = codes.code(text)
        return instance.successor(text) if i is None and text else i

    return find


def text_of(value: object) -> str:
    """Write a cell as text, whatever type the file gave it: 11001, 11001.0 and ' 11001' are the same.

    What is missing (None, not a number) is empty.
    """
    text = "" if value is None else str(value).strip()
    if text in _MISSING:
        return ""
    return text[:-2] if text.endswith(".0") else text


def columns_of(frame: Any) -> list[str]:
    """Names of the columns beside the geometry."""
    return [str(name) for name in frame.columns if name != frame.geometry.name]


def _code_column(frame: Any, instance: Instance, file: Path, column: str | None) -> str:
    columns = columns_of(frame)
    if column is not None:
        if column not in columns:
            reject(f"there is no column '{column}'", f"columns: {', '.join(columns)}", file=str(file))
        return column
    best = column_that_holds(frame, _finder(instance))
    if not best:
        reject(
            f"no column holds the codes of {instance.name}, such as {instance.codes[0]}",
            "give a file with one row a municipality and its code in a column"
            + (f"; columns: {', '.join(columns)}" if columns else ""),
            file=str(file),
        )
    return best


def column_that_holds(frame: Any, known: Callable[[str], Any]) -> str:
    """Find the column with most of some words; empty when none has any.

    Parameters
    ----------
    frame : GeoDataFrame
    known : callable
        Says which word a text is, in whatever way it is written; nothing or None where it is none.
    """
    columns = columns_of(frame)
    hits = {}
    for name in columns:
        texts = {text_of(value) for value in frame[name]}
        words = {word for text in texts if text and (word := known(text)) not in (None, ())}
        hits[name] = len(words), len(words) / max(len(texts), 1)
    best = max(columns, key=lambda name: hits[name], default="")
    return best if best and hits[best][0] else ""


def _check_complete(drawn: set[int], instance: Instance, file: Path, column: str) -> None:
    missing = [i for i in range(len(instance)) if i not in drawn]
    if not missing:
        return
    named = ", ".join(instance.label(i) for i in missing[:_LISTED])
    more = f" and {len(missing) - _LISTED} more" if len(missing) > _LISTED else ""
    vintage = f" of {instance.vintage}" if instance.vintage else ""
    reject(
        f"{len(missing)} of the {len(instance)} municipalities of {instance.name} are missing: {named}{more}",
        f"give the boundaries{vintage} that belong to this instance, or another instance with --instance",
        file=str(file),
        column=column,
    )


def _in_crs(frame: Any, instance: Instance, file: Path) -> list[Any]:
    """Polygons in the instance's CRS, valid; a file that states no CRS is taken to be in it already."""
    series = frame.geometry
    if series.crs is not None and series.crs != instance.crs:
        try:
            series = series.to_crs(instance.crs)
        except Exception as error:  # pyproj's errors share no base class with geopandas'
            reject(
                f"the file cannot be brought to {instance.crs} ({str(error).splitlines()[0][:200]})",
                f"convert it to {instance.crs} first",
                file=str(file),
            )
    return [_polygon(shape) for shape in series]


def _polygon(shape: Any) -> Any:
    """Polygons of a shape, mended where need be; an empty one where it has none."""
    from shapely import Polygon, force_2d, get_coordinates, make_valid

    if shape is None or shape.is_empty or not np.isfinite(get_coordinates(shape)).all():
        return Polygon()
    flat, _ = areas_of(force_2d(shape))
    if flat is not None and not flat.is_valid:
        flat, _ = areas_of(make_valid(flat))
    return Polygon() if flat is None else flat


def _check_polygons(groups: Sequence[Sequence[Any]], instance: Instance, file: Path) -> None:
    flat = [i for i, group in enumerate(groups) if not any(shape.area > 0 for shape in group)]
    if flat:
        reject(
            f"{len(flat)} municipalities have no surface, such as {instance.label(flat[0])}",
            "give a file with polygons, not with points or lines",
            file=str(file),
        )


def _check_places(groups: Sequence[Sequence[Any]], instance: Instance, file: Path) -> None:
    """Make sure that shapes lie where the municipalities are: in the same system, x before y."""
    import shapely

    points = shapely.points(instance.x, instance.y)
    boxes = shapely.box(*np.array([shapely.total_bounds(list(group)) for group in groups]).T)
    away = shapely.distance(points, boxes)
    wide = np.sqrt(shapely.area(boxes))
    if (away > wide).mean() <= _ASTRAY:
        return
    i = int(np.argmax(away))
    reject(
        f"the shapes do not lie where the municipalities are: that of {instance.label(i)} is "
        f"{away[i] / 1000:,.0f} km away, in {instance.crs}",
        "look at the coordinate system of the file (its .prj file) and at the order of its coordinates",
        file=str(file),
    )
