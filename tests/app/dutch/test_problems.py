"""Problems of an input in Dutch."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.app.dutch import problem_in_dutch, told_in_dutch
from refzones.app.input.uploads import read_dropped
from refzones.instances import InputError, Problem, load
from refzones.models import Scenario
from support.dutch import check_dutch


def test_every_part_is_told() -> None:
    told = problem_in_dutch(Problem("the cell is empty", "fill it in", "a.csv", 3, "nis", "the x"))
    assert (told.what, told.remedy) == ("de cel is leeg", "vul ze in")
    assert told.where == "a.csv, rij 3, kolom 'nis', waarde 'the x'"
    assert str(told) == "a.csv, rij 3, kolom 'nis', waarde 'the x': de cel is leeg; vul ze in"
    assert told.complete


def test_what_has_no_dutch_stands_there_in_english() -> None:
    told = problem_in_dutch(Problem("the moon is full", "fill it in"))
    assert str(told) == "the moon is full; vul ze in"
    assert not told.complete


def test_many_of_one_kind_are_counted() -> None:
    same = [Problem("the cell is empty", file="a.csv", row=row) for row in range(2, 1204)]
    few = [Problem("this is not a number", file="b.csv", row=row) for row in (2, 3)]
    assert told_in_dutch(InputError([*same, *few])) == (
        "a.csv, rij 2: de cel is leeg (en 1.201 andere van deze soort)",
        "b.csv, rij 2: dit is geen getal",
        "b.csv, rij 3: dit is geen getal",
    )


FILES: dict[str, str | bytes] = {
    "unknown.csv": "nis,merger\n99999,a\n",
    "name.csv": "gemeente;fusie\nNergenshuizen;1\n",
    "twice.csv": "nis,merger\n44021,a\n44021,b\n",
    "many.csv": "nis,merger\n" + "".join(f"9{i:04d},a\n" for i in range(50)),
    "columns.csv": "a,b\n1,2\n",
    "groups.csv": "nis,naam\n44021,Gent\n",
    "header.csv": "nis,merger\n",
    "empty.csv": "",
    "cells.csv": "nis,merger\n44021,a,b\n",
    "cases.csv": "nis,merger\n44021,West\n44013,west\n",
    "zeros.csv": b"nis,merger\n\x00\x00\x00",
    "other.pdf": b"%PDF-1.4",
    "broken.xlsx": b"PK\x03\x04 and no more",
    "text.xlsx": "nis,merger\n44021,a\n",
    "broken.gpkg": b"SQLite format 3\x00 and no more",
    "broken.geojson": "{",
    "empty.geojson": '{"type": "FeatureCollection", "features": []}',
    "plan.json": "{}",
    "run.zip": b"PK\x05\x06" + bytes(18),
    "broken.toml": "population = [",
    "twice.toml": "level = 'mergers'\nlevel = 'zones'\n",
    "thousands.toml": "[population]\nmin = 25.000\nmax = 130 000\n",
    "point.toml": 'preset = "mergers"\n[population]\nmin = 25.000\n',
    "unknown.toml": 'preset = "mergers"\n[popluation]\nmin = 1\n[weights]\ndistnce = 3\n',
    "order.toml": 'preset = "mergers"\n[population]\nmin = 200000\nmax = 100000\n',
    "types.toml": 'preset = "mergers"\n[locks]\ntogether = [["Gent"]]\nalone = 3\n[rules]\nfacility = "x"\n',
    "preset.toml": 'preset = "mergrs"\n',
    "nothing.toml": "[population]\nmin = 1\n",
    "path.toml": 'preset = "mergers"\n[existing]\nplan = "/etc/passwd"\n',
}
"""Files that cannot be used, as planners drop them on the page."""


@pytest.mark.parametrize("name", FILES)
def test_what_is_said_of_files(tmp_path: Path, name: str) -> None:
    content, raw, folder = FILES[name], tmp_path / "raw", tmp_path / "folder"
    raw.write_bytes(content if isinstance(content, bytes) else content.encode())
    folder.mkdir()
    with pytest.raises(InputError) as caught:
        read_dropped(raw, name, folder, load(), Scenario.preset("mergers"), ("plan.json",))
    for problem in caught.value.problems:
        assert problem_in_dutch(problem).complete, problem
        check_dutch(problem.what)
        check_dutch(problem.remedy)
    for line in caught.value.told:
        check_dutch(line)
