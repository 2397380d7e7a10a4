"""Plans and results: what an answer consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...models.scorer import NANO
from .status import SEVERITY, Status, status_of, worst

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

PARTITION = "partition"
"""The formulation that lists candidates, and is taken unless another one is asked for."""


@dataclass(frozen=True)
class Merger:
    """One part of a plan: municipalities that become one, or one that stays alone.

    Attributes
    ----------
    members : tuple of int
        Indices of the municipalities, ascending.
    seat : int
        The member with the least total distance to the inhabitants of all members.
    standalone : str
        Rule by which the municipality stands alone and is exempt from the bounds; empty otherwise.
    values : tuple of float
        Value in each term of the scenario, in inhabitants x unit (or the unit of a count).
    score_nano : int
        Score in nano-points.
    """

    members: tuple[int, ...]
    seat: int
    standalone: str
    values: tuple[float, ...]
    score_nano: int

    def population(self, instance: Instance) -> int:
        """Inhabitants of all members."""
        return int(instance.population[list(self.members)].sum())

    def name(self, instance: Instance) -> str:
        """Name of the seat, then "+n" for n other members."""
        others = len(self.members) - 1
        return instance.names[self.seat] + (f" +{others}" if others else "")


@dataclass(frozen=True)
class Plan:
    """Mergers that together hold every municipality of the regions asked for exactly once.

    Attributes
    ----------
    mergers : tuple of Merger
        Ordered by their first member.
    zones : tuple of Merger
        The zones that the mergers are nested in, likewise; empty where a plan has one level.
    instance, scenario : Instance, Scenario or None
        What the plan is for, so that it can show itself. They take no part in comparing plans, and nothing
        that checks or scores a plan looks at them.
    """

    mergers: tuple[Merger, ...]
    zones: tuple[Merger, ...] = ()
    instance: Instance | None = field(default=None, compare=False, repr=False)
    scenario: Scenario | None = field(default=None, compare=False, repr=False)

    @cached_property
    def score_nano(self) -> int:
        """Sum of the scores of mergers and zones, in nano-points."""
        return sum(part.score_nano for part in (*self.mergers, *self.zones))

    def of(self, instance: Instance, scenario: Scenario) -> Plan:
        """Give the same plan, knowing what it is for."""
        return replace(self, instance=instance, scenario=scenario)

    @property
    def _known(self) -> tuple[Instance, Scenario]:
        if self.instance is None or self.scenario is None:
            reject("this plan does not know what it is for", "give it: plan.of(instance, scenario)")
        return self.instance, self.scenario

    def to_frame(self, rows: str = "mergers") -> pd.DataFrame:
        """Give the plan as a data frame.

        Parameters
        ----------
        rows : {'mergers', 'zones', 'municipalities'}

        Returns
        -------
        DataFrame
            Of mergers, or zones: merger (name), region, seat, seat_nis, municipalities (how many), members
            and member_nis (tuples), population, area_km2, standalone (the rule, or empty), functions (tuple
            of those it has), score (points), one column a term (mean over its own inhabitants, of
            ``commuting`` over its own commuters; counts as they are), and zone where there are two levels.
            Of municipalities: nis, name, region, population, area_km2, zone, merger, seat, seat_nis,
            standalone.

        Raises
        ------
        InputError
            The plan does not know its instance, or pandas is not installed.
        """
        from .tables import plan_frame

        return plan_frame(*self._known, self, rows)

    def to_geoframe(self, rows: str = "mergers", boundaries: str | Path | None = None) -> gpd.GeoDataFrame:
        """Give the plan as a data frame with shapes, in the CRS of the instance.

        Parameters
        ----------
        rows : {'mergers', 'zones', 'municipalities'}
        boundaries : str or Path, optional
            Vector file with the official boundaries; generalised cells without it. `attrs` of the frame
            says which in `source`.

        Returns
        -------
        GeoDataFrame
            The columns of `to_frame`, and geometry.
        """
        from .tables import plan_geoframe

        return plan_geoframe(*self._known, self, rows, boundaries)

    def plot(self, ax: Any = None, **options: Any) -> Any:
        """Draw the map of the plan, and give the figure, which a notebook shows.

        Parameters
        ----------
        ax : matplotlib Axes, optional
            Where to draw; a figure of its own without it.
        **options
            See `refzones.app.pictures.plot_plan`.
        """
        from .plots import drawn

        return drawn("plan", self, *self._known, ax=ax, **options)

    def _repr_html_(self) -> str:
        from .html import plan_html

        return plan_html(self)

    def assignment(self, instance: Instance) -> IntArray:
        """Index of each municipality's merger, -1 where the plan does not hold it; shape (n,)."""
        of = np.full(len(instance), -1, dtype=np.int64)
        for k, merger in enumerate(self.mergers):
            of[list(merger.members)] = k
        return of


@dataclass(frozen=True)
class RegionResult:
    """The answer for one reference region.

    Attributes
    ----------
    name : str
    municipalities : int
    mergers : tuple of Merger
        Empty when there is no plan.
    score_nano, bound_nano : int or None
        Score of the plan and proved upper bound, in nano-points; None where there is none.
    seconds : float
        Processor-independent wall time spent on the region.
    candidates, kept : int
        Mergers that satisfy the rules, and those that could still be in an optimum after fixing.
    reason : str
        Why there is no plan, or none that is proved, in words; empty otherwise.
    stages : mapping of str to float
        Seconds by stage.
    zones : tuple of Merger
        Zones that the mergers are nested in; empty where a plan has one level.
    infeasible : bool
        Whether it is proved that there is no plan.
    """

    name: str
    municipalities: int
    mergers: tuple[Merger, ...]
    score_nano: int | None
    bound_nano: int | None
    seconds: float
    candidates: int = 0
    kept: int = 0
    reason: str = ""
    stages: Mapping[str, float] = field(default_factory=dict)
    zones: tuple[Merger, ...] = ()
    infeasible: bool = False

    def __post_init__(self) -> None:
        """Make sure that what is known does not contradict itself."""
        assert self.status

    @property
    def status(self) -> Status:
        """What follows from score and bound, and from the proof that there is no plan."""
        return status_of(self.score_nano, self.bound_nano, infeasible=self.infeasible)

    @property
    def gap(self) -> float | None:
        """Relative gap between bound and score; None where one of them is missing."""
        return relative_gap(self.score_nano, self.bound_nano)


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

    @property
    def status(self) -> Status:
        """The worst of the regions' statuses."""
        return worst(region.status for region in self.by_region)

    @property
    def plan(self) -> Plan | None:
        """The plan; None when a region has none."""
        if any(region.score_nano is None for region in self.by_region):
            return None
        return Plan(self.mergers, self.zones, self.instance, self.scenario)

    @property
    def mergers(self) -> tuple[Merger, ...]:
        """Mergers of all regions that have a plan, ordered by their first member."""
        found = [merger for region in self.by_region for merger in region.mergers]
        return tuple(sorted(found, key=lambda merger: merger.members))

    @property
    def zones(self) -> tuple[Merger, ...]:
        """Zones of all regions that have a plan, by their first member; empty where there is one level."""
        found = [zone for region in self.by_region for zone in region.zones]
        return tuple(sorted(found, key=lambda zone: zone.members))

    @property
    def score_nano(self) -> int | None:
        """Score of the plan in nano-points."""
        return None if self.plan is None else self.plan.score_nano

    @property
    def bound_nano(self) -> int | None:
        """Proved upper bound on the score of any plan, in nano-points."""
        bounds = [region.bound_nano for region in self.by_region]
        return None if None in bounds else sum(bound for bound in bounds if bound is not None)

    @property
    def score(self) -> float | None:
        """Score of the plan in points."""
        return None if self.score_nano is None else self.score_nano / NANO

    @property
    def bound(self) -> float | None:
        """Proved upper bound in points."""
        return None if self.bound_nano is None else self.bound_nano / NANO

    @property
    def gap(self) -> float | None:
        """Relative gap between bound and score."""
        return relative_gap(self.score_nano, self.bound_nano)

    @property
    def _found(self) -> Plan:
        """The plan of the regions that have one."""
        return Plan(self.mergers, self.zones, self.instance, self.scenario)

    def to_frame(self, rows: str = "mergers") -> pd.DataFrame:
        """Give the result as a data frame.

        Parameters
        ----------
        rows : {'mergers', 'zones', 'municipalities', 'regions'}
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

        return region_frame(self) if rows == "regions" else self._found.to_frame(rows)

    def to_geoframe(self, rows: str = "mergers", boundaries: str | Path | None = None) -> gpd.GeoDataFrame:
        """Give the plan of the regions that have one with shapes: see `Plan.to_geoframe`."""
        return self._found.to_geoframe(rows, boundaries)

    def plot(self, ax: Any = None, **options: Any) -> Any:
        """Draw the plan of the regions that have one: see `Plan.plot`."""
        return self._found.plot(ax, **options)

    def __repr__(self) -> str:
        score = "" if self.score is None else f", {self.score:,.4f} points"
        regions = f"{len(self.by_region)} region" + ("s" if len(self.by_region) != 1 else "")
        return f"<Result '{self.scenario.name}' on {self.instance.name}, {regions}: {self.status}{score}>"

    def _repr_html_(self) -> str:
        from .html import result_html

        return result_html(self)


def relative_gap(score: int | None, bound: int | None) -> float | None:
    """(bound - score) / max(|score|, 1), 0 exactly when the two meet."""
    if score is None or bound is None:
        return None
    return (bound - score) / max(abs(score), 1)


__all__ = ["PARTITION", "SEVERITY", "Merger", "Plan", "RegionResult", "Result", "Status", "relative_gap"]
