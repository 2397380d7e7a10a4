"""Official boundaries, read from a vector file that the user names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import shapely

from ...instances import Instance, reject
from ...instances.activity import doing
from .shapes import Geometry, Shapes, dissolve

_LISTED = 12
"""How many missing municipalities an error names."""


_MISSING = ("nan", "<NA>", "NaT")
"""How the drivers behind geopandas write what is missing, apart from None."""


@doing("reading the boundaries")
def read_boundaries(path: str | Path, instance: Instance, *, column: str | None = None) -> Shapes:
    """Read the shape of each municipality from a vector file, joined on the code.

    Parameters
    ----------
    path : str or Path
        Any file that geopandas reads: shapefile, GeoPackage, GeoJSON, zipped shapefile, ...
    instance : Instance
        Its codes say which rows are used; its CRS is the one of the result.
    column : str, optional
        The column with the codes. Without it, the column whose values match the most codes.

    Returns
    -------
    Shapes
        Several rows with the same code are dissolved; rows with other codes are left out.

    Raises
    ------
    InputError
        The file cannot be read, has no such column, or misses municipalities; or geopandas is not
        installed.
    """
    file = Path(path).expanduser()
    frame = read_frame(file)
    name = _code_column(frame, instance, file, column)
    frame = frame.assign(refzones_code=[text_of(value) for value in frame[name]])
    frame = frame[frame["refzones_code"].isin(instance.codes)]
    _check_complete(set(frame["refzones_code"]), instance, file, name)
    shapes = _in_crs(frame, instance, file)
    groups: dict[str, list[Geometry]] = {code: [] for code in instance.codes}
    for code, shape in zip(frame["refzones_code"], shapes, strict=True):
        groups[code].append(shape)
    geometry = tuple(dissolve(groups[code]) for code in instance.codes)
    _check_polygons(geometry, instance, file)
    return Shapes(geometry, False, f"boundaries: {file.name}")


def read_frame(file: Path) -> Any:
    """Read a vector file as a GeoDataFrame with at least one shape.

    Raises
    ------
    InputError
        The file is missing, holds no shapes or cannot be read; or geopandas is not installed.
    """
    try:
        import geopandas
    except ImportError:
        reject(
            "reading boundaries needs geopandas, which is not installed",
            'pip install "refzones[geo]", or leave --boundaries out for a generalised map',
            file=str(file),
        )
    if not file.exists():
        reject("there is no such file", "check the path", file=str(file))
    try:
        frame = geopandas.read_file(file)
    except Exception as error:  # the readers behind geopandas raise whatever they like
        reject(
            f"the file cannot be read as a map ({_first_line(error)})",
            "give a shapefile, GeoPackage or GeoJSON with the municipal boundaries",
            file=str(file),
        )
    if not isinstance(frame, geopandas.GeoDataFrame) or frame.empty:
        reject("the file holds no shapes", "give a file with the municipal boundaries", file=str(file))
    return frame


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].split(";")[0][:200] if lines else type(error).__name__


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
    best = column_that_holds(frame, instance.codes)
    if not best:
        reject(
            f"no column holds the codes of {instance.name}, such as {instance.codes[0]}",
            "give a file with one row a municipality and its NIS code in a column"
            + (f"; columns: {', '.join(columns)}" if columns else ""),
            file=str(file),
        )
    return best


def column_that_holds(frame: Any, known: Iterable[str]) -> str:
    """Find the column with most of some words, in whatever case; empty when none has any."""
    words = {word.casefold() for word in known}
    columns = columns_of(frame)
    hits = {name: len(words & {text_of(value).casefold() for value in frame[name]}) for name in columns}
    best = max(columns, key=lambda name: hits[name], default="")
    return best if best and hits[best] else ""


def _check_complete(found: set[str], instance: Instance, file: Path, column: str) -> None:
    missing = [i for i, code in enumerate(instance.codes) if code not in found]
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


def _in_crs(frame: Any, instance: Instance, file: Path) -> list[Geometry]:
    """Geometries in the instance's CRS, valid; a file that states no CRS is taken to be in it already."""
    series = frame.geometry
    if series.crs is not None and series.crs != instance.crs:
        try:
            series = series.to_crs(instance.crs)
        except Exception as error:  # pyproj's errors share no base class with geopandas'
            reject(
                f"the file cannot be brought to {instance.crs} ({_first_line(error)})",
                f"convert it to {instance.crs} first",
                file=str(file),
            )
    shapes = [shape if shape is not None else shapely.Polygon() for shape in series]
    return [shape if shape.is_valid else shapely.make_valid(shape) for shape in shapes]


def _check_polygons(geometry: tuple[Geometry, ...], instance: Instance, file: Path) -> None:
    flat = [i for i, shape in enumerate(geometry) if not shape.area > 0]
    if flat:
        reject(
            f"{len(flat)} municipalities have no surface, such as {instance.label(flat[0])}",
            "give a file with polygons, not with points or lines",
            file=str(file),
        )
