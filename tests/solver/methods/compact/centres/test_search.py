"""Districting by centres against listing, on drawn instances."""

from __future__ import annotations

import pytest
from refzones.instances import synthesise
from refzones.models import Scenario
from refzones.solver import solve


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("size", "count", "width"), [(14, 2, 0.1), (18, 3, 0.15), (20, 4, 0.3)])
def test_same_as_by_listing(seed: int, size: int, count: int, width: float) -> None:
    instance = synthesise(size, regions=1, per_merger=size / count, seed=seed)
    middle = instance.population.sum() / count
    low, high = int(middle * (1 - width)), int(middle * (1 + width)) + 1
    scenario = Scenario.from_dict(
        {
            "name": "districts",
            "level": "mergers",
            "population": {"min": low, "max": high},
            "count": {"min": count, "max": count},
            "rules": {"facility": "free", "above_max": "alone"},
            "weights": {"moment": 1e-6},
        }
    )
    found = solve(instance, scenario, formulation="cut")
    listed = solve(instance, scenario)
    assert found.status == listed.status
    assert (found.score_nano, found.bound_nano) == (listed.score_nano, listed.bound_nano)
