"""docs/runs.md: every key of the plan file and every column of the tables is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from refzones.app.dutch import labels
from refzones.app.files.plan_sheets import MUNICIPALITY_KEYS, PART_KEYS
from refzones.app.terminal.console import console
from refzones.app.terminal.results import show_result
from refzones.instances import load
from refzones.models import Scenario
from refzones.models.terms import term_classes
from refzones.solver import MergerRecord, PlanRecord, RegionRecord, TermRecord, solve

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


SHEETS = ("about", "mergers", "zones", "municipalities", "regions", "terms", "question", "sources")


def test_every_heading_of_tables_for_people_is_told() -> None:
    section = TEXT.split("\n## Tables for a spreadsheet\n")[1].split("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    english, dutch = ({word for line in lines for word in line[column].split(", ")} for column in (0, 1))
    keys = {*MUNICIPALITY_KEYS, *PART_KEYS, "merger", "zone", "price_without", "price_status"}
    for told_in, language in ((english, "en"), (dutch, "nl")):
        words = labels(language)
        assert {words["headings"][key] for key in keys} - told_in == set()
        assert {words["sheets"][key] for key in SHEETS} - told_in == set()


def test_tables_of_solve_are_those_that_it_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "width", 80)
    show_result(solve(load("flanders-2025"), Scenario.preset("mergers"), regions=["Waasland"], decided=True))
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    section = TEXT.split("\n## What `solve` prints\n")[1].split("```\n")[1]
    assert section in "\n".join(printed)
