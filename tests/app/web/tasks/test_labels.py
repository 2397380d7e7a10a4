"""Labels of what is given: all that the embedded instance has is called something in both languages."""

from __future__ import annotations

import pytest

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.contract.base import Text
from refzones.app.web.contract.given import InstanceData
from refzones.app.web.tasks.describing import instance_data
from refzones.app.web.tasks.labels import LAYERS, label, term_label
from refzones.instances import load
from refzones.models import Scenario
from refzones.models.scenario.scenario import presets


@pytest.fixture(scope="module")
def given() -> InstanceData:
    return instance_data(load("flanders-2025"))


def test_everything_has_a_label_in_both_languages(given: InstanceData) -> None:
    named = [*given.layers, *given.functions, *given.classes, *given.presets, *given.terms]
    assert [one for one in named if not one.label.nl or "{" in one.label.en + one.label.nl] == []
    assert all(one.about is not None and one.about.nl for one in given.presets)


def test_no_two_terms_are_called_the_same(given: InstanceData) -> None:
    for said in ([one.label.en for one in given.terms], [one.label.nl for one in given.terms]):
        assert len(set(said)) == len(said)


def test_what_a_preset_weighs_can_be_weighed(given: InstanceData) -> None:
    for name in presets():
        for level, asked in enumerate(Scenario.preset(name).levels):
            said = {
                term.name: (term.zone_weights if level else term.weights)[name]
                for term in given.terms
                if name in (term.zone_weights if level else term.weights)
            }
            assert said == asked.weights


def test_terms_that_the_instance_has_no_data_for_are_left_out(given: InstanceData) -> None:
    names = [term.name for term in given.terms]
    assert "commuting" not in names
    assert "straddle(fire)" in names
    assert all(term.usual > 0 for term in given.terms)


def test_what_nobody_knows_is_called_by_its_own_name() -> None:
    assert label(LAYERS, "my_layer") == Text(en="my layer")
    assert label(LAYERS, "x", "Own words") == Text(en="Own words")
    assert term_label("touched", "my_layer").nl == "Geraakte my_layer"
    assert term_label("harmony", "") == Text(en="harmony")
