"""The k best plans against brute force over all plans."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver import solve, verify
from refzones.solver.plan_sets.alternatives import ALL, best_plans
from refzones.solver.plan_sets.alternatives.params import AlternativesParams
from support.all_plans import all_plans
from support.build import build_instance
from support.scenarios import FUNCTIONS_NEARBY
from support.strategies import questions

SMALL = AlternativesParams(most_arcs=50_000)


@settings(deadline=None, max_examples=120)
@given(questions(largest=8, agreed=True), st.integers(1, 40))
def test_the_best_plans_of_each_region_and_of_all_are_those_of_brute_force(
    question: tuple[Instance, Scenario], k: int
) -> None:
    instance, scenario = question
    try:
        found = best_plans(instance, scenario, k)
    except InputError:
        event("refused")
        return
    truth = [all_plans(instance, scenario, r) for r in range(len(instance.regions))]
    for plans, all_of_them in zip(found.by_region, truth, strict=True):
        event("all" if len(all_of_them) <= k else "some")
        assert [(plan.score_nano, plan.parts) for plan in plans.plans] == all_of_them[:k]
        assert [plan.rank for plan in plans.plans] == list(range(1, len(plans.plans) + 1))
        assert plans.is_all == (len(all_of_them) <= k)
        assert ("are given" in plans.note) == (0 < len(all_of_them) <= k)
        assert ("fewer than" in plans.note) == (0 < len(all_of_them) < k)
    if not all(truth) or len(truth) == 1:
        assert found.whole is None
        return
    sums = [
        (sum(score for score, _ in plans), tuple(sorted(part for _, parts in plans for part in parts)))
        for plans in product(*truth)
    ]
    sums.sort(key=lambda one: (-one[0], one[1]))
    assert found.whole is not None
    assert [(plan.score_nano, plan.parts) for plan in found.whole.plans] == sums[:k]
    assert found.whole.is_all == (len(sums) <= k)
    best = found.plan()
    assert best.score_nano == sums[0][0]
    assert verify(instance, scenario, best) == ()


@settings(deadline=None, max_examples=60)
@given(questions(largest=7, agreed=True), st.integers(-1, 1))
def test_as_many_as_there_are_one_more_and_one_less(question: tuple[Instance, Scenario], more: int) -> None:
    instance, scenario = question
    try:
        numbers = [len(all_plans(instance, scenario, r)) for r in range(len(instance.regions))]
        k = max(1, prod(numbers) + more)
        found = best_plans(instance, scenario, k)
    except InputError:
        event("refused")
        return
    for plans, number in zip(found.by_region, numbers, strict=True):
        assert (len(plans.plans), plans.is_all) == (min(k, number), number <= k)
    if found.whole is not None:
        assert (len(found.whole.plans), found.whole.is_all) == (min(k, prod(numbers)), prod(numbers) <= k)


def test_limit_that_ends_the_look_for_others_leaves_a_full_list() -> None:
    """The list holds what was asked for, in order; only whether there are others is not known."""
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    whole = best_plans(instance, scenario, 500, regions=["Oost-Brabant"]).by_region[0]
    known = len(
        best_plans(instance, scenario, 500, regions=["Oost-Brabant"], params=SMALL).by_region[0].plans
    )
    full = best_plans(instance, scenario, known, regions=["Oost-Brabant"], params=SMALL).by_region[0]
    assert full.plans == whole.plans[:known]
    assert (full.is_all, full.note) == (False, "")


def test_the_first_is_the_optimum_and_all_are_clean() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    regions = ["Westhoek", "Regio Gent"]
    found = best_plans(instance, scenario, 12, regions=regions)
    result = solve(instance, scenario, regions=regions)
    assert found.plan(1).mergers == result.mergers
    assert [plans.region for plans in found.by_region] == [r.name for r in result.by_region]
    seen = set()
    for rank in range(1, 13):
        plan = found.plan(rank)
        assert verify(instance, scenario, plan, regions=regions) == ()
        assert plan.score_nano == found.of(ALL).plans[rank - 1].score_nano
        seen.add(plan)
    assert len(seen) == 12


def test_equal_plans_are_in_lexicographic_order_even_when_there_are_very_many() -> None:
    """Without weights all plans score 0; only as many are opened as are asked for."""
    n = 30
    instance = build_instance([1000] * n, [(i, i + 1) for i in range(n - 1)])
    scenario = Scenario.from_dict({"population": {"min": 0, "max": 3000}, "weights": {}})
    plans = best_plans(instance, scenario, 3).by_region[0].plans
    alone = [(i,) for i in range(n)]
    assert [plan.parts for plan in plans] == [
        tuple(alone),
        (*alone[:-2], (n - 2, n - 1)),
        (*alone[:-3], (n - 3, n - 2), (n - 1,)),
    ]


def test_what_a_limit_leaves_is_certain() -> None:
    instance, scenario = load("flanders-2025"), FUNCTIONS_NEARBY
    whole = best_plans(instance, scenario, 500, regions=["Oost-Brabant"]).by_region[0]
    short = best_plans(instance, scenario, 500, regions=["Oost-Brabant"], params=SMALL).by_region[0]
    assert 0 < len(short.plans) < 500
    assert short.plans == whole.plans[: len(short.plans)]
    assert "a limit ended" in short.note
    assert not short.is_all
    # what the note says of all others is true of the next one
    assert round(float(short.note.rsplit(" ", 1)[1]) * 1e9) >= whole.plans[len(short.plans)].score_nano


def test_bad_input() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    with pytest.raises(InputError, match="number of plans must be from 1"):
        best_plans(instance, scenario, 0)
    with pytest.raises(InputError, match="did you mean 'Waasland'"):
        best_plans(instance, scenario, 1, regions=["Wasland"])
    with pytest.raises(InputError, match="no region is asked for"):
        best_plans(instance, scenario, 1, regions=[])
    with pytest.raises(InputError, match="zones and mergers together"):
        best_plans(instance, Scenario.preset("nested"), 1)


def test_the_table() -> None:
    found = best_plans(load("flanders-2025"), Scenario.preset("mergers"), 2, regions=["Waasland", "Midwest"])
    frame = found.to_frame()
    assert list(frame.columns) == [
        "region", "rank", "score", "loss", "after", "mergers", "distance", "members",
        "member_nis",
    ]  # fmt: skip
    plan = found.plan(1)
    assert frame["after"].iloc[0] == len(plan.mergers)
    assert frame["mergers"].iloc[0] == sum(len(merger.members) > 1 for merger in plan.mergers)
    assert frame["region"].tolist() == ["all"] * 2 + ["Midwest"] * 2 + ["Waasland"] * 2
    first = frame[frame["rank"] == 1]
    assert first["loss"].tolist() == [0.0] * 3
    assert first["score"].iloc[0] == pytest.approx(first["score"].iloc[1:].sum(), abs=1e-9)
    assert frame["distance"].isna().all()
    with pytest.raises(InputError, match="ranks are 1 to 2"):
        found.plan(3)
    with pytest.raises(InputError, match="no plans of this region"):
        found.of("Limburg")
