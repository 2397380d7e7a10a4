"""Cells that a spreadsheet would run: written as text, read back as they were."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances.common.problems import Problems
from refzones.instances.tables.formulas import shielded, unshielded
from refzones.instances.tables.table import read_table, table_text, write_table

SIGNS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
texts = st.text(st.one_of(st.sampled_from("='+-@\t0123.,eE"), st.characters(codec="utf-8")), max_size=12)


@given(texts)
def test_a_cell_comes_back_as_it_was(text: str) -> None:
    written = shielded(text)
    assert isinstance(written, str)
    assert unshielded(written) == text


@given(texts)
def test_nothing_that_is_written_is_run(text: str) -> None:
    written = str(shielded(text))
    if written[:1] in SIGNS and written:
        float(written.replace(",", "."))  # a number, else this raises


@pytest.mark.parametrize("sign", [*SIGNS, "'=", "''+"])
def test_whatever_begins_a_formula_is_shielded(sign: str) -> None:
    assert shielded(f"{sign}SUM(A1)") == f"'{sign}SUM(A1)"


@pytest.mark.parametrize("number", ["-3", "+3", "-0.5", "-1e-05", "-.5", "-3,25", "-inf"])
def test_negative_numbers_stay_numbers(number: str) -> None:
    assert shielded(number) == number


@pytest.mark.parametrize("value", [-3, -0.5, 0, None, True])
def test_what_is_no_text_is_left_alone(value: object) -> None:
    assert shielded(value) is value


@pytest.mark.parametrize("name", ["'s-Gravenvoeren", "O'Hara", "a=b", "", "'"])
def test_customary_names_are_left_alone(name: str) -> None:
    assert shielded(name) == name
    assert unshielded(name) == name


def test_a_table_is_read_back_with_its_header(tmp_path: Path) -> None:
    rows = [["=cmd|' /C calc'!A0", -3], ["@SUM(1)", -0.25], ["-2+3", 1], ["'=x", 2]]
    write_table(tmp_path / "t.csv", ["=name", "value"], rows)
    problems = Problems()
    table = read_table(tmp_path / "t.csv", ["=name", "value"], problems)
    assert not problems
    assert table is not None
    assert [(row.text("=name"), row.number_of("value")) for row in table] == [
        (str(name), float(str(value))) for name, value in rows
    ]
    cells = [cell for row in csv.reader(io.StringIO(table_text(["=name", "v"], rows))) for cell in row]
    assert [cell for cell in cells if cell[:1] in SIGNS] == ["-3", "-0.25"]
