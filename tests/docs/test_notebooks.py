"""The notebooks run, and what they say is what they found."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")
pytest.importorskip("pyarrow")

FOLDER = Path(__file__).parents[2] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
CHECKED = "checked"
"""Tag of the cells whose text must come out the same."""

LARGEST = 700_000


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def texts(cell: Any) -> list[str]:
    """All text that a cell gave, as plain text."""
    found = []
    for output in cell.outputs:
        assert output.output_type != "error"
        found.append(output.text if output.output_type == "stream" else output.data.get("text/plain", ""))
    return found


def checked(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if CHECKED in cell.metadata.get("tags", [])]


def test_there_are_four() -> None:
    assert len(NOTEBOOKS) == 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_stored_comes_out_again(path: Path, tmp_path: Path) -> None:
    """In a process of its own: the client of a kernel leaves sockets and event loops behind."""
    command = [sys.executable, str(FOLDER / "run.py"), str(path), "--out", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    stored, fresh = checked(read(path)), checked(read(tmp_path / path.name))
    assert len(stored) >= 3
    for before, after in zip(stored, fresh, strict=True):
        assert texts(before) == texts(after), before.source
        assert any(text.strip() for text in texts(before)), f"nothing to check: {before.source}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_of_the_machine_is_stored(path: Path) -> None:
    notebook = read(path)
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert all("execution" not in cell.metadata for cell in notebook.cells)
    assert not re.search(r"/(home|root|tmp|usr|work|Users)/", path.read_text(encoding="utf-8"))
    assert path.stat().st_size < LARGEST


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_everything_was_run_in_order(path: Path) -> None:
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    pictures = [o for cell in cells for o in cell.outputs if "image/png" in o.get("data", {})]
    assert len(pictures) >= 3
    assert all(output.get("name") != "stderr" for cell in cells for output in cell.outputs)
