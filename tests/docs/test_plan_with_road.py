"""The page on maps of two dates: every key is there, its examples are valid, and its figures are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from refzones.instances import load
from refzones.instances.common.toml import parse_toml
from refzones.models import StagedScenario
from refzones.models.scenario.demands import Demands
from refzones.solver import solve, solve_staged, verify_staged

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "plan-with-road.md").read_text(encoding="utf-8")
EXAMPLE = DOCS / "examples" / "roads" / "two-dates.toml"


def test_every_key_is_documented() -> None:
    assert all(
        f"`{key}`" in PAGE for key in set(StagedScenario.model_fields) - {"name", "description", "level"}
    )
    assert "`earlier.date`, `target.date`" in PAGE
    assert set(type(StagedScenario.read(EXAMPLE).earlier).model_fields) - set(Demands.model_fields) == {
        "date"
    }


def test_what_the_page_shows_is_a_scenario() -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert StagedScenario.from_dict(parse_toml(shown, "page")).shares == (2, 3)


@pytest.mark.parametrize("region", ["Regio Brugge", "Vlaamse Ardennen"])
def test_example(region: str) -> None:
    instance, scenario = load("flanders-2025"), StagedScenario.read(EXAMPLE)
    found = solve_staged(instance, scenario, regions=[region])
    assert found.status == "optimal"
    assert found.earlier is not None
    assert found.target is not None
    assert found.sum_nano is not None
    assert (
        verify_staged(instance, scenario, found.earlier, found.target, found.sum_nano, regions=[region]) == ()
    )


def test_the_figures_of_the_example() -> None:
    instance, scenario = load("flanders-2025"), StagedScenario.read(EXAMPLE)
    found = solve_staged(instance, scenario)
    assert (found.status, found.score) == ("optimal", pytest.approx(57.549, abs=5e-4))
    assert found.earlier is not None
    assert found.target is not None
    maps = (found.earlier, found.target)
    assert [len(plan.mergers) for plan in maps] == [139, 77]
    assert [f"{plan.score:.3f}" for plan in maps] == ["45.658", "65.477"]
    alone = solve(found.instance, scenario.stages[1])
    assert f"{alone.score:.3f}" == "66.210"
    told = ("139 municipalities in 2027 and 77 in 2031", "45.658 points", "65.477 for six", "mean of 57.549")
    assert "By itself the target map would score 66.210" in PAGE
    assert all(figure in PAGE for figure in told)
