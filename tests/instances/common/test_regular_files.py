"""Files that are none: pipes without a writer, devices without an end, texts nested by the thousand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from refzones.app.input.plans import given_plan
from refzones.instances.common.problems import InputError, Problems
from refzones.instances.common.toml import parse_toml
from refzones.instances.tables.table import read_text
from refzones.instances.tables.workbooks import read_sheets
from refzones.instances.vectors.files import read_vector

NO_FILE = "this is a pipe or a device, not a file; save what it gives as a file, and name that"


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    os.mkfifo(tmp_path / "x")
    return tmp_path / "x"


def test_every_reader_refuses_a_pipe_at_once(pipe: Path) -> None:
    problems = Problems()
    assert read_text(pipe, problems) is None
    assert read_sheets(pipe, problems) == []
    with pytest.raises(InputError, match=NO_FILE):
        problems.raise_if_any()
    for read in (given_plan, read_vector):
        with pytest.raises(InputError, match=NO_FILE):
            read(pipe)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device without an end")
def test_a_device_is_no_file() -> None:
    problems = Problems()
    assert read_text(Path("/dev/zero"), problems) is None
    assert problems


@pytest.mark.parametrize(
    "text",
    [
        f"x = {'[' * 5000}{']' * 5000}",
        f"x = {'{a=' * 5000}1{'}' * 5000}",
        f"{'.'.join(['a'] * 5000)} = 1",
        f"x = {'[' * 60}{']' * 60}",
        f"[{'.'.join(['a'] * 60)}]\nx = 1",
    ],
)
def test_texts_nested_by_the_thousand_are_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^x\.toml: (this is not valid TOML|keys and lists are nested)"):
        parse_toml(text, "x.toml")


def test_texts_as_people_nest_them_are_read() -> None:
    assert parse_toml("[a.b.c.d]\nx = [[1], [[2]]]", "x.toml") == {
        "a": {"b": {"c": {"d": {"x": [[1], [[2]]]}}}}
    }
