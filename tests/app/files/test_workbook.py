"""Workbooks: typed cells, nothing that runs, equal bytes."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from refzones.app.files.workbook import Column, Sheet, write_workbook
from refzones.instances import InputError

COLUMNS = [
    Column("nis", "NIS code", "code"),
    Column("name", "Municipality"),
    Column("population", "Inhabitants", "whole"),
    Column("area_km2", "Area (km²)", "decimal"),
    Column("score", "Points", "decimal", 3),
    Column("coverage", "Reach", "share"),
    Column("facility", "Facility municipality", "yesno"),
    Column("more", "More", "any"),
]
ROWS = [
    ["01001", "Aalst", 91_234, 78.125, 1.5, 0.532, True, 3],
    ["44021", "Gent", 270_000, 156.2, -0.25, 1.0, False, 0.75],
    ["11002", None, 0, 0.0, None, 0.0, None, "words"],
]


def _read(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def _write(path: Path, *sheets: Sheet) -> Any:
    write_workbook(path, sheets, title="A plan", subject="Flanders")
    return _read(path)


def test_cells_are_what_they_are(tmp_path: Path) -> None:
    page = _write(tmp_path / "a.xlsx", Sheet("Plan", COLUMNS, ROWS)).active
    header, *rows = [list(row) for row in page.iter_rows(values_only=True)]
    assert header == [column.heading for column in COLUMNS]
    assert rows == ROWS
    assert ["".join(cell.data_type for cell in row) for row in page.iter_rows(min_row=2, max_row=3)] == [
        "ssnnnnbn",
        "ssnnnnbn",
    ]
    formats = [cell.number_format for cell in page[2]]
    assert formats == [
        "@",
        "General",
        "#,##0",
        "#,##0.00",
        "#,##0.000",
        "0.0%",
        '"TRUE";"TRUE";"FALSE"',
        "#,##0",
    ]
    assert page["H3"].number_format == "#,##0.00"


def test_only_zero_is_shown_as_zero(tmp_path: Path) -> None:
    columns = [
        Column("weight", "Weight", "any"),
        Column("gap", "Gap", "share", 3),
        Column("a", "A", "decimal"),
    ]
    rows: list[list[object]] = [[0.00002, 1e-7, 0.004], [0.0, 0.0, 0.0], [0.5, 0.25, -0.006]]
    page = _write(tmp_path / "a.xlsx", Sheet("Plan", columns, rows)).active
    formats = [[cell.number_format for cell in row] for row in page.iter_rows(min_row=2)]
    assert formats == [
        ["#,##0.000000", "0.000000%", "#,##0.0000"],
        ["#,##0.00", "0.000%", "#,##0.00"],
        ["#,##0.00", "0.000%", "#,##0.00"],
    ]


def test_header_stays_and_filters(tmp_path: Path) -> None:
    few = [row[:3] for row in ROWS]
    book = _write(
        tmp_path / "a.xlsx",
        Sheet("Few", COLUMNS[:3], few),
        Sheet("About", COLUMNS[:3], few, filtered=False),
        Sheet("Wide", [Column(f"c{k}", f"c{k}") for k in range(12)], [["x"] * 12]),
    )
    assert [book[name].freeze_panes for name in ("Few", "About", "Wide")] == ["A2", "A2", "B2"]
    assert book["Few"].auto_filter.ref == "A1:C4"
    assert book["About"].auto_filter.ref is None
    assert all(cell.font.bold for cell in book["Few"][1])
    widths = [book["Few"].column_dimensions[letter].width for letter in "ABC"]
    assert all(8 <= width <= 70 for width in widths)
    assert widths[1] >= len("Municipality")


@pytest.mark.parametrize("name", ["=1+1", "+A", "-A", "@x", "\t=1+1", "\n=cmd", "'=1+1", "=HYPERLINK(A1)"])
def test_nothing_runs(name: str, tmp_path: Path) -> None:
    sheet = Sheet("Plan", [Column("name", name), Column("nis", "NIS code", "code")], [[name, name]])
    page = _write(tmp_path / "a.xlsx", sheet).active
    for row in page.iter_rows():
        for cell in row:
            assert cell.data_type == "s"
            assert cell.value == "NIS code" or not str(cell.value).startswith(
                ("=", "+", "-", "@", "\t", "\n")
            )


def test_any_text_can_be_held(tmp_path: Path) -> None:
    texts = ["a\x00b\x1f", "\ud800", "x" * 40_000, "line\r\nbreak", "\uffff", "<&>\"'"]
    page = _write(
        tmp_path / "a.xlsx", Sheet("Plan", [Column("t", "Text")], [[text] for text in texts])
    ).active
    values = [str(row[0].value) for row in page.iter_rows(min_row=2)]
    assert values[0] == "a b "
    assert values[2] == "x" * 31_998 + " …"
    assert values[3] == "line  break"
    assert values[5] == texts[5]


def test_equal_sheets_make_equal_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet("Plan", COLUMNS, ROWS)
    _write(tmp_path / "a.xlsx", sheet)
    passed = time.localtime(time.time() + 86_400)
    monkeypatch.setattr(time, "localtime", lambda *_: passed)
    time.sleep(1.1)  # properties state seconds
    _write(tmp_path / "b.xlsx", sheet)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_properties(tmp_path: Path) -> None:
    properties = _write(tmp_path / "a.xlsx", Sheet("Plan", COLUMNS, ROWS)).properties
    assert (properties.title, properties.subject, properties.creator) == ("A plan", "Flanders", "refzones")


def test_codes_raise_no_warning(tmp_path: Path) -> None:
    """Excel marks numbers that are stored as text with a green corner, unless the sheet allows them."""
    import zipfile

    _write(tmp_path / "a.xlsx", Sheet("Plan", COLUMNS, ROWS))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        text = packed.read("xl/worksheets/sheet1.xml").decode()
    assert '<ignoredError sqref="A1:H4" numberStoredAsText="1"/>' in text
    assert text.index("<pageSetup") < text.index("<ignoredErrors>") < text.index("</worksheet>")


def test_without_openpyxl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.setattr("refzones.instances.common.optional.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"need the package openpyxl; pip install 'refzones\[geo\]'"):
        write_workbook(tmp_path / "a.xlsx", [Sheet("Plan", COLUMNS, ROWS)])
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name a file with --xlsx"):
        write_workbook(tmp_path, [Sheet("Plan", COLUMNS, ROWS)], option="--xlsx")
