"""What `schedule.json` and its tables hold."""

from __future__ import annotations

from refzones.solver import Plan
from refzones.solver.road.problem import road_problem
from refzones.solver.road.record import (
    DATE_COLUMNS,
    MERGER_COLUMNS,
    ScheduleRecord,
    date_rows,
    merger_rows,
    plan_digest,
    road_digest,
    schedule_record,
)
from refzones.solver.road.schedule import Schedule
from refzones.solver.road.solving import best_schedule
from support.build import build_instance
from support.roads import SCENARIO, road_of

INSTANCE = build_instance([20_000, 15_000, 9_000, 22_000], [(0, 1), (2, 3)])
PLAN = Plan.of(INSTANCE, SCENARIO, [(0, 1), (2, 3)])
MILESTONES = [{"date": "2027-01-01", "bonus": "2026"}, {"date": "2031-01-01"}]


def _schedule() -> Schedule:
    road = road_of(milestones=MILESTONES, agreements=[{"merger": "M0", "at": "2031-01-01"}])
    found = best_schedule(road_problem(INSTANCE, SCENARIO, PLAN, road))
    assert isinstance(found, Schedule)
    return found


def test_a_record_is_read_back_as_it_was() -> None:
    record = schedule_record(_schedule())
    assert ScheduleRecord.model_validate_json(record.model_dump_json()) == record
    when = [(one.date, one.bonus) for one in record.mergers]
    assert when == [("2031-01-01", None), ("2027-01-01", 1_000_000 + 500 * 31_000)]


def test_digests_change_with_what_they_seal() -> None:
    other = Plan.of(INSTANCE, SCENARIO, [(0, 1), (2,), (3,)])
    assert plan_digest(INSTANCE, PLAN) != plan_digest(INSTANCE, other)
    assert road_digest(road_of()) != road_digest(road_of(compulsory=True))


def test_rows_fit_their_columns() -> None:
    schedule = _schedule()
    assert all(len(row) == len(MERGER_COLUMNS) for row in merger_rows(schedule))
    rows = [dict(zip(DATE_COLUMNS, row, strict=True)) for row in date_rows(schedule)]
    assert [row["municipalities"] for row in rows] == [4, 3, 2]
