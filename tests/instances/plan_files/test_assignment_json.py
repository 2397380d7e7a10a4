"""Assignments of gerrychain and districtr."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from refzones.instances import InputError, read_groups
from refzones.instances.plan_files import is_assignment


def written(tmp_path: Path, data: object) -> Path:
    file = tmp_path / "assignment.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "data",
    [
        {"1001": 1, "1002": 1, "1003": 2},
        {"1001": "north", "1002": "north", "1003": "south"},
        {"1001": 0.0, "1002": 0, "1003": 1},
        {
            "assignment": {"1001": 0, "1002": [0], "1003": [1]},
            "placeId": "x",
            "problem": {"numberOfParts": 2},
        },
    ],
)
def test_who_is_with_whom(data: object, tmp_path: Path) -> None:
    file = written(tmp_path, data)
    assert is_assignment(file)
    assert read_groups(file).groups == (("1001", "1002"), ("1003",))


def test_units_without_a_part_are_alone(tmp_path: Path) -> None:
    assert read_groups(written(tmp_path, {"1": None, "2": None, "3": 0})).groups == (("1",), ("2",), ("3",))


@pytest.mark.parametrize(
    "data",
    [
        {"type": "FeatureCollection"},
        {"nodes": [], "adjacency": []},
        {"scenario": {}, "mergers": []},
        [],
        {},
        "{",
    ],
)
def test_other_json_is_none(data: object, tmp_path: Path) -> None:
    assert not is_assignment(written(tmp_path, data))


def test_tables_and_folders_are_none(tmp_path: Path) -> None:
    assert not is_assignment(tmp_path)
    assert not is_assignment(tmp_path / "nothing.json")
    (tmp_path / "plan.csv").write_text('{"1": 2}', encoding="utf-8")
    assert not is_assignment(tmp_path / "plan.csv")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('{"1": 1, "1": 2}', "assignment.json: the key '1' stands twice in one place; keep it once"),
        ({"1": [0, 1]}, "column '1', value '[0, 1]': the part of a unit is one number or text; correct it"),
        ({"1": 1.5}, "column '1', value '1.5': the part of a unit is one number or text"),
        ({"1": {"a": 1}}, "the part of a unit is one number or text"),
        ({"assignment": [1, 2]}, "this is no assignment; give an object with a part for each unit"),
        ({"assignment": {}}, "this is no assignment"),
    ],
)
def test_mistakes_are_told(data: object, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_groups(written(tmp_path, data))
    assert said in str(caught.value)
