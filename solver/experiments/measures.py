"""Measures of centre function that do not follow from the degree of equipment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...instances.common.problems import Problems, reject, suggest
from ...instances.entities import Column, Function
from ...instances.instance import Instance
from ...models.indicators.base import column_key

Base = Literal["", "inhabitants", "area"]

FUNCTIONS: Final = "functions"
COMMUTERS: Final = "commuters"
KNOWN_COLUMNS: Final = {
    "establishments": "enterprises",
    "supralocal_core_km2": "supralocal cores",
}
"""Columns that measure centre function, where an instance has them, and what they are called."""

_AREAS = ("km2", "km²")
_PER = 1000.0


@dataclass(frozen=True)
class Measure:
    """A measure of centre function.

    Attributes
    ----------
    name : str
        Such as ``hospital`` or ``hospital/inhabitants``.
    key : str
        Of the function or attribute, `FUNCTIONS` or `COMMUTERS`.
    label, unit : str
    base : {'', 'inhabitants', 'area'}
        What the amount is divided by: 1,000 inhabitants, or the area.
    source : str
        Title, publisher and year of where the amounts come from; empty where not known.
    """

    key: str
    label: str
    unit: str
    base: Base = ""
    source: str = ""

    @property
    def name(self) -> str:
        """Name in tables."""
        return f"{self.key}/{self.base}" if self.base else self.key


@dataclass(frozen=True, eq=False)
class Measuring:
    """The measures of some municipalities, ready to be taken of any merging of them.

    Attributes
    ----------
    instance : Instance
    municipalities : ndarray of int64, shape (n,)
    measures : tuple of Measure
    circular : tuple of str
        Functions that are left out, because who has them follows from the degree of equipment.
    unknown : tuple of (str, int)
        Columns that are left out, because they are not known of so many municipalities.
    """

    instance: Instance
    municipalities: IntArray
    measures: tuple[Measure, ...]
    circular: tuple[str, ...]
    unknown: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, instance: Instance, municipalities: IntArray, columns: Sequence[str] = ()) -> Measuring:
        """Find the measures that an instance offers.

        Parameters
        ----------
        instance : Instance
        municipalities : ndarray of int64, shape (n,)
        columns : sequence of str
            Further columns that a user calls measures of centre function.

        Raises
        ------
        InputError
            There is no measure, or a column is none.
        """
        circular = tuple(key for key, one in instance.functions.items() if follows(one, instance.classes))
        free = {key: one for key, one in instance.functions.items() if key not in circular}
        found = [Measure(FUNCTIONS, "centre functions present", "functions")] if free else []
        for key, function in free.items():
            if function.unit != "yes/no":
                found += _with_base(
                    key,
                    function.label,
                    function.unit,
                    _source(instance, instance.columns.get(f"functions.{key}")),
                )
        lacking = {}
        for key in dict.fromkeys((*KNOWN_COLUMNS, *_checked(instance, columns))):
            amounts = instance.figure(key)
            if amounts is None:
                continue
            if not_known := int(np.isnan(amounts[municipalities]).sum()):
                lacking[key] = not_known
                continue
            unit, source = _declared(instance, key)
            found += _with_base(key, KNOWN_COLUMNS.get(key, key.replace("_", " ")), unit, source)
        if instance.flows is not None and len(instance.flows):
            found += _with_base(COMMUTERS, "commuters from elsewhere", "people a day", "")
        if not found:
            reject(
                "there is no measure of centre function, or only what follows from the degree of equipment",
                "add a column with 'refzones instance add-attributes', and name it with --measure",
                value=instance.name,
            )
        return cls(instance, municipalities, tuple(found), circular, tuple(lacking.items()))

    @cached_property
    def _amounts(self) -> FloatArray:
        """Amount of each measure that is a sum over members, shape (measures, n); zeros for others."""
        rows = np.zeros((len(self.measures), len(self.municipalities)))
        for k, one in enumerate(self.measures):
            if one.key in self.instance.functions:
                rows[k] = self.instance.functions[one.key].amount[self.municipalities]
            elif (column := self.instance.figure(one.key)) is not None:
                rows[k] = column[self.municipalities]
        return rows

    @cached_property
    def _present(self) -> BoolArray:
        """Which functions each municipality has, shape (functions, n)."""
        free = [one for key, one in self.instance.functions.items() if key not in self.circular]
        return np.array([one.present[self.municipalities] for one in free]).reshape(len(free), -1)

    @cached_property
    def _incoming(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Origin (-1 outside), destination and people of the flows that end here, by place in the scope."""
        flows = self.instance.flows
        assert flows is not None
        place = np.full(len(self.instance), -1, dtype=np.int64)
        place[self.municipalities] = np.arange(len(self.municipalities))
        here = place[flows.destination] >= 0
        return place[flows.origin[here]], place[flows.destination[here]], flows.people[here]

    def taken(self, part: IntArray) -> FloatArray:
        """Measure the municipalities that a merging leads to.

        Parameters
        ----------
        part : ndarray of int64, shape (n,)
            New municipality of each one, from 0 on.

        Returns
        -------
        ndarray of float64, shape (measures, new municipalities)
        """
        held = np.zeros((len(part), int(part.max()) + 1))
        held[np.arange(len(part)), part] = 1.0
        values = self._amounts @ held
        bases = {
            "inhabitants": self.instance.population[self.municipalities] @ held / _PER,
            "area": self.instance.area[self.municipalities] @ held,
            "": np.ones(held.shape[1]),
        }
        for k, one in enumerate(self.measures):
            if one.key == FUNCTIONS:
                values[k] = (self._present @ held > 0).sum(axis=0)
            elif one.key == COMMUTERS:
                values[k] = self._commuters(part, held.shape[1])
            values[k] /= bases[one.base]
        return values

    def _commuters(self, part: IntArray, number: int) -> FloatArray:
        origin, destination, people = self._incoming
        outside = (origin < 0) | (part[origin] != part[destination])
        arriving = np.bincount(part[destination[outside]], people[outside], minlength=number)
        return np.asarray(arriving, dtype=np.float64)


def follows(function: Function, classes: Sequence[str]) -> bool:
    """Whether who has a function follows from the degree of equipment: in each class all have it, or none."""
    having: dict[str, set[bool]] = {}
    for degree, present in zip(classes, function.present.tolist(), strict=True):
        having.setdefault(degree, set()).add(present)
    return all(len(one) == 1 for one in having.values())


def _with_base(key: str, label: str, unit: str, source: str) -> list[Measure]:
    if unit in _AREAS:
        return [
            Measure(key, label, unit, "", source),
            Measure(key, label, "share of the area", "area", source),
        ]
    per = f"{unit} per 1,000 inhabitants"
    return [Measure(key, label, unit, "", source), Measure(key, label, per, "inhabitants", source)]


def _column(instance: Instance, key: str) -> Column:
    """Find what is declared of a column, in whichever table it stands."""
    return instance.columns.get(column_key(instance, key), Column("", ""))


def _declared(instance: Instance, key: str) -> tuple[str, str]:
    """Give the unit of a column, and where it comes from."""
    column = _column(instance, key)
    return column.unit, _source(instance, column)


def _source(instance: Instance, column: Column | None) -> str:
    source = instance.sources.get(column.source) if column else None
    return f"{source.title}, {source.publisher}, {source.year}" if source else ""


def _checked(instance: Instance, columns: Sequence[str]) -> list[str]:
    """Refuse columns that are no amounts."""
    problems = Problems()
    for key in columns:
        if instance.figure(key) is None:
            known = (*instance.attributes, *instance.figures)
            problems.add("--measure: there is no such column", suggest(key, known), value=key)
        elif not _column(instance, key).sums_up:
            problems.add(
                "--measure: the number of a merger is not the sum of those of its members, or its unit does "
                "not say so",
                "declare additive = true for the column in instance.toml if it is",
                value=key,
            )
    problems.raise_if_any()
    return list(columns)
