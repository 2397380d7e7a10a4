from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import Column, Instance, OwnTable, Source, add_figures, read_folder, write_folder

Complaints = Callable[..., list[str]]
Table = Callable[..., Path]
PLAIN = "gemeente;naam;Basis;rente\n1003;Cee;7,5;0\n1001;Aa;;-12\n1004;Dee;6;\n"


def test_an_empty_cell_and_a_missing_row_are_not_known(toy: Instance, table: Table, tmp_path: Path) -> None:
    own = OwnTable(table(PLAIN), source=Source("Bases", "the ministry", "2026", "CC0"))
    made = add_figures(toy, own, ["Basis", "rente"], names=["base", "rate"], unit="euro", name="new")
    assert np.array_equal(made.instance.figures["base"], [np.nan, np.nan, 7.5, 6], equal_nan=True)
    assert np.array_equal(made.instance.figures["rate"], [-12, np.nan, 0, np.nan], equal_nan=True)
    assert made.instance.columns["figures.base"] == Column(
        "bases", "euro", "read from own.csv, column 'Basis'"
    )
    assert made.notes == (
        "figure base: from 6 to 7.5, known of 2 of 4",
        "figure rate: from -12 to 0, known of 2 of 4",
    )
    assert (made.instance.hash, made.instance.name) == (toy.hash, "new")
    write_folder(made.instance, tmp_path / "new")
    again = read_folder(tmp_path / "new")
    assert again.hash_with(["base", "rate"]) == made.instance.hash_with(["base", "rate"]) != toy.hash
    assert again.columns == made.instance.columns


def test_figures_of_before_stay_and_are_replaced_when_asked(toy: Instance, table: Table) -> None:
    before = replace(toy, figures={"base": np.ones(4), "staff": np.ones(4)})
    made = add_figures(before, table(PLAIN), ["Basis"], names=["base"], replace=True).instance
    assert made.figures["staff"].tolist() == [1, 1, 1, 1]
    assert np.isnan(made.figures["base"]).sum() == 2
    empty = add_figures(toy, table("nis;base\n1001;\n"), ["base"])
    assert empty.notes == ("figure base: not known of any municipality",)


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (PLAIN, "staff", "value 'staff': the instance has this figure already; give another name with --as"),
        (
            PLAIN,
            "income",
            "value 'income': the instance has an attribute of this name, which would be read instead",
        ),
        (PLAIN, "population", "value 'population': every instance has a column of this name"),
        (PLAIN.replace("7,5", "much"), "base", "row 2, column 'Basis', value 'much': this is not a number"),
        (PLAIN.replace("1004;Dee", "1003;Cee"), "base", "Cee (1003) stands already in row 2"),
        (PLAIN.replace("1004;Dee", "1999;"), "base", "value '1999'"),
    ],
)
def test_what_is_refused(
    toy: Instance, table: Table, complaints: Complaints, text: str, name: str, message: str
) -> None:
    before = replace(toy, figures={"staff": np.ones(4)})
    told = complaints(add_figures, before, table(text), ["Basis"], names=[name])
    assert any(message in one for one in told), told
