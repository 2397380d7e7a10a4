"""What a wheel holds, and whether it works away from the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
ROOMS = ("instances", "models", "solver", "app")
USE = """
import refzones
from refzones import Plan, Scenario, load
plan = Plan.of(load(), Scenario.preset("mergers"), [["Aalst", "Lede"]])
print(refzones.__path__[0], plan.regions[0])
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the contents of a wheel that is built from a copy of the sources."""
    pytest.importorskip("setuptools")
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(TOP / name, source)
    for room in ROOMS:
        shutil.copytree(TOP / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", folder, source], check=True, capture_output=True)
    (packed,) = folder.glob("*.whl")
    with zipfile.ZipFile(packed) as file:
        file.extractall(folder / "site")
    return folder / "site"


def test_a_wheel_holds_every_file(wheel: Path) -> None:
    """The packages in `pyproject.toml` are all there are."""
    kinds = {".py", ".csv", ".toml", ".typed", ".css", ".html", ".js", ".json", ".svg"}
    expected = {
        path.relative_to(TOP)
        for room in ROOMS
        for path in (TOP / room).rglob("*")
        if path.suffix in kinds and "__pycache__" not in path.parts and path.parent != TOP / "app" / "face"
    }
    expected |= {Path("__init__.py"), Path("py.typed")}
    held = {path.relative_to(wheel / "refzones") for path in (wheel / "refzones").rglob("*")}
    assert {path for path in held if path.suffix in kinds} == expected


def test_a_wheel_works_by_itself(wheel: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(wheel)}
    done = subprocess.run(
        [sys.executable, "-c", USE],
        cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(wheel / "refzones"), "Denderregio"]
