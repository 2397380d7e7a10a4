"""Side constraints written over candidates, slice by slice."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from refzones.instances import load
from refzones.models import Scenario, ask
from refzones.solver.candidates import sets as sets_module
from refzones.solver.candidates.components import components_of
from refzones.solver.candidates.constraints import side_constraints
from refzones.solver.candidates.region import list_component
from support.new_constraints import bounded_merging


def test_amounts_of_many_candidates_are_those_of_each() -> None:
    """Whatever the size of the slices, and in any order of the bits."""
    instance = load("flanders-2025")
    scenario = Scenario.from_dict({"preset": "mergers", "count": {"regions": {"Westhoek": [3, 4]}}})
    question, region = ask(instance, scenario), instance.regions.index("Westhoek")
    ((component, fixed),) = components_of(question, region)
    candidates = list_component(question, component, fixed)
    turned = candidates.onto(candidates.municipalities[::-1].copy())
    members = [candidates.members(row) for row in range(len(candidates))]
    for some in (candidates, turned):
        with patch.object(sets_module, "_CHUNK", 100), bounded_merging(5, 9):
            number, merging = side_constraints(question, region, some)
        assert (number.lower, number.upper, merging.lower, merging.upper) == (3, 4, 5, 9)
        assert number.coefficients.tolist() == [int(question.is_counted(one)) for one in members]
        assert merging.coefficients.tolist() == [len(one) if len(one) > 1 else 0 for one in members]


def test_without_candidates_there_is_nothing_to_sum() -> None:
    instance = load("flanders-2025")
    scenario = Scenario.from_dict({"preset": "mergers", "count": {"max": 4}})
    question = ask(instance, scenario)
    none = sets_module.Candidates(instance.members(0), np.zeros((0, 1), dtype=np.uint64))
    (number,) = side_constraints(question, 0, none)
    assert number.coefficients.shape == (0,)
