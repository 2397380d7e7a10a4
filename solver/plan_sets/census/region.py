"""What is known of all plans of a region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ....instances.common.arrays import BoolArray, FloatArray, IntArray
from ....instances.common.deprecated import Renamed
from ....instances.common.problems import reject
from ....models.scoring.scorer import NANO
from ...candidates.sets import Part
from ...results.counts import number_of
from .estimate import Estimate
from .graph import PlanGraph, moments
from .meet_in_the_middle import Cut, plans_below
from .sampling import draw, parts_of

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
        """Read a value in nano-units in the unit of the term, as a mean over the region's inhabitants."""
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
    municipalities : ndarray of int64, shape (m,)
        Those of the region, ascending.
    candidates : int
        Mergers that plans may consist of; settled ones included.
    count : int or None
        Number of plans; None where it could not be counted.
    estimated : Estimate or None
        In place of the count.
    by_number : tuple of int
        Number of plans with no municipality after merging, with one, with two, ...; municipalities that stand
        alone by what they are, above the maximum or as facility municipality, are not counted.
    co_assignment : ndarray of float64, shape (m, m)
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
    nano : ndarray of int64, shape (candidates,)
        Score of each candidate of the graph.
    counted : ndarray of bool, shape (candidates,)
        Whether each candidate of the graph counts as a merger.
    cut : Cut or None
        Where plans below a score are counted; None where that takes too many sums.
    """

    region: str
    municipalities: IntArray
    candidates: int
    count: int | None
    estimated: Estimate | None
    by_number: tuple[int, ...]
    co_assignment: FloatArray
    distributions: Mapping[str, Distribution]
    states: int
    note: str
    seconds: float
    graph: PlanGraph | None
    nano: IntArray
    counted: BoolArray
    cut: Cut | None

    of = Renamed("municipalities")
    together = Renamed("co_assignment")

    def __repr__(self) -> str:
        counted = "not counted" if self.count is None else number_of(self.count, "plan")
        return f"<RegionCensus {self.region}: {counted}>"

    @cached_property
    def scores(self) -> tuple[int, int, float, float] | None:
        """Least and greatest score of all plans, mean and standard deviation, in nano-points."""
        return None if self.graph is None else moments(self.graph, self.nano)

    def standing(self, score_nano: int, *, sample: int = 20_000, seed: int = 0) -> Standing:
        """Rank a score among those of all plans.

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
        return [parts_of(graph, rows) for rows in draw(graph, number, seed)]

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
