"""Plans that differ: all within the loss, each as far from those before as can be."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver.plan_sets.alternatives import Loss, diverse_plans
from refzones.solver.plan_sets.alternatives.params import AlternativesParams
from refzones.solver.review.similarity import similarity
from refzones.solver.verification.verifier import verify
from support.all_plans import Plan, all_plans
from support.scenarios import FUNCTIONS_NEARBY
from support.strategies import questions


def distance(first: Plan, second: Plan, instance: Instance) -> float:
    return 1.0 - similarity(first, second, instance.population).rand


@settings(deadline=None, max_examples=80)
@given(questions(largest=7, agreed=True), st.integers(1, 6), st.sampled_from(("0", "3", "20%", "100000")))
def test_each_plan_is_as_far_as_can_be(question: tuple[Instance, Scenario], k: int, text: str) -> None:
    instance, scenario = question
    loss = Loss.read(text)
    try:
        found = diverse_plans(instance, scenario, k, loss)
    except InputError:
        event("refused")
        return
    for r, chosen in enumerate(found.by_region):
        plans = all_plans(instance, scenario, r)
        if not plans:
            assert chosen.plans == ()
            continue
        good = {parts: score for score, parts in plans if plans[0][0] - score <= loss.nano(plans[0][0])}
        event("fewer" if len(good) < k else "enough")
        assert len(chosen.plans) == min(k, len(good))
        assert chosen.is_all == (len(good) <= k)
        assert ("are given" in chosen.note) == (len(good) <= k)
        assert chosen.plans[0].parts == plans[0][1]
        assert len({plan.parts for plan in chosen.plans}) == len(chosen.plans)
        for place, plan in enumerate(chosen.plans):
            assert good[plan.parts] == plan.score_nano
            assert plan.loss_nano == plans[0][0] - plan.score_nano
            if place:
                before = [one.parts for one in chosen.plans[:place]]
                reach = {p: min(distance(p, b, instance) for b in before) for p in good if p not in before}
                assert plan.distance == pytest.approx(reach[plan.parts], abs=1e-12)
                assert reach[plan.parts] == pytest.approx(max(reach.values()), abs=1e-12)


def test_at_least_half_of_the_best_choice() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    found = diverse_plans(instance, scenario, 3, Loss.read("6%"), regions=["Rivierenland"]).by_region[0]
    region = instance.regions.index("Rivierenland")
    plans = all_plans(instance, scenario, region)
    good = [parts for score, parts in plans if score >= 0.94 * plans[0][0]]
    far = {frozenset(p): distance(*p, instance) for p in combinations(good, 2)}
    best = max(min(far[frozenset(p)] for p in combinations(three, 2)) for three in combinations(good, 3))
    reached = min(d.distance for d in found.plans if d.distance is not None)
    assert best / 2 <= reached <= best + 1e-12
    for plan in found.plans:
        made = diverse_plans(instance, scenario, 3, Loss.read("6%"), regions=["Rivierenland"])
        assert verify(instance, scenario, made.plan_of(plan.parts), regions=["Rivierenland"]) == ()


def test_where_there_are_too_many_the_best_are_compared() -> None:
    two, four = AlternativesParams(most_compared=2), AlternativesParams(most_compared=2, sampled=4)
    instance, scenario = load("flanders-2025"), FUNCTIONS_NEARBY
    asked = (instance, scenario, 3, Loss.read("5%"))
    all_good = diverse_plans(*asked, regions=["Westhoek"]).by_region[0]
    # here all good ones are among the best that are ranked, so nothing is missing
    ranked = diverse_plans(*asked, regions=["Westhoek"], params=two).by_region[0]
    assert ranked == all_good
    assert not ranked.is_all
    many = diverse_plans(
        instance, scenario, 1000, Loss.read("5%"), regions=["Westhoek"], params=two
    ).by_region[0]
    assert many.is_all
    some = diverse_plans(*asked, regions=["Westhoek"], params=four).by_region[0]
    assert some.note == "chosen among the 4 best plans only: a limit ended the list of good ones"
    assert not some.is_all
    every = diverse_plans(
        instance, scenario, 4, Loss.read("5%"), regions=["Westhoek"], params=four
    ).by_region[0]
    assert (len(every.plans), every.is_all) == (4, False)
