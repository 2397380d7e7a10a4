"""Districting by centres against listing, on drawn instances."""

from __future__ import annotations

import pytest
from refzones.instances import Instance, synthesise
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.engines import engine
from refzones.solver.methods.compact.centres.params import CentreParams
from refzones.solver.methods.compact.method import Cuts, Formulation
from support.regions import answer_region, task_of_region


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("size", "count", "width"), [(14, 2, 0.1), (18, 3, 0.15), (20, 4, 0.3)])
def test_same_as_by_listing(seed: int, size: int, count: int, width: float) -> None:
    instance, scenario = districts(seed, size, count, width)
    found = solve(instance, scenario, formulation="cut")
    listed = solve(instance, scenario)
    assert found.status == listed.status
    assert (found.score_nano, found.bound_nano) == (listed.score_nano, listed.bound_nano)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("name", ["highs", "scip"])
def test_the_same_where_every_set_of_centres_takes_a_programme(seed: int, name: str) -> None:
    """CP-SAT solves them where the engine is the default, and the engine that was asked for elsewhere."""
    instance, scenario = districts(seed, 18, 3, 0.15)
    method = Formulation(centres=CentreParams(listable=-1))
    found = answer_region(instance, scenario, by=engine(name), methods=(method,))
    (listed,) = solve(instance, scenario).by_region
    assert found.status == listed.status
    assert (found.score_nano, found.bound_nano) == (listed.score_nano, listed.bound_nano)


def test_no_other_search_runs_beside_it() -> None:
    instance, scenario = districts(0, 14, 2, 0.1)
    assert Cuts().works_alone(task_of_region(instance, scenario))
    for weights in ({"cut_edges": 1.0}, {"moment": 1e-6, "cut_edges": 1.0}):
        other = scenario.model_copy(update={"weights": weights})
        assert not Cuts().works_alone(task_of_region(instance, other))


def districts(seed: int, size: int, count: int, width: float) -> tuple[Instance, Scenario]:
    """A drawn region that has to be divided into so many parts of the least moment."""
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
    return instance, scenario
