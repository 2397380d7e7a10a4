"""Plans and results as data frames."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...instances.common.optional import require
from ...instances.common.problems import reject, suggest
from ...instances.instance import Instance
from ...models.reported_values import base_of, reported_value
from ...models.scenario.scenario import Scenario
from ...models.scorer import NANO, Scorer
from .counts import count_parts
from .plots import drawn
from .record import placed, term_records, zones_of
from .result import Merger, Plan, RegionResult, Result

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

PART_COLUMNS = (
    "merger", "region", "seat", "seat_nis", "municipalities", "members", "member_nis", "population",
    "area_km2", "standalone", "functions", "score",
)  # fmt: skip
MUNICIPALITY_COLUMNS = (
    "nis", "name", "region", "population", "area_km2", "zone", "merger", "seat", "seat_nis", "standalone",
    "zone_nis", "merger_nis",
)  # fmt: skip
REGION_COLUMNS = (
    "region", "status", "municipalities", "inhabitants", "after", "mergers", "unchanged", "alone_by_rule",
    "zones", "score", "bound", "gap", "candidates", "kept", "seconds", "reason",
)  # fmt: skip


def plan_frame(instance: Instance, scenario: Scenario, plan: Plan, rows: str) -> pd.DataFrame:
    """Give a plan as a data frame; see `Plan.to_frame`."""
    if rows == "mergers":
        level = scenario.at("mergers") if scenario.level == "nested" else scenario
        return _parts(instance, level, plan.mergers, plan.zones)
    if rows == "zones":
        level = scenario.at("zones") if scenario.level == "nested" else scenario
        return _parts(instance, level, plan.zones)
    if rows == "municipalities":
        return _municipalities(instance, plan)
    return reject("there is no such table of a plan", suggest(rows, _TABLES), value=rows)


def region_frame(result: Result) -> pd.DataFrame:
    """Give one row a region; see `Result.to_frame`."""
    instance = result.instance
    values = [_values(result, region) for region in result.by_region]
    names = list(dict.fromkeys(name for row in values for name in row))
    rows = [
        (
            region.name,
            region.status,
            region.municipalities,
            int(instance.population[instance.members(instance.regions.index(region.name))].sum()),
            *(count_parts(region.mergers).row[1:] if region.mergers else [None] * 4),
            len(region.zones) if region.mergers else None,
            _points(region.score_nano),
            _points(region.bound_nano),
            region.gap,
            region.candidates,
            region.kept,
            region.seconds,
            region.reason,
            *(of.get(name) for name in names),
        )
        for region, of in zip(result.by_region, values, strict=True)
    ]
    frame = _frame(rows, [*REGION_COLUMNS, *names])
    counted = dict.fromkeys(("after", "mergers", "unchanged", "alone_by_rule", "zones"), "Int64")
    return frame.astype(counted | dict.fromkeys(("score", "bound", "gap", *names), "float64"))


def _values(result: Result, region: RegionResult) -> dict[str, float]:
    """Value of each term, a mean over those who live in the region; those of zones as ``zones.TERM``."""
    scenario = result.scenario
    found = term_records(result.instance, scenario, region.mergers)
    zones = term_records(result.instance, zones_of(scenario), region.zones)
    values = {name: term.value for name, term in found.items()}
    return values | {f"zones.{name}": term.value for name, term in zones.items()}


def plan_geoframe(
    instance: Instance, scenario: Scenario, plan: Plan, rows: str, boundaries: str | Path | None
) -> gpd.GeoDataFrame:
    """Give a plan as a data frame with shapes; see `Plan.to_geoframe`."""
    frame = plan_frame(instance, scenario, plan, rows)
    require("geopandas", "geo", "data frames with shapes")
    import geopandas as gpd

    shapes = drawn("shapes", instance, boundaries)
    if rows == "municipalities":
        geometry = [shapes.geometry[instance.index[code]] for code in frame["nis"]]
    else:
        geometry = [shapes.merged(part.members) for part in (plan.zones if rows == "zones" else plan.mergers)]
    located = gpd.GeoDataFrame(frame, geometry=geometry, crs=instance.crs)
    located.attrs |= {"generalised": shapes.generalised, "source": shapes.source}
    return located


_TABLES = ("mergers", "zones", "municipalities")


def _parts(
    instance: Instance, scenario: Scenario, parts: Sequence[Merger], zones: Sequence[Merger] = ()
) -> pd.DataFrame:
    terms = Scorer(instance, scenario).terms
    zone_of = placed(zones)
    columns = [*PART_COLUMNS, *(term.name for term in terms), *(["zone", "zone_nis"] if zones else [])]
    rows = [
        (
            *_described(instance, part),
            *(
                reported_value(term, value, base_of(term, part.members))
                for term, value in zip(terms, part.values, strict=True)
            ),
            *([zone_of[part.seat].name(instance), instance.codes[zone_of[part.seat].seat]] if zones else []),
        )
        for part in parts
    ]
    return _frame(rows, columns)


def _described(instance: Instance, part: Merger) -> tuple[object, ...]:
    """What a part is, in the order of `PART_COLUMNS`."""
    of = list(part.members)
    return (
        part.name(instance),
        instance.regions[instance.region[part.seat]],
        instance.names[part.seat],
        instance.codes[part.seat],
        len(of),
        tuple(instance.names[i] for i in of),
        tuple(instance.codes[i] for i in of),
        part.population(instance),
        float(instance.area[of].sum()),
        part.standalone,
        tuple(name for name, function in instance.functions.items() if function.present[of].any()),
        part.score_nano / NANO,
    )


def _municipalities(instance: Instance, plan: Plan) -> pd.DataFrame:
    mergers, zones = placed(plan.mergers), placed(plan.zones)
    held = {**zones, **mergers}
    rows = [
        (
            instance.codes[i],
            instance.names[i],
            instance.regions[instance.region[i]],
            int(instance.population[i]),
            float(instance.area[i]),
            zones[i].name(instance) if i in zones else "",
            mergers[i].name(instance) if i in mergers else "",
            instance.names[held[i].seat],
            instance.codes[held[i].seat],
            held[i].standalone,
            instance.codes[zones[i].seat] if i in zones else "",
            instance.codes[mergers[i].seat] if i in mergers else "",
        )
        for i in sorted(held)
    ]
    return _frame(rows, MUNICIPALITY_COLUMNS)


def _points(nano: int | None) -> float | None:
    return None if nano is None else nano / NANO


def _frame(rows: Sequence[Sequence[object]], columns: Sequence[str]) -> pd.DataFrame:
    require("pandas", "research", "data frames")
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))
