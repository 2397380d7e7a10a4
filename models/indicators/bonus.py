"""Bonus: what Flanders pays for mergers, by a scheme."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .base import column_key
from .bonus_schemes import BonusScheme
from .by_inhabitants import ByInhabitants, Step
from .scheme_files import find_scheme


class Bonus(ByInhabitants):
    """Debt that Flanders takes over from mergers of two municipalities or more, in whole euro."""

    key = "bonus"
    takes = "scheme"
    arguments = ("2019", "2025", "2026")
    family = "finance"
    unit = "euro"
    weighable = True

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        self.scheme = find_scheme(argument, demands, BonusScheme)
        column = self.scheme.inhabitants
        if column and instance.people(column) is None:
            reject(
                f"{self.name}: the scheme counts the inhabitants of a column that the instance lacks",
                f"add it with: refzones instance add-attributes {instance.name} FILE --column {column} "
                "--out FOLDER",
                value=column,
            )

    @property
    def sources(self) -> tuple[str, ...]:
        """See `Indicator.sources`."""
        return (f"{self.scheme.title}: {self.scheme.source}",)

    @property
    def columns(self) -> tuple[str, ...]:
        """See `Indicator.columns`."""
        counted = column_key(self.instance, self.scheme.inhabitants or "population")
        instead = ("municipalities.population",) * bool(self.not_counted.any())
        return tuple(dict.fromkeys((counted, *instead)))

    @property
    def merged(self) -> tuple[Step, ...]:
        """See `ByInhabitants.merged`."""
        return self.scheme.steps

    @property
    def alone(self) -> tuple[Step, ...]:
        """Who stays alone is paid nothing."""
        return (Step(0, None),)

    @cached_property
    def inhabitants(self) -> IntArray:
        """Inhabitants that the scheme counts; those of the instance where they are not known, shape (n,)."""
        counted = np.where(self.not_counted, self.instance.population, self._column)
        return counted.astype(np.int64)

    @cached_property
    def _column(self) -> FloatArray:
        column = self.scheme.inhabitants
        found = self.instance.people(column) if column else None
        return self.instance.population.astype(np.float64) if found is None else found

    @property
    def not_counted(self) -> BoolArray:
        """Whether the inhabitants that the scheme counts are not known, shape (n,)."""
        return np.isnan(self._column)

    @property
    def is_linear(self) -> bool:
        """Not where an amount is not published."""
        return super().is_linear and not self.scheme.open_steps

    def refuse_unknown(self, members: IntArray) -> None:
        """See `AdditiveIndicator.refuse_unknown`."""
        people = int(self.inhabitants[members].sum())
        step = next(one for one in self.scheme.open_steps if one.highest is None or people <= one.highest)
        reject(
            f"{self.name}: what '{self.scheme.title}' pays from {step.lowest:,} inhabitants is not "
            f"published, and mergers may have as many, such as {people:,}",
            'copy the scheme into a file, write an amount for "open", name it under [schemes] and weigh '
            "that; or set population.max below that number",
        )

    def remarks(self, parts: Sequence[Sequence[int]]) -> tuple[str, ...]:
        """See `Indicator.remarks`."""
        mergers = [part for part in parts if len(part) > 1]
        if not mergers:
            return ()
        told = [self.scheme.note] if self.scheme.note else []
        lacking = [self.instance.names[i] for part in mergers for i in part if self.not_counted[i]]
        if lacking:
            told.append(
                f"'{self.scheme.inhabitants}' is not known for {_listed(lacking)}: their inhabitants in the "
                "instance are counted"
            )
        numbers = self.of_plan(mergers).numbers
        known = float(np.nansum(numbers))
        if np.isnan(numbers).any():
            number = int(np.isnan(numbers).sum())
            told.append(
                "no amount is published for mergers as large as those of the plan"
                if number == len(mergers)
                else f"for {number} of {len(mergers)} mergers no amount is published; the others come to "
                f"{known:,.0f} euro"
            )
        most = self.scheme.most.all
        if most is not None and known > most:
            told.append(f"the plan comes to {known:,.0f} euro; the scheme has {most:,} in all")
        return tuple(told)


def _listed(names: Sequence[str]) -> str:
    """Name at most five."""
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown
