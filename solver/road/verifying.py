"""A second reading of schedules: each rule again, in plain loops, from the road itself.

It shares no code with what makes rules and schedules.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from ...instances.common.activity import doing
from ...instances.instance import Instance
from ...models.road import Capacity, Road
from ...models.scenario.scenario import Scenario
from ..results.plan import Plan

_PROVINCES = {
    "Antwerpen": "1",
    "Vlaams-Brabant": "2",
    "West-Vlaanderen": "3",
    "Oost-Vlaanderen": "4",
    "Limburg": "7",
}

When = Mapping[tuple[int, ...], datetime.date | None]
"""Date on which each merger takes effect, by its members; None where it does not."""


@doing("verifying")
def check_schedule(
    instance: Instance, scenario: Scenario, plan: Plan, road: Road, when: When
) -> tuple[str, ...]:
    """Check that a schedule keeps what a road asks.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    plan : Plan
    road : Road
    when : mapping of tuple of int to date or None

    Returns
    -------
    tuple of str
        One sentence for each rule that is broken; empty where none is.
    """
    wanted = {merger.members for merger in plan.mergers if len(merger.members) > 1}
    broken = []
    if set(when) != wanted:
        broken.append("the schedule does not hold exactly the mergers of the plan")
    seen: set[int] = set()
    for members in when:
        if seen & set(members):
            broken.append("a municipality stands in two mergers of the schedule")
        seen |= set(members)
    known = {one.date for one in road.milestones}
    if any(date is not None and date not in known for date in when.values()):
        broken.append("a merger takes effect on a date that is none of the milestones")
    broken += _agreed(instance, road, when)
    broken += _waiting(instance, road, when)
    seat = {merger.members: merger.seat for merger in plan.mergers}
    for capacity in road.capacity:
        broken += _too_much(instance, scenario, road, capacity, when, seat)
    return tuple(broken)


def _date_of(instance: Instance, when: When, words: Sequence[str]) -> datetime.date | None:
    i = instance.find(words[0])
    for members, date in when.items():
        if i in members:
            return date
    return None


def _agreed(instance: Instance, road: Road, when: When) -> Iterator[str]:
    for one in road.agreements:
        date, name = _date_of(instance, when, one.merger), " + ".join(one.merger)
        if one.at is not None and date != one.at:
            yield f"{name} does not take effect on {one.at}"
        if one.not_before is not None and date is not None and date < one.not_before:
            yield f"{name} takes effect before {one.not_before}"
        if one.not_after is not None and (date is None or date > one.not_after):
            yield f"{name} has not taken effect by {one.not_after}"
    for order in road.orders:
        first, then = (_date_of(instance, when, words) for words in (order.first, order.then))
        if then is not None and (first is None or first >= then):
            yield f"{' + '.join(order.then)} does not take effect after {' + '.join(order.first)}"
    if road.compulsory and None in when.values():
        yield "a merger does not take effect, though all must"


def _waiting(instance: Instance, road: Road, when: When) -> Iterator[str]:
    for members, date in when.items():
        for i in members:
            year = int(instance.merged_in[i])
            if road.rest_years and year and date is not None and date.year - year < road.rest_years:
                yield f"{instance.names[i]} merges again within {road.rest_years} years"


def _too_much(
    instance: Instance,
    scenario: Scenario,
    road: Road,
    capacity: Capacity,
    when: When,
    seat: Mapping[tuple[int, ...], int],
) -> Iterator[str]:
    given = instance.given or instance
    dates = [one.date for one in road.milestones if capacity.date in (None, one.date)]
    spans = [dates] if capacity.together else [[date] for date in dates]
    for span in spans:
        counted = []
        for members, date in when.items():
            at = seat.get(members, members[0])
            if capacity.region is not None and given.regions[given.region[at]] != capacity.region:
                continue
            digits = _PROVINCES.get(capacity.province or "", "")
            if not instance.codes[at].startswith(digits) or date not in span:
                continue
            counted.append((members, date))
        sums = {
            "mergers": len(counted),
            "municipalities": sum(len(members) for members, _ in counted),
            "inhabitants": sum(int(instance.population[i]) for members, _ in counted for i in members),
        }
        if capacity.bonus is not None:
            sums["bonus"] = _bonus(instance, scenario, road, counted)
        for unit, number in sums.items():
            most = getattr(capacity, unit)
            if most is not None and number > most:
                yield f"{number:,} {unit} on {', '.join(map(str, span))}, more than {most:,}"


def _bonus(
    instance: Instance,
    scenario: Scenario,
    road: Road,
    counted: Sequence[tuple[tuple[int, ...], datetime.date | None]],
) -> int:
    from ...models.indicators import build_indicator

    total = 0
    for members, date in counted:
        scheme = next(one.bonus for one in road.milestones if one.date == date)
        indicator = build_indicator(f"bonus({scheme})", instance, scenario.levels[0])
        total += round(float(indicator.of_plan([members]).numbers[0]))
    return total
