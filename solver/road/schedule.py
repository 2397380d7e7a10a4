"""A schedule: which merger takes effect when, and what that makes of the municipalities."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ...models.road.milestones import DAYS_IN_4_YEARS
from .mergers import RoadMerger
from .problem import RoadProblem


@dataclass(frozen=True)
class Standing:
    """What there is from a date on, of the municipalities that the plan holds.

    Attributes
    ----------
    date : date or None
        None for what there is before the first one.
    mergers : tuple of RoadMerger
        Those that take effect on the date.
    municipalities : int
        All there are from then on.
    below_minimum : int
        Inhabitants of all municipalities below the minimum, those alone by rule among them.
    councillors : int
        Of all municipalities.
    bonus : int or None
        Of the mergers that take effect; None where it is not known.
    """

    date: datetime.date | None
    mergers: tuple[RoadMerger, ...]
    municipalities: int
    below_minimum: int
    councillors: int
    bonus: int | None

    @property
    def merging(self) -> int:
        """Municipalities that merge on the date."""
        return sum(len(one.merger.members) for one in self.mergers)

    @property
    def inhabitants(self) -> int:
        """Inhabitants of the municipalities that merge on the date."""
        return sum(one.population for one in self.mergers)


@dataclass(frozen=True)
class Schedule:
    """Which merger of a plan takes effect when.

    Attributes
    ----------
    problem : RoadProblem
    when : tuple of int
        Place of the date of each merger; `RoadProblem.never` where it does not take effect.
    is_proved : bool
        Whether no schedule is better.
    bounds : tuple of int
        What each aim is at least, given those before it: its total where that is proved.
    """

    problem: RoadProblem
    when: tuple[int, ...]
    is_proved: bool
    bounds: tuple[int, ...]

    @property
    def dates(self) -> tuple[datetime.date | None, ...]:
        """Date of each merger; None where it does not take effect."""
        dates = (*self.problem.road.dates, None)
        return tuple(dates[t] for t in self.when)

    def mergers_at(self, place: int) -> tuple[RoadMerger, ...]:
        """Give the mergers that take effect at the place of a date, or do not take effect."""
        return tuple(m for m, t in zip(self.problem.mergers, self.when, strict=True) if t == place)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """What there is before the first date, and from each date on."""
        instance, mergers = self.problem.instance, self.problem.mergers
        minimum = self.problem.scenario.levels[0].population.min
        people = instance.population.tolist()
        others = [m.members[0] for m in self.problem.plan.mergers if len(m.members) == 1]
        below = sum(people[i] for i in others if people[i] < minimum)
        below += sum(one.below_before for one in mergers)
        council = councillors_alone(self.problem, others) + sum(one.councillors_before for one in mergers)
        number = sum(len(merger.members) for merger in self.problem.plan.mergers)
        found = [Standing(None, (), number, below, council, None)]
        for place, date in enumerate(self.problem.road.dates):
            now = self.mergers_at(place)
            number -= sum(len(one.merger.members) - 1 for one in now)
            below -= sum(one.below_before - one.below_after for one in now)
            council -= sum(one.councillors_before - one.councillors_after for one in now)
            found.append(Standing(date, now, number, below, council, total_bonus(now, place)))
        return tuple(found)

    @cached_property
    def totals(self) -> dict[str, float | int | None]:
        """Inhabitants below the minimum and councillors, times years to the horizon; the bonus in euros."""
        days = self.problem.road.days
        spans = [a - b for a, b in zip(days, (*days[1:], 0), strict=True)]
        after = self.standings[1:]
        years = 4 / DAYS_IN_4_YEARS
        bonus = [one.bonus for one in after if one.mergers]
        return {
            "below_minimum": sum(s * one.below_minimum for s, one in zip(spans, after, strict=True)) * years,
            "mandates": sum(s * one.councillors for s, one in zip(spans, after, strict=True)) * years,
            "bonus": None if None in bonus else sum(b for b in bonus if b is not None),
        }


def total_bonus(mergers: Iterable[RoadMerger], place: int) -> int | None:
    """Add up the bonus of mergers on a date; None where one is not known."""
    found = [one.bonus[place] for one in mergers]
    return None if None in found else sum(b for b in found if b is not None)


def councillors_alone(problem: RoadProblem, municipalities: list[int]) -> int:
    """Count the councillors of municipalities that stay as they are."""
    from ...models.indicators import build_indicator

    council = build_indicator("councillors", problem.instance, problem.scenario.levels[0])
    return round(council.of_plan([(i,) for i in municipalities]).numbers.sum()) if municipalities else 0
