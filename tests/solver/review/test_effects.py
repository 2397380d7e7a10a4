"""What a plan does: sums by hand, groups that add up to the whole, what is missing."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import load
from refzones.instances.common.problems import InputError
from refzones.models import Scenario
from refzones.models.indicators import _CLASSES as CLASSES
from refzones.models.indicators import AdditiveIndicator, add_indicator, shown_names
from refzones.models.indicators.names import INDICATOR_NAMES
from refzones.solver.results.plan import Plan
from refzones.solver.review.effects import ALL, OUTSIDE, PLAN, Effects, check_grouping, effects_of, names_of
from support.build import build_instance

SCENARIO = Scenario.from_dict({"weights": {"distance": 1.0}, "rules": {"isolated": "alone"}})
ROW = [(0, 1), (1, 2), (2, 3), (3, 4)]


def row_of(population: Sequence[int], **given: object) -> Effects:
    """Effects of merging the first two of five municipalities, and the next two."""
    instance = build_instance(population, ROW, **given)  # type: ignore[arg-type]
    return effects_of(instance, SCENARIO, Plan.of(instance, SCENARIO, [[0, 1], [2, 3], [4]]), ["councillors"])


def test_councillors_by_hand() -> None:
    # by the decree: 900 7, 1,500 9, 2,500 11, 3,500 13, 60,000 39; together 2,400 11, 6,000 17
    effects = row_of([900, 1_500, 2_500, 3_500, 60_000])
    (whole,) = effects.whole
    assert (whole.before, whole.after, whole.change) == (7 + 9 + 11 + 13 + 39, 11 + 17 + 39, -12)
    by_merger = [(merger.members, one.before, one.after) for merger, (one,) in effects.by_merger]
    assert by_merger == [((0, 1), 16.0, 11.0), ((2, 3), 24.0, 17.0)]


def test_groups_are_those_of_seats_and_best_members() -> None:
    effects = row_of(
        [900, 1_500, 2_500, 3_500, 60_000],
        region=[0, 0, 0, 0, 1],
        classes=["c3", "b1", "c1", "c2", ""],
        layers={"police": ["A", "B", "B", "B", ""]},
    )
    assert {name: one.change for name, (one,) in effects.by_region.items()} == {"R0": -12, "R1": 0}
    assert {name: one.change for name, (one,) in effects.by_class.items()} == {"": 0, "b1": -5, "c1": -7}
    zones = {group.name: (group.places, group.effects[0].change) for group in effects.by("police")}
    seat_of_the_first = effects.plan.mergers[0].seat
    own = "AB"[seat_of_the_first]
    if own == "B":
        assert zones == {"": ((2,), 0), "B": ((0, 1), -12)}
    else:
        assert zones == {"": ((2,), 0), "A": ((0,), -5), "B": ((1,), -7)}


def test_wholes_are_the_plan_and_those_outside_it() -> None:
    instance = build_instance([900, 1_500, 2_500, 3_500, 60_000], ROW, region=[0, 0, 1, 1, 1])
    plan = Plan.of(instance, SCENARIO, [[0, 1]])
    effects = effects_of(instance, SCENARIO, plan, ["councillors"])
    found = {one.level: (one.effects[0].before, one.effects[0].after) for one in effects.wholes}
    assert found == {PLAN: (16, 11), OUTSIDE: (63, 63), ALL: (79, 74)}
    assert [one.level for one in row_of([900] * 5).wholes] == [ALL]
    assert effects.municipalities(range(len(effects.parts))) == (0, 1, 2, 3, 4)


def test_what_is_no_group_is_said_with_what_there_is() -> None:
    instance = build_instance([900] * 5, ROW, layers={"police": ["A"] * 5})
    for level in ("merger", "region", "class", "police"):
        check_grouping(instance, level)
    with pytest.raises(InputError, match="did you mean 'police'"):
        check_grouping(instance, "polis")
    with pytest.raises(InputError, match="merger, region, class"):
        row_of([900] * 5).by("fire")


def test_names_are_read_with_their_arguments_and_in_order() -> None:
    terms = ("executives(first)", "executives(second)", "executives(later)")
    assert names_of(["executives"]) == terms
    assert names_of(["councillors", "executives(later)", "councillors"]) == (
        "councillors",
        "executives(later)",
    )
    assert names_of(shown_names()) == shown_names()
    for wrong, hint in (
        ("councilors", "did you mean 'councillors'"),
        ("councillors(2)", "write councillors"),
        ("", "unknown indicator"),
    ):
        with pytest.raises(InputError, match=hint):
            names_of([wrong])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_groups_of_sums_add_up_to_the_whole(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 9))
    people = data.draw(st.lists(st.integers(1, 90_000), min_size=n, max_size=n))
    part = data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    instance = build_instance(
        people,
        [(i, i + 1) for i in range(n - 1)],
        region=data.draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)),
        classes=data.draw(st.lists(st.sampled_from(["", "a1", "c3"]), min_size=n, max_size=n)),
        layers={"police": data.draw(st.lists(st.sampled_from(["", "A", "B"]), min_size=n, max_size=n))},
    )
    groups = [[i for i in range(n) if part[i] == k] for k in sorted(set(part))]
    effects = effects_of(instance, SCENARIO, Plan.of(instance, SCENARIO, groups))
    assert sorted(i for members in effects.parts for i in members) == list(range(n))
    is_sum = [
        amounts.bases is None and not amounts.is_median for amounts in (one.after for one in effects.measured)
    ]
    assert any(is_sum)
    for level in ("region", "class", "police"):
        found = effects.by(level)
        assert sorted(k for group in found for k in group.places) == list(range(len(effects.parts)))
        for place, whole in enumerate(effects.whole):
            if not is_sum[place] or whole.change is None:
                continue
            for which in ("before", "after", "change"):
                parts = [getattr(group.effects[place], which) for group in found]
                assert math.isclose(sum(parts), getattr(whole, which), rel_tol=1e-9, abs_tol=1e-6)
    merged = {k for group in effects.by("merger") for k in group.places}
    assert merged == {k for k, members in enumerate(effects.parts) if len(members) > 1}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 90_000), min_size=1, max_size=8))
def test_a_plan_that_merges_nothing_changes_nothing(people: list[int]) -> None:
    instance = build_instance(people, [(i, i + 1) for i in range(len(people) - 1)])
    plan = Plan.of(instance, SCENARIO, [[i] for i in range(len(people))])
    for effect in effects_of(instance, SCENARIO, plan).whole:
        assert effect.change in (0.0, None), effect.indicator.name
    assert effects_of(instance, SCENARIO, plan).by("merger") == ()


class Lacking(AdditiveIndicator):
    """An indicator for which small instances have nothing."""

    key = "debt_for_a_test"
    family = "finance"
    unit = "euro"

    def __init__(self, instance, demands, argument="") -> None:
        super().__init__(instance, demands, argument)
        from refzones.instances.common.problems import reject

        reject("debt_for_a_test: the instance has no column 'debt'", "add it with a table")

    def amounts(self, members, municipalities) -> np.ndarray:
        raise AssertionError


@pytest.fixture
def _lacking():
    add_indicator(Lacking)
    yield
    INDICATOR_NAMES.remove("debt_for_a_test")
    del CLASSES["debt_for_a_test"]


@pytest.mark.usefixtures("_lacking")
def test_what_is_missing_is_told_unless_nothing_else_is_asked() -> None:
    instance = build_instance([900] * 5, ROW)
    plan = Plan.of(instance, SCENARIO, [[0, 1]])
    effects = effects_of(instance, SCENARIO, plan)
    found = dict(effects.missing)
    assert "add it with a table" in str(found["debt_for_a_test"])
    assert {one.indicator.name for one in effects.measured} | found.keys() == set(shown_names())
    both = effects_of(instance, SCENARIO, plan, ["debt_for_a_test", "councillors"])
    assert [name for name, _ in both.missing] == ["debt_for_a_test"]
    with pytest.raises(InputError, match="no column 'debt'"):
        effects_of(instance, SCENARIO, plan, ["debt_for_a_test"])


def test_all_of_flanders_is_measured_at_once() -> None:
    instance = load()
    pairs = [(int(a), int(b)) for a, b in instance.borders.pairs if instance.region[a] == instance.region[b]]
    groups, used = [], set()
    for a, b in pairs:
        if not {a, b} & used:
            groups.append([a, b])
            used |= {a, b}
    plan = Plan.of(instance, SCENARIO, [*groups, *([i] for i in range(len(instance)) if i not in used)])
    begun = time.perf_counter()
    effects = effects_of(instance, SCENARIO, plan)
    for level in ("merger", "region", "class", *instance.layers):
        assert effects.by(level)
    assert time.perf_counter() - begun < 5.0  # a fifth of a second on a machine with nothing else to do
    for one in effects.measured:
        name = one.indicator.name
        assert one.indicator.columns, f"{name} does not say what it reads"
        assert set(one.indicator.columns) <= instance.columns.keys(), name
        assert one.indicator.sources or all(instance.columns[key].source for key in one.indicator.columns), (
            name
        )
