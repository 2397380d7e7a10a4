"""Sizes: numbers of inhabitants below which a municipality counts as small."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from ...instances.common.field_types import Whole
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .by_inhabitants import ByInhabitants, Step
from .scheme_files import Scheme, known_scheme

MINIMUM = "minimum"
"""The size that a scenario asks for."""


class SizeScheme(Scheme):
    """Steps of size that are shown where nobody asks for others.

    Attributes
    ----------
    steps : tuple of int
        Inhabitants, ascending.
    """

    steps: tuple[Annotated[Whole, Field(gt=0)], ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for one, next_one in pairwise(self.steps):
            if one >= next_one:
                raise ValueError(f"the steps are out of order: {next_one:,} follows {one:,}")
        return self


def sizes() -> SizeScheme:
    """Give the steps of the project."""
    return known_scheme("sizes", SizeScheme)


class Below(ByInhabitants):
    """An indicator of municipalities that have fewer inhabitants than its argument says."""

    takes = "inhabitants"
    arguments: ClassVar[tuple[str, ...]] = (MINIMUM, *map(str, sizes().steps))
    family = "capacity"
    better = -1
    reads = ("municipalities.population",)

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        self.size = demands.population.min if argument == MINIMUM else self._number(argument)

    def _number(self, argument: str) -> int:
        if not (argument.isascii() and argument.isdigit()) or len(argument) > 10:
            what = f"{self.name}: a size is a whole number of inhabitants, or 'minimum', the one asked for"
            reject(what, "write it as 20000", value=argument)
        return int(argument)

    @property
    def sources(self) -> tuple[str, ...]:
        """See `Indicator.sources`."""
        return (sizes().source,) if self.argument in map(str, sizes().steps) else ()

    def steps_below(self, constant: float, slope: float) -> tuple[Step, ...]:
        """Give steps of an amount that is 0 from the size on."""
        if self.size == 0:
            return (Step(0, None),)
        return Step(0, self.size - 1, constant, slope), Step(self.size, None)
