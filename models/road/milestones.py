"""Milestones: the dates on which mergers may take effect, with what is known of each."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

DAYS_IN_4_YEARS = 1461
"""Durations are counted in days, and told in years of a quarter of this."""


def _as_date(value: Any) -> Any:
    """Take a date, or the text of one; no number, and no moment of a day."""
    if isinstance(value, datetime.datetime) or not isinstance(value, str | datetime.date):
        raise ValueError("write a date as 2031-01-01")
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError("write a date as 2031-01-01") from None


Date = Annotated[datetime.date, BeforeValidator(_as_date)]
"""A date, as TOML writes it."""


class RoadPart(BaseModel):
    """Base of all parts of a road file: frozen, and without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Milestone(RoadPart):
    """A date on which mergers may take effect.

    Attributes
    ----------
    date : date
        1 January of a year: instances and counts of inhabitants are of that day.
    name : str
        What people call it.
    bonus : str
        Scheme of the bonus of mergers that take effect then; empty where none is known.
    source, note : str
        Where the date comes from, and what is not certain about it.
    """

    date: Date
    name: str = ""
    bonus: str = ""
    source: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _first_of_january(self) -> Self:
        if (self.date.month, self.date.day) != (1, 1):
            raise ValueError(f"{self.date} is no 1 January: mergers take effect on that day of a year")
        return self


class Milestones(RoadPart):
    """The dates of a road, first to last.

    Attributes
    ----------
    title : str
    source : str
        Publication that the dates come from.
    note : str
        What of them is law, and what is not.
    milestones : tuple of Milestone
        In order, each date once.
    horizon : date
        Until when years are counted, from the first date on.
    """

    title: str
    source: str
    note: str = ""
    milestones: Annotated[tuple[Milestone, ...], Field(min_length=1, max_length=40)]
    horizon: Date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for one, later in pairwise(self.milestones):
            if one.date == later.date:
                raise ValueError(f"the date {one.date} stands twice; keep it once")
            if one.date > later.date:
                raise ValueError(f"the dates are out of order: {later.date} follows {one.date}")
        if self.horizon <= self.milestones[-1].date:
            raise ValueError(
                f"the horizon {self.horizon} is not after the last date, {self.milestones[-1].date}"
            )
        return self

    @property
    def dates(self) -> tuple[datetime.date, ...]:
        """Dates of the milestones."""
        return tuple(one.date for one in self.milestones)

    @property
    def days(self) -> tuple[int, ...]:
        """Days from each date to the horizon."""
        return tuple((self.horizon - date).days for date in self.dates)
