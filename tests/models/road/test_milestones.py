"""Dates of a road."""

from __future__ import annotations

import datetime

import pytest
from pydantic import ValidationError
from refzones.models.road import Milestone, Milestones


def milestones(*dates: str, horizon: str = "2040-01-01") -> Milestones:
    return Milestones.model_validate(
        {"title": "t", "source": "s", "milestones": [{"date": d} for d in dates], "horizon": horizon}
    )


def test_days_are_counted_from_each_date_to_the_horizon() -> None:
    found = milestones("2027-01-01", "2031-01-01", horizon="2037-01-01")
    assert found.dates == (datetime.date(2027, 1, 1), datetime.date(2031, 1, 1))
    assert found.days == (3653, 2192)


@pytest.mark.parametrize(
    ("dates", "horizon", "what"),
    [
        (("2031-01-01", "2027-01-01"), "2040-01-01", "out of order: 2027-01-01 follows 2031-01-01"),
        (("2031-01-01", "2031-01-01"), "2040-01-01", "2031-01-01 stands twice"),
        (("2031-01-01",), "2031-01-01", "horizon 2031-01-01 is not after the last date"),
    ],
)
def test_dates_that_cannot_be(dates: tuple[str, ...], horizon: str, what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        milestones(*dates, horizon=horizon)


@pytest.mark.parametrize(
    "date",
    [2031, True, "2031", "31-01-2031", datetime.datetime(2031, 1, 1, 12), None, datetime.date(2031, 1, 2)],
)
def test_what_is_no_first_of_january_is_refused(date: object) -> None:
    with pytest.raises(ValidationError, match=r"1 January|write a date as 2031-01-01"):
        Milestone.model_validate({"date": date})
