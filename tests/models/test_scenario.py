"""Scenarios: what is accepted, what is refused and with which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from refzones.instances import InputError
from refzones.models import Scenario, presets
from support.strategies import questions

REFUSED = {
    "straddle without layer": ({"weights": {"straddle": 1}}, "write straddle(layer)"),
    "coverage with argument": ({"weights": {"coverage(police)": 1}}, "write coverage"),
    "weight below zero": ({"weights": {"distance": -1}}, "greater than or equal to 0"),
    "weight beyond whole numbers": ({"weights": {"distance": 1e11}}, "less than or equal to 1000000"),
    "coverage without shares": ({"weights": {"coverage": 1}}, "[coverage.shares] names no function"),
    "shares": (
        {"coverage": {"shares": {"rail": 0.3, "centre": 0.3}}},
        "the shares sum to 0.6; they must sum to 1",
    ),
    "group of one": ({"locks": {"together": [["Gent"]]}}, "a group needs at least two municipalities"),
    "class": ({"requires": {"classes": ["a9"]}}, "unknown class 'a9'; known: a0, a1, a2, b0"),
    "level": ({"level": "zone"}, "level: Input should be 'mergers' or 'zones'"),
    "preset": ({"preset": "merger"}, "there is no such preset; did you mean 'mergers'?"),
    "absorbing too much": (
        {"rules": {"above_max": "absorb", "absorb_up_to": 100_000}},
        "with these bounds it may be at most 64999",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    data, message = REFUSED[case]
    with pytest.raises(InputError) as caught:
        Scenario.from_dict(data, file="my.toml")
    assert message in str(caught.value)


def test_all_mistakes_are_listed() -> None:
    with pytest.raises(InputError) as caught:
        Scenario.from_dict({"levle": "mergers", "population": {"minimum": 3}, "weights": {"distnce": 1}})
    text = str(caught.value)
    assert "unknown key 'levle'; did you mean 'level'?" in text
    assert "unknown key 'population.minimum'; did you mean 'min'?" in text
    assert "unknown term 'distnce'; did you mean 'distance'?" in text


def test_preset_is_overlaid_table_by_table(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text(
        'preset = "mergers"\n[population]\nmin = 25000\n[weights]\ndistance = 1\n', encoding="utf-8"
    )
    mine, preset = Scenario.read(file), Scenario.preset("mergers")
    assert (mine.population.min, mine.population.max) == (25_000, preset.population.max)
    assert mine.weights == {"distance": 1}
    assert mine.coverage == preset.coverage


def test_unknown_name_is_no_file() -> None:
    with pytest.raises(InputError, match="there is no preset of this name and no such file"):
        Scenario.named("nothing.toml")


@pytest.mark.parametrize("name", presets())
def test_presets_read_back(name: str, tmp_path: Path) -> None:
    file = tmp_path / "copy.toml"
    file.write_text(Scenario.preset(name).to_toml(), encoding="utf-8")
    assert Scenario.read(file) == Scenario.preset(name)


@given(questions(largest=4))
def test_any_scenario_reads_back(question: tuple[object, Scenario]) -> None:
    import tomllib

    scenario = question[1]
    assert Scenario.from_dict(tomllib.loads(scenario.to_toml())) == scenario
