"""When the mergers of a plan leave the bounds: in the years that are known, and after them at their pace."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ..results.mergers import Merger, part_key
from ..results.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

HORIZON = 2040
"""Last year that is looked at, unless another one is asked for."""
_FURTHEST = 9999

Bound = Literal["min", "floor", "max", "ceiling", "absorb_up_to"]
"""A bound of the scenario by its key."""
_LOWER = ("min", "floor")


@dataclass(frozen=True)
class Crossing:
    """What becomes of one bound on a merger.

    Attributes
    ----------
    bound : str
        Its key in the scenario.
    value : int
        Inhabitants.
    missed : tuple of int
        Known years in which the merger is, or would have been, beyond it.
    year : int or None
        The first later year in which it is beyond it, at its pace. None where that is not before the horizon,
        where it is beyond it already in the last known year, or where no pace is known.
    soft : bool
        Whether it may be missed at a price.
    """

    bound: Bound
    value: int
    missed: tuple[int, ...]
    year: int | None
    soft: bool = False


@dataclass(frozen=True)
class PartOverTime:
    """A merger, or a zone, that has to keep the bounds, year by year.

    Attributes
    ----------
    part : Merger
    level : {'mergers', 'zones'}
    counted : tuple of int
        Members whose inhabitants the bounds are about: all of them, or those that a city above the maximum
        absorbs.
    figures : dict of int to int
        Their inhabitants in each year in which all of them are known, ascending.
    crossings : tuple of Crossing
        One for each bound.
    """

    part: Merger
    level: str
    counted: tuple[int, ...]
    figures: dict[int, int]
    crossings: tuple[Crossing, ...]

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last known year, between which the pace is measured; None where fewer than two are."""
        return (min(self.figures), max(self.figures)) if len(self.figures) > 1 else None

    @property
    def pace(self) -> float | None:
        """Mean change in inhabitants a year between the first and the last known year."""
        if self.years is None:
            return None
        first, last = self.years
        return (self.figures[last] - self.figures[first]) / (last - first)


@dataclass(frozen=True, eq=False)
class BoundsOverTime:
    """The mergers and zones of a plan that have to keep bounds, over the years.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    horizon : int
        Last year that was looked at.
    parts : tuple of PartOverTime
        By level, then by first member; those that are exempt from the bounds are left out.
    """

    instance: Instance
    scenario: Scenario
    horizon: int
    parts: tuple[PartOverTime, ...]

    @property
    def leaving(self) -> list[tuple[PartOverTime, Crossing]]:
        """What leaves a bound until the horizon, the soonest first."""
        found = [(one, crossing) for one in self.parts for crossing in one.crossings if crossing.year]
        return sorted(found, key=lambda pair: (pair[1].year or 0, pair[0].level, pair[0].part.members))

    @property
    def missing(self) -> list[tuple[PartOverTime, Crossing]]:
        """What is beyond a bound in a known year."""
        return [(one, crossing) for one in self.parts for crossing in one.crossings if crossing.missed]

    def to_frame(self) -> pd.DataFrame:
        """Give one row for each merger, or zone, and bound.

        Returns
        -------
        DataFrame
            level, part (its name), seat_nis, first and last (known years), pace (inhabitants a year), bound,
            value, soft, missed (years, separated by blanks), year (in which it leaves the bound), and
            ``inhabitants_YEAR`` for each known year.
        """
        import pandas as pd

        years = sorted({year for one in self.parts for year in one.figures})
        return pd.DataFrame(
            [self._row(one, crossing, years) for one in self.parts for crossing in one.crossings],
            columns=[*_COLUMNS, *(f"inhabitants_{year}" for year in years)],
        ).astype({"first": "Int64", "last": "Int64", "year": "Int64"})

    def _row(self, one: PartOverTime, crossing: Crossing, years: Sequence[int]) -> list[object]:
        first, last = one.years or (None, None)
        return [
            one.level,
            one.part.name(self.instance),
            self.instance.codes[one.part.seat],
            first,
            last,
            one.pace,
            crossing.bound,
            crossing.value,
            crossing.soft,
            " ".join(map(str, crossing.missed)),
            crossing.year,
            *(one.figures.get(year) for year in years),
        ]


_COLUMNS = ("level", "part", "seat_nis", "first", "last", "pace", "bound", "value", "soft", "missed", "year")


def bounds_over_time(
    instance: Instance, scenario: Scenario, plan: Plan, *, horizon: int = HORIZON
) -> BoundsOverTime:
    """Tell which mergers of a plan leave the bounds by when, and in which years they would have missed them.

    The inhabitants of a merger are summed for each year of `Instance.yearly` in which all its members are
    known. After the last of these years they go on changing by as many inhabitants a year as between the
    first and the last: a straight line, no forecast.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Whose bounds they are: `min` and `max`, and `floor` and `ceiling` where they are beyond them. Of a
        city that absorbs others, what it absorbs.
    plan : Plan
        Whatever scenario it was made for: who is exempt is told by this one.
    horizon : int
        Last year to look at.

    Returns
    -------
    BoundsOverTime

    Raises
    ------
    InputError
        The horizon is no year.

    Examples
    --------
    >>> found = bounds_over_time(instance, scenario, plan, horizon=2050)
    >>> [(one.part.name(instance), crossing.value, crossing.year) for one, crossing in found.leaving]
    """
    if not 0 < horizon <= _FURTHEST:
        reject("the horizon must be a year", "give one such as 2040", value=horizon)
    if plan.scenario is not scenario or plan.instance is not instance:
        plan = plan.under(scenario, instance)
    levels = zip(scenario.levels, (plan.mergers, plan.zones), strict=False)
    parts = [one for asked, own in levels for one in _parts(instance, asked, own, horizon)]
    return BoundsOverTime(instance, scenario, horizon, tuple(parts))


def _parts(
    instance: Instance, asked: Scenario, own: Iterable[Merger], horizon: int
) -> Iterator[PartOverTime]:
    for part in own:
        if part.standalone:
            continue
        cities = [i for i in part.members if int(instance.population[i]) > asked.population.max]
        counted = part.members
        bounds = _bounds(asked)
        if cities and asked.rules.above_max == "absorb":
            counted = tuple(i for i in part.members if i not in cities)
            bounds = [("absorb_up_to", asked.rules.absorb_up_to, False)]
        if counted:
            figures = _figures(instance, counted)
            crossings = tuple(_crossing(figures, *bound, horizon) for bound in bounds)
            yield PartOverTime(part, asked.level, counted, figures, crossings)


def _bounds(asked: Scenario) -> list[tuple[Bound, int, bool]]:
    """Give the bounds, each with whether it is soft: the hard one then lies beyond it."""
    population = asked.population
    soft_min, soft_max = population.lowest < population.min, population.highest > population.max
    bounds: list[tuple[Bound, int, bool]] = [
        ("min", population.min, soft_min),
        ("max", population.max, soft_max),
    ]
    bounds += [("floor", population.lowest, False)] if soft_min else []
    bounds += [("ceiling", population.highest, False)] if soft_max else []
    return [(bound, value, soft) for bound, value, soft in bounds if value > 0]


def _figures(instance: Instance, members: Sequence[int]) -> dict[int, int]:
    """Sum the inhabitants of some municipalities in the years in which all of them are known."""
    sums = {year: float(column[list(members)].sum()) for year, column in sorted(instance.yearly.items())}
    return {year: int(people) for year, people in sums.items() if not math.isnan(people)}


def _crossing(figures: dict[int, int], bound: Bound, value: int, soft: bool, horizon: int) -> Crossing:
    sign = -1 if bound in _LOWER else 1
    missed = tuple(year for year, people in figures.items() if sign * (people - value) > 0)
    year = None
    if len(figures) > 1 and max(figures) not in missed:
        year = _first_beyond(figures, sign, value)
    return Crossing(bound, value, missed, year if year is not None and year <= horizon else None, soft)


def _first_beyond(figures: dict[int, int], sign: int, value: int) -> int | None:
    """First year in which the line through the first and last figure is beyond a value; in whole numbers.

    The last figure is not beyond it. None where the line goes the other way.
    """
    first, last = min(figures), max(figures)
    change = sign * (figures[last] - figures[first])  # in so many years:
    span = last - first
    room = sign * (value - figures[last])
    return last + room * span // change + 1 if change > 0 else None


def years_text(years: Sequence[int]) -> str:
    """Write years, those in a row as a span: 2015-2018, 2020."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in spans)


def leaving_text(instance: Instance, one: PartOverTime, crossing: Crossing) -> str:
    """Say when a merger leaves a bound at its pace, in a sentence without a full stop."""
    assert one.years is not None
    first, last = one.years
    goes = "falls below" if crossing.bound in _LOWER else "passes"
    who = _named(instance, one, crossing)
    people = _inhabitants(crossing)
    return f"{who} {goes} {people} in {crossing.year} at the pace of {first}-{last}"


def missed_text(instance: Instance, one: PartOverTime, crossing: Crossing) -> str:
    """Say in which known years a merger is beyond a bound, in a sentence without a full stop."""
    than = "fewer than" if crossing.bound in _LOWER else "more than"
    who = _named(instance, one, crossing)
    return f"{who} had {than} {_inhabitants(crossing)} in {years_text(crossing.missed)}"


def _inhabitants(crossing: Crossing) -> str:
    return f"{crossing.value:,} inhabitants{' (a soft bound)' if crossing.soft else ''}"


def _named(instance: Instance, one: PartOverTime, crossing: Crossing) -> str:
    name = one.part.name(instance)
    if crossing.bound == "absorb_up_to":
        return f"what {instance.names[one.part.seat]} absorbs"
    return f"the {part_key(one.level)} of {name}" if one.level == "zones" else name
