"""What a plan does, as the page is told: the same numbers as `refzones effects` writes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.contract.effects import EffectsData
from refzones.app.web.tasks.measuring import effects_data, measure_plan
from refzones.instances import load
from refzones.instances.common.problems import InputError
from refzones.models import Scenario
from refzones.solver import Plan, solve
from refzones.solver.review.effects import effects_of
from support.heard import heard

FLANDERS = load("flanders-2025")
SCENARIO = Scenario.preset("mergers")
ASKED: dict[str, Any] = SCENARIO.model_dump(mode="json", exclude_unset=True)
FOUND = solve(FLANDERS, SCENARIO, regions=["Midwest", "Waasland"]).plan
assert FOUND is not None
PLAN: Plan = FOUND


@pytest.fixture(scope="module")
def told() -> EffectsData:
    groups = [list(merger.members) for merger in PLAN.mergers]
    ((name, data),) = heard(measure_plan, scenario=ASKED, groups=groups)
    assert name == "effects"
    return EffectsData.model_validate(data)


def test_the_numbers_are_those_of_effects(told: EffectsData) -> None:
    right = effects_of(FLANDERS, SCENARIO, PLAN)
    assert [one.name for one in told.indicators] == [one.indicator.name for one in right.measured]
    groups = [*right.wholes, *right.by("region"), *right.by("merger")]
    assert [one.level for one in told.groups] == [one.level for one in groups]
    for mine, group in zip(told.groups, groups, strict=True):
        assert mine.before == [effect.before for effect in group.effects]
        assert mine.after == [effect.after for effect in group.effects]


def test_groups_are_named_and_mergers_known_by_their_members(told: EffectsData) -> None:
    names = [one.name for one in told.groups if one.level == "region"]
    assert names == ["Midwest", "Waasland"]
    members = [tuple(one.members) for one in told.groups if one.level == "merger"]
    assert members == [merger.members for merger in PLAN.mergers if len(merger.members) > 1]
    assert all(not one.members for one in told.groups if one.level != "merger")


def test_bodies_of_a_merger_are_as_many_as_the_indicators_count(told: EffectsData) -> None:
    names = [one.name for one in told.indicators]
    for group in told.groups:
        if group.level == "merger":
            for kind in ("simplified", "divided"):
                counted = group.after[names.index(f"{kind}_bodies")]
                assert sum(one.kind == kind for one in group.bodies) == counted


def test_labels_are_told_in_both_languages(told: EffectsData) -> None:
    labels = {one.name: one.label for one in told.indicators}
    assert labels["councillors"].model_dump() == {"en": "Councillors", "nl": "Gemeenteraadsleden"}
    assert told.families["capacity"].nl == "Bestuurskracht"


def test_what_is_lacking_is_told_once_with_what_to_add() -> None:
    bare = replace(FLANDERS, layers={})
    plan = Plan.of(
        bare, Scenario.from_dict({"weights": {"distance": 1}}), [merger.members for merger in PLAN.mergers]
    )
    found = effects_data(effects_of(bare, Scenario.from_dict({"weights": {"distance": 1}}), plan))
    assert found.groups[-1].bodies == []
    lacking = [one for one in found.missing if "no layer of zones" in one.faults[0].what.en]
    labels = [label.en for one in lacking for label in one.labels]
    assert "Bodies that a merger has to leave or divide" in labels
    assert all("refzones instance add-layer" in one.faults[0].remedy.en for one in lacking)
    assert len({one.faults[0].text.en for one in found.missing}) == len(found.missing)


def test_a_municipality_in_two_mergers_is_refused() -> None:
    with pytest.raises(InputError):
        heard(measure_plan, scenario=ASKED, groups=[[1, 2], [2, 3]])
