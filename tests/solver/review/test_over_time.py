from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import InputError, load
from refzones.models import Scenario
from refzones.solver import Plan, evaluate, evaluation_record, solve
from refzones.solver.review.over_time import (
    BoundsOverTime,
    bounds_over_time,
    leaving_text,
    missed_text,
    years_text,
)
from support.build import build_instance

NOT = float("nan")
SIX = build_instance(
    [10_000, 11_000, 9_000, 30_000, 8_000, 90_000],
    [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)],
    facility=[4],
    yearly={
        2020: [9_000, 10_000, NOT, 26_000, 8_000, 95_000],
        2022: [9_500, 10_500, 8_000, 28_000, 8_000, 92_000],
        2024: [10_000, 11_000, 9_000, 30_000, 8_000, 90_000],
    },
)


def asked(**others: Any) -> Scenario:
    return Scenario.from_dict(
        {"population": {"min": 20_500, "max": 33_000}, "weights": {"distance": 1}} | others
    )


def found(groups: list[tuple[int, ...]], scenario: Scenario | None = None, **more: int) -> BoundsOverTime:
    scenario = scenario or asked()
    return bounds_over_time(SIX, scenario, Plan.of(SIX, scenario, groups), **more)


PLAN = [(0, 1), (2,), (3,), (4,), (5,)]


def test_figures_are_those_of_years_in_which_all_members_are_known() -> None:
    over = found([(0, 1), (2, 3), (4,), (5,)])
    assert [one.part.members for one in over.parts] == [(0, 1), (2, 3)]
    two, three = over.parts
    assert two.figures == {2020: 19_000, 2022: 20_000, 2024: 21_000}
    assert three.figures == {2022: 36_000, 2024: 39_000}
    assert (two.years, two.pace) == ((2020, 2024), 500.0)
    assert (three.years, three.pace) == ((2022, 2024), 1500.0)


def test_exempt_are_left_out() -> None:
    """A facility municipality and a city above the maximum stand alone by rule; a lock exempts as well."""
    locked = asked(locks={"alone": ["M2"]})
    assert [one.part.members for one in found(PLAN, locked).parts] == [(0, 1), (3,)]


def test_years_before_and_after() -> None:
    over = found(PLAN)
    texts = [leaving_text(SIX, *pair) for pair in over.leaving]
    assert texts == [
        "M3 passes 33,000 inhabitants in 2028 at the pace of 2020-2024",
    ]
    assert [missed_text(SIX, *pair) for pair in over.missing] == [
        "M1 +1 had fewer than 20,500 inhabitants in 2020, 2022",
        "M2 had fewer than 20,500 inhabitants in 2022, 2024",
    ]


def test_a_bound_is_kept_while_it_is_reached_exactly() -> None:
    """30,000 and 1,000 a year: 33,000 in 2027, which is the maximum and not beyond it."""
    three = {one.part.members: one for one in found(PLAN).parts}[3,]
    assert {crossing.bound: crossing.year for crossing in three.crossings} == {"min": None, "max": 2028}


def test_what_is_beyond_a_bound_already_does_not_leave_it() -> None:
    lone = {one.part.members: one for one in found(PLAN).parts}[2,]
    below = lone.crossings[0]
    assert (below.missed, below.year) == ((2022, 2024), None)


def test_the_horizon() -> None:
    assert found(PLAN, horizon=2027).leaving == []
    assert len(found(PLAN, horizon=2028).leaving) == 1
    for wrong in (0, 10_000):
        with pytest.raises(InputError, match="the horizon must be a year"):
            found(PLAN, horizon=wrong)


def test_soft_bounds_are_told_apart_from_hard_ones() -> None:
    soft = {"min": 20_500, "max": 33_000, "floor": 10_000, "ceiling": 34_000}
    three = found(PLAN, asked(population=soft, weights={"shortfall": 1e-4})).parts[2]
    assert {one.bound: (one.value, one.year) for one in three.crossings} == {
        "min": (20_500, None),
        "max": (33_000, 2028),
        "floor": (10_000, None),
        "ceiling": (34_000, 2029),
    }
    assert {one.bound for one in three.crossings if one.soft} == {"min", "max"}
    over = found(PLAN, asked(population=soft, weights={"shortfall": 1e-4}))
    assert [leaving_text(SIX, *pair) for pair in over.leaving] == [
        "M3 passes 33,000 inhabitants (a soft bound) in 2028 at the pace of 2020-2024",
        "M3 passes 34,000 inhabitants in 2029 at the pace of 2020-2024",
    ]
    assert missed_text(SIX, *over.missing[0]).startswith("M1 +1 had fewer than 20,500 inhabitants (a soft")


def test_of_a_city_what_it_absorbs() -> None:
    absorbing = asked(rules={"facility": "free", "above_max": "absorb", "absorb_up_to": 12_000})
    over = found([(0, 1), (2,), (3,), (4, 5)], absorbing)
    city = over.parts[-1]
    assert (city.counted, city.figures[2024]) == ((4,), 8_000)
    assert [(one.bound, one.value) for one in city.crossings] == [("absorb_up_to", 12_000)]
    rising = SIX.__class__(
        **{
            **{key: getattr(SIX, key) for key in SIX.__dataclass_fields__},
            "yearly": {2020: SIX.yearly[2020] - 2_000, 2024: SIX.yearly[2024]},
        }
    )
    grown = bounds_over_time(rising, absorbing, Plan.of(rising, absorbing, [(0, 1), (2,), (3,), (4, 5)]))
    (text,) = [leaving_text(rising, *pair) for pair in grown.leaving if pair[0].counted == (4,)]
    assert text == "what M5 absorbs passes 12,000 inhabitants in 2033 at the pace of 2020-2024"


def test_zones_and_mergers() -> None:
    zones = {"population": {"min": 30_000, "max": 62_500}, "rules": {"facility": "free"}}
    scenario = asked(level="nested", zones=zones)
    plan = Plan.of(SIX, scenario, PLAN, [(0, 1, 2), (3, 4), (5,)])
    over = bounds_over_time(SIX, scenario, plan)
    assert [(one.level, one.part.members) for one in over.parts] == [
        ("mergers", (0, 1)),
        ("mergers", (2,)),
        ("mergers", (3,)),
        ("zones", (0, 1, 2)),
        ("zones", (3, 4)),
    ]
    texts = [missed_text(SIX, *pair) for pair in over.missing if pair[0].level == "zones"]
    assert texts == ["the zone of M1 +2 had fewer than 30,000 inhabitants in 2022"]


def test_a_plan_of_another_scenario_is_read_under_this_one() -> None:
    other = Plan.of(SIX, asked(rules={"facility": "free"}), PLAN)
    assert [one.part.members for one in bounds_over_time(SIX, asked(), other).parts] == [
        one.part.members for one in found(PLAN).parts
    ]


def test_no_years_are_known() -> None:
    bare = build_instance([10_000, 11_000], [(0, 1)])
    over = bounds_over_time(bare, asked(), Plan.of(bare, asked(), [(0, 1)]))
    assert (over.parts[0].figures, over.parts[0].pace, over.leaving, over.missing) == ({}, None, [], [])
    assert over.to_frame()["year"].isna().all()


def test_frame() -> None:
    frame = found(PLAN).to_frame()
    assert list(frame.columns[-3:]) == ["inhabitants_2020", "inhabitants_2022", "inhabitants_2024"]
    row = frame[(frame["seat_nis"] == "10003") & (frame["bound"] == "max")].iloc[0]
    assert (row["first"], row["last"], row["pace"], row["value"], row["year"]) == (
        2020,
        2024,
        1000.0,
        33_000,
        2028,
    )


def test_record() -> None:
    scenario = asked()
    evaluation = evaluate(SIX, scenario, Plan.of(SIX, scenario, PLAN))
    record = evaluation_record(evaluation, "mine", found(PLAN, horizon=2030))
    assert record.horizon == 2030
    three = record.over_time[-1]
    assert (three.name, three.seat, three.inhabitants[2022], three.pace) == ("M3", "10003", 28_000, 1000.0)
    assert [(one.bound, one.value, one.missed, one.year) for one in three.bounds] == [
        ("min", 20_500, [], None),
        ("max", 33_000, [], 2028),
    ]
    assert evaluation_record(evaluation, "mine").horizon == 2040


@given(
    st.dictionaries(st.integers(2000, 2010), st.integers(0, 60), min_size=2),
    st.integers(1, 50),
    st.integers(0, 30),
)
def test_any_line(figures: dict[int, int], low: int, width: int) -> None:
    """Year by year along the line, in fractions."""
    high = low + width
    drawn = build_instance([low], [], yearly={year: [people] for year, people in figures.items()})
    scenario = Scenario.from_dict({"population": {"min": low, "max": high}, "weights": {"distance": 1}})
    (part,) = bounds_over_time(drawn, scenario, Plan.of(drawn, scenario, [(0,)]), horizon=2080).parts
    first, last = min(figures), max(figures)
    pace = Fraction(figures[last] - figures[first], last - first)
    for crossing, beyond in zip(part.crossings, (lambda p: p < low, lambda p: p > high), strict=True):
        assert crossing.missed == tuple(year for year, people in sorted(figures.items()) if beyond(people))
        later = [y for y in range(last + 1, 2081) if beyond(figures[last] + pace * (y - last))]
        expected = None if beyond(figures[last]) or not later else later[0]
        assert crossing.year == expected


def test_years_in_words() -> None:
    assert years_text([2015]) == "2015"
    assert years_text([2015, 2016, 2017, 2019, 2021, 2022]) == "2015-2017, 2019, 2021-2022"


def test_flanders_by_its_own_figures() -> None:
    """Each crossing again from the columns of the instance, with a line fitted through two points."""
    flanders, bounds = load("flanders-2025"), {"min": 30_000, "max": 130_000}
    scenario = Scenario.from_dict({"population": bounds, "weights": {"cut_edges": 1.0, "distance": 0.1}})
    plan = solve(flanders, scenario, regions=["Midwest", "Regio Antwerpen"]).plan
    assert plan is not None
    over = bounds_over_time(flanders, scenario, plan, horizon=2200)
    assert over.leaving
    assert over.missing
    for one, crossing in over.leaving:
        members = list(one.part.members)
        known = {y: c[members].sum() for y, c in flanders.yearly.items() if not np.isnan(c[members]).any()}
        assert known == one.figures
        first, last = min(known), max(known)
        slope, start = np.polyfit([first, last], [known[first], known[last]], 1)
        assert crossing.year is not None
        before, after = (slope * year + start for year in (crossing.year - 1, crossing.year))
        low = crossing.bound in ("min", "floor")
        assert (after < crossing.value + 1e-3) if low else (after > crossing.value - 1e-3)
        assert (before > crossing.value - 1e-3) if low else (before < crossing.value + 1e-3)
