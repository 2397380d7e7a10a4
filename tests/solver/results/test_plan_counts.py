"""Municipalities before merging and after: counted once, said alike everywhere."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.app.files.map_image import MAP, subtitle
from refzones.app.files.run_file import Run
from refzones.app.files.run_folder import write_files
from refzones.app.pictures.plan_map import _title
from refzones.app.terminal import results
from refzones.app.terminal.console import console
from refzones.instances import Instance, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver import Result, solve
from refzones.solver.results.counts import Counts, count_groups, count_text, count_words
from refzones.solver.results.record import record_of
from support.build import build_instance
from support.scenarios import FUNCTIONS_NEARBY

FLANDERS = (
    "121 municipalities after merging (82 mergers of two or more, 39 unchanged, 14 of these alone by rule)"
)


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=8))
def test_numbers_add_up(drawn: list[tuple[int, bool]]) -> None:
    groups = [(tuple(range(size)), "locked" if by_rule else "") for size, by_rule in drawn]
    counts = count_groups(groups)
    assert counts.municipalities == sum(size for size, _ in drawn)
    assert counts.after == len(drawn) == counts.mergers + counts.unchanged
    assert counts.unchanged == sum(size == 1 for size, _ in drawn)
    assert counts.alone_by_rule == sum(size == 1 and by_rule for size, by_rule in drawn)


@pytest.mark.parametrize(
    ("counts", "level", "zones", "text"),
    [
        (
            Counts(285, 121, 82, 14),
            "mergers",
            0,
            FLANDERS,
        ),
        (
            Counts(3, 1, 1, 0),
            "nested",
            1,
            "1 municipality after merging in 1 reference zone (1 merger of two or more, 0 unchanged)",
        ),
        (Counts(9, 3, 2, 1), "zones", 0, "3 reference zones (1 municipality alone by rule among them)"),
        (Counts(9, 3, 3, 0), "zones", 0, "3 reference zones"),
    ],
)
def test_words(counts: Counts, level: str, zones: int, text: str) -> None:
    assert count_text(counts, level, zones) == text
    assert text.startswith(count_words(counts, level, zones))


@pytest.fixture(scope="module")
def flanders() -> Instance:
    return load("flanders-2025")


@pytest.fixture(scope="module")
def result(flanders: Instance) -> Result:
    return solve(flanders, FUNCTIONS_NEARBY)


def test_map_table_and_file_say_the_same(
    result: Result, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from refzones.app.maps.shapes import generalised_shapes

    text = FLANDERS
    monkeypatch.setattr(console, "width", 160)
    results.show_result(result)
    shown = capsys.readouterr().out
    assert f"285 municipalities of the whole instance, {text}" in shown
    (whole,) = re.findall(r"│ all .*", shown)
    assert re.findall(r"\b\d+\b", whole)[:3] == ["285", "121", "82"]
    assert text in subtitle(result)
    assert result.plan is not None
    assert text in _title(result.plan, result.scenario)
    assert text in result._repr_html_()
    assert text in result.plan._repr_html_()
    write_files(Run(result, generalised_shapes(result.instance)), tmp_path, [MAP])
    with (tmp_path / "mergers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 121
    assert sum(int(row["municipalities"]) > 1 for row in rows) == 82
    assert sum(row["standalone"] != "" for row in rows) == 14
    assert sum(int(row["municipalities"]) for row in rows) == 285
    features = json.loads((tmp_path / "plan.geojson").read_text(encoding="utf-8"))["features"]
    assert len(features) == 121
    assert record_of(result).counts.model_dump() == {
        "municipalities": 285, "after": 121, "mergers": 82, "unchanged": 39, "alone_by_rule": 14,
    }  # fmt: skip
    frame = result.to_frame("regions")
    assert [int(frame[name].sum()) for name in ("after", "mergers", "unchanged", "alone_by_rule")] == [
        121, 82, 39, 14,
    ]  # fmt: skip


def test_a_merger_that_is_kept_is_not_alone() -> None:
    instance = build_instance([40_000, 5_000, 5_000, 50_000], [(0, 1), (1, 2), (2, 3)])
    scenario = Scenario.from_dict(
        {"weights": {"distance": 1}, "existing": {"mode": "keep", "mergers": [["M1", "M2"]]}}
    )
    result = solve(instance, scenario)
    assert [merger.standalone for merger in result.mergers] == ["", "locked", ""]
    counts = record_of(result).counts
    assert (counts.after, counts.mergers, counts.unchanged, counts.alone_by_rule) == (3, 1, 2, 0)


def test_a_region_without_a_plan_has_no_counts(capsys: pytest.CaptureFixture[str]) -> None:
    instance = build_instance([40_000, 50_000, 20_000, 20_000], [(0, 1), (2, 3)], region=[0, 0, 1, 1])
    asked = {"count": {"regions": {"R1": [2, 2]}}, "weights": {"distance": 2}}
    result = solve(instance, Scenario.from_dict(asked))
    results.show_result(result)
    shown = capsys.readouterr().out
    assert "2 municipalities of R0, 2 municipalities after merging" in shown
    rows = {line.split("│")[1].strip(): line for line in shown.splitlines() if line.startswith("│")}
    assert [cell.strip() for cell in rows["R1"].split("│")[2:5]] == ["2", "-", "-"]
