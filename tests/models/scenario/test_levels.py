"""Scenarios of one level and of two."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import refzones.models
from refzones.models import Scenario, presets
from refzones.models.scenario.demands import Demands
from support.refusals import refused


def test_each_level_is_a_scenario_of_its_own() -> None:
    nested = Scenario.preset("nested")
    mergers, zones = nested.at("mergers"), nested.at("zones")
    for level, name in ((mergers, "mergers"), (zones, "zones")):
        assert (level.level, level.zones, level.name) == (name, None, "nested")
        preset = Scenario.preset(name)
        assert all(getattr(level, key) == getattr(preset, key) for key in Demands.model_fields)


def test_zones_build_on_a_preset_of_their_own() -> None:
    mine = Scenario.from_dict(
        {
            "preset": "nested",
            "zones": {"preset": "zones", "population": {"min": 60_000}, "size": {"target": 9}},
        }
    )
    assert mine.zones is not None
    assert (mine.zones.population.min, mine.zones.population.max) == (60_000, 130_000)
    assert mine.zones.weights == Scenario.preset("zones").weights
    assert (mine.population.min, mine.size.target) == (30_000, 60_000)


LEVELS = [
    (
        {"level": "nested"},
        "my.toml: level 'nested' asks for zones too; add [zones], for instance zones.preset = \"zones\"",
    ),
    ({"zones": {"preset": "zones"}}, "my.toml: [zones] belongs to level 'nested', not to 'mergers'"),
    (
        {"level": "nested", "zones": {"level": "zones"}},
        "my.toml: unknown key 'zones.level'; known: preset, population, count, rules, requires, frames, "
        "borders, locks, existing, coverage, orientation, cooperation, size, "
        "schemes, budgets, weights",
    ),
    (
        {"level": "nested", "zones": {"locks": {"seats": []}}},
        "my.toml: unknown key 'zones.locks.seats'; did you mean 'seat'?",
    ),
    (
        {"level": "nested", "zones": "zones"},
        "my.toml, value 'zones': zones: must be a table of keys and values",
    ),
    (
        {"level": "nested", "zones": {"population": {"floor": 0}}},
        "my.toml: zones: population.floor and population.ceiling make bounds soft; give each missing "
        "inhabitant a price: weights.shortfall, in points",
    ),
    (
        {"preset": "merger"},
        "my.toml, value 'merger': preset: there is no such preset; did you mean 'mergers'?",
    ),
]


@pytest.mark.parametrize(("data", "message"), LEVELS)
def test_message_of_levels(data: dict[str, Any], message: str) -> None:
    assert refused(data) == [message]


@pytest.mark.parametrize("name", presets())
def test_levels_are_scenarios_of_one_level(name: str) -> None:
    scenario = Scenario.preset(name)
    inner = {"nested": ("mergers", "zones")}.get(scenario.level, (scenario.level,))
    assert tuple(level.level for level in scenario.levels) == inner
    assert all(level.levels == (level,) for level in scenario.levels)
    assert scenario.levels[0].weights == scenario.weights


def test_nobody_else_asks_for_the_word_for_both_levels() -> None:
    """Outside models `Scenario.levels` says it; a method may have the word as its name."""
    top = Path(refzones.models.__path__[0]).parent
    compared = re.compile(r"level\w*\s*(==|!=|in)\s*[^\n]*\"nested\"")
    asking = [
        str(file.relative_to(top))
        for package in ("solver", "app")
        for file in sorted((top / package).rglob("*.py"))
        if compared.search(file.read_text(encoding="utf-8"))
    ]
    assert asking == []
