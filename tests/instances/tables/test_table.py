from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances.common.problems import Problems
from refzones.instances.tables.table import Row, Table, read_table, read_text

REQUIRED = ("nis", "name")


def read(path: Path, required: tuple[str, ...] = REQUIRED) -> tuple[Table | None, list[str]]:
    problems = Problems()
    table = read_table(path, required, problems)
    return table, [str(problem) for problem in problems._found]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    def to_file(raw: bytes) -> Path:
        path = tmp_path / "t.csv"
        path.write_bytes(raw)
        return path

    return to_file


@pytest.mark.parametrize(
    "raw",
    [
        b"nis,name\n1,Aa\n2,Bee\n",
        b"nis,name\r\n1,Aa\r\n2,Bee\r\n",
        b"\xef\xbb\xbfnis;name\n1;Aa\n2;Bee",
        b"nis\tname\n\n1\tAa\n  \n2\tBee\n",
        b'"nis" , "name"\n 1 ,Aa \n2,"Bee"\n'.replace(b" , ", b","),
    ],
)
def test_delimiters_endings_marks_and_blank_lines_make_no_difference(
    write: Callable[[bytes], Path], raw: bytes
) -> None:
    table, told = read(write(raw))
    assert told == []
    assert table is not None
    assert [(row.text("nis"), row.text("name")) for row in table] == [("1", "Aa"), ("2", "Bee")]


def test_rows_carry_the_line_number_of_the_file(write: Callable[[bytes], Path]) -> None:
    table, _ = read(write(b"nis,name\n\n1,Aa\n\n2,Bee\n"))
    assert table is not None
    assert [row.number for row in table] == [3, 5]


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\xef\xbb\xbf \n"])
def test_empty_file(write: Callable[[bytes], Path], raw: bytes) -> None:
    assert read(write(raw)) == (
        None,
        ["t.csv: the file is empty; it needs a header line and one line a record"],
    )


def test_header_without_records(write: Callable[[bytes], Path]) -> None:
    _, told = read(write(b"nis,name\n"))
    assert told == ["t.csv: the file has a header but no records; add one line a record"]


def test_header_without_records_where_that_is_allowed(write: Callable[[bytes], Path]) -> None:
    problems = Problems()
    table = read_table(write(b"nis,name\n"), REQUIRED, problems, may_be_empty=True)
    assert table is not None
    assert not problems
    assert list(table) == []


def test_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    assert read(path) == (None, [f"{path}: the file is missing; add it or name another folder"])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    table, told = read(tmp_path)
    assert table is None
    assert told == [f"{tmp_path}: the file cannot be read (Is a directory)"]


def test_latin_1_names_the_line(write: Callable[[bytes], Path]) -> None:
    table, told = read(write("nis,name\n1,Aa\n2,Zoë\n".encode("latin-1")))
    assert table is None
    assert told == [
        "t.csv, row 3: the file is not UTF-8 (byte 0xEB looks like Latin-1 or Windows-1252); "
        "save it again with the encoding 'UTF-8' (in a spreadsheet: 'CSV UTF-8'), "
        'or declare what it has: encoding = "cp1252"'
    ]


def test_missing_column_comes_with_the_nearest_one(write: Callable[[bytes], Path]) -> None:
    table, told = read(write(b"nis,naam\n1,Aa\n"))
    assert table is None
    assert told == ["t.csv, row 1, column 'name': the column 'name' is missing; did you mean 'naam'?"]


def test_repeated_column(write: Callable[[bytes], Path]) -> None:
    table, told = read(write(b"nis,name,name\n1,Aa,Bee\n"))
    assert table is None
    assert told == ["t.csv, row 1, column 'name': the column stands twice in the header; keep one"]


def test_wrong_number_of_cells_leaves_the_other_rows(write: Callable[[bytes], Path]) -> None:
    table, told = read(write(b"nis,name\n1,Aa,x\n2,Bee\n3\n"))
    assert table is not None
    assert [row.text("nis") for row in table] == ["2"]
    assert told == [
        "t.csv, row 2: the row has 3 cells, the header 2; check for a stray or missing delimiter",
        "t.csv, row 4: the row has 1 cells, the header 2; check for a stray or missing delimiter",
    ]


def test_open_quote(write: Callable[[bytes], Path]) -> None:
    table, told = read(write(b'nis,name\n1,"Aa\n2,Bee\n'))
    assert table is None
    assert told == ["t.csv: the file is not a delimited table (unexpected end of data)"]


def cell(value: str) -> tuple[Row, Problems]:
    problems = Problems()
    return Row(Table("t.csv", ("n",), (), problems), 7, {"n": value}), problems


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1.5", 1.5), ("1,5", 1.5), (" 1 234 ", 1234), ("1\u00a0234", 1234), ("-3", -3)],
)
def test_numbers_as_people_write_them(text: str, number: float) -> None:
    row, problems = cell(text)
    assert row.number_of("n") == number
    assert not problems


@pytest.mark.parametrize(
    ("text", "rules", "message"),
    [
        ("many", {}, "this is not a number; write digits, without thousands separators"),
        ("1 2", {}, "this is not a number; write digits, without thousands separators"),
        (
            "1.234",
            {},
            'this can be 1234, or 1.234; write digits only, or declare decimal = "." or decimal = ","',
        ),
        ("inf", {}, "this is not a number; write digits, without thousands separators"),
        ("nan", {}, "this is not a number; write digits, without thousands separators"),
        ("1.5", {"whole": True}, "this must be a whole number; correct the figure"),
        ("0", {"above": 0}, "this must be more than 0; correct the figure"),
        ("-1", {"at_least": 0}, "this must be at least 0; correct the figure"),
    ],
)
def test_wrong_numbers(text: str, rules: dict[str, float], message: str) -> None:
    row, problems = cell(text)
    assert math.isnan(row.number_of("n", **rules))  # type: ignore[arg-type]
    assert [str(p) for p in problems._found] == [f"t.csv, row 7, column 'n', value '{text}': {message}"]


def test_empty_cell() -> None:
    row, problems = cell(" ")
    assert math.isnan(row.number_of("n", required=False))
    assert not problems
    assert math.isnan(row.number_of("n"))
    assert [str(p) for p in problems._found] == [
        "t.csv, row 7, column 'n', value ' ': the cell is empty; fill it in"
    ]


@given(st.floats(-1e12, 1e12))
def test_a_decimal_comma_reads_as_a_point(number: float) -> None:
    text = f"{number:f}"
    assert cell(text)[0].number_of("n") == cell(text.replace(".", ","))[0].number_of("n") == float(text)


def test_read_text_drops_the_mark(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_text(path, Problems()) == "a = 1\n"
