"""What is known of all plans of a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from ....instances.common.arrays import FloatArray, IntArray
from ....instances.common.problems import reject, suggest
from ....models.scorer import NANO
from ...candidates.region import Part
from ...results.result import Plan
from ..base import Family
from .draw import draw, parts_of
from .estimate import Estimate
from .graph import PlanGraph, moments
from .meet_in_the_middle import Cut, plans_below
from .rows import DISTRIBUTION_COLUMNS, PAIR_COLUMNS, REGION_COLUMNS, bin_rows, data_frame, region_row

if TYPE_CHECKING:
    import pandas as pd

SCORE = "score"
"""Stands where the name of a term stands otherwise."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """How a term or the score is distributed over all plans of a region.

    Attributes
    ----------
    term : str
        Name of a term, or `SCORE`.
    unit : str
    sense : int
        What a value in nano-units is multiplied by to read as in the unit: -1 for terms of which less is
        better, whose nano-units are signed so that more is.
    edges : ndarray of int64, shape (b + 1,)
        In nano-units, ascending; a bin holds its lower edge and not its upper one.
    plans : tuple of int
        Number of plans in each bin: exactly, or of a sample.
    least, most : int
        Of all plans, exactly, in nano-units.
    mean, sd : float
        Of all plans, in nano-units.
    weight : float
        Nano-units are this much coarser where it is below 1: values of the term did not fit in 64 bits else.
    sample : int
        Number of random plans that the bins rest on; 0 where they hold all plans.
    scale : float
        Nano-units are shares in the value of the whole instance; times this they are means over the region's
        own inhabitants (of ``commuting``: commuters). 1 for the score, sums and counts.
    """

    term: str
    unit: str
    sense: int
    edges: IntArray
    plans: tuple[int, ...]
    least: int
    most: int
    mean: float
    sd: float
    weight: float = 1.0
    sample: int = 0
    scale: float = 1.0

    @property
    def share(self) -> FloatArray:
        """Share of the plans in each bin; of a sample with a standard error of sqrt(s (1 - s) / sample)."""
        total = sum(self.plans)
        return np.array([number / max(1, total) for number in self.plans])

    def read(self, nano: float) -> float:
        """Read a value in nano-units in the unit of the term, as a mean over those who live in the region."""
        return self.sense * nano / NANO / self.weight * self.scale + 0.0  # without a minus before a zero


@dataclass(frozen=True)
class Standing:
    """Where a plan stands among all plans of a region.

    Attributes
    ----------
    region : str
    score_nano : int
    lower, equal, higher : int
        Plans with a lower score, with this one, and with a higher one: exactly, or of a sample.
    is_exact : bool
    """

    region: str
    score_nano: int
    lower: int
    equal: int
    higher: int
    is_exact: bool = True

    @property
    def percentile(self) -> float:
        """Per cent of the plans with another score that score less: 100 for the best, 0 for the worst."""
        others = self.lower + self.higher
        return 100.0 * self.lower / others if others else 100.0


@dataclass(frozen=True, eq=False)
class RegionCensus:
    """All plans of one region.

    Attributes
    ----------
    region : str
    of : ndarray of int64, shape (m,)
        Its municipalities, ascending.
    candidates : int
        Mergers that plans may consist of; settled ones included.
    count : int or None
        Number of plans; None where it could not be counted.
    estimated : Estimate or None
        In place of the count.
    by_number : tuple of int
        Number of plans with no municipality after merging, with one, with two, ...; those that stand alone by
        what they are, above the maximum or as facility municipality, are not counted.
    together : ndarray of float64, shape (m, m)
        Probability that two municipalities share a merger in a plan drawn at random; NaN where it is not
        known, as without a plan.
    distributions : mapping of str to Distribution
        By term, the score first; empty without plans.
    states : int
        Size of the graph that holds the plans.
    note : str
        What a reader must know, in words; empty otherwise.
    seconds : float
    graph : PlanGraph or None
    nano : ndarray of int64, shape (pieces,)
        Score of each piece of the graph.
    cut : Cut or None
        Where plans below a score are counted; None where that takes too many sums.
    """

    region: str
    of: IntArray
    candidates: int
    count: int | None
    estimated: Estimate | None
    by_number: tuple[int, ...]
    together: FloatArray
    distributions: Mapping[str, Distribution]
    states: int
    note: str
    seconds: float
    graph: PlanGraph | None
    nano: IntArray
    cut: Cut | None

    @cached_property
    def scores(self) -> tuple[int, int, float, float] | None:
        """Least and greatest score of all plans, mean and standard deviation, in nano-points."""
        return None if self.graph is None else moments(self.graph, self.nano)

    def standing(self, score_nano: int, *, sample: int = 20_000, seed: int = 0) -> Standing:
        """Find where a score stands among those of all plans.

        Parameters
        ----------
        score_nano : int
            Score of a plan of the region, in nano-points.
        sample, seed : int
            Random plans to compare with where exact counting takes too many sums.

        Raises
        ------
        InputError
            The region has no plan, or they could not be counted.
        """
        graph = self._counted()
        if self.cut is not None:
            lower, upto = plans_below(graph, self.nano, [score_nano, score_nano + 1], cut=self.cut)
            return Standing(self.region, score_nano, lower, upto - lower, graph.count - upto)
        scores = np.array([int(self.nano[list(plan)].sum()) for plan in draw(graph, sample, seed)])
        lower, equal = int((scores < score_nano).sum()), int((scores == score_nano).sum())
        return Standing(self.region, score_nano, lower, equal, sample - lower - equal, is_exact=False)

    def draw(self, number: int, seed: int = 0) -> list[tuple[Part, ...]]:
        """Draw plans at random, all with the same probability, each by its parts.

        Raises
        ------
        InputError
            The region has no plan, or they could not be counted.
        """
        graph = self._counted()
        return [parts_of(graph, pieces) for pieces in draw(graph, number, seed)]

    def _counted(self) -> PlanGraph:
        if self.graph is None:
            reject(
                "there are no plans to draw from or to compare with"
                if self.count == 0
                else "the plans of this region could not be counted",
                self.note or "give it more memory or time",
                value=self.region,
            )
        return self.graph


@dataclass(frozen=True, eq=False)
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
    def regions(self) -> tuple[str, ...]:
        """Names of the regions that were asked for."""
        return tuple(one.region for one in self.by_region)

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
        found = [one.draw(number, seed + k) for k, one in enumerate(self.by_region)]
        return [self.plan_of([part for parts in row for part in parts]) for row in zip(*found, strict=True)]

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
        """Rows of `to_frame`."""
        return [region_row(one) for one in self.by_region]

    def distribution_rows(self) -> list[tuple[object, ...]]:
        """Rows of `distribution_frame`."""
        return [
            (one.region, self.inhabitants_of(one), found.term, found.unit, *row, found.sample == 0)
            for one in self.by_region
            for found in one.distributions.values()
            for row in bin_rows(found)
        ]

    def inhabitants_of(self, one: RegionCensus) -> int:
        """Count those who live in a region."""
        return int(self.instance.population[one.of].sum())

    def pair_rows(self) -> list[tuple[object, ...]]:
        """Rows of `pair_frame`."""
        instance, question = self.instance, self.question
        return [
            (
                one.region,
                instance.codes[a],
                instance.names[a],
                instance.codes[b],
                instance.names[b],
                b in question.neighbours[a],
                float(one.together[i, i + 1 + j]),
            )
            for one in self.by_region
            if one.graph is not None
            for i, a in enumerate(one.of.tolist())
            for j, b in enumerate(one.of[i + 1 :].tolist())
        ]
