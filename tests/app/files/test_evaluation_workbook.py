"""The workbook of an evaluation says what the evaluation says, cell by cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from refzones.app.dutch import LANGUAGES, Language, labels, told
from refzones.app.files.evaluation_workbook import evaluation_sheets, write_evaluation_workbook
from refzones.models import Scenario
from refzones.models.scenario.demands import Demands
from refzones.solver import Evaluation, Plan, evaluate
from support.build import build_instance

ROW = build_instance([20_000, 30_000, 40_000, 70_000], [(0, 1), (1, 2)], region=[0, 0, 0, 1])
ASKED = Scenario.from_dict({"weights": {"distance": 1, "size": 2}, "count": {"max": 1}})


def evaluated(label: str = "=West") -> Evaluation:
    return evaluate(ROW, ASKED, Plan.of(ROW, ASKED, [(0, 2), (1,), (3,)]).labelled({(0, 2): label}))


def rows_of(book: Any, name: str) -> list[list[Any]]:
    return [list(row) for row in book[name].iter_rows(values_only=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_read_back(language: Language, tmp_path: Path) -> None:
    found = evaluated("West")
    write_evaluation_workbook(tmp_path / "mine.xlsx", found, language)
    book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    words = labels(language)["sheets"]
    assert book.sheetnames == [words[k] for k in ("mergers", "municipalities", "terms", "rules", "sources")]
    header, *mergers = rows_of(book, words["mergers"])
    assert [row[0] for row in mergers] == [one.name for one in found.by_merger]
    people = header.index(labels(language)["headings"]["population"])
    assert [row[people] for row in mergers] == [one.population for one in found.by_merger]
    assert [row[-2] for row in mergers] == [len(one.broken) for one in found.by_merger]
    assert mergers[0][-1] == told("not connected: M0 lies apart", language)
    _, *rules = rows_of(book, words["rules"])
    assert [(row[1], row[6]) for row in rules[:-1]] == [
        (one.name, told(rule.text, language)) for one in found.by_merger for rule in one.rules
    ]
    assert rules[-1][4] == told("the plan as a whole", language)
    assert rules[-1][6] == told(found.of_the_whole[0].words, language)
    _, *terms = rows_of(book, words["terms"])
    whole, single = terms[:2], terms[2:]
    assert [row[9] for row in whole] == pytest.approx([term.points for term in found.plan.terms.values()])
    assert [(row[1], row[9]) for row in single] == [
        (one.name, pytest.approx(term.points)) for one in found.by_merger for term in one.terms.values()
    ]


def test_nothing_runs_as_a_formula(tmp_path: Path) -> None:
    write_evaluation_workbook(tmp_path / "mine.xlsx", evaluated(), "en")
    book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    assert [c for page in book for row in page.iter_rows() for c in row if c.data_type == "f"] == []


def test_zones_have_a_sheet_of_their_own() -> None:
    both = Scenario(level="nested", weights={"distance": 1}, zones=Demands(weights={"size": 1}))
    row = build_instance([40_000] * 4, [(0, 1), (1, 2), (2, 3)])
    found = evaluate(row, both, Plan.of(row, both, [(0,), (1,), (2, 3)], [(0, 1), (2, 3)]))
    sheets = evaluation_sheets(found, "en")
    assert [sheet.name for sheet in sheets[:2]] == ["Mergers", "Reference zones"]
    assert [len(sheet.rows) for sheet in sheets[:2]] == [3, 2]
    levels = {row[0] for row in sheets[3].rows}
    assert levels == {"mergers", "reference zones"}
    names = {row[1] for row in sheets[4].rows}
    assert {one.name for one in (*found.by_merger, *found.by_zone)} <= names
