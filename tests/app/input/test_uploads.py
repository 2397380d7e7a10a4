"""What a dropped file holds, read as far as it goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.app.input.uploads import Dropped, read_dropped
from refzones.instances import load
from refzones.instances.common.problems import InputError
from refzones.models import Scenario

INSTANCE = load("flanders-2025")


def dropped(tmp_path: Path, text: str, name: str, encoding: str = "utf-8") -> Dropped:
    raw, folder = tmp_path / "raw", tmp_path / "inside"
    raw.write_bytes(text.encode(encoding))
    folder.mkdir()
    return read_dropped(raw, name, folder, INSTANCE, Scenario.preset("mergers"), ("plan.json",))


def named(*names: str) -> tuple[int, ...]:
    return tuple(sorted(INSTANCE.find(name) for name in names))


def test_a_plan_need_not_be_complete(tmp_path: Path) -> None:
    read = dropped(tmp_path, "gemeente;fusie\nAalst;1\nLede;1\nNinove;2\n", "x.csv")
    assert set(read.groups or ()) == {named("Aalst", "Lede"), named("Ninove")}
    assert read.scenario is None
    assert read.notes == ()


def test_windows_1252_is_read_and_told(tmp_path: Path) -> None:
    read = dropped(tmp_path, "gemeente;fusie\nAalst;caf\u00e9\nLede;caf\u00e9\n", "x.csv", "cp1252")
    assert read.groups == (named("Aalst", "Lede"),)
    assert len(read.notes) == 1
    assert "Windows-1252" in read.notes[0]


def test_a_list_of_mergers_is_a_plan(tmp_path: Path) -> None:
    read = dropped(
        tmp_path, "merger\nAalst (41002) + Lede (41034)\nNinove (41048) + Denderleeuw (41011)\n", "x.txt"
    )
    assert set(read.groups or ()) == {named("Aalst", "Lede"), named("Ninove", "Denderleeuw")}


def test_municipalities_that_merged_since_are_brought_here(tmp_path: Path) -> None:
    read = dropped(tmp_path, "nis;merger\n44043;a\n44040;a\n44013;a\n", "x.csv")
    assert read.groups == (named("Merelbeke-Melle", "Destelbergen"),)
    assert "the 300 municipalities of 2019 to 2024" in read.notes[0]


def test_a_scenario_has_the_name_of_its_file(tmp_path: Path) -> None:
    read = dropped(tmp_path, 'preset = "mergers"\n', "Ons voorstel.toml")
    assert read.scenario is not None
    assert read.scenario.name == "Ons voorstel"
    assert read.groups is None


def test_problems_name_the_file_as_its_user_does(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        dropped(tmp_path, "gemeente;fusie\nNergenshuizen;1\n", "Mijn plan.csv")
    assert {one.file for one in error.value.problems} == {"Mijn plan.csv"}
    assert str(tmp_path) not in str(error.value)
