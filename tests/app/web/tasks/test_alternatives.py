"""Other good plans, as the page is told: each is a plan, costs what is said, and within what may be lost."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.contract.alternatives import RegionAgreement, RegionAlternatives
from refzones.app.web.tasks.alternatives import tell_agreement, tell_alternatives
from refzones.instances import load
from refzones.instances.common.problems import InputError
from refzones.models import Scenario
from refzones.solver import Plan, solve, verify
from support.heard import heard

FLANDERS = load("flanders-2025")
SCENARIO = Scenario.preset("mergers")
ASKED: dict[str, Any] = SCENARIO.model_dump(mode="json", exclude_unset=True)


def alternatives(region: str, loss: str, number: int = 5) -> RegionAlternatives:
    ((name, data),) = heard(tell_alternatives, scenario=ASKED, region=region, loss=loss, number=number)
    assert name == "alternatives"
    return RegionAlternatives.model_validate(data)


def test_each_alternative_is_a_plan_and_costs_what_is_said() -> None:
    found = alternatives("Midwest", "0.5")
    best = solve(FLANDERS, SCENARIO, regions=["Midwest"]).score_nano
    assert best is not None
    assert [one.rank for one in found.plans] == [1, 2, 3, 4, 5]
    assert found.plans[0].loss_nano == 0
    assert found.plans[0].changes.moves == []
    seen = set()
    for one in found.plans:
        assert 0 <= one.loss_nano <= 500_000_000
        assert sum(part.score_nano for part in one.mergers) == one.score_nano == best - one.loss_nano
        parts = [tuple(part.members) for part in one.mergers]
        assert not verify(FLANDERS, SCENARIO, Plan.of(FLANDERS, SCENARIO, parts), regions=["Midwest"])
        seen.add(tuple(sorted(parts)))
        assert (one.words is None) == (one.loss_nano == 0)
    assert len(seen) == 5


def test_fewer_where_there_are_no_more() -> None:
    found = alternatives("Midwest", "0.1")
    assert (len(found.plans), found.is_all) == (1, True)
    assert found.note is not None


def test_agreement_counts_the_good_plans_that_merge_two() -> None:
    ((name, data),) = heard(tell_agreement, scenario=ASKED, region="Midwest", loss="0.5")
    assert name == "agreement"
    found = RegionAgreement.model_validate(data)
    plans = [
        {frozenset(part.members) for part in one.mergers} for one in alternatives("Midwest", "0.5").plans
    ]
    assert (found.plans, found.is_exact) == (5, True)  # the five that differ most are all there are
    for a, b, share in found.pairs:
        assert share == sum(any({a, b} <= part for part in plan) for plan in plans) / 5


def test_regions_and_losses_that_there_are_not() -> None:
    with pytest.raises(InputError, match="must be a number"):
        alternatives("Midwest", "much")
    with pytest.raises(InputError):
        alternatives("Nowhere", "0.5")
