"""What an indicator is: what it measures, in which unit, from which source, for the parts of a plan."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..programmes.reach import Reach
from ..programmes.variables import AssignmentVariables
from ..scenario.demands import Demands
from ..seats import seat_ranks

Family = Literal["capacity", "democracy", "identity", "cooperation", "finance"]
"""The report's families of parameters: administrative capacity, democracy and reach, identity and
socio-economic ties, existing cooperation, finance."""


@dataclass(frozen=True, eq=False)
class Amounts:
    """What the parts of a plan have of an indicator.

    The value of some parts is the sum of their numbers, the ratio of two such sums, or their median.

    Attributes
    ----------
    numbers : ndarray of float64, shape (k,)
        One for each part; NaN where it is not known.
    bases : ndarray of float64, shape (k,), or None
        What the sum of the numbers is divided by; None for a sum.
    is_median : bool
        The value is the number in the middle; of two in the middle, their mean.
    """

    numbers: FloatArray
    bases: FloatArray | None = None
    is_median: bool = False

    def value(self, parts: Sequence[int] | IntArray) -> float | None:
        """Give the value of some parts, by their places; None where it is not known, or nothing divides."""
        places = np.asarray(parts, dtype=np.int64)
        if self.is_median:
            middle = float(np.median(self.numbers[places])) if len(places) else np.nan
            return None if np.isnan(middle) else middle
        total = float(self.numbers[places].sum())
        if self.bases is not None:
            base = float(self.bases[places].sum())
            total = total / base if base else np.nan
        return None if np.isnan(total) else total


@dataclass(frozen=True, eq=False)
class LinearAmounts:
    """What all parts of a compact formulation have together: a linear expression of its columns.

    Attributes
    ----------
    columns : ndarray of int64, shape (c,)
    amounts : ndarray of float64, shape (c,)
        What one unit of each column adds.
    """

    columns: IntArray
    amounts: FloatArray

    @classmethod
    def joined(cls, columns: Sequence[IntArray], amounts: Sequence[FloatArray]) -> LinearAmounts:
        """Add up several expressions; a column that adds nothing is left out."""
        column = np.concatenate([np.zeros(0, dtype=np.int64), *columns])
        amount = np.concatenate([np.zeros(0), *amounts])
        return cls(column[amount != 0], amount[amount != 0])


class Indicator(ABC):
    """What a plan does, measured: an indicator, bound to an instance and what is asked of it.

    An indicator is never scored unless a scenario weighs or bounds it; see `AdditiveIndicator`.

    Parameters
    ----------
    instance : Instance
    demands : Demands
        Which rule gives seats, and which schemes are named; nothing else is read.
    argument : str
        What stands between the brackets of the name, such as a scheme; empty for most indicators.

    Raises
    ------
    InputError
        The instance lacks what the indicator needs; the message says where to get it and how to add it.
    """

    key: ClassVar[str]
    """Name, without its argument."""
    takes: ClassVar[str] = ""
    """What the argument names, such as 'scheme'; empty when there is none."""
    arguments: ClassVar[tuple[str, ...]] = ("",)
    """Arguments that are shown where nobody asks for others."""
    family: ClassVar[Family]
    unit: ClassVar[str]
    """What the value of a plan reads as."""
    digits: ClassVar[int] = 0
    """Decimals with which a value is told."""
    better: ClassVar[int] = 0
    """+1 when more is better, -1 when less is, 0 where that is a matter of opinion."""
    reads: ClassVar[tuple[str, ...]] = ()
    """Columns of the instance that figures stand in, such as ``municipalities.population``;
    see `columns`."""

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        self.instance = instance
        self.demands = demands
        self.argument = argument

    @classmethod
    def written(cls) -> str:
        """Say how an indicator is written, with what its argument names."""
        return f"{cls.key}({cls.takes})" if cls.takes else cls.key

    @property
    def name(self) -> str:
        """Name, with its argument."""
        return f"{self.key}({self.argument})" if self.argument else self.key

    @property
    def sources(self) -> tuple[str, ...]:
        """Laws and publications that facts come from, beside `columns`: title, publisher and year of each."""
        return ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the instance that were read, by the keys of `Instance.columns`."""
        return self.reads

    @abstractmethod
    def of_plan(self, parts: Sequence[Sequence[int]]) -> Amounts:
        """Work out what each part of a plan has.

        Parameters
        ----------
        parts : sequence of sequences of int
            Mergers, and municipalities that stand alone, by instance indices; each municipality at most once.

        Returns
        -------
        Amounts
            In the order of the parts.
        """

    def remarks(self, parts: Sequence[Sequence[int]]) -> tuple[str, ...]:
        """Say what a reader of the values of a plan must know, one sentence each; see `of_plan`.

        Such as figures that are not known or stand in for others, and limits that the plan passes.
        """
        return ()

    @cached_property
    def ranks(self) -> IntArray:
        """Rank of each municipality as the seat of a merger, shape (n,)."""
        return seat_ranks(self.instance, self.demands)


class AdditiveIndicator(Indicator):
    """An indicator of which each part has its own amount, whatever the rest of the plan is."""

    weighable: ClassVar[bool] = False
    """Whether scenarios may weigh and bound it: a sum of whole numbers, at least 0, that are all known."""

    @abstractmethod
    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Work out the numbers of candidates.

        Parameters
        ----------
        members : ndarray of float64, shape (k, m)
            One where a candidate holds a municipality, zero elsewhere.
        municipalities : ndarray of int64, shape (m,)
            Index in the instance of each column.

        Returns
        -------
        ndarray of float64, shape (k,)
        """

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray | None:
        """Work out what numbers are divided by; None for a sum. See `amounts`."""
        return None

    def known_amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Work out the numbers of candidates, all of which must be known to be weighed or bounded.

        See `amounts`.

        Raises
        ------
        InputError
            One is not known.
        """
        amounts = self.amounts(members, municipalities)
        unknown = np.flatnonzero(np.isnan(amounts))
        if len(unknown):
            self.refuse_unknown(municipalities[members[unknown[0]] > 0])
        return amounts

    def refuse_unknown(self, members: IntArray) -> None:
        """Refuse to weigh or bound a merger whose amount is not known; `members` by instance indices."""
        names = ", ".join(self.instance.names[i] for i in members.tolist())
        reject(
            f"{self.name}: the amount of a merger is not known, so it can be neither weighed nor bounded",
            "add what is lacking to the instance, or leave it out",
            value=names,
        )

    def of_plan(self, parts: Sequence[Sequence[int]]) -> Amounts:
        """See `Indicator.of_plan`; a few parts at a time, so that O(k) for parts of a few municipalities."""
        numbers: list[FloatArray] = []
        bases: list[FloatArray] = []
        for few in _a_few(parts):
            municipalities = np.array(sorted({i for part in few for i in part}), dtype=np.int64)
            members = np.zeros((len(few), len(municipalities)))
            for row, part in enumerate(few):
                members[row, np.searchsorted(municipalities, part)] = 1.0
            numbers.append(self.amounts(members, municipalities))
            base = self.bases(members, municipalities)
            bases += [] if base is None else [base]
        return Amounts(_joined(numbers), _joined(bases) if bases else None)

    @property
    def is_linear(self) -> bool:
        """Whether compact formulations can write the sum over all parts."""
        return type(self).linear is not AdditiveIndicator.linear

    def linear(self, parts: AssignmentVariables) -> LinearAmounts:
        """Write the sum over all parts of a compact formulation, exact in every solution of it.

        Parameters
        ----------
        parts : AssignmentVariables
            Columns and rows are added to its programme.

        Raises
        ------
        InputError
            There is no linear expression; indicators that have one override this.
        """
        reject(
            f"{self.name}: this indicator has no linear expression, as compact formulations need",
            "neither weigh nor bound it, or use the formulation 'partition'",
        )

    def least(self, reach: Reach) -> float:
        """Give a sum that no plan of a component is below, for components too large to be listed."""
        return 0.0

    def before(self, municipalities: IntArray) -> FloatArray:
        """Work out the numbers of municipalities as they are, each alone, shape (m,)."""
        return self.amounts(np.eye(len(municipalities)), municipalities)


def column_key(instance: Instance, name: str) -> str:
    """Give the key of `Instance.columns` of a column with numbers, whatever file it stands in.

    Parameters
    ----------
    instance : Instance
    name : str
        Such as ``inhabitants_2022``, or the name of an attribute or a figure.
    """
    keys = (f"{file}.{name}" for file in ("municipalities", "years", "figures"))
    return next((key for key in keys if key in instance.columns), f"municipalities.{name}")


_FEW = 64
"""Municipalities of parts that are looked at together, unless one part has more."""


def _a_few(parts: Sequence[Sequence[int]]) -> Iterator[Sequence[Sequence[int]]]:
    """Divide parts, in their order, into some with few municipalities together."""
    start, held = 0, 0
    for place, part in enumerate(parts):
        if held and held + len(part) > _FEW:
            yield parts[start:place]
            start, held = place, 0
        held += len(part)
    if parts:
        yield parts[start:]


def _joined(arrays: Sequence[FloatArray]) -> FloatArray:
    return np.concatenate([np.zeros(0), *arrays])
