"""What `schedule.json` holds, and its tables."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from typing import Any, Literal

from ...instances.instance import Instance
from ...models.indicators.asked import data_hash
from ...models.road import Road
from ...models.scenario.scenario import Scenario
from ..results.plan import Plan
from ..results.record import InstanceReference
from ..results.terms import Strict
from .schedule import Schedule, Standing

SCHEDULE_SCHEMA: Literal[1] = 1

MERGER_COLUMNS = (
    "date",
    "merger",
    "region",
    "province",
    "municipalities",
    "population",
    "members",
    "member_nis",
    "below_minimum_before",
    "below_minimum_after",
    "councillors_before",
    "councillors_after",
    "bonus",
)
DATE_COLUMNS = (
    "date",
    "mergers",
    "merging",
    "inhabitants_merging",
    "municipalities",
    "below_minimum",
    "councillors",
    "bonus",
)


class ScheduledMerger(Strict):
    """A merger and its date.

    Attributes
    ----------
    name : str
    members : list of str
        Codes of its municipalities.
    date : str or None
        None where it does not take effect.
    bonus : int or None
        Euros; None where it is not known, or it does not take effect.
    """

    name: str
    members: list[str]
    date: str | None
    bonus: int | None


class StandingRecord(Strict):
    """What there is from a date on; `date` None for before the first one. See `Standing`."""

    date: str | None
    mergers: int
    merging: int
    inhabitants_merging: int
    municipalities: int
    below_minimum: int
    councillors: int
    bonus: int | None


class ScheduleRecord(Strict):
    """Everything that `schedule.json` holds.

    Attributes
    ----------
    plan_digest, road_digest : str
        SHA-256 of the mergers of the plan, and of what is asked of the road.
    is_proved : bool
    totals : dict of str to float or None
        Inhabitants below the minimum, and councillors, times years until the horizon; euros of bonus.
    """

    schema_version: Literal[1] = SCHEDULE_SCHEMA
    refzones: str
    instance: InstanceReference
    scenario: Scenario
    plan_digest: str
    road: Road
    road_digest: str
    is_proved: bool
    totals: dict[str, float | None]
    standings: list[StandingRecord]
    mergers: list[ScheduledMerger]


def plan_digest(instance: Instance, plan: Plan) -> str:
    """Give the SHA-256 of the mergers of a plan, by the codes of their members."""
    groups = sorted(sorted(instance.codes[i] for i in merger.members) for merger in plan.mergers)
    return _digest(groups)


def road_digest(road: Road) -> str:
    """Give the SHA-256 of what is asked of a road."""
    return _digest(road.model_dump(mode="json"))


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def schedule_record(schedule: Schedule) -> ScheduleRecord:
    """Make the record of a schedule."""
    problem = schedule.problem
    instance, scenario = problem.instance, problem.scenario
    return ScheduleRecord(
        refzones=version("refzones"),
        instance=InstanceReference(
            name=instance.name,
            hash=data_hash(instance, scenario),
            municipalities=len(instance),
            inhabitants=int(instance.population.sum()),
        ),
        scenario=scenario,
        plan_digest=plan_digest(instance, problem.plan),
        road=problem.road,
        road_digest=road_digest(problem.road),
        is_proved=schedule.is_proved,
        totals=dict(schedule.totals),
        standings=[_standing(one) for one in schedule.standings],
        mergers=[
            ScheduledMerger(
                name=one.name,
                members=[instance.codes[i] for i in one.merger.members],
                date=None if date is None else str(date),
                bonus=None if date is None else one.bonus[t],
            )
            for one, date, t in zip(problem.mergers, schedule.dates, schedule.when, strict=True)
        ],
    )


def _standing(one: Standing) -> StandingRecord:
    return StandingRecord(**dict(zip(DATE_COLUMNS, _cells(one, None), strict=True)))


def _cells(one: Standing, unknown: Any) -> tuple[Any, ...]:
    return (
        unknown if one.date is None else str(one.date),
        len(one.mergers),
        one.merging,
        one.inhabitants,
        one.municipalities,
        one.below_minimum,
        one.councillors,
        unknown if one.bonus is None else one.bonus,
    )


def date_rows(schedule: Schedule) -> list[tuple[object, ...]]:
    """Give one row a date, the first for what there is before it; empty for what is not known."""
    return [_cells(one, "") for one in schedule.standings]


def merger_rows(schedule: Schedule) -> list[tuple[object, ...]]:
    """Give one row a merger, by date; without a date those that do not take effect, last."""
    problem = schedule.problem
    rows: list[tuple[object, ...]] = []
    for t in range(problem.never + 1):
        date = "" if t == problem.never else str(problem.road.dates[t])
        for one in schedule.mergers_at(t):
            members = one.merger.members
            bonus = one.bonus[t] if date else None
            rows.append(
                (
                    date,
                    one.name,
                    one.region,
                    one.province,
                    len(members),
                    one.population,
                    "; ".join(problem.instance.names[i] for i in members),
                    "; ".join(problem.instance.codes[i] for i in members),
                    one.below_before,
                    one.below_after,
                    one.councillors_before,
                    one.councillors_after,
                    "" if bonus is None else bonus,
                )
            )
    return rows
