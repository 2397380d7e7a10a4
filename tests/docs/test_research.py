"""docs/research.md: the example runs, every column is told, and every function is there."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from refzones.models.terms import term_classes
from refzones.solver.experiments.tables import STATISTIC_COLUMNS
from refzones.solver.plan_sets.alternatives.result import ALTERNATIVE_COLUMNS, PAIR_COLUMNS
from refzones.solver.plan_sets.census import tables as census
from refzones.solver.plan_sets.pareto.result import STABILITY_COLUMNS
from refzones.solver.results import rows, tables

pytest.importorskip("geopandas")
DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "research.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]


def columns_of(frame: str) -> list[str]:
    """What stands as code in the last cell of the row of a frame."""
    (row,) = [line for line in section("Frames").splitlines() if line.startswith(f"| `{frame}")]
    return re.findall(r"`([^`]+)`", row.split(" | ")[2])


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    names: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL):
        exec(code, names)
    return names


def test_the_example_runs(shown: dict[str, Any]) -> None:
    assert len(shown["mergers"]) == len(shown["result"].mergers)
    assert shown["figure"]._repr_png_()
    assert shown["shapes"].geometry.notna().all()


@pytest.mark.parametrize(
    ("frame", "columns"),
    [
        ("plan.to_frame()", ("merger", *rows.PART_COLUMNS)),
        ('plan.to_frame("municipalities")', rows.MUNICIPALITY_COLUMNS),
        ('result.to_frame("regions")', tables.REGION_COLUMNS),
        (
            "ParetoFront.to_frame()",
            ("region", "point", "inhabitants", "supported", "weight_from", "weight_to"),
        ),
        ("Stability.to_frame()", STABILITY_COLUMNS),
        ("Alternatives.to_frame()", ALTERNATIVE_COLUMNS),
        ("Agreement.to_frame()", PAIR_COLUMNS),
        ("Census.to_frame()", census.REGION_COLUMNS),
        ("Census.distribution_frame()", census.DISTRIBUTION_COLUMNS),
        ("Census.pair_frame()", census.PAIR_COLUMNS),
        ("StepsExperiment.to_frame()", STATISTIC_COLUMNS),
    ],
)
def test_every_column_is_told_in_order(frame: str, columns: tuple[str, ...]) -> None:
    told = [name for name in columns_of(frame) if name in columns]
    assert told == list(columns)
    assert set(columns_of(frame)) - set(columns) <= {"nested", "zone", "zone_nis"}


def test_frames_have_these_columns(shown: dict[str, Any]) -> None:
    terms = list(shown["scenario"].weights)
    assert list(shown["mergers"]) == ["merger", *rows.PART_COLUMNS, *terms]
    assert list(shown["towns"]) == list(rows.MUNICIPALITY_COLUMNS)
    assert list(shown["regions"]) == [*tables.REGION_COLUMNS, *terms]
    assert list(shown["shapes"]) == ["merger", *rows.PART_COLUMNS, *terms, "geometry"]


def test_every_function_and_class_is_there() -> None:
    solver = import_module("refzones.solver")
    rows = [line.split(" | ") for line in TEXT.split("## Units")[0].splitlines() if line.startswith("| ")][1:]
    assert len(rows) == 23
    for _, functions, given, _ in rows:
        for name in [*re.findall(r"`(\w+)\(", functions), *re.findall(r"`([A-Z]\w+)`", given)]:
            assert name in solver.__all__


def test_every_picture_is_there() -> None:
    calls = re.findall(r"`(\w+)\.(plot\w*)\(", section("Pictures"))
    owners = {"plan": "Plan", "result": "Result"}
    names = {owners.get(owner, owner) for owner, _ in calls}
    assert names == {"Plan", "Result", "SweepResult", "ParetoFront", "Agreement", "Census", "StepsExperiment"}
    solver = import_module("refzones.solver")
    for owner, method in calls:
        assert callable(getattr(getattr(solver, owners.get(owner, owner)), method))


def test_what_is_not_divided_is_named() -> None:
    counted = re.findall(r"`(\w+)`", section("Units").split("Sums (")[1].split(")")[0])
    assert set(counted) == {term.key for term in term_classes() if term.divided_by == "nothing"}
