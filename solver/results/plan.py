"""A plan: mergers that hold every municipality once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from .mergers import Merger

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


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

        return plan_frame(*self._known, self.mergers, self.zones, rows)

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

        return plan_geoframe(*self._known, self.mergers, self.zones, rows, boundaries)

    def plot(self, ax: Any = None, *, kind: str = "plan", **options: Any) -> Any:
        """Draw the map of the plan, and give the figure, which a notebook shows.

        Parameters
        ----------
        ax : matplotlib Axes, optional
            Where to draw; a figure of its own without it.
        kind : str
            Name of another picture of a plan, where one is installed: an entry point of ``refzones.plots``.
        **options
            See `refzones.app.pictures.plot_plan`.
        """
        from .plots import drawn

        return drawn(kind, self, *self._known, ax=ax, **options)

    def _repr_html_(self) -> str:
        from .html import plan_html

        return plan_html(self.instance, self.scenario, self.mergers, self.zones, self.score_nano)

    def assignment(self, instance: Instance) -> IntArray:
        """Index of each municipality's merger, -1 where the plan does not hold it; shape (n,)."""
        of = np.full(len(instance), -1, dtype=np.int64)
        for k, merger in enumerate(self.mergers):
            of[list(merger.members)] = k
        return of
