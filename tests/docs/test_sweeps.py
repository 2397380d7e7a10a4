"""docs/sweeps.md: every key and every column is told, and the example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from refzones.models.scenario.sweep import SweepSpec
from refzones.models.scenario.sweep_axes import Bounds, Grid, Item, Numbers, Sample, Target
from refzones.models.scenario.tables import Locks
from refzones.solver import SweepResult, sweep

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "sweeps.md").read_text(encoding="utf-8")
TABLES = {"population": Bounds, "count": Numbers, "size": Target}


def told(text: str) -> set[str]:
    """What stands as code in the first column of the tables of a text."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_every_key_is_documented_and_no_other() -> None:
    known = {field.alias or name for name, field in SweepSpec.model_fields.items()}
    known = (known - {"locks"}) | {"locks.NAME"}
    for axes in (Grid, Item, Sample):
        known |= axes.model_fields.keys() - {"weights", *TABLES}
    known |= {"weights.TERM"} | {
        f"{key}.{name}" for key, part in TABLES.items() for name in part.model_fields
    }
    assert told(TEXT.split("## The folder")[0]) == known
    assert Locks.model_fields.keys() >= {"together", "apart", "alone", "seat"}


@pytest.fixture(scope="module")
def result() -> SweepResult:
    return sweep(DOCS / "examples" / "sweeps" / "town-or-nearness.toml")


def test_the_example_is_proved(result: SweepResult) -> None:
    assert (len(result.settings), len(result.answers)) == (44, 88)
    assert "44 settings in two regions, 88 proved answers" in TEXT
    assert (result.answers["status"] == "optimal").all()


def test_every_column_is_documented_and_no_other(result: SweepResult) -> None:
    rows = [line.split(" | ") for line in TEXT.split("## The folder")[1].splitlines() if line[:3] == "| `"]
    documented: dict[str, set[str]] = {"settings": set(), "answers": set(), "plans": set(), "timings": set()}
    for first, tables, *_ in [row for row in rows if len(row) == 3]:
        for table in tables.split(", "):
            documented[table] |= set(re.findall(r"`([^`]+)`", first))
    for table, columns in documented.items():
        names = {re.sub(r":.*", ":TERM", name) for name in getattr(result, table).columns}
        assert names == columns - ({"zone_value:TERM"} if table in ("settings", "answers") else set()), table
    files = {row[0].strip("| `") for row in rows if len(row) == 2}
    assert files == {"settings.parquet", "answers.parquet", "plans.parquet", "timings.parquet", "sweep.json"}


def test_every_example_of_a_sweep_is_tested() -> None:
    assert [file.name for file in (DOCS / "examples" / "sweeps").iterdir()] == ["town-or-nearness.toml"]
