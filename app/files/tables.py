"""The tables of a run: municipalities, mergers, zones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...instances.common.activity import doing
from ...instances.plan_files import ASSIGNMENT_FILE
from ...instances.tables.table import write_table
from ...models.scenario.scenario import Scenario
from ...solver.results.record import PlanRecord
from ...solver.results.rows import MUNICIPALITY_COLUMNS, by_level, municipality_rows, part_rows
from .run_file import Run, RunFile, Stated
from .table_check import ASSIGNMENT_COLUMNS, check_table, expected_assignment, expected_parts

_MUNICIPALITY = [MUNICIPALITY_COLUMNS.index(column) for column in ASSIGNMENT_COLUMNS]
_DIGITS = {"area_km2": 2}
_TERM_DIGITS = 6


@doing("writing tables")
def write_assignment(path: Path, run: Run) -> str:
    """Write one row a municipality."""
    result = run.result
    rows = municipality_rows(result.instance, *by_level(result.scenario, result.mergers, result.zones))
    write_table(path, ASSIGNMENT_COLUMNS, [[row[place] for place in _MUNICIPALITY] for row in rows])
    return ""


@doing("writing tables")
def write_mergers(path: Path, run: Run) -> str:
    """Write one row a merger."""
    result = run.result
    asked = result.scenario.levels[0]
    _write(path, asked, *part_rows(result.instance, asked, "merger", result.mergers, result.zones))
    return ""


@doing("writing tables")
def write_zones(path: Path, run: Run) -> str:
    """Write one row a zone."""
    result = run.result
    asked, (_, zones) = result.scenario.levels[-1], by_level(result.scenario, result.mergers, result.zones)
    _write(path, asked, *part_rows(result.instance, asked, "zone", zones))
    return ""


def _write(path: Path, scenario: Scenario, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write rows with lists as texts, and areas and terms rounded."""
    rounded = _DIGITS | dict.fromkeys(scenario.weights, _TERM_DIGITS)
    digits = [rounded.get(column) for column in columns]
    write_table(path, columns, [[_cell(*pair) for pair in zip(row, digits, strict=True)] for row in rows])


def _cell(value: object, digits: int | None) -> object:
    if isinstance(value, tuple):
        return "; ".join(value)
    return round(value, digits) if isinstance(value, float) and digits is not None else value


def check_assignment(path: Path, stated: Stated) -> list[str]:
    """Compare the table of municipalities with the plan."""
    return check_table(path, expected_assignment(stated.record, stated.instance))


def check_mergers(path: Path, stated: Stated) -> list[str]:
    """Compare the table of mergers with the plan."""
    return check_table(path, expected_parts(stated.record, stated.instance, "merger"))


def check_zones(path: Path, stated: Stated) -> list[str]:
    """Compare the table of zones with the plan."""
    return check_table(path, expected_parts(stated.record, stated.instance, "zone"))


def _called_mergers(record: PlanRecord) -> bool:
    """Whether a run of zones lists them as mergers, as runs of version 0.1 do."""
    return MERGERS.name in record.files and ZONES.name not in record.files


def _has_mergers(record: PlanRecord) -> bool:
    return record.scenario.level != "zones" or _called_mergers(record)


def _has_zones(record: PlanRecord) -> bool:
    return bool(record.zones) or not _has_mergers(record)


ASSIGNMENT = RunFile(ASSIGNMENT_FILE, write_assignment, check_assignment)
MERGERS = RunFile(
    "mergers.csv",
    write_mergers,
    check_mergers,
    _has_mergers,
    astray="the plan has zones alone, and no mergers",
)
ZONES = RunFile(
    "zones.csv", write_zones, check_zones, _has_zones, astray="the plan has no zones around its mergers"
)
