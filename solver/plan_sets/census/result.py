"""What is known of all plans of a question."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

from ....instances.common.problems import reject, suggest
from ...results.plan import Plan
from ..base import Family, data_frame
from .region import RegionCensus, Standing
from .tables import DISTRIBUTION_COLUMNS, PAIR_COLUMNS, REGION_COLUMNS, bin_rows, region_row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Census(Family):
    """All plans of an instance under a scenario, region by region.

    Attributes
    ----------
    by_region : tuple of RegionCensus
    seconds : float
    """

    by_region: tuple[RegionCensus, ...]
    seconds: float

    @property
    def count(self) -> int | None:
        """Number of plans of all regions together: a product, as regions are independent."""
        counts = [one.count for one in self.by_region]
        return None if None in counts else prod(count for count in counts if count is not None)

    def of(self, region: str) -> RegionCensus:
        """Give what is known of a region.

        Raises
        ------
        InputError
            It was not asked for.
        """
        known = {one.region: one for one in self.by_region}
        if region not in known:
            reject("there is no census of this region", suggest(region, known), value=region)
        return known[region]

    def standings(self, plan: Plan) -> list[Standing]:
        """Find where the parts of a plan in each region stand; regions without plans are left out."""
        scores = dict.fromkeys((one.region for one in self.by_region), 0)
        for merger in plan.mergers:
            region = self.instance.regions[self.instance.region[merger.members[0]]]
            if region in scores:
                scores[region] += merger.score_nano
        return [one.standing(scores[one.region]) for one in self.by_region if one.graph is not None]

    def draw(self, number: int, seed: int = 0) -> list[Plan]:
        """Draw plans of all regions at random, all with the same probability.

        Raises
        ------
        InputError
            A region has no plan, or its plans could not be counted.
        """
        drawn = [one.draw(number, seed + k) for k, one in enumerate(self.by_region)]
        return [self.plan_of([part for parts in row for part in parts]) for row in zip(*drawn, strict=True)]

    def to_frame(self) -> pd.DataFrame:
        """Give one row a region.

        Returns
        -------
        DataFrame
            region, municipalities, candidates (mergers that plans may consist of), plans (their number; as
            text when it passes 2^63, missing when not counted), exact, estimate and error (of the number
            where it is estimated), fewest and most (municipalities after merging, counted as in
            `RegionCensus.by_number`), best, mean, sd and worst (scores of all plans, points), seconds, note.
        """
        return data_frame(self.region_rows(), REGION_COLUMNS)

    def distribution_frame(self) -> pd.DataFrame:
        """Give one row a bin of a distribution.

        Returns
        -------
        DataFrame
            region, inhabitants (of the region), term ('score' or a term), unit, lower and upper (edges of the
            bin, ascending in the unit, means over these inhabitants), plans (number in the bin), share (of
            all plans), exact (else the bins rest on a sample).
        """
        return data_frame(self.distribution_rows(), DISTRIBUTION_COLUMNS)

    def pair_frame(self) -> pd.DataFrame:
        """Give one row a pair of municipalities of one region.

        Returns
        -------
        DataFrame
            region, nis_a, name_a, nis_b, name_b, neighbours (under the scenario's rules), probability (that a
            plan drawn at random has both in one merger).
        """
        return data_frame(self.pair_rows(), PAIR_COLUMNS)

    def plot(self, plans: Any = None, **options: Any) -> Any:
        """Draw how the score or a term is distributed: see `refzones.app.pictures.plot_census`."""
        from ...results.plots import drawn

        return drawn("census", self, plans, **options)

    def plot_probabilities(self, **options: Any) -> Any:
        """Draw how often neighbours share a merger: see `refzones.app.pictures.plot_probabilities`."""
        from ...results.plots import drawn

        return drawn("probabilities", self, **options)

    def region_rows(self) -> list[tuple[object, ...]]:
        """Give the rows of `to_frame`."""
        return [region_row(one) for one in self.by_region]

    def distribution_rows(self) -> list[tuple[object, ...]]:
        """Give the rows of `distribution_frame`."""
        return [
            (one.region, self.inhabitants_of(one), own.term, own.unit, *row, own.sample == 0)
            for one in self.by_region
            for own in one.distributions.values()
            for row in bin_rows(own)
        ]

    def inhabitants_of(self, one: RegionCensus) -> int:
        """Count the inhabitants of a region."""
        return int(self.instance.population[one.municipalities].sum())

    def pair_rows(self) -> list[tuple[object, ...]]:
        """Give the rows of `pair_frame`."""
        instance, question = self.instance, self.question
        return [
            (
                one.region,
                instance.codes[a],
                instance.names[a],
                instance.codes[b],
                instance.names[b],
                b in question.neighbours[a],
                float(one.co_assignment[i, i + 1 + j]),
            )
            for one in self.by_region
            if one.graph is not None
            for i, a in enumerate(one.municipalities.tolist())
            for j, b in enumerate(one.municipalities[i + 1 :].tolist())
        ]
