"""The page on instances: its commands run in order, and what it shows is what they say."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest
from refzones.app.cli import main
from refzones.instances import read_folder

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs" / "instances.md").read_text(encoding="utf-8")
EXAMPLE = TOP / "docs" / "examples" / "elsewhere"
DATA = Path(os.environ.get("REFZONES_DATA", TOP.parent / "shared" / "data")).resolve()


def section(heading: str) -> str:
    """Read what stands below a heading of the second level."""
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """List the code blocks with their language, in order."""
    yield from re.findall(r"```(\w+)\n(.*?)```", text, flags=re.DOTALL)


def follow(text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> int:
    """Run the commands of a text; whatever it shows must be lines of what the commands before it said."""
    monkeypatch.setenv("REFZONES_CONFIG_DIR", str(Path.cwd() / "config"))
    monkeypatch.setattr("refzones.app.terminal.status.SILENCE", inf)
    said, count = "", 0
    for language, code in blocks(text):
        if language == "toml":
            Path("next.toml").write_text(code, encoding="utf-8")
        elif language == "sh":
            said = ""
            for line in code.splitlines():
                monkeypatch.setattr("sys.argv", shlex.split(line))
                with pytest.raises(SystemExit) as stop:
                    main()
                output, errors = capsys.readouterr()
                evaluated = line.startswith("refzones evaluate")  # of a plan that breaks a rule
                assert (stop.value.code or 0) == (1 if evaluated else 0), (line, errors)
                said += output
                count += 1
        else:
            shown = code.splitlines()
            assert [line for line in shown if line not in said.splitlines()] == []
    return count


def test_another_country(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("geopandas")
    shutil.copytree(EXAMPLE, tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert follow(section("Another country"), monkeypatch, capsys) >= 10
    after = read_folder(Path("after"))
    assert (len(after), after.total_population) == (8, 84_350)
    assert (after.population[after.population >= 5_000]).size == 7  # all but the island


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the official files")
def test_next_years_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("geopandas")
    (tmp_path / "data").symlink_to(DATA)
    monkeypatch.chdir(tmp_path)
    assert follow(section("Next year's files"), monkeypatch, capsys) >= 9
    updated, imported = read_folder(Path("my-2026")), read_folder(Path("next"))
    assert updated.population.tolist() == imported.population.tolist()


def test_every_file_of_the_example_is_in_the_table() -> None:
    listed = set(re.findall(r"`([\w.]+\.(?:csv|geojson|toml))`", section("Another country")))
    assert {path.name for path in EXAMPLE.iterdir()} == listed
