"""Checks of the tables of a run against its plan, cell by cell, whatever program saved them."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...instances.common.problems import InputError, reject
from ...instances.instance import Instance
from ...instances.tables.formulas import unshielded
from ...models.scenario.scenario import Scenario
from ...solver.results.mergers import part_key
from ...solver.results.record import PLAN_FILE, MergerRecord, PlanRecord
from ...solver.verification.readings import inhabitants_of
from ...solver.verification.values import values_of

Cells = dict[str, object]

ASSIGNMENT_COLUMNS = ("nis", "name", "region", "zone", "merger", "seat", "zone_nis", "merger_nis")
PART_COLUMNS = (
    "region", "seat", "seat_nis", "municipalities", "members", "member_nis", "population", "area_km2",
    "standalone", "functions", "score",
)  # fmt: skip
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Expected:
    """A table as it should be.

    Attributes
    ----------
    called : str
        What it lists, or groups municipalities by: merger or zone.
    key : str
        The column that tells its rows apart.
    columns : sequence of str
    rows : sequence of mapping
    """

    called: str
    key: str
    columns: Sequence[str]
    rows: Sequence[Cells]


def check_table(path: Path, expected: Expected) -> list[str]:
    """Compare a table with what it should be.

    Rows and columns may stand in another order, and a spreadsheet may have put semicolons and decimal commas:
    the figures are the same.

    Returns
    -------
    list of str
        Differences in words; empty when all agree.
    """
    return [f"{path.name}{text}" for text in _differences(path, expected)]


def expected_parts(record: PlanRecord, instance: Instance, called: str) -> Expected:
    """Give the table of the mergers of a plan, or of its zones, as it should be."""
    levels = record.scenario.levels
    if called == "zone":
        return _parts(called, record.zones or record.mergers, levels[-1], instance)
    return _parts(called, record.mergers, levels[0], instance, record.zones)


def expected_assignment(record: PlanRecord, instance: Instance) -> Expected:
    """Give the table of municipalities as it should be."""
    is_zones = record.scenario.level == "zones"
    zone_of = {code: zone for zone in record.zones for code in zone.members}
    rows: list[Cells] = []
    for part in record.mergers:
        for code in part.members:
            i = instance.index[code]
            around = part if is_zones else zone_of.get(code)
            rows.append(
                {
                    "nis": code,
                    "name": instance.names[i],
                    "region": instance.regions[instance.region[i]],
                    "zone": around.name if around else "",
                    "merger": "" if is_zones else part.name,
                    "seat": instance.names[instance.index[part.seat]],
                    "zone_nis": around.seat if around else "",
                    "merger_nis": "" if is_zones else part.seat,
                }
            )
    return Expected(part_key(record.scenario.level), "nis", ASSIGNMENT_COLUMNS, rows)


def _parts(
    called: str,
    parts: Sequence[MergerRecord],
    scenario: Scenario,
    instance: Instance,
    zones: Sequence[MergerRecord] = (),
) -> Expected:
    zone_of = {code: zone for zone in zones for code in zone.members}
    priced = any(part.price_status != "not known" for part in parts)
    rows = []
    for part in parts:
        members = [instance.index[code] for code in part.members]
        has = [
            name
            for name, function in instance.functions.items()
            if any(function.amount[i] >= function.at_least for i in members)
        ]
        row: Cells = {
            called: part.name,
            "region": part.region,
            "seat": instance.names[instance.index[part.seat]],
            "seat_nis": part.seat,
            "municipalities": len(members),
            "members": "; ".join(instance.names[i] for i in members),
            "member_nis": "; ".join(part.members),
            "population": inhabitants_of(instance, members),
            "area_km2": Rounded(math.fsum(float(instance.area[i]) for i in members), 2),
            "standalone": part.standalone,
            "functions": "; ".join(has),
            "score": part.score_nano / 1e9,
        }
        values = values_of(instance, scenario, [members])
        row |= {name: Rounded(float(fields["value"]), 6) for name, fields in values.items()}
        if priced:
            nano = part.price_without_nano
            row |= {"price_without": "" if nano is None else nano / 1e9, "price_status": part.price_status}
        if zones:
            row |= {"zone": zone_of[part.seat].name, "zone_nis": zone_of[part.seat].seat}
        rows.append(row)
    prices = ["price_without", "price_status"] if priced else []
    around = ["zone", "zone_nis"] if zones else []
    columns = (called, *PART_COLUMNS, *scenario.weights, *prices, *around)
    return Expected(called, "seat_nis", columns, rows)


class Rounded(float):
    """A number that stands in a table with so many decimals, the last one rounded."""

    def __new__(cls, value: float, decimals: int) -> Rounded:
        """Give a number its decimals."""
        made = super().__new__(cls, value)
        made.decimals = decimals
        return made

    decimals: int

    def is_written(self, number: float) -> bool:
        """Tell whether a number in a table is this one, rounded."""
        half = 0.5 * 10.0**-self.decimals
        return abs(number - self) <= half * (1 + 1e-6) and number == round(number, self.decimals)


def _differences(path: Path, right: Expected) -> Iterator[str]:
    """Compare one table with what it should be."""
    try:
        header, lines, decimal = _read(path)
    except InputError as error:
        yield f": {error.problems[0].what}"
        return
    if sorted(header) != sorted(right.columns):
        yield from _other_columns(header, right.columns)
        return
    expected = {str(row[right.key]): row for row in right.rows}
    seen: set[str] = set()
    for number, cells in lines:
        if len(cells) != len(header):
            yield f", row {number}: it has {len(cells)} cells, the header {len(header)}"
            continue
        row = dict(zip(header, (unshielded(cell).strip() for cell in cells), strict=True))
        code = row[right.key]
        if code in seen:
            yield f", row {number}: {code} stands twice"
        elif code not in expected:
            what = f"in no {right.called}" if right.key == "nis" else "the seat of none"
            yield f", row {number}: {code} is {what} of {PLAN_FILE}"
        else:
            yield from _other_cells(number, row, expected[code], decimal)
        seen.add(code)
    yield from (f" has no row for {code}" for code in expected if code not in seen)


def _read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]], str]:
    """Split a table into its header and numbered lines; give the decimal sign too.

    Raises
    ------
    InputError
        The file is missing, or no table.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        reject("the file is missing")
    except (OSError, UnicodeDecodeError) as error:
        reject(f"the file cannot be read ({error})")
    if not text.strip():
        reject("the file is empty")
    first = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        reject(f"the file is not a delimited table ({error})")
    return [unshielded(cell).strip() for cell in lines[0][1]], lines[1:], "." if delimiter == "," else ","


def _other_columns(header: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
    for column in columns:
        if column not in header:
            yield f": the column '{column}' is missing"
    for column in sorted(set(header)):
        if column not in columns:
            yield f": the column '{column}' is none that a run writes"
        elif header.count(column) > 1:
            yield f": the column '{column}' stands twice"


def _other_cells(number: int, row: Mapping[str, str], cells: Cells, decimal: str) -> Iterator[str]:
    for column, value in cells.items():
        if not _says(row[column], value, decimal):
            right = round(value, value.decimals) if isinstance(value, Rounded) else value
            yield f", row {number}, column '{column}': '{row[column]}' is '{right}' in {PLAN_FILE}"


def _says(cell: str, value: object, decimal: str) -> bool:
    """Tell whether a cell holds a value: the same text, or the same number."""
    if isinstance(value, str):
        return cell == value.strip()
    if not _NUMBER.fullmatch(cell.replace(decimal, ".")):
        return False
    number = float(cell.replace(decimal, "."))
    return value.is_written(number) if isinstance(value, Rounded) else number == value
