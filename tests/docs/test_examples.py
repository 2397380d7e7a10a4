"""The worked examples of docs/scenarios.md: each is answered, proved and verified, or explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import solve, verify
from refzones.solver.infeasibility.explanation import explain

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
REGIONS = {
    "agreed": "Oost-Brabant",
    "whole-police-zones": "Waasland",
    "ghent-absorbs": "Regio Gent",
    "hospital-everywhere": "Westhoek",
    "lasting-bounds": "Midwest",
    "ronse-joins": "Vlaamse Ardennen",
    "soft-minimum": "Regio Brugge",
    "three-in-waasland": "Waasland",
    "zones-and-mergers": "Midwest",
}


def test_every_example_is_tested() -> None:
    assert {file.stem for file in EXAMPLES.glob("*.toml")} == REGIONS.keys()


@pytest.mark.parametrize("name", REGIONS)
def test_example(name: str) -> None:
    instance, scenario = load("flanders-2025"), Scenario.read(EXAMPLES / f"{name}.toml")
    result = solve(instance, scenario, regions=[REGIONS[name]])
    if result.plan is None:
        found = explain(instance, scenario, REGIONS[name])
        assert found is not None
        assert found.irreducible
        assert found.repairs
        return
    assert result.status == "optimal"
    assert verify(instance, scenario, result.plan, regions=[REGIONS[name]]) == ()


def test_every_key_is_documented() -> None:
    text = (EXAMPLES.parent / "scenarios.md").read_text(encoding="utf-8")
    for key, field in Scenario.model_fields.items():
        parts = None if key == "zones" else getattr(field.annotation, "model_fields", None)
        for name in parts or [""]:
            assert f"`{key}.{name}`" in text or (not name and f"`{key}`" in text), (key, name)
