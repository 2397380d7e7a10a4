"""A road: milestones, and what is agreed about the mergers that take effect on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from ...instances.common.field_types import MOST_PEOPLE, Flag, Municipality, Number, Whole
from .milestones import Date, Milestones, RoadPart

Objective = Literal["below_minimum", "mandates", "least_bonus", "most_bonus"]
"""What is made as small as possible: inhabitants in municipalities below the minimum times years, councillors
times years, the bonus; or what is made as large as possible: the bonus."""

Named = Annotated[tuple[Municipality, ...], Field(min_length=1)]
"""A merger of the plan: one of its members, or all of them."""

_Most = Annotated[Whole, Field(ge=0, le=MOST_PEOPLE)]
_Weight = Annotated[Number, Field(ge=0, le=1_000_000)]


class Capacity(RoadPart):
    """The most that takes effect on a date, in Flanders or a part of it.

    A merger counts where its seat lies.

    Attributes
    ----------
    date : date or None
        None for each date.
    together : bool
        The bound is one on all dates together.
    region, province : str or None
        Only mergers with their seat there; none of both for all.
    mergers, municipalities, inhabitants, bonus : int or None
        The most that may take effect; euros for the bonus.
    """

    date: Date | None = None
    together: Flag = False
    region: str | None = None
    province: str | None = None
    mergers: _Most | None = None
    municipalities: _Most | None = None
    inhabitants: _Most | None = None
    bonus: _Most | None = None

    @property
    def bounds(self) -> tuple[tuple[str, int], ...]:
        """What is bounded, and by how much."""
        units = ("mergers", "municipalities", "inhabitants", "bonus")
        return tuple((unit, most) for unit in units if (most := getattr(self, unit)) is not None)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if not self.bounds:
            raise ValueError(
                "this capacity bounds nothing; give mergers, municipalities, inhabitants or bonus"
            )
        if self.region is not None and self.province is not None:
            raise ValueError("name a region or a province, not both")
        if self.together and self.date is not None:
            raise ValueError("a capacity for all dates together has no date of its own")
        return self


class Agreement(RoadPart):
    """When a merger takes effect.

    Attributes
    ----------
    merger : tuple of str
        One of its members, or all of them, by name or code.
    at : date or None
        It takes effect then.
    not_before : date or None
        It does not take effect earlier.
    not_after : date or None
        It has taken effect by then.
    """

    merger: Named
    at: Date | None = None
    not_before: Date | None = None
    not_after: Date | None = None

    @field_validator("merger", mode="before")
    @classmethod
    def _one(cls, value: object) -> object:
        return _as_list(value)

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        name = " + ".join(self.merger)
        if self.at is None and self.not_before is None and self.not_after is None:
            raise ValueError(f"{name}: say at which date, or not before or not after which one")
        if self.at and self.not_before and self.at < self.not_before:
            raise ValueError(f"{name}: at {self.at} and not before {self.not_before} contradict each other")
        if self.at and self.not_after and self.at > self.not_after:
            raise ValueError(f"{name}: at {self.at} and not after {self.not_after} contradict each other")
        if self.not_before and self.not_after and self.not_before > self.not_after:
            raise ValueError(
                f"{name}: not before {self.not_before} and not after {self.not_after} contradict each other"
            )
        return self


class Order(RoadPart):
    """One merger takes effect before another: the second only on a later date than the first.

    Attributes
    ----------
    first, then : tuple of str
        As in an agreement.
    """

    first: Named
    then: Named

    @field_validator("first", "then", mode="before")
    @classmethod
    def _one(cls, value: object) -> object:
        return _as_list(value)


def _as_list(value: object) -> object:
    """Take a single name as a list of one, and names with a plus sign between them as several."""
    if isinstance(value, str) and "+" in value:
        return [part.strip() for part in value.split("+") if part.strip()]
    if isinstance(value, Iterable) and not isinstance(value, str):
        return list(value)
    return [value]


class Road(Milestones):
    """What is asked of a schedule.

    Attributes
    ----------
    compulsory : bool
        Every merger of the plan has taken effect by the last date; otherwise it may also not take effect.
    rest_years : int
        Years that a municipality which came out of a merger waits for the next one.
    capacity : tuple of Capacity
    agreements : tuple of Agreement
    orders : tuple of Order
    objectives : tuple of str
        What is sought, the most important first: a later one decides between schedules that are equal in
        those before it.
    weights : dict of str to float
        In place of an order: points for an inhabitant-year, a councillor-year, and a euro.
    """

    compulsory: Flag = False
    rest_years: Annotated[Whole, Field(ge=0, le=100)] = 0
    capacity: tuple[Capacity, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    orders: tuple[Order, ...] = ()
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)] = ("below_minimum", "mandates")
    weights: dict[Objective, _Weight] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _dates_are_known(self) -> Self:
        known = ", ".join(map(str, self.dates))
        for capacity in self.capacity:
            if capacity.date is not None and capacity.date not in self.dates:
                raise ValueError(f"a capacity for {capacity.date}, which is no date of the file: {known}")
        for agreement in self.agreements:
            if agreement.at is not None and agreement.at not in self.dates:
                name = " + ".join(agreement.merger)
                raise ValueError(f"{name}: at {agreement.at}, which is no date of the file: {known}")
        return self

    @model_validator(mode="after")
    def _one_aim(self) -> Self:
        twice = sorted({key for key in self.objectives if self.objectives.count(key) > 1})
        if twice:
            raise ValueError(f"the objective '{twice[0]}' stands twice; keep it once")
        if {"least_bonus", "most_bonus"} <= set(self.weights or self.objectives):
            raise ValueError("the bonus cannot be as small and as large as possible; keep one of the two")
        if self.weights and not any(self.weights.values()):
            raise ValueError("all objectives weigh 0; give one of them a weight above 0")
        return self
