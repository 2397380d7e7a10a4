"""Reading vector files: local files of known formats, layers by name, texts in their encoding.

GDAL, underneath, reads a hundred formats, some of which fetch data from the network or run commands. So the
content of a file is inspected before it is opened, and only self-contained formats are accepted, by absolute
path.
"""

from __future__ import annotations

import json
import re
import shutil
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..common.problems import reject
from ..common.regular_files import check_regular
from ..common.temporary import temporary_folder
from .crs import like_degrees
from .shapefile_text import encoding_of

FORMATS = "shapefile (also zipped), GeoPackage, GeoJSON, TopoJSON, FlatGeobuf or file geodatabase (.gdb)"
"""Accepted formats, for messages."""

_JSON = {"FeatureCollection", "Feature", "Topology", "GeometryCollection", "Polygon", "MultiPolygon"}
_VIRTUAL = re.compile(r"\bVIRTUAL\s+TABLE\b.*?\bUSING\s+[\"'\[`]?(\w+)", re.IGNORECASE | re.DOTALL)
_CALLS = re.compile(r"\b(?:ogr_|load_extension)", re.IGNORECASE)
"""In a database: tables made from other files, and functions that open these."""

_OWN = ("rtree", "fts3", "fts4", "fts5")
"""Modules of self-contained tables."""

_AWKWARD = "!\t\r\n"
"""Signs in a path that have another meaning to GDAL."""

_LARGEST_ZIP = 2**31
"""Bytes, unpacked."""

_PIPELINE = "gdal_streamed_alg"
"""Mark of JSON that is a list of commands for GDAL, wherever it stands."""


@dataclass(frozen=True)
class Vector:
    """A layer of a vector file.

    Attributes
    ----------
    frame : GeoDataFrame
    format : str
        One of shapefile, GeoPackage, GeoJSON, TopoJSON, FlatGeobuf, geodatabase.
    layers : tuple of str
        All layers with shapes.
    """

    frame: Any
    format: str
    layers: tuple[str, ...]


def read_vector(
    file: Path, *, layer: str | None = None, usual: str = "", say_layer: str = "--layer NAME"
) -> Vector:
    """Read a layer of a vector file.

    Parameters
    ----------
    file : Path
        A shapefile (zipped or not), GeoPackage, GeoJSON, TopoJSON, FlatGeobuf, or a geodatabase's folder.
    layer : str, optional
        Needed where more than one layer has shapes.
    usual : str
        The layer that is meant where there are several and none is named, if the file has it.
    say_layer : str
        How the user names a layer, for messages.

    Returns
    -------
    Vector

    Raises
    ------
    InputError
        The file is missing, of another format, damaged or without shapes; it has several layers and none is
        named, or not the one named; or geopandas is not installed.
    """
    file = file.expanduser()
    check_regular(file)
    try:
        import geopandas as _  # noqa: F401
    except ImportError:
        reject(
            "reading boundaries needs geopandas, which is not installed",
            'pip install "refzones[geo]", or, for a map, leave them out: it is then a generalised one',
            file=str(file),
        )
    if not file.exists():
        reject(
            "there is no such file", "check the path; only files on this computer are read", file=str(file)
        )
    with _at_hand(file) as path:
        kind = _format_of(path, file)
        layers = _quietly(lambda: _layers(path), file)
        meant = usual if layer is None and usual in layers else layer
        chosen = _chosen(layers, meant, file, say_layer)
        encoding = encoding_of(path) if kind == "shapefile" else None
        frame = _quietly(lambda: _read(path, chosen, encoding), file)
    if not hasattr(frame, "geometry") or frame.empty:
        reject("the file holds no shapes", f"give a {FORMATS} with the municipal boundaries", file=str(file))
    if kind == "TopoJSON":
        frame = _placed(frame)
    return Vector(frame, kind, layers)


def layers_of(file: Path) -> tuple[str, ...]:
    """List the layers of a vector file that have shapes, under the conditions of `read_vector`."""
    with _at_hand(file.expanduser()) as path:
        _format_of(path, file)
        layers: tuple[str, ...] = _quietly(lambda: _layers(path), file)
        return layers


def contradiction(frame: Any, kind: str) -> str:
    """Say why coordinates cannot be in the system that their file names: degrees and metres mixed up.

    Parameters
    ----------
    frame : GeoDataFrame
        With a coordinate reference system.
    kind : str
        Format of the file.

    Returns
    -------
    str
        Empty where they can.
    """
    import numpy as np

    bounds = frame.total_bounds
    x, y = bounds[[0, 2]], bounds[[1, 3]]
    if not np.isfinite(bounds).all():
        return ""  # told shape by shape
    degrees = like_degrees(x, y)
    if frame.crs.is_geographic == degrees or (degrees and max(np.ptp(x), np.ptp(y)) > 90):
        return ""
    named = frame.crs.to_string()[:60]
    unit = "degrees" if frame.crs.is_geographic else "metres"
    what = f"coordinates such as ({x[0]:.10g}, {y[0]:.10g}) are no {unit}, as those of {named} are"
    if kind == "GeoJSON" and unit == "degrees":
        what += ", the system of GeoJSON that names no other"
    return what


def _placed(frame: Any) -> Any:
    """Assume WGS 84 for degrees without a system, as is custom in TopoJSON and the rule in GeoJSON."""
    west, south, east, north = frame.total_bounds
    if frame.crs is None and west >= -180 and east <= 180 and south >= -90 and north <= 90:
        return frame.set_crs("EPSG:4326")
    return frame


def _quietly(action: Callable[[], Any], file: Path) -> Any:
    """Call GDAL without its warnings, and report its errors in short."""
    import logging

    log = logging.getLogger("pyogrio")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return action()
    except Exception as error:  # the readers behind geopandas raise errors of any kind
        reject(
            f"the file cannot be read as a map ({_first_line(error)})",
            "save it again as a GeoPackage or shapefile with the municipal boundaries",
            file=str(file),
        )
    finally:
        log.setLevel(level)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].split(";")[0][:200] if lines else type(error).__name__


def _layers(file: Path) -> tuple[str, ...]:
    import pyogrio

    return tuple(str(name) for name, kind in pyogrio.list_layers(str(file)) if kind is not None)


def _read(file: Path, layer: str, encoding: str | None) -> Any:
    import geopandas

    options = {} if encoding is None else {"encoding": encoding}
    try:
        return geopandas.read_file(str(file), layer=layer, engine="pyogrio", **options)
    except UnicodeDecodeError:  # the width of a column cuts off the last character of a text
        frame = geopandas.read_file(str(file), layer=layer, engine="pyogrio", encoding="iso8859-1")
        for name in frame.columns:
            if name != frame.geometry.name:
                frame[name] = [_decoded(value, encoding or "utf-8") for value in frame[name]]
        return frame


def _decoded(value: Any, encoding: str) -> Any:
    """Decode a text that was read as if each of its bytes were a character."""
    if not isinstance(value, str):
        return value
    return value.encode("iso8859-1", "ignore").decode(encoding, "ignore")


def _chosen(layers: tuple[str, ...], wanted: str | None, file: Path, say_layer: str) -> str:
    listed = ", ".join(f"'{name}'" for name in layers)
    if not layers:
        reject("the file holds no shapes", f"give a {FORMATS} with the municipal boundaries", file=str(file))
    if wanted is None:
        if len(layers) > 1:
            what = f"the file has {len(layers)} layers with shapes: {listed}"
            reject(what, f"say which one is meant: {say_layer}", file=str(file))
        return layers[0]
    if wanted not in layers:
        reject(
            f"the file has no layer '{wanted}'; it has {listed}",
            f"name one of them: {say_layer}",
            file=str(file),
        )
    return wanted


@contextmanager
def _at_hand(file: Path) -> Iterator[Path]:
    """Give a plain path to the file while it is read; the single map of a zip file is unpacked."""
    path = file.absolute()
    is_zip = path.suffix.lower() == ".zip" and not path.is_dir()
    if not is_zip and not any(sign in str(path) for sign in _AWKWARD) and path.anchor != "//":
        yield path
        return
    with temporary_folder() as folder:
        yield _unpack(file, folder) if is_zip else _copy(path, folder)


def _copy(path: Path, folder: Path) -> Path:
    """Copy a map with what lies beside it under the same name."""
    target = folder / f"map{path.suffix}"
    if path.is_dir():
        shutil.copytree(path, target)
        return target
    for part in path.parent.iterdir():
        if part.stem == path.stem and part.is_file():
            shutil.copyfile(part, folder / f"map{part.suffix}")
    return target


def _unpack(file: Path, folder: Path) -> Path:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            maps = [entry for entry in entries if Path(entry.filename).suffix.lower() in _SUFFIXES]
            maps = [entry for entry in maps if not Path(entry.filename).name.startswith(".")]
            if len(maps) != 1:
                listed = ": " + ", ".join(entry.filename for entry in maps[:10]) if maps else ""
                what = f"the zip file holds {len(maps)} maps{listed}"
                reject(what, "unpack it and name the one that is meant", file=str(file))
            stem = Path(maps[0].filename).with_suffix("")
            parts = [entry for entry in entries if Path(entry.filename).with_suffix("") == stem]
            if sum(entry.file_size for entry in parts) > _LARGEST_ZIP:
                reject("the zip file holds more than 2 GB", "unpack it", file=str(file))
            for entry in parts:
                (folder / Path(entry.filename).name).write_bytes(archive.read(entry))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        reject(f"the zip file cannot be read ({_first_line(error)})", "unpack it", file=str(file))
    return folder / Path(maps[0].filename).name


def _is_shapefile(file: Path, head: bytes) -> bool:
    return head.startswith(b"\x00\x00\x27\x0a")


def _is_geopackage(file: Path, head: bytes) -> bool:
    return head.startswith(b"SQLite format 3\x00") and not _points_elsewhere(file)


def _is_flatgeobuf(file: Path, head: bytes) -> bool:
    return head.startswith(b"fgb")


def _is_json(file: Path, head: bytes) -> bool:
    return True


_SUFFIXES: dict[str, tuple[str, Callable[[Path, bytes], bool]]] = {
    ".shp": ("shapefile", _is_shapefile),
    ".gpkg": ("GeoPackage", _is_geopackage),
    ".fgb": ("FlatGeobuf", _is_flatgeobuf),
    ".geojson": ("GeoJSON", _is_json),
    ".topojson": ("TopoJSON", _is_json),
    ".json": ("GeoJSON", _is_json),
}


def _format_of(path: Path, file: Path) -> str:
    """Recognise the format by ending and content; only self-contained ones are accepted."""
    if path.is_dir():
        if path.suffix.lower() == ".gdb" and any(path.glob("a*.gdbtable")):
            return "geodatabase"
        reject("this is a folder", f"name a {FORMATS}", file=str(file))
    kind, fits = _SUFFIXES.get(path.suffix.lower(), ("", _is_json))
    if not kind:
        ending = f"files ending in '{path.suffix}' are" if path.suffix else "files without an ending are"
        reject(f"{ending} not read as maps", f"give a {FORMATS}", file=str(file))
    try:
        with path.open("rb") as stream:
            head = stream.read(100)
    except OSError as error:
        reject(f"the file cannot be read ({error.strerror})", "check the file", file=str(file))
    if not head:
        reject("the file is empty", f"give a {FORMATS}", file=str(file))
    if not fits(path, head):
        what = f"the file cannot be read as a map (its content is not that of a {kind})"
        reject(what, f"save it again as a {FORMATS}", file=str(file))
    if kind == "shapefile":
        _check_beside(path, file)
    return _json_format(path, file) if fits is _is_json else kind


def _check_beside(path: Path, file: Path) -> None:
    """Check that the other files of a shapefile lie beside it."""
    there = {part.suffix.lower() for part in path.parent.iterdir() if part.stem == path.stem}
    missing = [f"{path.stem}{suffix}" for suffix in (".shx", ".dbf") if suffix not in there]
    if missing:
        what = f"a shapefile is several files, and {' and '.join(missing)} beside it is missing"
        reject(what, "copy all files of this name", file=str(file))


def _json_format(path: Path, file: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text)
    except UnicodeDecodeError:
        reject("the file is not UTF-8, as GeoJSON and TopoJSON are", "save it again as UTF-8", file=str(file))
    except (ValueError, RecursionError, OSError) as error:
        reject(f"the file cannot be read as a map ({_first_line(error)})", "save it again", file=str(file))
    kind = data.get("type") if isinstance(data, dict) else None
    if not isinstance(kind, str) or kind not in _JSON or _PIPELINE in text:
        what = "the file cannot be read as a map (it is neither GeoJSON nor TopoJSON)"
        reject(what, f"give a {FORMATS}", file=str(file))
    return "TopoJSON" if kind == "Topology" else "GeoJSON"


def _points_elsewhere(file: Path) -> bool:
    """Tell whether a database has tables made from other files, or cannot be inspected."""
    import sqlite3

    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            base.text_factory = lambda raw: raw.decode("utf-8", "replace")
            rows = base.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    except (sqlite3.Error, UnicodeDecodeError):  # the latter from what the former would say
        return True
    texts = [str(sql) for (sql,) in rows]
    made_by = [match.group(1).lower() for text in texts if (match := _VIRTUAL.search(text))]
    return any(module not in _OWN for module in made_by) or any(_CALLS.search(text) for text in texts)
