"""Plans of groups that somebody has in mind."""

from __future__ import annotations

import pickle

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.solver import Plan, solve
from support.build import build_instance

INSTANCE = build_instance(
    [10_000, 20_000, 30_000, 40_000, 50_000],
    [(0, 1), (1, 2), (2, 3), (3, 4)],
    region=[0, 0, 0, 1, 1],
    layers={"police": ["a", "a", "b", "b", "b"]},
)
SCENARIO = Scenario.from_dict(
    {
        "name": "small",
        "population": {"min": 20_000, "max": 90_000},
        "weights": {"distance": 2, "cut_edges": 1},
    }
)
NESTED = SCENARIO.model_copy(
    update={"level": "nested", "zones": Scenario.from_dict({"weights": {"touched(police)": 3}})}
)


def test_groups_may_be_indices_codes_and_names() -> None:
    plan = Plan.of(INSTANCE, SCENARIO, [[4, 3], [2], [1, 0]])
    assert [merger.members for merger in plan.mergers] == [(0, 1), (2,), (3, 4)]
    assert plan == Plan.of(INSTANCE, SCENARIO, [["M4", "10003"], ["M2"], ["10001", 0]])
    assert plan.regions == ("R0", "R1")
    assert (plan.instance, plan.scenario) == (INSTANCE, SCENARIO)


def test_the_best_plan_made_of_its_groups_is_the_same() -> None:
    result = solve(INSTANCE, SCENARIO, workers=1)
    plan = Plan.of(INSTANCE, SCENARIO, [merger.members for merger in result.mergers])
    assert plan == result.plan
    assert plan.score == result.score
    assert plan.terms == result.terms
    assert sum(term.points for term in plan.terms.values()) == pytest.approx(plan.score)


def test_texts_that_name_nobody_are_all_told() -> None:
    with pytest.raises(InputError, match=r"(?s)M9.*M8"):
        Plan.of(INSTANCE, SCENARIO, [["M0", "M9"], ["M8"]])
    with pytest.raises(InputError, match="M1"):
        Plan.of(INSTANCE, SCENARIO, [["M0", "M1"], ["M1"]])


def test_zones_around_the_mergers() -> None:
    plan = Plan.of(INSTANCE, NESTED, [[0, 1], [2], [3, 4]], [[0, 1, 2], [3, 4]])
    assert [zone.members for zone in plan.zones] == [(0, 1, 2), (3, 4)]
    assert [(asked.level, len(parts)) for asked, parts in plan.levels] == [("mergers", 3), ("zones", 2)]
    assert list(plan.terms) == ["distance", "cut_edges", "zones.touched(police)"]
    assert plan.under(SCENARIO) == Plan.of(INSTANCE, SCENARIO, [[0, 1], [2], [3, 4]])


def test_a_plan_gets_to_know_what_it_is_for() -> None:
    plan = Plan.of(INSTANCE, SCENARIO, [[0, 1], [2]])
    bare = Plan(plan.mergers)
    with pytest.raises(InputError, match="with_context"):
        _ = bare.regions
    assert bare.with_context(INSTANCE, SCENARIO).regions == ("R0",)
    with pytest.warns(DeprecationWarning, match=r"plan\.of is now plan\.with_context"):
        assert bare.of(INSTANCE, SCENARIO).regions == ("R0",)


def test_plans_and_regions_show_themselves_on_one_line() -> None:
    result = solve(INSTANCE, SCENARIO, workers=1)
    assert repr(result.plan) == f"<Plan: 2 municipalities after merging, {result.score:,.4f} points>"
    assert repr(result.by_region[1]).startswith("<RegionResult R1: optimal, 2 municipalities, ")
    assert repr(Plan(())) == "<Plan: 0 municipalities after merging, 0.0000 points>"


def test_a_plan_is_pickled_without_change() -> None:
    plan = Plan.of(INSTANCE, SCENARIO, [[0, 1], [2]])
    assert pickle.loads(pickle.dumps(plan)) == plan
