"""Plans and results as data frames."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ...instances.common.deprecated import warn_renamed
from ...instances.common.optional import require
from ...instances.common.problems import reject, suggest
from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from .counts import count_parts
from .mergers import Merger
from .plots import drawn
from .region_result import RegionResult
from .rows import MUNICIPALITY_COLUMNS, by_level, municipality_rows, part_rows
from .status import points
from .terms import plan_terms

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

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
        return _frame(MUNICIPALITY_COLUMNS, municipality_rows(instance, *by_level(scenario, mergers, zones)))
    if rows not in ("mergers", "zones"):
        reject("there is no such table of a plan", suggest(rows, _TABLES), value=rows)
    if rows == "mergers" and scenario.level == "zones":
        warn_renamed("to_frame('mergers') of a plan of zones", "to_frame('zones')", depth=4)
        return _frame(*part_rows(instance, scenario, "merger", mergers))
    asked = next((level for level in scenario.levels if level.level == rows), scenario)
    mergers, zones = by_level(scenario, mergers, zones)
    if rows == "zones":
        return _frame(*part_rows(instance, asked, "zone", zones))
    return _frame(*part_rows(instance, asked, "merger", mergers, zones))


def default_rows(scenario: Scenario) -> Literal["mergers", "zones"]:
    """What a plan consists of."""
    return "zones" if scenario.level == "zones" else "mergers"


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
    frame = _frame([*REGION_COLUMNS, *names], rows)
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


def _frame(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    require("pandas", "research", "data frames")
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))
