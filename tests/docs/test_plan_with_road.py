"""The page on maps of two dates: every key is there, its examples are valid, and its figures are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from refzones.instances import load
from refzones.instances.common.toml import parse_toml
from refzones.models import RoadScenario
from refzones.models.scenario.demands import Demands
from refzones.solver import solve_road, verify_road

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "plan-with-road.md").read_text(encoding="utf-8")
EXAMPLE = DOCS / "examples" / "roads" / "two-dates.toml"


def test_every_key_is_documented() -> None:
    assert all(
        f"`{key}`" in PAGE for key in set(RoadScenario.model_fields) - {"name", "description", "level"}
    )
    assert "`earlier.date`, `target.date`" in PAGE
    assert set(type(RoadScenario.read(EXAMPLE).earlier).model_fields) - set(Demands.model_fields) == {"date"}


def test_what_the_page_shows_is_a_scenario() -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert RoadScenario.from_dict(parse_toml(shown, "page")).shares == (2, 3)


@pytest.mark.parametrize("region", ["Regio Brugge", "Vlaamse Ardennen"])
def test_example(region: str) -> None:
    instance, scenario = load("flanders-2025"), RoadScenario.read(EXAMPLE)
    found = solve_road(instance, scenario, regions=[region])
    assert found.status == "optimal"
    assert found.earlier is not None
    assert found.target is not None
    assert found.sum_nano is not None
    assert (
        verify_road(instance, scenario, found.earlier, found.target, found.sum_nano, regions=[region]) == ()
    )
