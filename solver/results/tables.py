"""Plans and results as data frames."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ...instances.common.deprecated import warn_renamed
from ...instances.common.optional import require
from ...instances.common.problems import reject, suggest
from ...instances.instance import Instance
from ...models.reported_values import base_of, reported_value
from ...models.scenario.scenario import Scenario
from ...models.scorer import NANO, Scorer
from .counts import count_parts
from .mergers import Merger, placed
from .plots import drawn
from .region_result import RegionResult
from .status import points
from .terms import plan_terms

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

PART_COLUMNS = (
    "region", "seat", "seat_nis", "municipalities", "members", "member_nis", "population",
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


def plan_frame(
    instance: Instance,
    scenario: Scenario,
    mergers: Sequence[Merger],
    zones: Sequence[Merger],
    rows: str | None,
) -> pd.DataFrame:
    """Give a plan as a data frame; see `Plan.to_frame`."""
    rows = rows or default_rows(scenario)
    if rows == "municipalities":
        return _municipalities(instance, *_by_level(scenario, mergers, zones))
    if rows not in ("mergers", "zones"):
        reject("there is no such table of a plan", suggest(rows, _TABLES), value=rows)
    if rows == "mergers" and scenario.level == "zones":
        warn_renamed("to_frame('mergers') of a plan of zones", "to_frame('zones')", depth=4)
        return _parts(instance, scenario, "merger", mergers)
    asked = next((level for level in scenario.levels if level.level == rows), Scenario())
    mergers, zones = _by_level(scenario, mergers, zones)
    if rows == "zones":
        return _parts(instance, asked, "zone", zones)
    return _parts(instance, asked, "merger", mergers, zones)


def default_rows(scenario: Scenario) -> Literal["mergers", "zones"]:
    """What a plan consists of."""
    return "zones" if scenario.level == "zones" else "mergers"


def _by_level(
    scenario: Scenario, mergers: Sequence[Merger], zones: Sequence[Merger]
) -> tuple[Sequence[Merger], Sequence[Merger]]:
    """Give the mergers and the zones of a plan, which has zones alone where nothing else is asked for."""
    return ((), mergers) if scenario.level == "zones" else (mergers, zones)


def region_frame(instance: Instance, scenario: Scenario, by_region: Sequence[RegionResult]) -> pd.DataFrame:
    """Give one row a region; see `Result.to_frame`."""
    values = [_values(instance, scenario, region) for region in by_region]
    names = list(dict.fromkeys(name for row in values for name in row))
    rows = [
        (
            region.name,
            region.status,
            region.municipalities,
            int(instance.population[instance.members(instance.regions.index(region.name))].sum()),
            *(count_parts(region.mergers).row[1:] if region.mergers else [None] * 4),
            len(region.zones) if region.mergers else None,
            points(region.score_nano),
            points(region.bound_nano),
            region.gap,
            region.candidates,
            region.kept,
            region.seconds,
            region.reason,
            *(of.get(name) for name in names),
        )
        for region, of in zip(by_region, values, strict=True)
    ]
    frame = _frame(rows, [*REGION_COLUMNS, *names])
    counted = dict.fromkeys(("after", "mergers", "unchanged", "alone_by_rule", "zones"), "Int64")
    return frame.astype(counted | dict.fromkeys(("score", "bound", "gap", *names), "float64"))


def _values(instance: Instance, scenario: Scenario, region: RegionResult) -> dict[str, float]:
    """Value of each term, a mean over those who live in the region; those of zones as ``zones.TERM``."""
    terms = plan_terms(instance, scenario, region.mergers, region.zones)
    return {name: term.value for name, term in terms.items()}


def plan_geoframe(
    instance: Instance,
    scenario: Scenario,
    mergers: Sequence[Merger],
    zones: Sequence[Merger],
    rows: str | None,
    boundaries: str | Path | None,
) -> gpd.GeoDataFrame:
    """Give a plan as a data frame with shapes; see `Plan.to_geoframe`."""
    frame = plan_frame(instance, scenario, mergers, zones, rows)
    require("geopandas", "geo", "data frames with shapes")
    import geopandas as gpd

    shapes = drawn("shapes", instance, boundaries)
    if rows == "municipalities":
        geometry = [shapes.geometry[instance.index[code]] for code in frame["nis"]]
    else:
        members = ([instance.index[code] for code in codes] for codes in frame["member_nis"])
        geometry = [shapes.merged(of) for of in members]
    located = gpd.GeoDataFrame(frame, geometry=geometry, crs=instance.crs)
    located.attrs |= {"generalised": shapes.generalised, "source": shapes.source}
    return located


_TABLES = ("mergers", "zones", "municipalities")


def _parts(
    instance: Instance,
    scenario: Scenario,
    called: str,
    parts: Sequence[Merger],
    zones: Sequence[Merger] = (),
) -> pd.DataFrame:
    terms = Scorer(instance, scenario).terms
    zone_of = placed(zones)
    columns = [
        called,
        *PART_COLUMNS,
        *(term.name for term in terms),
        *(["zone", "zone_nis"] if zones else []),
    ]
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
    """What a part is called, and the rest in the order of `PART_COLUMNS`."""
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


def _municipalities(instance: Instance, mergers: Sequence[Merger], zones: Sequence[Merger]) -> pd.DataFrame:
    merger_of, zone_of = placed(mergers), placed(zones)
    held = {**zone_of, **merger_of}
    rows = [
        (
            instance.codes[i],
            instance.names[i],
            instance.regions[instance.region[i]],
            int(instance.population[i]),
            float(instance.area[i]),
            zone_of[i].name(instance) if i in zone_of else "",
            merger_of[i].name(instance) if i in merger_of else "",
            instance.names[held[i].seat],
            instance.codes[held[i].seat],
            held[i].standalone,
            instance.codes[zone_of[i].seat] if i in zone_of else "",
            instance.codes[merger_of[i].seat] if i in merger_of else "",
        )
        for i in sorted(held)
    ]
    return _frame(rows, MUNICIPALITY_COLUMNS)


def _frame(rows: Sequence[Sequence[object]], columns: Sequence[str]) -> pd.DataFrame:
    require("pandas", "research", "data frames")
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))
