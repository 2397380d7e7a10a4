"""Plans that scenario files refer to: their groups become part of the scenario."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.models import Scenario

TABLE = "nis,zone,merger\n10000,Z,A\n10001,Z,A\n10002,Z,\n10003,Y,B\n"
GROUPS = (("10000", "10001"), ("10002",), ("10003",))


def read(folder: Path, text: str) -> Scenario:
    file = folder / "my.toml"
    file.write_text(text, encoding="utf-8")
    return Scenario.read(file)


def refused(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder, text)
    return [str(problem) for problem in caught.value.problems]


def test_mergers_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(TABLE, encoding="utf-8")
    found = read(tmp_path, '[existing]\nmode = "keep"\nplan = "plan.csv"\n').existing
    assert (found.mode, found.mergers, found.source) == ("keep", GROUPS, "plan.csv")


def test_where_in_its_file_a_plan_stands_can_be_said(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name in ("old", "new"):
        sheet = book.create_sheet(name)
        for row in (["nis", "mine"], ["nis", "mine"], ["10000", name], ["10001", name]):
            sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    said = '[existing]\nplan = "plan.xlsx"\nsheet = "new"\nheader_row = 2\ncolumn = "mine"\n'
    assert read(tmp_path, said).existing.mergers == (("10000", "10001"),)
    (message,) = refused(tmp_path, said.replace('sheet = "new"\n', ""))
    assert "existing.plan: " in message
    assert 'sheet = "old"' in message
    assert refused(tmp_path, said.replace("header_row = 2", "header_row = 2.5"))
    assert (
        "there is no encoding 'x'" in refused(tmp_path, said.replace("header_row = 2", 'encoding = "x"'))[0]
    )


def test_existing_takes_mergers_and_frames_take_zones(tmp_path: Path) -> None:
    """Where a table has both columns, each key takes its own."""
    (tmp_path / "plan.csv").write_text(TABLE, encoding="utf-8")
    found = read(tmp_path, 'existing.plan = "plan.csv"\nframes.plan = "plan.csv"\n')
    assert found.existing.mergers == GROUPS
    assert found.frames.zones == (("10000", "10001", "10002"), ("10003",))
    assert found.frames.source == "plan.csv"


def test_folder_of_a_run_beside_the_scenario(tmp_path: Path) -> None:
    run = tmp_path / "runs" / "one"
    run.mkdir(parents=True)
    (run / "assignment.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "scenarios").mkdir()
    found = read(tmp_path / "scenarios", 'existing.plan = "../runs/one"\n')
    assert (found.existing.mergers, found.existing.source) == (GROUPS, "one")
    assert found.existing.mode == "extend"


def test_official_list_of_mergers(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Old,New\nMelle (44040) + Merelbeke (44043),M\n", encoding="utf-8")
    assert read(tmp_path, 'existing.plan = "list.csv"\n').existing.mergers == (
        ("Melle (44040)", "Merelbeke (44043)"),
    )


def test_plans_of_both_levels(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(TABLE, encoding="utf-8")
    found = read(
        tmp_path, 'preset = "nested"\nexisting.plan = "plan.csv"\n[zones]\nexisting.plan = "plan.csv"\n'
    )
    assert found.zones is not None
    assert found.zones.existing.mergers == found.existing.mergers == GROUPS


def test_what_was_read_stays_when_the_file_is_gone(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(TABLE, encoding="utf-8")
    found = read(tmp_path, 'existing.plan = "plan.csv"\n')
    (tmp_path / "plan.csv").unlink()
    assert read(tmp_path, found.to_toml()) == found


def test_everything_that_is_wrong_with_plans_is_listed(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    text = """
level = "nested"
existing.plan = "none.csv"
frames.plan = "odd.csv"
[zones]
existing = {plan = "odd.csv", mergers = [["A", "B"]]}
frames.plan = 3
[wieghts]
distance = 1
"""
    messages = refused(tmp_path, text)
    assert messages[0] == (
        "my.toml, value 'none.csv': existing.plan: there is no such file; "
        "paths are seen from the folder of the scenario file"
    )
    assert messages[1].startswith("odd.csv: frames.plan: the file has no column for municipalities")
    assert messages[2:] == [
        "my.toml: zones.existing.plan and zones.existing.mergers are both given; keep one of them",
        "my.toml, value '3': zones.frames.plan must be the path of a plan; write it as text",
        "my.toml: unknown key 'wieghts'; did you mean 'weights'?",
    ]


def test_folder_without_a_plan(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (message,) = refused(tmp_path, 'existing.plan = "empty"\n')
    assert message.endswith(
        "assignment.csv: existing.plan: the file is missing; add it or name another folder"
    )


def test_unknown_preset_of_zones_says_which(tmp_path: Path) -> None:
    assert refused(tmp_path, 'level = "nested"\nzones.preset = "zone"\n') == [
        "my.toml, value 'zone': zones.preset: there is no such preset; did you mean 'zones'?"
    ]
