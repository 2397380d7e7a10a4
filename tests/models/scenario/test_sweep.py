"""Specs of sweeps: what is accepted, what is refused and with which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.scenario.sweep import MOST_SETTINGS, SweepSpec

GRID = {"grid": {"weights": {"distance": [1, 2]}}}

REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "nothing varies; add [grid], [[list]] or [sample]"),
    "empty grid": ({"grid": {}}, "grid: the grid is empty; give at least one key a list of values"),
    "empty list of values": ({"grid": {"weights": {"distance": []}}}, "grid.weights.distance: "),
    "empty list": ({"list": []}, "the list is empty; add a setting, or remove the key"),
    "empty sample": ({"sample": {"points": 3}}, "the sample is empty; give at least one range"),
    "value twice": ({"grid": {"seed": [1, 1]}}, "seed has a value twice; remove one of them"),
    "unknown key": ({**GRID, "regoins": ["Waasland"]}, "unknown key 'regoins'; did you mean 'regions'?"),
    "unknown axis": ({"grid": {"wieghts": {}}}, "unknown key 'grid.wieghts'; did you mean 'weights'?"),
    "unknown bound": (
        {"grid": {"population": {"mni": [1]}}},
        "unknown key 'grid.population.mni'; did you mean 'min'?",
    ),
    "unknown key of an item": (
        {"list": [{"lock": "a"}]},
        "unknown key 'list, entry 1, lock'; did you mean 'locks'?",
    ),
    "unknown term": ({"grid": {"weights": {"distnce": [1]}}}, "unknown term 'distnce'; did you mean"),
    "unknown term of an item": ({"list": [{"weights": {"straddle": 1}}]}, "write straddle(layer)"),
    "unknown term of a lattice": (
        {"sample": {"method": "lattice", "terms": ["size", "sice"], "steps": 2}},
        "unknown term 'sice'; did you mean 'size'?",
    ),
    "negative weight": (
        {"grid": {"weights": {"distance": [1, -1]}}},
        "grid.weights.distance, entry 2: must be at least 0",
    ),
    "thousands": (
        {"grid": {"population": {"min": [25.0, 30.0]}}},
        "grid.population.min, entry 2: must be a whole number, without a decimal point; write 30000 or "
        "30_000 if thousands are meant, 30 if not",
    ),
    "no list": ({"grid": {"weights": {"distance": 1}}}, "must be a list, in square brackets"),
    "upside down": (
        {"sample": {"points": 3, "weights": {"distance": [9, 1]}, "population": {"min": [5, 4]}}},
        "weights.distance: the range is upside down (9 is above 1); exchange them; population.min: the range",
    ),
    "no points": ({"sample": {"weights": {"distance": [0, 1]}}}, "add points = 100"),
    "method": ({"sample": {"method": "latice"}}, "sample.method: must be 'latin' or 'lattice'"),
    "lattice with ranges": (
        {"sample": {"method": "lattice", "weights": {"size": [0, 1]}, "points": 2}},
        "a lattice takes no ranges (weights.size); name its terms in terms = [...]; points belongs to method",
    ),
    "lattice of one": (
        {"sample": {"method": "lattice", "terms": ["size"], "steps": 2}},
        "a lattice divides points among two terms or more",
    ),
    "term twice": (
        {"sample": {"method": "lattice", "terms": ["size", "size"], "steps": 2}},
        "a term is named twice; remove one of them",
    ),
    "lattice without steps": (
        {"sample": {"method": "lattice", "terms": ["size", "distance"]}},
        "a lattice needs the number of its steps; add steps = 10",
    ),
    "steps of a hypercube": (
        {"sample": {"points": 2, "steps": 2, "weights": {"size": [0, 1]}}},
        "steps belongs to method 'lattice'; remove it",
    ),
    "varied twice": (
        {**GRID, "sample": {"points": 2, "weights": {"distance": [0, 1]}}},
        "weights.distance is varied by grid and by sample; keep one of them",
    ),
    "unknown locks": (
        {"grid": {"locks": ["base", "agreedd"]}, "locks": {"agreed": {"alone": ["Gent"]}}},
        "there are no locks of the name 'agreedd'; did you mean 'agreed'?",
    ),
    "locks called base": ({**GRID, "locks": {"base": {}}}, "'base' means the scenario's own locks"),
    "mistake in locks": (
        {**GRID, "locks": {"a": {"togehter": []}}},
        "unknown key 'locks.a.togehter'; did you mean 'together'?",
    ),
    "too many": (
        {"grid": {"seed": list(range(2000)), "population": {"min": list(range(1000))}}},
        f"these are 2,000,000 settings; at most {MOST_SETTINGS:,} are possible",
    ),
    "unknown preset": ({**GRID, "scenario": "merger"}, "scenario: there is no preset of this name"),
    "mistake in the scenario": (
        {**GRID, "scenario": {"preset": "mergers", "population": {"minn": 3}}},
        "scenario: unknown key 'population.minn'; did you mean 'min'?",
    ),
    "no scenario": ({**GRID, "scenario": 3}, "scenario: must be a table of keys and values"),
    "no instance": ({**GRID, "instances": []}, "instances: "),
    "instances no list": ({**GRID, "instances": "flanders-2025"}, "must be a list, in square brackets"),
    "time limit": ({**GRID, "time_limit": 0}, "time_limit: must be more than 0"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    data, message = REFUSED[case]
    with pytest.raises(InputError) as caught:
        SweepSpec.from_dict(data, file="my.toml")
    assert message in str(caught.value)
    assert all(problem.file for problem in caught.value.problems if "scenario: there" not in problem.what)


def test_all_mistakes_are_listed() -> None:
    data = {
        "scenario": "nothing",
        "nmae": "x",
        "grid": {"weights": {"size": [-1]}, "locks": []},
        "sample": {"points": 0},
    }
    with pytest.raises(InputError) as caught:
        SweepSpec.from_dict(data)
    text = str(caught.value)
    for part in (
        "scenario: there is no preset",
        "'nmae'; did you mean 'name'?",
        "size, entry 1",
        "locks",
        "points",
    ):
        assert part in text


def test_file_beside_its_scenario(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'preset = "mergers"\n[weights]\nreplace = true\nsize = 3\n', encoding="utf-8"
    )
    (tmp_path / "data").mkdir()
    file = tmp_path / "many.toml"
    file.write_text(
        'scenario = "mine.toml"\ninstances = ["flanders-2024", "data"]\n[grid.weights]\ndistance = [0, 1]\n'
        '[[list]]\nlocks = "agreed"\n[[list]]\n[locks.agreed]\nalone = ["Gent"]\n',
        encoding="utf-8",
    )
    spec = SweepSpec.read(file)
    assert spec.name == "many"
    assert spec.scenario.weights == {"size": 3}
    assert spec.instances == ("flanders-2024", str(tmp_path / "data"))
    assert spec.terms == ("size", "distance")
    assert spec.number == 4
    assert SweepSpec.model_validate(spec.model_dump(by_alias=True)) == spec


def test_scenario_is_the_preset_by_default() -> None:
    assert SweepSpec.from_dict(GRID).scenario == Scenario.preset("mergers")
    inline = {**GRID, "scenario": {"preset": "mergers", "population": {"min": 20_000}}}
    assert SweepSpec.from_dict(inline).scenario.population.min == 20_000


def test_lists_with_wrong_entries_are_not_called_too_short() -> None:
    with pytest.raises(InputError) as caught:
        SweepSpec.from_dict({"grid": {"population": {"min": [25.0]}}})
    assert len(caught.value.problems) == 1
    with pytest.raises(InputError, match=r"grid.population.min: needs at least 1; these are 0"):
        SweepSpec.from_dict({"grid": {"population": {"min": []}}})
