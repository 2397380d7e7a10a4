from __future__ import annotations

import numpy as np
import pytest
from refzones.instances import Flows, Instance, synthesise


@pytest.fixture
def flows(thick: Instance) -> Flows:
    assert thick.flows is not None
    return thick.flows


def test_everybody_who_works_goes_somewhere(thick: Instance, flows: Flows) -> None:
    leaving = np.bincount(flows.origin, weights=flows.people, minlength=len(thick))
    assert leaving.sum() == pytest.approx(0.42 * thick.total_population, rel=0.02)
    # each is rounded to whole people, to some hundred places
    assert (abs(leaving - 0.42 * thick.population) <= 0.5 * 120).all()
    assert (flows.people == np.rint(flows.people)).all()
    assert flows.people.min() >= 1


def test_most_go_where_it_is_near_and_large(thick: Instance, flows: Flows) -> None:
    between = flows.origin != flows.destination
    dx = thick.x[flows.origin] - thick.x[flows.destination]
    dy = thick.y[flows.origin] - thick.y[flows.destination]
    away = np.hypot(dx, dy)[between]
    assert np.average(away, weights=flows.people[between]) < away.mean()
    arriving = np.bincount(flows.destination[between], weights=flows.people[between], minlength=len(thick))
    city = np.array([name.startswith("City") for name in thick.names])
    assert arriving[city].mean() > 5 * arriving[~city].mean()


def test_flows_change_nothing_else(thick: Instance) -> None:
    without = synthesise(600, per_merger=15, seed=1)
    assert without.flows is None
    for key in ("population", "x", "y", "area", "region", "merged_in"):
        assert getattr(without, key).tolist() == getattr(thick, key).tolist()
    assert without.classes == thick.classes
