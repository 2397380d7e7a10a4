"""Bonus schemes: what a merger is paid, by inhabitants of the new municipality."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from ...instances.common.field_types import Whole
from .by_inhabitants import Step
from .scheme_files import Scheme, SchemePart, check_steps

OPEN = "open"
"""A value that is not published."""

_Euro = Annotated[Whole, Field(ge=0, le=10**12)]


def _none_where_open(value: Any) -> Any:
    return None if value == OPEN else value


class OpenSteps(SchemePart):
    """Whole euro by steps of inhabitants, some of which are not published.

    Attributes
    ----------
    below : tuple of int
        Ascending: a step ends below its number of inhabitants. The last step has no end.
    values : tuple of (int or None)
        One more than ends; None, written "open", where nothing is published.
    """

    below: tuple[Annotated[Whole, Field(gt=0)], ...]
    values: tuple[Annotated[_Euro | None, BeforeValidator(_none_where_open)], ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_steps(self.below, self.values)
        return self


class Most(SchemePart):
    """The most euro of a scheme.

    Attributes
    ----------
    merger : int or None
        For one merger; None without end.
    all : int or None
        For all mergers together; None without end. A plan that passes it is told, and not cut.
    """

    merger: _Euro | None = None
    all: _Euro | None = None


class BonusScheme(Scheme):
    """What a merger of two municipalities or more is paid.

    Attributes
    ----------
    per_inhabitant : OpenSteps
        Euro an inhabitant of the new municipality, by its inhabitants.
    fixed : int
        Euro that every merger is paid besides.
    most : Most
    inhabitants : str
        Column of the inhabitants that count; empty for those of the instance.
    """

    KIND: ClassVar[str] = "bonus"

    per_inhabitant: OpenSteps
    fixed: _Euro = 0
    most: Most = Most()
    inhabitants: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """What inhabitants give, the most for one merger counted; an amount not published is NaN."""
        ends = (*(end - 1 for end in self.per_inhabitant.below), None)
        steps: list[Step] = []
        for lowest, highest, rate in zip(
            (0, *self.per_inhabitant.below), ends, self.per_inhabitant.values, strict=True
        ):
            steps += self._step(lowest, highest, rate)
        return tuple(steps)

    def _step(self, lowest: int, highest: int | None, rate: int | None) -> list[Step]:
        """A step, divided where it comes to the most for one merger."""
        if rate is None:
            return [Step(lowest, highest, constant=math.nan)]
        most = self.most.merger
        if not rate:
            return [
                Step(lowest, highest, constant=float(self.fixed if most is None else min(self.fixed, most)))
            ]
        free = Step(lowest, highest, constant=float(self.fixed), slope=float(rate))
        first = math.inf if most is None else max(0, -(-(most - self.fixed) // rate))
        if most is None or (highest is not None and first > highest):
            return [free]
        full = Step(max(lowest, int(first)), highest, constant=float(most))  # comes to the most
        return [full] if first <= lowest else [replace(free, highest=full.lowest - 1), full]

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """Steps of which nothing is published."""
        return tuple(one for one in self.steps if math.isnan(one.constant))
