"""What an experiment on steps finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...instances.common.arrays import IntArray
from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ..plan_sets.base import data_frame
from .cells import MapStatistics
from .measures import Measure
from .steps import InhabitantSteps
from .tables import STATISTIC_COLUMNS, statistic_rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class StepsExperiment:
    """Steps of inhabitants and steps of equipment, compared as measures of centre function.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    municipalities : ndarray of int64, shape (n,)
        Those of the regions that take part.
    regions : tuple of str
    left_out : tuple of (str, str)
        Regions that take no part, and why.
    bounds : InhabitantSteps
    measures : tuple of Measure
    circular : tuple of str
        Functions that follow from the degree of equipment, and are no measure of it.
    unknown : tuple of (str, int)
        Columns that are no measures because they are not known of so many municipalities.
    maps : tuple of MapStatistics
        Empty where no region takes part.
    draws, seed : int
        Number of plans that were drawn: fewer than asked for where the time was up.
    plans : int or None
        Number of plans that are drawn from; None without draws.
    proved : bool
        Whether the optimum is proved in all of these regions.
    missing : tuple of str
        Layers that the instance does not have.
    seconds : float
    """

    instance: Instance
    scenario: Scenario
    municipalities: IntArray
    regions: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    bounds: InhabitantSteps
    measures: tuple[Measure, ...]
    circular: tuple[str, ...]
    unknown: tuple[tuple[str, int], ...]
    maps: tuple[MapStatistics, ...]
    draws: int
    seed: int
    plans: int | None
    proved: bool
    missing: tuple[str, ...]
    seconds: float

    def of(self, name: str) -> MapStatistics:
        """Give what is found on a map.

        Raises
        ------
        KeyError
            There is no such map.
        """
        return {one.name: one for one in self.maps}[name]

    def to_frame(self) -> pd.DataFrame:
        """Give one row a statistic of a map.

        Returns
        -------
        DataFrame
            map, municipalities, statistic, measure (empty where steps are compared with those before), steps,
            value, low, high, error, sd, above_zero, plans: see `Cell`.
        """
        return data_frame(statistic_rows(self.maps), STATISTIC_COLUMNS)

    def plot(self, **options: Any) -> Any:
        """Draw how steps agree with measures: see `refzones.app.pictures.plot_steps`."""
        from ..results.plots import drawn

        return drawn("steps", self, **options)
