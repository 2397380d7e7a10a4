"""The layers of a run for a GIS: `plan.gpkg`, on request."""

from __future__ import annotations

from pathlib import Path

from ...solver.results.plan import Plan
from .geopackage_check import PACKAGE_FILE, check_geopackage
from .run_file import Run, RunFile


def write_package(path: Path, run: Run) -> str:
    """Write the plan as a GeoPackage, with the styles in which QGIS opens it."""
    from ..gis.package import write_geopackage

    result = run.result
    plan = Plan(result.mergers, result.zones, result.instance, result.scenario)
    regions = [region.name for region in result.by_region]
    write_geopackage(path, plan, run.shapes, language=run.language, regions=regions)
    return ""


PACKAGE = RunFile(PACKAGE_FILE, write_package, check_geopackage, sealed=True, extra=True)
