"""Files that a run has on request: which are wanted, and whether they can be written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..dutch import Language, spoken

if TYPE_CHECKING:
    from ...instances.instance import Instance


def wanted_files(
    instance: Instance,
    *,
    xlsx: bool,
    csv: str,
    gpkg: bool,
    maps: Sequence[str] | None = None,
    certificate: bool = False,
) -> list[str]:
    """Name the files on request that a user wants, before the work that ends in them.

    Parameters
    ----------
    instance : Instance
    xlsx : bool
        A workbook.
    csv : str
        How tables are written.
    gpkg : bool
        A GeoPackage.
    maps : sequence of str, optional
        Formats of the map; see `map_extras`.
    certificate : bool
        The proof, written down.

    Raises
    ------
    InputError
        There is no such way to write tables, or no such format of a map; or what writes a file
        lacks a package, or a coordinate system.
    """
    from ...solver.results.certificate import CERTIFICATE_FILE
    from ..files.belgian import BELGIAN, csv_style
    from ..files.geopackage_check import PACKAGE_FILE
    from ..files.map_image import map_extras
    from ..files.plan_workbook import WORKBOOK
    from ..files.workbook import check_workbooks

    names = [file.name for file in BELGIAN] if csv_style(csv) == "belgian" else []
    names += sorted(map_extras(maps))
    if xlsx:
        check_workbooks()
        names.append(WORKBOOK.name)
    if gpkg:
        from ..gis.package import known_crs

        known_crs(instance)
        names.append(PACKAGE_FILE)
    if certificate:
        names.append(CERTIFICATE_FILE)
    return names


def wanted_tables(csv: str) -> Language | None:
    """Give the language of tables in the Belgian way; None where plain ones alone are wanted.

    Parameters
    ----------
    csv : str
        How tables are written.

    Raises
    ------
    InputError
        There is no such way to write tables.
    """
    from ..files.belgian import csv_style

    return spoken() if csv_style(csv) == "belgian" else None
