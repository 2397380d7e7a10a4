"""The tables of a run: municipalities, mergers, zones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...instances.common.activity import doing
from ...instances.instance import Instance
from ...instances.plan_files import ASSIGNMENT_FILE
from ...instances.tables.table import write_table
from ...models.reported_values import base_of, reported_value
from ...models.scenario.scenario import Scenario
from ...models.scorer import Scorer
from ...solver.results.mergers import Merger, placed
from ...solver.results.record import PlanRecord
from ...solver.results.result import Result
from .run_file import Run, RunFile, Stated
from .table_check import ASSIGNMENT_COLUMNS, check_table, expected_assignment, expected_parts


@doing("writing tables")
def write_assignment(path: Path, run: Run) -> str:
    """Write one row a municipality."""
    write_table(path, ASSIGNMENT_COLUMNS, _assignment_rows(run.result))
    return ""


@doing("writing tables")
def write_mergers(path: Path, run: Run) -> str:
    """Write one row a merger."""
    result = run.result
    asked = result.scenario.levels[0]
    write_table(path, *_part_rows(result.instance, asked, "merger", result.mergers, result.zones))
    return ""


@doing("writing tables")
def write_zones(path: Path, run: Run) -> str:
    """Write one row a zone."""
    result = run.result
    asked, zones = result.scenario.levels[-1], result.zones or result.mergers
    write_table(path, *_part_rows(result.instance, asked, "zone", zones))
    return ""


def _assignment_rows(result: Result) -> list[tuple[object, ...]]:
    """One row a municipality; the zone is empty at the level of mergers, the merger at that of zones."""
    instance, level = result.instance, result.scenario.level
    of = placed(result.mergers)
    zones = of if level == "zones" else placed(result.zones)
    mergers = {} if level == "zones" else of
    return [
        (
            instance.codes[i],
            instance.names[i],
            instance.regions[instance.region[i]],
            zones[i].name(instance) if i in zones else "",
            mergers[i].name(instance) if i in mergers else "",
            instance.names[of[i].seat],
            instance.codes[zones[i].seat] if i in zones else "",
            instance.codes[mergers[i].seat] if i in mergers else "",
        )
        for i in sorted(of)
    ]


def _part_rows(
    instance: Instance,
    scenario: Scenario,
    called: str,
    parts: Sequence[Merger],
    zones: Sequence[Merger] = (),
) -> tuple[list[str], list[list[object]]]:
    """One row a merger or zone; terms as means over its own inhabitants or commuters, counts as they are."""
    terms = Scorer(instance, scenario).terms
    header = [called, "region", "seat", "seat_nis", "municipalities", "members", "member_nis", "population"]
    header += ["area_km2", "standalone", "functions", "score", *(term.name for term in terms)]
    header += ["zone", "zone_nis"] if zones else []
    zone_of = placed(zones)
    rows: list[list[object]] = []
    for merger in parts:
        of = list(merger.members)
        inhabitants = merger.population(instance)
        has = [name for name, function in instance.functions.items() if function.present[of].any()]
        values = [
            reported_value(term, value, base_of(term, of))
            for term, value in zip(terms, merger.values, strict=True)
        ]
        rows.append(
            [
                merger.name(instance),
                instance.regions[instance.region[merger.seat]],
                instance.names[merger.seat],
                instance.codes[merger.seat],
                len(of),
                "; ".join(instance.names[i] for i in of),
                "; ".join(instance.codes[i] for i in of),
                inhabitants,
                round(float(instance.area[of].sum()), 2),
                merger.standalone,
                "; ".join(has),
                merger.score_nano / 1e9,
                *(round(value, 6) for value in values),
                *(seat_of(instance, zone_of[merger.seat]) if zones else []),
            ]
        )
    return header, rows


def seat_of(instance: Instance, part: Merger) -> tuple[str, str]:
    """Name of a part, and the code of its seat: two parts may have one name, and no two one seat."""
    return part.name(instance), instance.codes[part.seat]


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
