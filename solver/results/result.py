"""The answer to a scenario: a region at a time, and all together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from .also_price import AlsoPrice
from .certificate import Certificate
from .mergers import Merger
from .plan import Plan
from .region_result import RegionResult, bound_of_all
from .status import Status, points, relative_gap, worst
from .terms import TermRecord

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

PARTITION = "partition"
"""The formulation that lists candidates, and is taken unless another one is asked for."""


@dataclass(frozen=True)
class Result:
    """The answer to a scenario put to an instance.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    by_region : tuple of RegionResult
    engine : str
    seed, workers : int
    seconds : float
        Wall time of the whole answer.
    versions : mapping of str to str
    formulation : str
        See `solve`.
    also_price : AlsoPrice or None
        What bounds under further columns cost, where that was asked: see `with_also_price`.
    certificate : Certificate or None
        The proof written down, where that was asked: see `certified`.
    """

    instance: Instance
    scenario: Scenario
    by_region: tuple[RegionResult, ...]
    engine: str
    seed: int
    workers: int
    seconds: float
    versions: Mapping[str, str] = field(default_factory=dict)
    formulation: str = PARTITION
    also_price: AlsoPrice | None = None
    certificate: Certificate | None = None

    @property
    def status(self) -> Status:
        """The worst of the regions' statuses."""
        return worst(region.status for region in self.by_region)

    @property
    def municipalities(self) -> int:
        """Municipalities of the regions, before merging."""
        return sum(region.municipalities for region in self.by_region)

    @property
    def plan(self) -> Plan | None:
        """The plan of the regions that have one; None where none has."""
        if all(region.score_nano is None for region in self.by_region):
            return None
        return self._answered

    @property
    def mergers(self) -> tuple[Merger, ...]:
        """Mergers of all regions that have a plan, ordered by their first member."""
        mergers = (merger for region in self.by_region for merger in region.mergers)
        return tuple(sorted(mergers, key=lambda merger: merger.members))

    @property
    def zones(self) -> tuple[Merger, ...]:
        """Zones of all regions that have a plan, by their first member; empty where there is one level."""
        zones = (zone for region in self.by_region for zone in region.zones)
        return tuple(sorted(zones, key=lambda zone: zone.members))

    @property
    def decided(self) -> tuple[Merger, ...]:
        """Mergers and zones whose price is known (`Merger.decided`), the least decided first.

        The price of a part is what the best plan without it lacks; it is 0 where another plan scores the
        same. Parts that every plan has, and those of which nothing is proved, are left out.
        """
        priced = [(part.decided.price_nano, part) for part in (*self.mergers, *self.zones)]
        known = [(nano, part) for nano, part in priced if nano is not None]
        return tuple(part for _, part in sorted(known, key=lambda one: (one[0], one[1].members)))

    @property
    def score_nano(self) -> int | None:
        """Score of the plan in nano-points; None where a region has none."""
        if any(region.score_nano is None for region in self.by_region):
            return None
        return self._answered.score_nano

    @property
    def bound_nano(self) -> int | None:
        """Proved upper bound on the score of any plan, in nano-points."""
        return bound_of_all(self.by_region)

    @property
    def score(self) -> float | None:
        """Score of the plan in points."""
        return points(self.score_nano)

    @property
    def bound(self) -> float | None:
        """Proved upper bound in points."""
        return points(self.bound_nano)

    @property
    def gap(self) -> float | None:
        """Relative gap between bound and score."""
        return relative_gap(self.score_nano, self.bound_nano)

    @property
    def terms(self) -> dict[str, TermRecord]:
        """Value of each term in the regions that have a plan: see `Plan.terms`."""
        return self._answered.terms

    @property
    def _answered(self) -> Plan:
        """The plan of the regions that have one."""
        return Plan(self.mergers, self.zones, self.instance, self.scenario)

    def to_frame(self, rows: str | None = None) -> pd.DataFrame:
        """Give the result as a data frame.

        Parameters
        ----------
        rows : {'mergers', 'zones', 'municipalities', 'regions'}, optional
            The first three of the regions that have a plan: see `Plan.to_frame`.

        Returns
        -------
        DataFrame
            Of regions: region, status, municipalities and inhabitants (of the region); after (municipalities
            after merging), mergers (of two or more), unchanged, alone_by_rule (of these), zones (how many),
            missing without a plan; score, bound (points), gap (relative), candidates, kept, seconds, reason;
            and one column a term, ``zones.TERM`` for the zones of a nested plan: means over the inhabitants
            (of ``commuting``: the commuters) of the region, counts as they are.
        """
        from .tables import region_frame

        return (
            region_frame(self.instance, self.scenario, self.by_region)
            if rows == "regions"
            else self._answered.to_frame(rows)
        )

    def to_geoframe(self, rows: str | None = None, boundaries: str | Path | None = None) -> gpd.GeoDataFrame:
        """Give the plan of the regions that have one with shapes: see `Plan.to_geoframe`."""
        return self._answered.to_geoframe(rows, boundaries)

    def plot(self, ax: Any = None, **options: Any) -> Any:
        """Draw the plan of the regions that have one: see `Plan.plot`."""
        return self._answered.plot(ax, **options)

    def __repr__(self) -> str:
        score = "" if self.score is None else f", {self.score:,.4f} points"
        regions = f"{len(self.by_region)} region" + ("s" if len(self.by_region) != 1 else "")
        return f"<Result '{self.scenario.name}' on {self.instance.name}, {regions}: {self.status}{score}>"

    def _repr_html_(self) -> str:
        from .html import result_html

        effort = f"{self.seconds:.1f} s with {self.engine}"
        return result_html(self.instance, self.scenario, self.by_region, self, effort)
