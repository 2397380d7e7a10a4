"""Figures that indicators read from the columns of an instance; what is missing is asked for by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .base import AdditiveIndicator, column_key

_WANTED = {
    "property_tax_rate": "the surcharge on the property tax (opcentiemen), which the Flemish administration "
    "publishes each year",
    "property_tax_base_eur": "the property tax of Flanders in euro, on which opcentiemen are levied, by "
    "municipality: ask the Flemish tax administration (Vlaamse Belastingdienst)",
    "income_tax_rate": "the surcharge on the personal income tax in per cent, which FPS Finance publishes "
    "each year",
    "income_tax_base_eur": "the personal income tax in euro, on which the surcharge is levied, by "
    "municipality: ask FPS Finance",
    "investment_eur": "the investment expenditure a year in euro, which Agentschap Binnenlands Bestuur "
    "publishes",
    "establishments": "the number of business establishments, which Statbel publishes",
    "net_taxable_income_eur": "the total net taxable income in euro, which Statbel publishes each year",
}
"""What each column holds, and who has it."""


def known_figure(name: str, instance: Instance, column: str) -> FloatArray:
    """Look up a figure of all municipalities, NaN where it is not known.

    Parameters
    ----------
    name : str
        Of the indicator that reads it, for messages.
    instance : Instance
    column : str
        An attribute, or a figure; see `Instance.figure`.

    Raises
    ------
    InputError
        The instance has no such column, or nobody's figure in it is known; the message says what it holds,
        where to get it and how to add it.
    """
    values = instance.figure(column)
    if values is None or np.isnan(values).all():
        reject(
            f"{name}: the instance has no column '{column}': {_WANTED[column]}",
            f"add it with: refzones instance add-figures {instance.name} FILE --as {column} --out FOLDER",
        )
    return values


def remarks_on_unknown(
    instance: Instance, column: str, values: FloatArray, parts: Sequence[Sequence[int]]
) -> tuple[str, ...]:
    """Say of how many municipalities of some parts a figure is not known; nothing where it is of all."""
    unknown = [i for part in parts for i in part if np.isnan(values[i])]
    if not unknown:
        return ()
    first = instance.names[min(unknown)]
    if len(unknown) == 1:
        return (f"'{column}' is not known for {first}, nor is a sum or mean with it",)
    return (
        f"'{column}' is not known for {len(unknown)} municipalities, such as {first}, nor is a sum or mean "
        "with one of them",
    )


def known_sum(values: FloatArray, members: FloatArray) -> FloatArray:
    """Sum a figure over the members of candidates, NaN where one of them has none. O(k m).

    Parameters
    ----------
    values : ndarray of float64, shape (m,)
    members : ndarray of float64, shape (k, m)
    """
    unknown = np.isnan(values)
    sums: FloatArray = members @ np.where(unknown, 0.0, values)
    return np.where(members @ unknown.astype(np.float64) > 0, np.nan, sums)


class FigureIndicator(AdditiveIndicator):
    """An indicator whose numbers are sums of a figure."""

    column: ClassVar[str]
    """Column that the figure stands in."""

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        self.figure = known_figure(self.name, instance, self.column)

    @property
    def columns(self) -> tuple[str, ...]:
        """See `Indicator.columns`."""
        return (column_key(self.instance, self.column), *self.reads)

    def remarks(self, parts: Sequence[Sequence[int]]) -> tuple[str, ...]:
        """See `Indicator.remarks`."""
        return remarks_on_unknown(self.instance, self.column, self.figure, parts)

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m)."""
        return known_sum(self.figure[municipalities], members)


class PerInhabitant(FigureIndicator):
    """A figure divided by inhabitants: that of a merger is the sum of both over its members."""

    family = "capacity"
    reads = ("municipalities.population",)
    per: ClassVar[int] = 1
    """Inhabitants for whom the number is told."""

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m)."""
        return self.per * super().amounts(members, municipalities)

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.bases`. O(k m)."""
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        return inhabitants


class PerMunicipality(AdditiveIndicator):
    """What a municipality has on average."""

    family = "capacity"

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.bases`."""
        return np.ones(len(members))
