"""A plan as a GeoPackage (OGC 12-128r17): layers, each with the style in which QGIS opens it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from ...instances.common.activity import doing
from ...instances.common.optional import require
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...solver.results.plan import Plan
from ..dutch import Language
from ..maps.shapes import Shapes
from .contents import layers_of
from .layers import FeatureLayer, Kind
from .qml import qml_of
from .sld import sld_of
from .styles import style_of

GEOMETRY: Final = "geom"
"""Column of the shapes, and `fid` that of the numbers of features, as QGIS names them."""

STYLES: Final = "layer_styles"
"""Table in which QGIS looks for styles."""

MOMENT: Final = "2000-01-01T00:00:00.000Z"
"""Stands wherever the format wants a time, so that the same plan gives the same file."""

_TYPES: dict[Kind, str] = {"text": "str", "whole": "Int64", "number": "float64", "flag": "bool"}

_STYLE_TABLE = f"""
CREATE TABLE "{STYLES}" (
 "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
 "f_table_catalog" TEXT(256), "f_table_schema" TEXT(256), "f_table_name" TEXT(256),
 "f_geometry_column" TEXT(256), "styleName" TEXT(30), "styleQML" TEXT, "styleSLD" TEXT,
 "useAsDefault" BOOLEAN, "description" TEXT, "owner" TEXT(30), "ui" TEXT(30),
 "update_time" DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""
"""As QGIS makes it."""

_STYLE_ROW = f"""
INSERT INTO "{STYLES}" (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
 styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)
VALUES ('', '', ?, ?, ?, ?, ?, 1, ?, '', NULL, ?)
"""


@doing("writing the GeoPackage")
def write_geopackage(
    path: Path,
    plan: Plan,
    shapes: Shapes,
    *,
    language: Language = "en",
    regions: Sequence[str] | None = None,
) -> None:
    """Write a plan as a GeoPackage, styled for QGIS.

    Parameters
    ----------
    path : Path
        Of the file; one that is there is replaced.
    plan : Plan
        Which knows its instance and its scenario, whether it keeps the rules or not.
    shapes : Shapes
        One geometry a municipality of the instance.
    language : {'en', 'nl'}
        Of styles, titles and the names under which QGIS shows columns.
    regions : sequence of str, optional
        Reference regions that are asked for; by default those that the plan has municipalities of.

    Raises
    ------
    InputError
        geopandas is not installed; or the instance's coordinate reference system is unknown.
    """
    assert plan.instance is not None
    crs = known_crs(plan.instance)
    layers = layers_of(plan, shapes, language, regions)
    path.unlink(missing_ok=True)
    for layer in layers:
        _write_layer(path, layer, crs)
    with closing(sqlite3.connect(path)) as database, database:
        _style(database, layers, language)
        _describe(database, layers, shapes.source)
        database.execute("UPDATE gpkg_contents SET last_change = ?", (MOMENT,))


def known_crs(instance: Instance) -> Any:
    """Look up the coordinate reference system of an instance, in which a GeoPackage of it will be.

    Raises
    ------
    InputError
        geopandas is not installed; or the system is not named, or unknown.
    """
    require("geopandas", "geo", "GeoPackages")
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if not instance.crs:
        reject(
            "the instance names no coordinate reference system, and a GeoPackage needs one",
            "give a code such as EPSG:31370 as 'crs' in instance.toml",
        )
    try:
        return CRS.from_user_input(instance.crs)
    except CRSError:
        reject(
            "the instance's coordinate reference system is unknown",
            "give a code such as EPSG:31370 as 'crs' in instance.toml",
            value=instance.crs,
        )


def _write_layer(path: Path, layer: FeatureLayer, crs: Any) -> None:
    """Add a layer to the file, with its spatial index."""
    import geopandas
    import pandas as pd

    columns = {
        column.name: pd.Series([row[column.name] for row in layer.rows], dtype=_TYPES[column.kind])
        if column.kind != "text"
        else pd.Series([row[column.name] for row in layer.rows], dtype="object")
        for column in layer.columns
    }
    frame = geopandas.GeoDataFrame(columns, geometry=list(layer.shapes), crs=crs)
    frame.to_file(
        path,
        driver="GPKG",
        engine="pyogrio",
        layer=layer.name,
        geometry_type=layer.form,
        promote_to_multi=layer.form != "Point",
        dataset_options={"VERSION": "1.2"},
        layer_options={"GEOMETRY_NAME": GEOMETRY, "IDENTIFIER": layer.title, "SPATIAL_INDEX": "YES"},
    )


def _style(database: sqlite3.Connection, layers: Sequence[FeatureLayer], language: Language) -> None:
    """Add the styles, and say that there is a table of them."""
    database.execute(_STYLE_TABLE)
    others = [layer.name for layer in layers if layer.name.startswith("layer_")]
    for layer in layers:
        style = style_of(layer, language, others)
        texts = (
            layer.name,
            GEOMETRY,
            style.name[:30],
            qml_of(layer, style),
            sld_of(layer, style),
            style.name,
        )
        database.execute(_STYLE_ROW, (*texts, MOMENT))
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
        "VALUES (?, 'attributes', ?, 0)",
        (STYLES, STYLES),
    )
    database.execute("INSERT INTO gpkg_ogr_contents VALUES (?, ?)", (STYLES, len(layers)))


def _describe(database: sqlite3.Connection, layers: Sequence[FeatureLayer], source: str) -> None:
    """Say with each layer where its shapes come from."""
    for layer in layers:
        database.execute(
            "UPDATE gpkg_contents SET description = ? WHERE table_name = ?", (source, layer.name)
        )
