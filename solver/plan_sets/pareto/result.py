"""What trade-offs consist of: fronts, and how far weights can move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ....instances.common.arrays import BoolArray, FloatArray, IntArray
from ....instances.common.deprecated import warn_renamed
from ....instances.common.problems import reject, suggest
from ...candidates.sets import Part
from ...results.counts import number_of
from ...results.plan import Plan
from ..base import Family, data_frame

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Front:
    """The non-dominated points of a region, or of all regions together.

    A plan dominates another one when it is at least as good in every term and better in one.

    Attributes
    ----------
    region : str
        Name, or `ALL`.
    terms : tuple of str
    nano : ndarray of int64, shape (p, t)
        Value of each point in nano-units of each term, signed so that more is better; ordered by the first
        term, the lowest first. Dominance is compared on these. They are shares in the value of the whole
        instance, so that those of regions add up.
    values : ndarray of float64, shape (p, t)
        In the unit of each term, with its own sign: means over the inhabitants (of ``commuting``: the
        commuters) of the region, or of all regions asked for; sums and counts as they are.
    parents : ndarray of int64, shape (p, r)
        Of all regions together: the point of each region that it is the sum of. No columns otherwise.
    plans : tuple of tuple of tuple of int
        Of a region: parts of one plan for each point. Empty for all regions together.
    weight_from, weight_to : ndarray of float64, shape (p,)
        With two terms: share of the first one's weight in both from which and to which the point is best.
        Both are NaN where no weights make it best (it is not supported).
    precision : tuple of float
        With three terms: every non-dominated point is within this of one that is given, as `values` are.
        Empty with two terms: the front is exact.
    precision_nano : tuple of int
        The same as `nano` is.
    bases : tuple of float
        How many inhabitants or commuters each value is a mean over; 1 for a sum or a count.
    inhabitants : int
        Of the region, or of all regions asked for.
    is_proved : bool
        False where a time limit ended the work; points may then be missing.
    seconds : float
    """

    region: str
    terms: tuple[str, ...]
    nano: IntArray
    values: FloatArray
    parents: IntArray
    plans: tuple[tuple[Part, ...], ...]
    weight_from: FloatArray
    weight_to: FloatArray
    precision: tuple[float, ...] = ()
    precision_nano: tuple[int, ...] = ()
    bases: tuple[float, ...] = ()
    inhabitants: int = 0
    is_proved: bool = True
    seconds: float = 0.0

    def __repr__(self) -> str:
        return f"<Front {self.region}: {number_of(len(self), 'point')} in {', '.join(self.terms)}>"

    def __len__(self) -> int:
        return len(self.nano)

    @property
    def supported(self) -> BoolArray:
        """Whether some weights make a point best, shape (p,)."""
        return ~np.isnan(self.weight_from)


@dataclass(frozen=True)
class StableWeight:
    """How far one weight can move before another plan is best, all others as they are.

    Attributes
    ----------
    region : str
        Name, or `ALL`: the least of all regions.
    term : str
    weight : float
        Under the scenario.
    lowest, highest : float
        The plan is best for every weight between these, both included; `lowest` is at least 0, and `highest`
        is infinite where it stays best however much the term weighs.
    is_proved : bool
        False where a time limit ended the work: the ends are then those up to which a better plan was
        not found.
    """

    region: str
    term: str
    weight: float
    lowest: float
    highest: float
    is_proved: bool = True


@dataclass(frozen=True, eq=False, repr=False)
class ParetoFront(Family):
    """Trade-offs between terms: fronts of the regions and of all of them together.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
        Its bounds, rules and locks count, its weights do not.
    terms : tuple of str
    by_region : tuple of Front
    whole : Front or None
        The sums of the regions' points that no other sum dominates; None where one region is asked for.
    seconds : float
    """

    terms: tuple[str, ...]
    by_region: tuple[Front, ...]
    whole: Front | None
    seconds: float

    @property
    def fronts(self) -> tuple[Front, ...]:
        """All fronts, that of all regions together first."""
        return (() if self.whole is None else (self.whole,)) + self.by_region

    def of(self, region: str | None = None) -> Front:
        """Give the front of a region, or of all.

        Raises
        ------
        InputError
            There is none of this region.
        """
        if region is None:
            return self.fronts[0]
        fronts = {front.region: front for front in self.fronts}
        if region not in fronts:
            reject("there is no front of this region", suggest(region, fronts), value=region)
        return fronts[region]

    def parts_at(self, point: int, region: str | None = None) -> tuple[Part, ...]:
        """Give the members of the mergers of a point's plan, by first member.

        Parameters
        ----------
        point : int
            From 1, as in the table of points.
        region : str, optional
            Name; see `of`.

        Raises
        ------
        InputError
            There is no such front, or it has no such point.
        """
        front = self.of(region)
        if not 1 <= point <= len(front):
            reject(f"there is no point of this number; the points are 1 to {len(front)}", value=point)
        if len(front.plans):
            return front.plans[point - 1]
        chosen = zip(self.by_region, front.parents[point - 1].tolist(), strict=True)
        return tuple(sorted(part for one, place in chosen for part in one.plans[place]))

    def plan_at(self, point: int, region: str | None = None) -> Plan:
        """Make the plan of a point, from 1; scored under the scenario's weights. See `parts_at`."""
        return self.plan_of(self.parts_at(point, region))

    def parts(self, point: int, region: str | None = None) -> tuple[Part, ...]:
        """Give the parts at a point counted from 0; `parts_at` counts as the table does."""
        warn_renamed("ParetoFront.parts, which counts from 0,", "ParetoFront.parts_at, which counts from 1")
        return self.parts_at(point + 1, region)

    def plan(self, point: int, region: str | None = None) -> Plan:
        """Make the plan at a point counted from 0; `plan_at` counts as the table does."""
        warn_renamed("ParetoFront.plan, which counts from 0,", "ParetoFront.plan_at, which counts from 1")
        return self.plan_at(point + 1, region)

    def to_frame(self) -> pd.DataFrame:
        """Give one row a point.

        Returns
        -------
        DataFrame
            region (its name, or 'all'), point (its place from 1, by the first term, lowest first),
            inhabitants (of the region, or of all), one column a term (its value, a mean over these),
            supported, weight_from and weight_to (share of the first term's weight for which the point is
            best; missing where there is none).
        """
        frame = data_frame(self.rows(), self.columns)
        return frame.astype({"weight_from": float, "weight_to": float})

    def plot(self, region: str | None = None, **options: Any) -> Any:
        """Draw the front of a region, or of all: see `refzones.app.pictures.plot_pareto`."""
        from ...results.plots import drawn

        return drawn("pareto", self, region, **options)

    @property
    def columns(self) -> list[str]:
        """Columns of the table of points."""
        return ["region", "point", "inhabitants", *self.terms, "supported", "weight_from", "weight_to"]

    def rows(self) -> list[tuple[object, ...]]:
        """Give one row a point: `columns`, as `to_frame` describes them; None where there is no weight."""
        return [
            (
                front.region,
                place + 1,
                front.inhabitants,
                *values,
                is_supported if len(self.terms) == 2 else None,
                *((low, high) if is_supported else (None, None)),
            )
            for front in self.fronts
            for place, (values, is_supported, low, high) in enumerate(
                zip(
                    front.values.tolist(),
                    front.supported.tolist(),
                    front.weight_from.tolist(),
                    front.weight_to.tolist(),
                    strict=True,
                )
            )
        ]


@dataclass(frozen=True)
class Stability:
    """How far each weight of a scenario can move before another plan is best.

    Attributes
    ----------
    by_region : tuple of StableWeight
        Region by region, the terms in the order of the scenario.
    whole : tuple of StableWeight
        Of the plan of all regions: it changes as soon as that of one of them does.
    seconds : float
    """

    by_region: tuple[StableWeight, ...]
    whole: tuple[StableWeight, ...]
    seconds: float

    def __repr__(self) -> str:
        return f"<Stability: {number_of(len(self.by_region), 'weight')} of regions>"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a region and term.

        Returns
        -------
        DataFrame
            region (its name, or 'all'), term, weight (of the scenario), lowest and highest (the optimal plan
            stays optimal between these weights, the others as they are), proved.
        """
        return data_frame(self.rows(), STABILITY_COLUMNS)

    def rows(self) -> list[tuple[object, ...]]:
        """Give one row a region and term: `STABILITY_COLUMNS`, as `to_frame` describes them."""
        return [
            (one.region, one.term, one.weight, one.lowest, one.highest, one.is_proved)
            for one in (*self.whole, *self.by_region)
        ]


STABILITY_COLUMNS = ("region", "term", "weight", "lowest", "highest", "proved")
