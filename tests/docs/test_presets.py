"""docs/presets.md: what its tables say of the mergers and zones that remain comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import WhatIf, points_in_words, solve, what_if

PAGE = (Path(__file__).parents[2] / "docs" / "presets.md").read_text(encoding="utf-8")


def rows(first: str) -> list[list[str]]:
    """Cells of the table whose head begins with a word."""
    lines = PAGE.split(f"| {first} | the wish | points |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


@pytest.mark.parametrize(("preset", "first", "number"), [("mergers", "merger", 10), ("zones", "zone", 6)])
def test_wishes_cost_what_the_page_says(preset: str, first: str, number: int) -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset(preset)
    told = rows(first)
    assert len(told) == number
    wishes = [tuple(name.strip() for name in row[1].split(",")) for row in told]
    regions = sorted({instance.regions[instance.region[instance.find(names[0])]] for names in wishes})
    best = solve(instance, scenario, regions=regions)
    drawn = {merger.name(instance) for merger in best.zones or best.mergers}
    for (name, _, points, words, _), names in zip(told, wishes, strict=True):
        assert name in drawn
        answer = what_if(instance, best, WhatIf(together=(names,)), explain_seconds=0)
        if points == "-":
            assert not answer.possible
            continue
        assert answer.cost_nano is not None
        assert f"{answer.cost_nano / 1e9:.3f}" == points
        said = points_in_words(instance, scenario, answer.regions, answer.cost_nano)
        assert words.replace(" m", " metres") in said or words in said


def test_weights_are_those_of_the_presets() -> None:
    lines = PAGE.split("| what | mergers | zones | why |")[1].split("\n\n")[0].splitlines()[2:]
    told = {cells[1].strip("` "): cells[2:4] for cells in (line.split("|") for line in lines)}
    for column, preset in enumerate(("mergers", "zones")):
        weights = Scenario.preset(preset).weights
        stated = {name: float(cells[column]) for name, cells in told.items() if cells[column].strip() != "-"}
        assert stated == dict(weights)
