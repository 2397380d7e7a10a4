from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from refzones.instances.common.problems import Problems
from refzones.instances.tables.form import TableForm
from refzones.instances.tables.sheets import read_any_table
from refzones.instances.tables.table import Table

Made = Callable[..., Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def write(
        sheets: dict[str, list[list[object]]], change: Callable[[Any], None] = lambda book: None
    ) -> Path:
        import openpyxl

        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        change(book)
        book.save(tmp_path / "t.xlsx")
        return tmp_path / "t.xlsx"

    return write


def read(path: Path, *columns: str, **said: Any) -> tuple[Table | None, list[str]]:
    problems = Problems()
    table = read_any_table(path, columns, problems, form=TableForm(**said))
    return table, [str(problem) for problem in problems._found]


def rows_of(table: Table | None, *columns: str) -> list[tuple[str, ...]]:
    assert table is not None
    return [tuple(row.text(column, required=False) for column in columns) for row in table]


PLAN = [["nis", "merger"], [11001, "A"], [11002, "B"]]


def test_the_only_sheet_with_the_columns_is_read(made: Made) -> None:
    table, told = read(made({"Leesmij": [["Bron: Statbel"]], "data": PLAN, "leeg": []}), "nis", "merger")
    assert told == []
    assert rows_of(table, "nis", "merger") == [("11001", "A"), ("11002", "B")]
    assert table is not None
    assert table.name == "t.xlsx, sheet 'data'"


def test_several_sheets_with_the_columns_are_listed(made: Made) -> None:
    path = made({"oud": PLAN, "nieuw": PLAN}, lambda book: setattr(book["oud"], "sheet_state", "hidden"))
    assert read(path, "nis", "merger")[1] == [
        "t.xlsx: more than one sheet has these columns: 'oud' (hidden; nis, merger); 'nieuw' (nis, merger); "
        'say which sheet is meant: sheet = "oud"'
    ]
    for sheet in ("nieuw", "NIEUW", "2"):
        assert read(path, "nis", "merger", sheet=sheet)[1] == []


def test_no_sheet_with_the_columns(made: Made) -> None:
    path = made({"a": [["x"]], "b": [["y", "z"]]})
    assert read(path, "nis")[1] == [
        "t.xlsx: no sheet has the columns that are needed: 'a' (x); 'b' (y, z); "
        'say which sheet is meant: sheet = "a"'
    ]
    assert read(path, "nis", sheet="c", options=True)[1] == [
        "t.xlsx, value 'c': --sheet: there is no such sheet; there are 'a' (x); 'b' (y, z)"
    ]


def test_a_title_above_the_header(made: Made) -> None:
    path = made({"s": [["Bevolking 2025"], [], *PLAN]})
    assert rows_of(read(path, "nis", "merger")[0], "nis") == [("11001",), ("11002",)]


def test_two_rows_that_can_be_the_header(made: Made) -> None:
    path = made({"s": [["nis", "merger"], ["NIS", "Merger"], [11001, "A"]]})
    assert read(path, "nis", "merger")[1] == [
        "t.xlsx: more than one row can be the header: 1, 2; say which: header_row = 1"
    ]
    assert rows_of(read(path, "nis", "merger", header_row=2)[0], "nis") == [("11001",)]
    assert read(path, "nis", header_row=9)[1] == [
        "t.xlsx, row 9: header_row: the row is empty; the first row that is not empty is 1"
    ]


def test_merged_cells_are_filled_down(made: Made) -> None:
    def merge(book: Any) -> None:
        book["s"].merge_cells("B2:B3")

    path = made({"s": [["nis", "merger", "pop"], [11001, "A", 1], [11002, None, 2], [11003, "B", 3]]}, merge)
    table, _ = read(path, "nis")
    assert rows_of(table, "merger") == [("A",), ("A",), ("B",)]


def test_merged_numbers_and_cells_merged_to_the_right_are_refused(made: Made) -> None:
    def merge(book: Any) -> None:
        book["s"].merge_cells("C2:C3")
        book["s"].merge_cells("A4:B4")

    path = made({"s": [["nis", "merger", "pop"], [11001, "A", 7], [11002, "A"], [11003, None, 3]]}, merge)
    problems = Problems()
    table = read_any_table(path, ("nis",), problems)
    assert table is not None
    assert [row.number_of("pop") for row in table][0::2] == [7, 3]
    assert [row.text("merger") for row in table] == ["A", "A", ""]
    assert [str(problem) for problem in problems._found] == [
        "t.xlsx, row 3, column 'pop', value '7': the cell is merged with the one above; "
        "divide it, and give each its number",
        "t.xlsx, row 4, column 'merger': the cell is merged with the one on its left; "
        "divide it, and fill in both",
    ]


def test_a_formula_without_its_result_is_refused(made: Made) -> None:
    path = made({"s": [["nis", "merger", "beside"], [11001, '="G"&1', "=1+1"]]})
    problems = Problems()
    table = read_any_table(path, ("nis",), problems)
    assert table is not None
    assert table.rows[0].text("merger") == ""
    (message,) = map(str, problems._found)
    assert message.startswith(
        "t.xlsx, row 2, column 'merger': the cell holds a formula without its result; open"
    )


def test_numbers_of_a_workbook_have_one_reading(made: Made) -> None:
    path = made({"s": [["a", "b", "c"], [83.123, "83.123", 20000.0], [1e16, "12,5", 0]]})
    problems = Problems()
    table = read_any_table(path, ("a",), problems)
    assert table is not None
    assert [row.number_of("a") for row in table] == [83.123, 1e16]
    assert [row.number_of("c") for row in table] == [20000, 0]
    assert not problems
    assert [row.number_of("b") for row in table][1] == 12.5
    assert "this can be 83123, or 83.123" in str(problems._found[0])


def test_dates_and_errors_are_refused(made: Made) -> None:
    path = made({"s": [["nis", "merger"], [11001, date(2025, 2, 1)], [11002, "#N/A"]]})
    problems = Problems()
    table = read_any_table(path, ("nis",), problems)
    assert table is not None
    assert [row.text("merger") for row in table] == ["", ""]
    assert [problem.what for problem in problems._found] == [
        "the spreadsheet holds a date here",
        "the spreadsheet shows an error here",
    ]


def test_a_far_cell_costs_nothing(made: Made) -> None:
    def far(book: Any) -> None:
        book["s"].cell(row=1048576, column=16384, value="z")

    path = made({"s": PLAN}, far)
    start = time.perf_counter()
    assert rows_of(read(path, "nis", "merger")[0], "nis") == [("11001",), ("11002",)]
    assert time.perf_counter() - start < 5  # 17 thousand million cells lie between


def test_cells_that_are_only_formatted_are_left_out(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    from refzones.instances.tables import workbooks

    def fill(book: Any) -> None:
        from openpyxl.styles import PatternFill

        for row in range(4, 60):
            book["s"].cell(row=row, column=2).fill = PatternFill("solid", fgColor="FFFF00")
        book["s"].merge_cells("B2:B3")

    path = made({"s": [["nis", "merger"], [11001, "A"], [11002, None]]}, fill)
    before = rows_of(read(path, "nis", "merger")[0], "nis", "merger")
    monkeypatch.setattr(workbooks, "_SMALL", 0)
    assert (
        rows_of(read(path, "nis", "merger")[0], "nis", "merger") == before == [("11001", "A"), ("11002", "A")]
    )


def test_too_large_a_workbook_is_refused_before_it_is_unpacked(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    from refzones.instances.tables import workbooks

    monkeypatch.setattr(workbooks, "_LARGEST", 500)
    (message,) = read(made({"s": PLAN}), "nis")[1]
    assert message.startswith("t.xlsx: the workbook is too large: ")


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        (
            "t.xlsx",
            b"nis;merger\n",
            "this is no workbook but text with the ending .xlsx; give it the ending .csv",
        ),
        ("t.xls", b"<html><table>", "this is no workbook but a web page with the ending .xls; open it in"),
        ("t.xlsx", b"", "the file is empty"),
        ("t.xlsx", b"PK\x03\x04 cut off", "the workbook is damaged: it cannot be unpacked"),
        (
            "t.ods",
            b"PK\x03\x04",
            "this is a sheet of LibreOffice or OpenOffice, which is not read; save it as .xlsx",
        ),
        ("t.xlsb", b"PK\x03\x04", "this is a binary workbook, which is not read; save it as .xlsx"),
        (
            "t.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "the workbook is protected by a password; save it without one",
        ),
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "the workbook cannot be read ("),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, name: str, raw: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(raw)
    (found,) = read(tmp_path / name, "nis")[1]
    assert found.startswith(f"{name}: {message}")


def test_a_packed_file_of_another_kind(tmp_path: Path) -> None:
    for name, inside in (
        ("a.xlsx", "word/document.xml"),
        ("b.xlsx", "content.xml"),
        ("c.xlsx", "xl/workbook.bin"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            packed.writestr(inside, "x")
    assert [read(tmp_path / f"{name}.xlsx", "nis")[1][0].split("; ")[0] for name in "abc"] == [
        "a.xlsx: this is a packed file but no workbook",
        "b.xlsx: this is a sheet of LibreOffice or OpenOffice, which is not read",
        "c.xlsx: this is a binary workbook, which is not read",
    ]


def test_a_text_file_has_no_sheets(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("nis\n1\n", encoding="utf-8")
    assert read(tmp_path / "t.csv", "nis", sheet="x")[1] == [
        "t.csv: sheet: the file has no sheets; leave it out"
    ]
