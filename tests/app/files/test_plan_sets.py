"""Commands about families of plans leave pictures with their tables."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
PNG = b"\x89PNG\r\n\x1a\n"


def pictures(folder: Path) -> set[str]:
    for file in folder.glob("*.png"):
        assert file.read_bytes().startswith(PNG)
    return {file.name for file in folder.glob("*.png")}


def test_fronts(run, tmp_path: Path) -> None:
    code, output, _ = run("pareto", "--terms", "coverage", "distance", "-r", "waasland", "-r", "midwest")
    folder = tmp_path / "runs" / "pareto-flanders-2025-mergers"
    assert code == 0
    assert pictures(folder) == {"pareto-all.png", "pareto-Waasland.png", "pareto-Midwest.png"}
    assert "pareto-Waasland.png" in output
    code, _, _ = run("pareto", "--terms", "coverage", "distance", "-r", "midwest")
    assert code == 0
    assert pictures(folder) == {"pareto-Midwest.png"}  # what an earlier run left of other regions goes


def test_winners(run, tmp_path: Path) -> None:
    spec = 'regions = ["Waasland"]\n[grid.weights]\ncoverage = [0, 70]\ndistance = [0, 5]\n'
    (tmp_path / "two.toml").write_text(spec, encoding="utf-8")
    code, _, _ = run("sweep", "two.toml", "--workers", "1")
    assert code == 0
    folder = tmp_path / "runs" / "sweep-two"
    assert pictures(folder) == {"winners-Waasland.png"}
    first = (folder / "winners-Waasland.png").read_bytes()
    code, _, _ = run("sweep", "two.toml", "--workers", "1")
    assert code == 0
    assert (folder / "winners-Waasland.png").read_bytes() == first


def test_without_two_or_three_weights_there_is_no_picture(run, tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text('regions = ["Waasland"]\n[grid]\nseed = [0, 1]\n', encoding="utf-8")
    code, output, _ = run("sweep", "one.toml", "--workers", "1")
    assert code == 0
    assert "no picture: weights of two or three terms span a picture, not of 0\n" in output
    assert pictures(tmp_path / "runs" / "sweep-one") == set()


def test_what_is_settled(run, tmp_path: Path) -> None:
    code, _, _ = run("alternatives", "-k", "2", "-r", "waasland", "--out", "a")
    assert code == 0
    assert pictures(tmp_path / "a") == {"pairs.png"}


def test_all_plans(run, tmp_path: Path) -> None:
    code, output, _ = run("census", "-r", "waasland", "--out", "c")
    assert code == 0
    assert pictures(tmp_path / "c") == {"distribution-Waasland.png", "probabilities-Waasland.png"}
    assert "distribution-Waasland.png, probabilities-Waasland.png written to c" in output
    code, _, _ = run("census", "-r", "waasland", "--bins", "0", "--out", "c")
    assert code == 0
    assert pictures(tmp_path / "c") == {"probabilities-Waasland.png"}
