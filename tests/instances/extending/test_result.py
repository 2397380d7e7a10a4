from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import Instance, OwnTable, Source, add_attributes
from refzones.instances.extending.result import name_from

Table = Callable[..., Path]
ROWS = "\n1001,1\n1002,2\n1003,3\n1004,4\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Name gebied streekwerking", "name_gebied_streekwerking"),
        ("Belasting (%)", "belasting"),
        ("õpilasi 2026", "õpilasi_2026"),
        ("--", ""),
    ],
)
def test_names_of_headings(text: str, name: str) -> None:
    assert name_from(text) == name


def test_equal_sources_are_one_and_others_are_told_apart(toy: Instance, table: Table) -> None:
    one, other = Source("Rates", "A", "2024", "CC0"), Source("Rates", "A", "2025", "CC0")
    made = toy
    for column, source in (("a", one), ("b", one), ("c", other)):
        own = OwnTable(table(f"nis,{column}{ROWS}"), source=source)
        made = add_attributes(made, own).instance
    assert made.sources == {**toy.sources, "rates": one, "rates_2": other}
    assert [made.columns[f"municipalities.{key}"].source for key in "abc"] == ["rates", "rates", "rates_2"]


def test_a_source_that_nothing_comes_from_is_dropped(toy: Instance, table: Table) -> None:
    old, new = Source("Old", "", "", ""), Source("New", "", "", "")
    made = add_attributes(toy, OwnTable(table("nis,a" + ROWS), source=old)).instance
    assert set(made.sources) == {"census", "old"}
    made = add_attributes(made, OwnTable(table("nis,a" + ROWS), source=new), replace=True).instance
    assert set(made.sources) == {"census", "new"}
