"""Numbers of plans that are known from elsewhere: the published districting instances."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from refzones.instances.importing.districting import import_districting
from refzones.models.scenario.scenario import Scenario
from refzones.solver.plan_sets.census import census

pytest.importorskip("numba")
ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("REFZONES_DATA", ROOT.parent / "shared" / "data")) / "districting"
MISSING = f"the districting instances are not in {DATA} (set REFZONES_DATA)"


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
@pytest.mark.parametrize(("name", "plans"), [("NM_county", 365), ("ME_county", 1)])
def test_number_of_plans(name: str, plans: int) -> None:
    given = import_districting(DATA / f"{name}.json")
    # numbers of plans do not depend on weights, and sizes are scored fast
    scenario = Scenario.from_dict(tomllib.loads(given.scenario) | {"weights": {"size": 1}})
    found = census(given.instance, scenario, bins=0)
    assert found.count == plans
    assert sum(found.by_region[0].by_number) == plans
