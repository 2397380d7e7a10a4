from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances.common.problems import Problems
from refzones.instances.tables.sheets import Tables, read_any_table


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[list[list[object]]], Path]:
    def write(rows: list[list[object]]) -> Path:
        import openpyxl

        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "t.xlsx")
        return tmp_path / "t.xlsx"

    return write


def read(path: Path, *columns: str) -> tuple[list[list[str]], list[str]]:
    problems = Problems()
    table = read_any_table(path, columns, problems)
    rows = [[row.text(column, required=False) for column in columns] for row in table or ()]
    return rows, [str(problem) for problem in problems._found]


def test_a_workbook_reads_as_text(workbook: Callable[..., Path]) -> None:
    path = workbook([["nis", "zone", "n"], [11001, "Oost ", 1.0], [11002.0, None, 2.5]])
    assert read(path, "nis", "zone", "n") == ([["11001", "Oost", "1"], ["11002", "", "2.5"]], [])


def test_columns_without_a_name_are_left_out(workbook: Callable[..., Path]) -> None:
    path = workbook([["nis", None, "zone", None], [1, "x", "A", "remark"], [2, None, "B", None]])
    assert read(path, "nis", "zone") == ([["1", "A"], ["2", "B"]], [])


def test_complaints_name_the_row_of_the_sheet(workbook: Callable[..., Path]) -> None:
    path = workbook([["nis", "zone"], [1, "A"], [], ["x", "B"]])
    problems = Problems()
    table = read_any_table(path, ("nis",), problems)
    assert table is not None
    assert [row.number for row in table] == [2, 4]


def test_missing_column(workbook: Callable[..., Path]) -> None:
    path = workbook([["nis", "zone"], [1, "A"]])
    assert read(path, "nis", "zones")[1] == [
        "t.xlsx, row 1, column 'zones': the column 'zones' is missing; did you mean 'zone'?"
    ]


def test_empty_workbook(workbook: Callable[..., Path]) -> None:
    assert read(workbook([]), "nis")[1] == [
        "t.xlsx: the file is empty; it needs a header line and one line a record"
    ]


@pytest.mark.parametrize("ending", [".xls", ".xlsx"])
def test_damaged_or_missing(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"t{ending}"
    assert read(path, "nis")[1] == [f"{path}: the file is missing; add it or name another folder"]
    path.write_text("this is no workbook", encoding="utf-8")
    (message,) = read(path, "nis")[1]
    assert message.startswith(f"t{ending}: this is no workbook but text with the ending {ending}; ")


def test_tables_are_found_in_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("nis\n1\n", encoding="utf-8")
    problems = Problems()
    tables = Tables(tmp_path, problems)
    assert [row.text("nis") for row in tables.rows("t.csv", ("nis",))] == ["1"]
    assert not problems
    assert tables.rows("none.csv", ("nis",)) == ()
    assert problems


def test_columns_that_nobody_asks_for_may_share_a_name(workbook: Callable[..., Path]) -> None:
    path = workbook([["nis", "note", "note", "zone"], [1, "x", "y", "A"]])
    assert read(path, "nis", "zone") == ([["1", "A"]], [])
    assert read(path, "nis", "note")[1] == [
        "t.xlsx, row 1, column 'note': the column stands twice in the header; keep one"
    ]
    assert read(path)[1] == ["t.xlsx, row 1, column 'note': the column stands twice in the header; keep one"]
