"""docs/runs.md: every key of the plan file and every column of the tables is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from refzones.models.terms import term_classes
from refzones.solver import MergerRecord, PlanRecord, RegionRecord, TermRecord

TEXT = (Path(__file__).parents[2] / "docs" / "runs.md").read_text(encoding="utf-8")


def told(heading: str) -> set[str]:
    """List what stands as code below a heading."""
    section = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"`([^`]+)`", section))


@pytest.mark.parametrize("record", [PlanRecord, RegionRecord, MergerRecord, TermRecord])
def test_every_key_of_the_plan_file_is_told(record: type[BaseModel]) -> None:
    shared = told("Counts") | {"name"}
    assert record.model_fields.keys() - told("The plan file") - shared == set()


def test_every_term_is_a_column() -> None:
    columns = {name.split("(")[0] for name in told("Tables")}
    assert {term.key for term in term_classes()} - columns <= {"shortfall"}
