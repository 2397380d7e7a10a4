"""All engines give the same proved answer on every region of both embedded instances."""

from __future__ import annotations

from functools import cache

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import ENGINES, Result, solve, verify

VINTAGES = ("flanders-2025", "flanders-2024")


@cache
def answer(vintage: str, engine: str, workers: int) -> Result:
    return solve(load(vintage), Scenario.preset("mergers"), engine_name=engine, workers=workers)


@pytest.mark.parametrize("vintage", VINTAGES)
def test_fifteen_regions_are_proved_and_clean(vintage: str) -> None:
    result = answer(vintage, "highs", 2)
    assert [(region.status, region.gap) for region in result.by_region] == [("optimal", 0)] * 15
    assert result.plan is not None
    assert verify(result.instance, result.scenario, result.plan) == ()


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize(
    ("engine", "workers"), [*((name, 1) for name in ENGINES), *((name, 2) for name in ENGINES)]
)
def test_engines_and_workers_agree(vintage: str, engine: str, workers: int) -> None:
    one, other = answer(vintage, "highs", 2), answer(vintage, engine, workers)
    assert [r.score_nano for r in one.by_region] == [r.score_nano for r in other.by_region]
    assert one.plan == other.plan
