"""Any text in names, titles, descriptions: every command prints and draws it, and does nothing else."""

from __future__ import annotations

import ast
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import refzones.app
from hypothesis import given
from hypothesis import strategies as st
from refzones.app.files.naming import folder_name
from refzones.app.maps.labels import text_size
from refzones.app.maps.lettering import drawable, families, letter, lettered, printable
from refzones.app.maps.output import save
from refzones.app.maps.style import Pen
from refzones.app.terminal.plain import one_line, visible
from refzones.instances import Instance, write_folder
from support.build import build_instance

Run = Callable[..., tuple[int, str, str]]

NAMES = (
    "東京 [/2] $x^2$",
    "กรุงเทพ [bold]",
    "القاهرة الكبرى\u202eabc",
    "Emoji 🏙️👨‍👩‍👧 & <b>",
    "e\u0301\u0302\u0303 $ _ ^ \\ % {x}",
    '=HYPERLINK("x") $\\frac{1}{',
    "\x1b[31mred\x1b[0m \x07\x9b [/]",
    "Long" + "g" * 4996,
)
REGIONS = ("[red]R0[/] $\\alpha 中\x1b[2J", '-R/1:*?"<>| :smile: \u200f')
SCENARIO = """
name = "draft [/2] 中 $x$ \\u001b[31m"
description = "plan 東京\\ta \\\\ $\\\\frac{ \\u202e"
[population]
min = 40
max = 100
[weights]
distance = 1.0
"touched([x] $l 層)" = 0.1
"""
SWEEP = """
name = "sweep [/2] 中"
scenario = "s.toml"
instances = ["own"]
[grid.weights]
distance = [0, 5]
"""


def nasty() -> Instance:
    """Eight municipalities on a grid of two rows, four in each of two regions."""
    points = [(2000.0 * (i % 4), 2000.0 * (i // 4)) for i in range(8)]
    borders = [(i, i + 1) for i in (0, 1, 2, 4, 5, 6)] + [(i, i + 4) for i in range(4)]
    made = build_instance(
        [20, 30, 25, 35, 21, 31, 26, 36],
        borders,
        points=points,
        region=[0, 0, 1, 1, 0, 0, 1, 1],
        layers={"[x] $l 層": ["z [/a]", "z [/a]", "$", "$", "ž", "ž", "\u0e01", "\u0e01"]},
    )
    return replace(made, names=NAMES, regions=REGIONS, title="Title [b] $ 中\x1b]0;x\x07", crs="EPSG:31370")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(nasty(), tmp_path / "own")
    (tmp_path / "s.toml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "sweep.toml").write_text(SWEEP, encoding="utf-8")
    return tmp_path


_WEIGHED = ("-i", "own", "-s", "s.toml")
COMMANDS: dict[str, tuple[str, ...]] = {
    "solve": ("solve", *_WEIGHED, "--out", "run"),
    "show": ("instance", "show", "own"),
    "check": ("instance", "check", "own"),
    "verify": ("verify", "run", "-i", "own"),
    "evaluate": ("evaluate", "run", "-i", "own", "--out", "e.json"),
    "compare": ("compare", "run", "run/assignment.csv", "-i", "own", "--out", "c"),
    "why": ("why", "run", "-i", "own", "--together", "10000", "10001", "--out", "w"),
    "dossier": ("dossier", "run", "-i", "own", "--format", "all", "--out", "d"),
    "prices": ("why", "run", "-i", "own", "--existing", "run/assignment.csv", "--out", "p.csv"),
    "alternatives": ("alternatives", *_WEIGHED, "--maps", "1", "--loss", "50%", "--out", "a"),
    "pareto": ("pareto", "--terms", "distance", "touched([x] $l 層)", *_WEIGHED, "--out", "f"),
    "census": ("census", *_WEIGHED, "--plan", "run", "--sample", "2", "--out", "n"),
    "sweep": ("sweep", "sweep.toml", "--workers", "1", "--out", "sw"),
}
_DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_every_command_prints_and_draws_any_name(folder: Path, run: Run) -> None:
    for name, command in COMMANDS.items():
        code, output, errors = run(*command)
        assert (name, code, errors) == (name, 0, "")
        assert _DANGEROUS.findall(output) == [], name
        if name in ("solve", "show", "census"):  # what looks like markup is text
            assert "[red]R0[/]" in output
    assert {path.suffix for path in (folder / "run").iterdir()} == {".csv", ".geojson", ".json", ".png"}
    pictures = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.png"))
    assert len(pictures) >= 10


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_files_whose_names_are_no_text(folder: Path, run: Run) -> None:
    try:
        (folder / "s.toml").rename(folder / "s\udcff.toml")
    except OSError:
        pytest.skip("this file system takes text only")
    code, output, errors = run("solve", "-i", "own", "-s", "s\udcff.toml", "--out", "o\udcff")
    assert (code, errors) == (0, "")
    assert "written to o\\udcff" in output
    shutil.copy(folder / "o\udcff" / "assignment.csv", folder / "p\udcff.csv")
    code, _, errors = run(
        "evaluate", "p\udcff.csv", "-i", "own", "-s", "s\udcff.toml", "--out", "e\udcff.json"
    )
    assert errors == ""
    assert r'"p\\udcff.csv"' in (folder / "e\udcff.json").read_text(encoding="utf-8")
    code, _, errors = run("compare", "o\udcff", "p\udcff.csv", "-i", "own", "--out", "c")
    assert (code, errors) == (0, "")


texts = st.text(st.characters(codec=None), max_size=30)


@given(texts)
def test_what_is_shown_steers_no_terminal_and_can_be_written(text: str) -> None:
    shown = one_line(text)
    shown.encode("utf-8")
    assert not _DANGEROUS.search(shown)
    assert "\n" not in shown
    plain = [c for c in text if c.isprintable() or c == "\n"]
    assert all(c in visible(text) for c in plain)


@given(texts)
def test_any_text_has_a_size_and_is_drawn(text: str) -> None:
    width, height = text_size(text, 10.0)
    assert 0 <= width < 200 * 30
    assert height > 0
    assert families(printable(text))[0] == "DejaVu Sans"
    line = drawable(text, 12)
    assert len(line) <= 12
    assert "\n" not in line


def test_every_sign_of_mathematics_is_a_sign(tmp_path: Path) -> None:
    pen = Pen()
    for k, text in enumerate(("$", "$x^2$", "$\\frac{", "a_b^c", "\\alpha $$", *NAMES, "\ud800", "a\nb\tc")):
        pen.text(20, 20 + 10 * k, text, 8.0, halo=1.0)
    save(pen.figure, tmp_path / "texts.png", 40)
    assert (tmp_path / "texts.png").stat().st_size > 1000


def test_figures_are_lettered_as_they_are() -> None:
    from matplotlib.figure import Figure

    @lettered
    def draw() -> Figure:
        figure = Figure()
        axes = figure.add_subplot()
        axes.set_title("$\\frac{ \x1b[31m")
        axes.set_xlabel("$x$")
        axes.plot([1], [1], label="_$ 中")
        axes.set_xticks([1], ["$\\nonsense{"])
        return figure

    figure = draw()
    figure.draw_without_rendering()
    assert figure.axes[0].get_title() == "$\\frac{ \\x1b[31m"
    letter(figure)


@pytest.mark.parametrize("text", ["a/b", "a:b", "..", "", "中", "x" * 5000, "é" * 200, "CON?", "a\x00b"])
def test_names_of_folders_are_short_and_safe(text: str) -> None:
    name = folder_name(text)
    assert re.fullmatch(r"[\w.+-]+", name)
    assert len(name.encode()) < 200
    assert name[0] not in ".-"


def test_names_that_are_cut_stay_apart() -> None:
    assert len({folder_name(text) for text in ("a/b", "a:b", "a b", "x" * 4000, "x" * 4001)}) == 5
    assert folder_name("Regio Gent") == "Regio-Gent"


def test_nothing_is_printed_past_the_console() -> None:
    """One console takes all texts as they are: no other is made, and none is told to read markup."""
    for file in Path(str(refzones.app.__file__)).parent.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        tree = ast.parse(source)
        if file.name != "console.py":
            assert "rich.markup" not in source, file
            assert "from_markup" not in source, file
            assert not re.search(r"(?<!Plain)Console\(", source), file
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg in ("markup", "emoji"):
                assert isinstance(node.value, ast.Constant), file
                assert node.value.value is False, file
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                assert file.name in ("streams.py", "status.py", "process.py"), file
