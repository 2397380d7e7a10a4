"""Candidates of a region with their values, for any weights."""

from __future__ import annotations

import numpy as np
import pytest
from refzones.instances import load
from refzones.instances.common.problems import InputError
from refzones.models import Scenario
from refzones.models.question.builder import ask
from refzones.models.scoring.scorer import Scorer
from refzones.solver.candidates.region import list_region, list_regions
from refzones.solver.candidates.scoring import score_all


def test_scores_under_the_own_weights_and_others_are_those_of_a_scenario_with_them() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    region = instance.regions.index("Westhoek")
    listed = list_region(ask(instance, scenario), Scorer(instance, scenario), region)
    for one, nano in zip(listed.components, listed.scores(), strict=True):
        assert np.array_equal(nano, score_all(listed.scorer, one.candidates))
    other = {**scenario.weights, "coverage": 12.5, "stacking": 0.0}
    asked = scenario.model_copy(update={"weights": other})
    scorer = Scorer(instance, asked)
    for one, nano in zip(listed.components, listed.scores(other), strict=True):
        assert np.array_equal(nano, score_all(scorer, one.candidates))


def test_a_number_of_mergers_binds_all_frames_together() -> None:
    instance = load("flanders-2025")
    scenario = Scenario.from_dict({"preset": "mergers", "count": {"regions": {"Halle-Vilvoorde": [5, 6]}}})
    region = instance.regions.index("Halle-Vilvoorde")
    question = ask(instance, scenario)
    listed = list_region(question, Scorer(instance, scenario), region)
    (one,) = listed.components
    assert set(one.component.municipalities.tolist()) == set(instance.members(region).tolist())
    one_by_one = [question.is_counted(one.candidates.members(k)) for k in range(len(one.candidates))]
    assert 0 < sum(one_by_one) < len(one_by_one)
    (number,) = one.constraints
    assert (number.lower, number.upper) == (5, 6)
    assert number.coefficients.tolist() == one_by_one


def test_two_levels_cannot_be_listed() -> None:
    with pytest.raises(InputError, match="zones and mergers together"):
        next(list_regions(load("flanders-2025"), Scenario.preset("nested")))
