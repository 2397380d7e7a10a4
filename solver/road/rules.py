"""The rules of a schedule as rows of whole numbers: capacities, agreements, orders, rest."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import networkx as nx

from ...instances.common.problems import Problems, suggest
from ...instances.instance import Instance
from ...instances.provinces import PROVINCES
from ...models.road import Agreement, Capacity, Road
from .mergers import RoadMerger

_UNITS = {
    "mergers": ("merger", "mergers"),
    "municipalities": ("municipality that merges", "municipalities that merge"),
    "inhabitants": ("inhabitant of municipalities that merge", "inhabitants of municipalities that merge"),
    "bonus": ("euro of bonus", "euros of bonus"),
}
"""What is counted: one of it, and several."""


class Row(NamedTuple):
    """A sum over mergers and dates that is bounded.

    Attributes
    ----------
    terms : tuple of (int, int, int)
        Merger, date, and what it adds to the sum where it takes effect then.
    most : int
        The sum is at most this.
    """

    terms: tuple[tuple[int, int, int], ...]
    most: int


@dataclass(frozen=True)
class RoadRule:
    """One thing that a schedule keeps.

    Attributes
    ----------
    kind : str
    text : str
        What it says, in a sentence without a full stop.
    rows : tuple of Row
    counts : str
        What its only row counts, so that it can be relaxed by some of it; empty where it is kept or not.
    """

    kind: Literal["capacity", "compulsory", "agreement", "order", "rest"]
    text: str
    rows: tuple[Row, ...]
    counts: str = ""

    def holds(self, when: Sequence[int]) -> bool:
        """Tell whether a schedule keeps it."""
        return all(sum(c for m, t, c in row.terms if when[m] == t) <= row.most for row in self.rows)


Bonus = Callable[[int, int], int]
"""Gives the bonus of a merger on a date."""


def rules_of(
    instance: Instance, road: Road, mergers: Sequence[RoadMerger], bonus: Bonus
) -> tuple[RoadRule, ...]:
    """Give the rules of a road for the mergers of a plan.

    Raises
    ------
    InputError
        Lists what is named and not there, and orders that go round in a circle.
    """
    problems = Problems()
    named = _Named(instance, mergers, problems)
    rules = [
        *_compulsory(road, mergers),
        *_rest(instance, road, mergers),
        *(rule for one in road.agreements for rule in _agreed(road, one, named)),
        *_orders(road, named, problems),
        *(
            rule
            for one in road.capacity
            for rule in _capacities(instance, road, one, mergers, bonus, problems)
        ),
    ]
    problems.raise_if_any()
    return tuple(rules)


class _Named:
    """Looks up mergers of the plan as people name them."""

    def __init__(self, instance: Instance, mergers: Sequence[RoadMerger], problems: Problems) -> None:
        self.instance, self.mergers, self.problems = instance, mergers, problems
        self._of = {i: k for k, one in enumerate(mergers) for i in one.merger.members}

    def find(self, words: Sequence[str]) -> int | None:
        """Give the place of a merger; None, and a problem, where the plan has no such one."""
        found = []
        for word in words:
            try:
                found.append(self.instance.find(word))
            except KeyError as error:
                self.problems.add(str(error.args[0]), value=word)
                return None
        place = self._of.get(found[0])
        text = " + ".join(words)
        if place is None:
            self.problems.add("the plan merges this municipality with no other", value=text)
            return None
        one = self.mergers[place]
        if len(found) > 1 and tuple(sorted(found)) != one.merger.members:
            members = " + ".join(self.instance.names[i] for i in one.merger.members)
            self.problems.add(
                f"the plan has no such merger; {self.instance.names[found[0]]} is in {members}", value=text
            )
            return None
        return place

    def __getitem__(self, place: int) -> str:
        return self.mergers[place].name


def _compulsory(road: Road, mergers: Sequence[RoadMerger]) -> Iterator[RoadRule]:
    if road.compulsory:
        never = len(road.milestones)
        row = Row(tuple((m, never, 1) for m in range(len(mergers))), 0)
        text = f"every merger has taken effect by {road.dates[-1]}"
        yield RoadRule("compulsory", text, (row,), "mergers that do not take effect")


def _rest(instance: Instance, road: Road, mergers: Sequence[RoadMerger]) -> Iterator[RoadRule]:
    """Let municipalities that came out of a merger wait."""
    if not road.rest_years:
        return
    early = []
    for m, one in enumerate(mergers):
        last = max(int(instance.merged_in[i]) for i in one.merger.members)
        if last:
            early += [(m, t, 1) for t, date in enumerate(road.dates) if date.year < last + road.rest_years]
    if early:
        text = f"municipalities that came out of a merger wait {road.rest_years} years for the next one"
        yield RoadRule("rest", text, (Row(tuple(early), 0),))


def _agreed(road: Road, one: Agreement, named: _Named) -> Iterator[RoadRule]:
    m = named.find(one.merger)
    if m is None:
        return
    dates = [*road.dates, datetime.date.max]  # the last place: it does not take effect

    def without(text: str, refused: Callable[[datetime.date], bool]) -> RoadRule:
        terms = tuple((m, t, 1) for t, date in enumerate(dates) if refused(date))
        return RoadRule("agreement", text, (Row(terms, 0),))

    if (at := one.at) is not None:
        yield without(f"{named[m]} takes effect on {at}", lambda date: date != at)
    if (early := one.not_before) is not None:
        yield without(f"{named[m]} does not take effect before {early}", lambda date: date < early)
    if (late := one.not_after) is not None:
        yield without(f"{named[m]} has taken effect by {late}", lambda date: date > late)


def _orders(road: Road, named: _Named, problems: Problems) -> Iterator[RoadRule]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    for order in road.orders:
        a, b = named.find(order.first), named.find(order.then)
        if a is None or b is None:
            continue
        graph.add_edge(a, b)
        rows = tuple(
            Row(((b, t, 1), *((a, s, -1) for s in range(t))), 0) for t in range(len(road.milestones))
        )
        yield RoadRule("order", f"{named[a]} takes effect before {named[b]}", rows)
    try:
        circle = [named[a] for a, _ in nx.find_cycle(graph)]
    except nx.NetworkXNoCycle:
        return
    text = ", ".join([*circle, circle[0]])
    problems.add(f"orders go round in a circle, each before the next: {text}", "leave one of them out")


def _capacities(
    instance: Instance,
    road: Road,
    one: Capacity,
    mergers: Sequence[RoadMerger],
    bonus: Bonus,
    problems: Problems,
) -> Iterator[RoadRule]:
    """Give a rule for each date and each thing that a capacity bounds."""
    inside = _inside(instance, one, problems)
    if inside is None:
        return
    where, fits = inside
    counted = [m for m, merger in enumerate(mergers) if fits(merger)]
    places = range(len(road.milestones))
    if one.together:
        sets = [("on all dates together", list(places))]
    else:
        sets = [(f"on {road.dates[t]}", [t]) for t in places if one.date in (None, road.dates[t])]
    for unit, most in one.bounds:
        for when, dates in sets:
            terms = tuple((m, t, _size(mergers[m], unit, m, t, bonus)) for m in counted for t in dates)
            text = f"at most {most:,} {_UNITS[unit][most != 1]} {when}{where}"
            yield RoadRule("capacity", text, (Row(terms, most),), unit)


def _size(merger: RoadMerger, unit: str, m: int, t: int, bonus: Bonus) -> int:
    if unit == "bonus":
        return bonus(m, t)
    sizes = {"mergers": 1, "municipalities": len(merger.merger.members), "inhabitants": merger.population}
    return sizes[unit]


def _inside(
    instance: Instance, one: Capacity, problems: Problems
) -> tuple[str, Callable[[RoadMerger], bool]] | None:
    """Say where a capacity holds, and tell which mergers lie there."""
    regions = (instance.given or instance).regions
    if one.region is not None:
        if one.region not in regions:
            problems.add("capacity: there is no such region", suggest(one.region, regions), value=one.region)
            return None
        return f" in {one.region}", lambda merger: merger.region == one.region
    if one.province is not None:
        if one.province not in PROVINCES:
            what = "capacity: there is no such province"
            problems.add(what, suggest(one.province, PROVINCES), value=one.province)
            return None
        return f" in {one.province}", lambda merger: merger.province == one.province
    return "", lambda merger: True
