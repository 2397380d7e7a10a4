"""Schemes that a scenario holds: from its file or another one, so that a plan records what it was asked."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from refzones.app.dutch import in_dutch
from refzones.instances import InputError
from refzones.models import Scenario

MINE = {"title": "Mine", "source": "a test", "per_inhabitant": {"below": [10], "values": [1, "open"]}}
FILE = 'title = "Mine"\nsource = "a test"\n[per_inhabitant]\nbelow = [10]\nvalues = [1, "open"]\n'


def refused(data: dict[str, Any]) -> str:
    with pytest.raises(InputError) as caught:
        Scenario.from_dict(data, "my.toml")
    (problem,) = caught.value.problems
    assert in_dutch(str(problem)), str(problem)
    return str(problem)


def test_a_file_becomes_part_of_the_scenario(tmp_path: Path) -> None:
    (tmp_path / "bonus.toml").write_text(FILE, encoding="utf-8")
    text = 'schemes.mine = "bonus.toml"\n[weights]\n"effect(bonus(mine))" = 1\n'
    (tmp_path / "my.toml").write_text(text, encoding="utf-8")
    found = Scenario.read(tmp_path / "my.toml")
    assert found.schemes == {"mine": MINE}
    (tmp_path / "bonus.toml").unlink()
    (tmp_path / "again.toml").write_text(found.to_toml(), encoding="utf-8")
    assert Scenario.read(tmp_path / "again.toml") == found
    assert Scenario.model_validate_json(found.model_dump_json()) == found


def test_schemes_of_zones(tmp_path: Path) -> None:
    (tmp_path / "bonus.toml").write_text(FILE, encoding="utf-8")
    (tmp_path / "my.toml").write_text(
        'preset = "nested"\nzones.schemes.mine = "bonus.toml"\n', encoding="utf-8"
    )
    mergers, zones = Scenario.read(tmp_path / "my.toml").levels
    assert (mergers.schemes, zones.schemes) == ({}, {"mine": MINE})


def test_a_scenario_without_schemes_has_the_form_that_it_had() -> None:
    assert "schemes" not in Scenario.preset("nested").model_dump_json()


def test_one_key_of_a_scheme_can_be_laid_over() -> None:
    found = Scenario.from_dict({"schemes": {"mine": MINE}, "weights": {}})
    over = found.overlaid({"schemes": {"mine": {"title": "Other"}}})
    assert over.schemes == {"mine": {**MINE, "title": "Other"}}


MISTAKES = [
    (
        {"schemes": {"mine": "none.toml"}},
        "value 'none.toml': schemes.mine: there is no such file; paths",
    ),
    ({"schemes": {"mine": 5}}, "schemes.mine: must be a table of keys and values"),
    (
        {"schemes": {"mine": {"at": datetime.date(2026, 1, 1)}}},
        "mine.at: write numbers, true or false",
    ),
    ({"schemes": {"mine": {"at": [float("nan")]}}}, "mine.at: write numbers"),
    ({"schemes": {"mine": {"at": [{"a": 1}]}}}, "mine.at: a list of a scheme holds no tables"),
    ({"weights": {"effect(bonus(x/y.toml))": 1}}, "names a file, and a scenario holds what it asks"),
]


@pytest.mark.parametrize(("data", "message"), MISTAKES)
def test_mistakes_are_told(data: dict[str, Any], message: str) -> None:
    assert message in refused(data)


def test_a_scheme_file_that_is_no_toml(tmp_path: Path) -> None:
    (tmp_path / "bonus.toml").write_text("title = Mine\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bonus.toml.*schemes.mine: this is not valid TOML"):
        Scenario.from_dict({"schemes": {"mine": "bonus.toml"}}, folder=tmp_path)
