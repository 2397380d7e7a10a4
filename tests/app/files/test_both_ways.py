"""Tables of lists and comparisons, plain and in the Belgian way."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from refzones.app.dutch import LANGUAGES, labels
from refzones.app.files.both_ways import table_sheet, with_belgian, write_both
from refzones.app.files.workbook import plain
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver.experiments.steps import STEPS
from refzones.solver.experiments.tables import STATISTIC_COLUMNS
from refzones.solver.plan_sets import alternatives as plan_lists
from refzones.solver.plan_sets.alternatives.result import ALTERNATIVE_COLUMNS, PAIR_COLUMNS
from refzones.solver.plan_sets.census import tables as census_tables
from refzones.solver.plan_sets.pareto.result import STABILITY_COLUMNS
from support.dutch import ENGLISH

HEADERS = {
    "alternatives.csv": ALTERNATIVE_COLUMNS,
    "pairs.csv": PAIR_COLUMNS,
    "regions.csv": census_tables.REGION_COLUMNS,
    "distribution.csv": census_tables.DISTRIBUTION_COLUMNS,
    "standings.csv": census_tables.STANDING_COLUMNS,
    "stability.csv": STABILITY_COLUMNS,
    "pareto.csv": ("region", "point", "inhabitants", "coverage", "supported", "weight_from", "weight_to"),
    "samples.csv": ("sample", "region", "seat_nis", "merger", "member_nis", "population", "score"),
    "changes.csv": (
        "level", "plan", "region", "nis", "name", "population", "from", "to", "moves", "leaves", "joins",
        "from_nis", "to_nis",
    ),
    "rules.csv": (
        "plan", "level", "merger", "seat_nis", "region", "rule", "kind", "finding", "sentence",
    ),
    "similarity.csv": ("level", "plan", "other", "rand", "adjusted_rand", "adjusted_rand_municipalities"),
    "statistics.csv": STATISTIC_COLUMNS,
    "municipalities.csv": ("map", "members", "member_nis", "population", *(f"step_{one}" for one in STEPS)),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_every_column_has_a_heading_of_its_own(name: str) -> None:
    """In both languages, and none is what programs call it."""
    for language in LANGUAGES:
        headings = [column.heading for column in table_sheet(name, HEADERS[name], [], language).columns]
        assert len(set(headings)) == len(headings)
        known = set(labels(language)["headings"].values()) | set(labels(language)["terms"].values())
        assert set(headings) <= known
        assert language == "en" or not any(map(ENGLISH.search, headings))


def test_both_tables_hold_the_same(tmp_path: Path) -> None:
    instance, asked = load("flanders-2025"), Scenario.preset("mergers")
    found = plan_lists.best_plans(instance, asked, 3, regions=["Kempen"])
    path = tmp_path / "alternatives.csv"
    write_both(path, found.columns, found.rows(), "nl")
    plain_rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    text = (tmp_path / "alternatives-belgian.csv").read_text("utf-8-sig")
    belgian = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(belgian) == len(plain_rows) + 1 == 4
    for row, cells in zip(plain_rows, belgian[1:], strict=True):
        for key, cell in zip(found.columns, cells, strict=True):
            if key in ("score", "loss"):
                assert float(cell.replace(",", ".")) == float(row[key])
                assert "." not in cell
            else:
                assert cell == row[key]


def test_plain_table_alone(tmp_path: Path) -> None:
    write_both(tmp_path / "a.csv", ("region",), [("x",)], None)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert with_belgian(["a.csv"]) == ["a.csv", "a-belgian.csv"]


def test_words_and_numbers_of_arrays() -> None:
    header = ("region", "level", "term", "unit", "value one", "exact", "better")
    row = (
        "all",
        "mergers",
        "distance",
        "km to the seat, mean over inhabitants",
        np.float64(0.5),
        np.True_,
        "less",
    )
    sheet = table_sheet("terms.csv", header, [row], "nl")
    assert [column.heading for column in sheet.columns][4] == "Waarde: one"
    assert [plain(cell) for cell in sheet.rows[0]] == [
        "alle regio’s", "fusies", "Afstand tot de zetel", "km tot de zetel, gemiddeld over de inwoners", 0.5,
        True, "minder",
    ]  # fmt: skip
