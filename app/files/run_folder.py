"""The folder of a run: plan, tables, map."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...instances.instance import Instance
from ...instances.tables.table import write_table
from ...models.reported_values import base_of, reported_value
from ...models.scenario.scenario import Scenario
from ...models.scorer import Scorer
from ...solver.deadline import Deadline
from ...solver.results.counts import count_parts, count_text
from ...solver.results.record import PLAN_FILE, PlanRecord, placed, record_of, zones_of
from ...solver.results.result import Merger, Plan, Result

if TYPE_CHECKING:
    from ..maps.merger import MapMerger
    from ..maps.shapes import Shapes

ASSIGNMENT_FILE = "assignment.csv"
ZONES_FILE = "zones.csv"
MERGERS_FILE = "mergers.csv"
FEATURES_FILE = "plan.geojson"
MAP_FILE = "map.png"
RUN_FILES = (PLAN_FILE, ASSIGNMENT_FILE, MERGERS_FILE, ZONES_FILE, FEATURES_FILE, MAP_FILE)
ASSIGNMENT_COLUMNS = ("nis", "name", "region", "zone", "merger", "seat", "zone_nis", "merger_nis")


def write_run(result: Result, folder: Path, shapes: Shapes, deadline: Deadline = Deadline()) -> str:
    """Write everything that a run leaves: plan, assignment, mergers, features and map.

    Parameters
    ----------
    result : Result
        Verified already.
    folder : Path
        Made when it does not exist.
    shapes : Shapes
        One geometry a municipality.
    deadline : Deadline
        The map is simpler where there is too little time for all of it.

    Returns
    -------
    str
        What was left out for want of time; empty for nothing.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    with staged_folder(folder, replaces=[ZONES_FILE], last=PLAN_FILE) as staging:
        write_tables(result, staging, shapes)
        left_out = write_map(result, staging, shapes, deadline)
        _check_or_stop(result, staging, shapes)
    return left_out


@doing("checking what was written")
def _check_or_stop(result: Result, folder: Path, shapes: Shapes) -> None:
    """Write the plan, and check the folder as `verify` does, before any file of it takes its place."""
    from .check import check_run, digests, read_to_the_letter

    record = record_of(result).sealed(digests(folder))
    (folder / PLAN_FILE).write_text(record.model_dump_json(indent=1) + "\n", encoding="utf-8")
    found = check_run(folder, read_to_the_letter(folder / PLAN_FILE), result.instance, shapes)
    if found:
        texts = "\n".join(f"  {text}" for text in found)
        raise RuntimeError(
            f"a defect of this program: what was to be written does not pass its check\n{texts}"
        )


@doing("writing tables")
def write_tables(result: Result, folder: Path, shapes: Shapes) -> None:
    """Write assignment, mergers, zones and features into a folder."""
    record = record_of(result)
    plan = Plan(result.mergers, result.zones)
    rows = _assignment_rows(result.instance, plan, result.scenario.level)
    write_table(folder / ASSIGNMENT_FILE, ASSIGNMENT_COLUMNS, rows)
    level = result.scenario.at("mergers") if result.scenario.level == "nested" else result.scenario
    write_table(folder / MERGERS_FILE, *_part_rows(result.instance, level, plan.mergers, plan.zones))
    if plan.zones:
        header, zone_rows = _part_rows(result.instance, zones_of(result.scenario), plan.zones)
        write_table(folder / ZONES_FILE, ["zone", *header[1:]], zone_rows)
    _write_features(result, record, shapes, folder / FEATURES_FILE)


def _assignment_rows(instance: Instance, plan: Plan, level: str) -> list[tuple[object, ...]]:
    """One row a municipality; the zone is empty at the level of mergers, the merger at that of zones."""
    of = placed(plan.mergers)
    zones = of if level == "zones" else placed(plan.zones)
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
    instance: Instance, scenario: Scenario, parts: Sequence[Merger], zones: Sequence[Merger] = ()
) -> tuple[list[str], list[list[object]]]:
    """One row a merger or zone; terms as means over its own inhabitants or commuters, counts as they are."""
    terms = Scorer(instance, scenario).terms
    header = ["merger", "region", "seat", "seat_nis", "municipalities", "members", "member_nis", "population"]
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
                *(_called(instance, zone_of[merger.seat]) if zones else []),
            ]
        )
    return header, rows


_ZONE = ("zone", "zone_nis")


def _called(instance: Instance, part: Merger) -> tuple[str, str]:
    """Name of a part, and the code of its seat: two parts may have one name, and no two one seat."""
    return part.name(instance), instance.codes[part.seat]


def _write_features(result: Result, record: PlanRecord, shapes: Shapes, path: Path) -> None:
    from ..maps.features import plan_features

    zone_of = placed(result.zones)
    properties = [
        written.model_dump(include={"name", "region", "seat", "members", "population", "standalone", "score"})
        | (dict(zip(_ZONE, _called(result.instance, zone_of[merger.seat]), strict=True)) if zone_of else {})
        | {"boundaries": shapes.source}
        for written, merger in zip(record.mergers, result.mergers, strict=True)
    ]
    collection = plan_features(
        result.instance, shapes, properties, [merger.members for merger in result.mergers]
    )
    path.write_text(json.dumps(collection, ensure_ascii=False) + "\n", encoding="utf-8")


def write_map(result: Result, folder: Path, shapes: Shapes, deadline: Deadline = Deadline()) -> str:
    """Draw the plan as `map.png` into a folder; say what was left out for want of time."""
    from ..maps.drawing import draw_map

    instance = result.instance
    return draw_map(
        folder / MAP_FILE,
        instance,
        shapes,
        map_mergers(instance, result.mergers),
        title=result.scenario.description or f"Scenario '{result.scenario.name}'",
        subtitle=_subtitle(result),
        source_line=source_line(instance),
        part="reference zone" if result.scenario.level == "zones" else "merger",
        zones=[zone.members for zone in result.zones],
        deadline=deadline,
    )


def map_mergers(instance: Instance, mergers: Sequence[Merger]) -> list[MapMerger]:
    """Give mergers in the form that the map draws."""
    from ..maps.merger import MapMerger

    return [
        MapMerger(m.members, m.seat, m.name(instance), bool(m.standalone), m.population(instance))
        for m in mergers
    ]


def _subtitle(result: Result) -> str:
    """Say what the map shows, of what, and whether it is proved."""
    sizes = [merger.population(result.instance) for merger in result.mergers]
    text = f"{result.instance.title or result.instance.name}. "
    text += count_text(count_parts(result.mergers), result.scenario.level, len(result.zones))
    text += f"; median {int(np.median(sizes)):,} inhabitants" if sizes else ""
    proof = {
        "optimal": "proved optimal",
        "feasible": "not proved" if result.gap is None else f"gap at most {_up(100 * result.gap)} %",
    }.get(result.status, "some regions have no plan")
    points = "" if result.score is None else f"; {result.score:.3f} points"
    return f"{text}{points}; {proof}"


def _up(share: float) -> str:
    """Write a number in two digits that is not below it."""
    text = f"{share:.2g}"
    if float(text) < share:
        text = f"{float(text) + 10.0 ** (math.floor(math.log10(share)) - 1):.2g}"
    return text


def source_line(instance: Instance) -> str:
    """Publishers of the facts the map stands on, each once."""
    named = [source.publisher.split(", from ")[0] for source in instance.sources.values()]
    publishers = sorted({name for name in named if name[:1].isupper() or name == "iRail"})
    return f"Data: {', '.join(publishers)}. Plan: refzones" if publishers else "Plan: refzones"
