"""How many good plans merge two neighbours, against counting them all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver.plan_sets.alternatives import Loss, agreement
from refzones.solver.plan_sets.alternatives.params import AlternativesParams
from support.all_plans import all_plans
from support.scenarios import FUNCTIONS_NEARBY
from support.strategies import questions

losses = st.sampled_from(("0", "0.5", "3", "1%", "25%", "100000", "1000000000%"))


@settings(deadline=None, max_examples=120)
@given(questions(largest=8, agreed=True), losses)
def test_shares_are_those_of_brute_force(question: tuple[Instance, Scenario], text: str) -> None:
    instance, scenario = question
    loss = Loss.read(text)
    try:
        found = agreement(instance, scenario, loss)
    except InputError:
        event("refused")
        return
    plans = {instance.regions[r]: all_plans(instance, scenario, r) for r in range(len(instance.regions))}
    assert [pairs.region for pairs in found.by_region] == [name for name, some in plans.items() if some]
    for pairs in found.by_region:
        some = plans[pairs.region]
        best = some[0][0]
        good = [parts for score, parts in some if best - score <= loss.nano(best)]
        event("one good plan" if len(good) == 1 else "several")
        assert (pairs.plans, pairs.is_exact, pairs.best_nano) == (len(good), True, best)
        for (a, b), merging in zip(pairs.pairs.tolist(), pairs.merging.tolist(), strict=True):
            assert merging == sum(any(a in part and b in part for part in parts) for parts in good)


def test_where_there_are_too_many_it_rests_on_the_best() -> None:
    few = AlternativesParams(most_good=50, sampled=20)
    instance, scenario = load("flanders-2025"), FUNCTIONS_NEARBY
    (exact,) = agreement(instance, scenario, Loss.read("5%"), regions=["Halle-Vilvoorde"]).by_region
    (some,) = agreement(
        instance, scenario, Loss.read("5%"), regions=["Halle-Vilvoorde"], params=few
    ).by_region
    assert (exact.is_exact, some.is_exact, some.plans) == (True, False, 20)
    assert exact.plans > 50
    assert np.array_equal(exact.pairs, some.pairs)
    assert (some.merging <= exact.merging).all()
    (sure,) = agreement(instance, scenario, Loss.read("0"), regions=["Halle-Vilvoorde"]).by_region
    assert set(sure.share.tolist()) == {0.0, 1.0}


def test_the_table() -> None:
    found = agreement(
        load("flanders-2025"), Scenario.preset("mergers"), Loss.read("5%"), regions=["Westhoek"]
    )
    frame = found.to_frame()
    assert len(frame) == len(found.by_region[0].pairs)
    assert (frame["share"] == frame["merging"] / frame["plans"]).all()
    assert frame["exact"].all()
    assert frame["loss"].iloc[0] == pytest.approx(0.05 * found.by_region[0].best_nano / 1e9, abs=1e-9)
