from __future__ import annotations

import csv

import pytest
from refzones.instances.tables.delimited import delimited, has_columns
from refzones.instances.tables.form import TableForm

WANTED = has_columns(("nis", "pop"))


def read(text: str, form: TableForm | None = None) -> list[tuple[int, list[str]]]:
    return [(number, list(cells)) for number, cells in delimited(text, form or TableForm(), WANTED)[0]]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_a_header(sign: str) -> None:
    text = f"nis{sign}pop\n1{sign}2\n"
    assert read(text) == [(1, ["nis", "pop"]), (2, ["1", "2"])]


def test_a_title_with_many_commas_does_not_decide() -> None:
    text = "Bevolking, per gemeente, op 1 januari, 2025\nnis;pop\n1;2\n"
    assert read(text)[1:] == [(2, ["nis", "pop"]), (3, ["1", "2"])]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;"])
def test_a_first_line_for_spreadsheets(first: str) -> None:
    assert read(f"{first}\nnis;pop\n1;2,5\n") == [(2, ["nis", "pop"]), (3, ["1", "2,5"])]


def test_what_is_declared_goes_first() -> None:
    assert read("nis;pop,x\n", TableForm(delimiter=",")) == [(1, ["nis;pop", "x"])]


def test_line_breaks_and_delimiters_in_quotes() -> None:
    assert read('nis,pop\n"1\n2","3,4"\n5,6\n') == [
        (1, ["nis", "pop"]),
        (3, ["1\n2", "3,4"]),
        (4, ["5", "6"]),
    ]


def test_a_quote_that_is_never_closed() -> None:
    with pytest.raises(csv.Error):
        read('nis,pop\n"1,2\n')
