"""Set partitioning over a list: when it answers."""

from __future__ import annotations

import pytest
from refzones.instances import synthesise
from refzones.models import Scenario
from refzones.solver import Limits, solve


@pytest.mark.parametrize("weights", [{"cut_edges": 1.0}, {"moment": 1e-6}])
def test_what_is_listed_is_proved_from_the_list(weights: dict[str, float]) -> None:
    """With some tens of mergers neither centres nor short borders, which are at hand too, come near that."""
    instance = synthesise(40, regions=1, per_merger=3, seed=1)
    asked = Scenario.from_dict(
        {
            "weights": weights,
            "population": {"min": 30_000, "max": 130_000},
            "count": {"min": 13, "max": 13},
        }
    )
    result = solve(instance, asked, workers=1, limits=Limits(60))
    assert result.status == "optimal"
    assert result.by_region[0].candidates > 20_000
    assert [way.way for way in result.by_region[0].ways if way.answered] == ["proving the optimum"]
