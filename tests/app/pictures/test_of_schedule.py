"""Bars and maps of a schedule."""

from __future__ import annotations

import pytest
from matplotlib.patches import Rectangle
from refzones.app.pictures import plot_schedule, plot_schedule_map
from refzones.solver import Plan
from refzones.solver.road.problem import road_problem
from refzones.solver.road.schedule import Schedule
from refzones.solver.road.solving import best_schedule
from support.build import build_instance
from support.roads import DATES, SCENARIO, road_of

INSTANCE = build_instance(
    [20_000, 15_000, 9_000, 22_000, 31_000, 16_000, 17_000],
    [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6)],
    points=[(1000.0 * i, 700.0 * (i % 2)) for i in range(7)],
)
PLAN = Plan.of(INSTANCE, SCENARIO, [(0, 1), (2, 3), (4,), (5, 6)])


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    road = road_of(
        agreements=[{"merger": "M0", "at": "2031-01-01"}],
        capacity=[{"date": "2027-01-01", "mergers": 1}, {"date": "2031-01-01", "mergers": 1}],
    )
    found = best_schedule(road_problem(INSTANCE, SCENARIO, PLAN, road))
    assert isinstance(found, Schedule)
    return found


def test_bars_begin_where_mergers_take_effect(schedule: Schedule) -> None:
    axes = plot_schedule(schedule).axes[0]
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert [bar.get_x() for bar in bars] == [date.toordinal() for date in DATES]
    assert {bar.get_x() + bar.get_width() for bar in bars} == {schedule.problem.road.horizon.toordinal()}
    assert len({bar.get_facecolor() for bar in bars}) == 2
    assert [label.get_text() for label in axes.get_yticklabels()] == ["M6 +1", "M0 +1", "M3 +1"]
    assert "does not take effect" in {text.get_text() for text in axes.texts}


def test_bars_are_apart_in_grey(schedule: Schedule) -> None:
    axes = plot_schedule(schedule).axes[0]
    colours = {bar.get_facecolor()[:3] for bar in axes.patches}
    greys = sorted(0.299 * r + 0.587 * g + 0.114 * b for r, g, b in colours)
    assert greys[1] - greys[0] > 0.15


def test_texts_are_in_the_language(schedule: Schedule) -> None:
    axes = plot_schedule(schedule, language="nl").axes[0]
    assert axes.get_title(loc="left").strip() == "Wanneer fusies ingaan"
    texts = {text.get_text() for text in axes.texts}
    assert {"1 januari 2027", "2 gemeenten, 33.000 inwoners", "gaat niet in"} <= texts


def test_a_map_fills_what_has_merged_and_hatches_what_merges_now(schedule: Schedule) -> None:
    fills = []
    for place in range(2):
        axes = plot_schedule_map(schedule, place).axes[0]
        areas = axes.collections[0].get_facecolors().tolist()
        fills.append([tuple(colour) for colour in areas])
    white = (1.0, 1.0, 1.0, 1.0)
    assert [colour == white for colour in fills[0]] == [True, True, False, False]
    assert [colour == white for colour in fills[1]] == [False, True, False, False]
    title = plot_schedule_map(schedule, 1, language="nl").axes[0].get_title(loc="left")
    assert title.startswith("1 januari 2031: nu 1 fusie")
