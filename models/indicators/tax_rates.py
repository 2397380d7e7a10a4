"""Tax rates of a merger: which one rate it has where its members have several, by a rule of harmonisation."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.field_types import Number
from ...instances.common.problems import Problems, reject, suggest
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .base import AdditiveIndicator, column_key
from .figure_columns import known_figure, known_sum, remarks_on_unknown
from .scheme_files import Scheme, known_scheme


class RateBounds(Scheme):
    """Rates above which a figure is taken for a slip: opcentiemen, and per cent."""

    property_tax_most: Annotated[Number, Field(gt=0)]
    income_tax_most: Annotated[Number, Field(gt=0)]


def rate_bounds() -> RateBounds:
    """Give the bounds of the project."""
    return known_scheme("tax-rates", RateBounds)


class TaxRate(AdditiveIndicator):
    """A tax rate, mean over inhabitants; that of a merger by a rule.

    ``largest``: that of the member with most inhabitants (of several, the one with the lowest code);
    ``mean``: the mean of the members, weighted by inhabitants; ``lowest``; ``neutral``: the rate at which the
    merger raises as much as its members together, for which their tax bases must be known.
    """

    takes = "rule"
    arguments = ("largest", "mean", "lowest", "neutral")
    family = "finance"
    better = -1
    reads = ("municipalities.population",)
    column: ClassVar[str]
    """Column of the rates."""
    base_column: ClassVar[str]
    """Column of the tax bases, in euro."""

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        if argument not in self.arguments:
            reject(
                f"{self.name}: there is no such rule of harmonisation",
                suggest(argument, self.arguments),
                value=argument,
            )
        self.rates = known_figure(self.name, instance, self.column)
        self._check(self.rates, self.column, self.most)
        self._tax_bases = np.zeros(len(instance))
        if argument == "neutral":
            self._tax_bases = known_figure(self.name, instance, self.base_column)
            self._check(self._tax_bases, self.base_column, np.inf)

    @property
    @abstractmethod
    def most(self) -> float:
        """Rate above which a figure is refused."""

    def _check(self, values: FloatArray, column: str, most: float) -> None:
        problems = Problems()
        for i in np.flatnonzero((values < 0) | (values > most)).tolist():
            what = f"{self.name}: a rate and a tax base are 0 or more"
            if values[i] > most:
                what = f"{self.name}: {values[i]:,g} is above {most:,g}, up to which a rate is plausible"
            where = f"{self.instance.label(i)}: {values[i]:g}"
            problems.add(what, "correct the figure", column=column, value=where)
        problems.raise_if_any()

    @property
    def columns(self) -> tuple[str, ...]:
        """See `Indicator.columns`."""
        base = (self.base_column,) if self.argument == "neutral" else ()
        return (*(column_key(self.instance, column) for column in (self.column, *base)), *self.reads)

    def remarks(self, parts: Sequence[Sequence[int]]) -> tuple[str, ...]:
        """See `Indicator.remarks`."""
        return remarks_on_unknown(self.instance, self.column, self.rates, parts)

    @cached_property
    def _people(self) -> FloatArray:
        return self.instance.population.astype(np.float64)

    def rate_of(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Give the rate of candidates by the rule, NaN where it is not known; see `amounts`."""
        rules: dict[str, Callable[[FloatArray, IntArray], FloatArray]] = {
            "largest": self._of_largest,
            "lowest": self._lowest,
            "mean": lambda *which: self._weighted(self._people, *which),
            "neutral": lambda *which: self._weighted(self._tax_bases, *which),
        }
        return rules[self.argument](members, municipalities)

    def _of_largest(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        order = np.argsort(municipalities, kind="stable")  # of equal sizes the lowest code
        people = np.where(members[:, order] > 0, self._people[municipalities[order]], -1.0)
        rates: FloatArray = self.rates[municipalities[order]][np.argmax(people, axis=1)]
        return rates

    def _lowest(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        lowest: FloatArray = np.where(members > 0, self.rates[municipalities], np.inf).min(axis=1)
        return lowest

    def _weighted(self, weights: FloatArray, members: FloatArray, municipalities: IntArray) -> FloatArray:
        weight, rate = weights[municipalities], self.rates[municipalities]
        total, sums = known_sum(weight, members), known_sum(weight * rate, members)
        means: FloatArray = np.divide(sums, total, out=np.full(len(members), np.nan), where=total > 0)
        return means

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Rate times inhabitants; see `AdditiveIndicator.amounts`. O(k m)."""
        return self.rate_of(members, municipalities) * self.bases(members, municipalities)

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.bases`. O(k m)."""
        inhabitants: FloatArray = members @ self._people[municipalities]
        return inhabitants
