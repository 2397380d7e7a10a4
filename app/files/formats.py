"""Which files does a run leave beside `plan.json`? One registration each, in the order of their writing."""

from __future__ import annotations

from collections.abc import Collection

from ...solver.results.record import PLAN_FILE, PlanRecord
from .belgian import BELGIAN
from .certificate import CERTIFICATE
from .features import FEATURES
from .geopackage import PACKAGE
from .map_image import MAPS
from .plan_workbook import WORKBOOK
from .run_file import RunFile
from .tables import ASSIGNMENT, MERGERS, ZONES

FORMATS: list[RunFile] = [
    *(ASSIGNMENT, MERGERS, ZONES, FEATURES),
    *MAPS,
    *(WORKBOOK, PACKAGE, *BELGIAN),
    CERTIFICATE,
]


def formats_of(record: PlanRecord, extras: Collection[str]) -> list[RunFile]:
    """List the files that the run of a plan has.

    Parameters
    ----------
    record : PlanRecord
    extras : collection of str
        Names of the files on request that it has.
    """
    return [file for file in FORMATS if file.belongs(record) and (not file.extra or file.name in extras)]


def run_names() -> list[str]:
    """Name all files that the folder of a run may hold."""
    return [PLAN_FILE, *(file.name for file in FORMATS)]
