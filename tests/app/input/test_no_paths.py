"""Scenarios from a browser that name files."""

from __future__ import annotations

import pytest
from refzones.app.input.no_paths import check_no_paths
from refzones.instances.common.problems import InputError


@pytest.mark.parametrize(
    ("data", "column"),
    [
        ({"existing": {"plan": "x"}}, "existing.plan"),
        ({"frames": {"plan": "x"}}, "frames.plan"),
        ({"schemes": {"mine": "x"}}, "schemes.mine"),
        ({"zones": {"schemes": {"mine": "x"}}}, "zones.schemes.mine"),
        ({"zones": {"frames": {"plan": ""}}}, "zones.frames.plan"),
    ],
)
def test_a_file_is_told_with_its_key(data: object, column: str) -> None:
    with pytest.raises(InputError) as error:
        check_no_paths(data, "mine.toml")
    assert [(one.column, one.file) for one in error.value.problems] == [(column, "mine.toml")]


@pytest.mark.parametrize(
    "data",
    [{}, None, [], {"schemes": {"mine": {}}}, {"existing": {"mergers": []}}, {"existing": 1, "zones": 2}],
)
def test_others_name_none(data: object) -> None:
    check_no_paths(data)
