"""Comparing outputs: what differs is found, what differs from run to run is left out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from outputs import main
from outputs_api import SHOWN as API
from outputs_commands import FILES, PRESETS, steps
from outputs_compared import compared, without_times

Output = pytest.CaptureFixture[str]


def _pair(folder: Path, name: str, before: str | bytes, after: str | bytes) -> tuple[Path, Path]:
    for side, content in (("before", before), ("after", after)):
        file = folder / side / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "before", folder / "after"


def _record(seconds: float, score: float) -> str:
    record = {
        "score": score,
        "engine": {"versions": {"refzones": f"0.{seconds:.0f}.0"}},
        "runtime": {"seconds": seconds, "relaxation": 1e-5 * seconds, "workers": 2},
        "digest": f"{int(seconds * 1000):064x}",
    }
    return json.dumps(record, indent=1)


TABLE = """\
{title}
┏━━━━━━━━━━┳━{line}━┓
┃ region   ┃ seconds{pad} ┃
┡━━━━━━━━━━╇━{line}━┩
│ {region} │ {seconds} │
└──────────┴─{bottom}─┘
"""


def _table(region: str, seconds: str) -> str:
    width = max(7, len(seconds))
    return TABLE.format(
        title="a title".center(width + 15),
        line="━" * width,
        bottom="─" * width,
        pad=" " * (width - 7),
        region=region,
        seconds=seconds.rjust(width),
    )


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("said/solve.txt", "Waasland: optimal, 0.05 s\n", "Waasland: optimal, 1,012.1 s\n"),
        ("said/solve.txt", "done\n", "... looking (3 s)\ndone\n... drawing (5 s)\n"),
        (
            "said/solve.txt",
            "A: optimal, 0.05 s\nB: optimal, 1.0 s\n",
            "B: optimal, 0.1 s\nA: optimal, 2.0 s\n",
        ),
        ("said/show.txt", _table("Waasland", "0.05"), _table("Waasland", "1234567.05")),
        ("files/plan.json", _record(1, 3.5), _record(12.25, 3.5)),
        ("files/census.csv", "region,seconds,plans\nA,0.1,3\n", "region,seconds,plans\nA,12.75,3\n"),
    ],
)
def test_times_are_left_out(tmp_path: Path, name: str, before: str, after: str) -> None:
    found = compared(*_pair(tmp_path, name, before, after))
    assert (found.same, found.differing) == (1, {})


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("said/solve.txt", "Waasland: optimal, 0.05 s\n", "Waasland: feasible, 0.05 s\n"),
        ("said/show.txt", _table("Waasland", "0.05"), _table("Wasland ", "0.05")),
        ("files/plan.json", _record(1, 3.5), _record(1, 3.500000001)),
        ("files/plan.json", '{\n "a": 1\n}', '{"a": 1}'),
        ("files/census.csv", "region,seconds,plans\nA,0.1,3\n", "region,seconds,plans\nA,0.1,4\n"),
        ("files/same.csv", "a,b\n", "a,b\r\n"),
        ("files/binary.bin", b"\x00", b"\x01"),
    ],
)
def test_a_change_is_found(tmp_path: Path, name: str, before: str, after: str) -> None:
    found = compared(*_pair(tmp_path, name, before, after))
    assert found.same == 0
    assert list(found.differing) == [name]
    assert found.differing[name]


def test_the_first_differing_lines_are_told(tmp_path: Path, capsys: Output) -> None:
    before, after = _pair(tmp_path, "said/a.txt", "1\n2\n3\n4\n5\n6\n", "1\n2\nthree\n4\n5\n6\n")
    assert main(["compare", str(before), str(after)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "said/a.txt",
        "    - 3",
        "    + three",
        "0 files are the same, 1 differ, 0 left out",
    ]


def test_a_file_that_only_one_side_has_differs(tmp_path: Path) -> None:
    before, after = _pair(tmp_path, "said/a.txt", "1\n", "1\n")
    (after / "said" / "b.txt").write_text("2\n", encoding="utf-8")
    found = compared(before, after)
    assert found.differing == {"said/b.txt": ["is missing before"]}
    assert compared(after, before).differing == {"said/b.txt": ["is missing after"]}


def test_what_is_meant_to_differ_is_named(tmp_path: Path, capsys: Output) -> None:
    before, after = _pair(tmp_path, "said/api-zones.txt", "1\n", "2\n")
    _pair(tmp_path, "said/other.txt", "1\n", "1\n")
    assert main(["compare", str(before), str(after), "--except", "said/api-*"]) == 0
    assert "1 files are the same, 0 differ, 1 left out" in capsys.readouterr().out


def test_pictures_are_compared_by_pixels(tmp_path: Path) -> None:
    from PIL import Image

    for side, level, colour in (("before", 1, 10), ("packed", 9, 10), ("after", 1, 11)):
        (tmp_path / side).mkdir()
        Image.new("RGB", (40, 30), (colour, 0, 0)).save(tmp_path / side / "map.png", compress_level=level)
    assert (tmp_path / "before/map.png").read_bytes() != (tmp_path / "packed/map.png").read_bytes()
    assert compared(tmp_path / "before", tmp_path / "packed").same == 1
    found = compared(tmp_path / "before", tmp_path / "after")
    assert found.differing == {"map.png": ["1,200 pixels differ, the first in row 0, column 0"]}


def test_parquet_is_compared_by_columns_and_rows(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for side, score, seconds in (("before", 1, 0.1), ("later", 1, 0.2), ("after", 2, 0.1)):
        (tmp_path / side).mkdir()
        pq.write_table(pa.table({"score": [score], "seconds": [seconds]}), tmp_path / side / "a.parquet")
    assert compared(tmp_path / "before", tmp_path / "later").same == 1
    found = compared(tmp_path / "before", tmp_path / "after")
    assert found.differing == {"a.parquet": ["- {'score': 1}", "+ {'score': 2}"]}


def test_what_is_no_time_stays() -> None:
    text = "Westhoek 12 species, 30 seats, score 3.5 and sum 4\n"
    assert without_times(text) == text


def test_the_list_has_distinct_names_and_the_parts_that_are_promised() -> None:
    names = [step.name for step in steps()]
    assert len(set(names)) == len(names)
    for preset in PRESETS:
        for instance in ("flanders-2025", "flanders-2024", "tiny"):
            assert any(f"-i {instance} -s {preset} " in step.command for step in steps())
    commands = {step.command.split()[0] for step in steps() if not step.api}
    for command in ("verify", "evaluate", "compare", "why", "sweep", "alternatives", "census", "pareto"):
        assert command in commands
    assert {step.command.split()[0] for step in steps() if step.api} == API.keys()
    # what the quick part reads is written by the quick part
    quick = [step for step in steps() if step.quick]
    written = {word for step in quick for word in step.command.split()} | set(FILES)
    assert all(word in written for step in quick for word in step.command.split() if word.startswith("runs/"))


def test_commands_are_run_and_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["write", "--python", sys.executable, "--out", str(out), "--quick", "--only", "bad-"]) == 0
    said = (out / "said" / "bad-scenario.txt").read_text(encoding="utf-8")
    assert said.startswith("solve -s typing.toml\nexit code 2\n")
    assert "unknown key 'population.mini'" in said
    assert (out / "files" / "runs" / "tiny-mergers" / "plan.json").is_file()
    assert str(tmp_path) not in said
