"""Files that a run has on request: which are wanted, and whether they can be written."""

from __future__ import annotations

from ...instances.instance import Instance


def wanted_files(instance: Instance, *, xlsx: bool, csv: str, gpkg: bool) -> list[str]:
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

    Raises
    ------
    InputError
        There is no such way to write tables; or what writes a file lacks a package, or a coordinate system.
    """
    from ..files.belgian import BELGIAN, csv_style
    from ..files.geopackage_check import PACKAGE_FILE
    from ..files.plan_workbook import WORKBOOK
    from ..files.workbook import check_workbooks
    from ..gis.package import known_crs

    names = [file.name for file in BELGIAN] if csv_style(csv) == "belgian" else []
    if xlsx:
        check_workbooks()
        names.append(WORKBOOK.name)
    if gpkg:
        known_crs(instance)
        names.append(PACKAGE_FILE)
    return names
