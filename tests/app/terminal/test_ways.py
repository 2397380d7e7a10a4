"""The table of ways on the terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from refzones.app.terminal.ways import show_ways
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import solve


def test_each_way_has_a_row_with_what_it_came_to(capsys: pytest.CaptureFixture[str]) -> None:
    result = solve(load("flanders-2025"), Scenario.preset("mergers"), regions=["Waasland", "Midwest"])
    show_ways(result)
    shown = " ".join(capsys.readouterr().out.split())
    for region in result.by_region:
        assert region.name in shown
        assert f"{region.candidates:,}" in shown
    assert shown.count("passed on") == shown.count("answered:") == 2
    bare = tuple(replace(region, ways=()) for region in result.by_region)
    show_ways(replace(result, by_region=bare))
    assert "no way had to be looked for" in capsys.readouterr().out
