from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import Column, Instance, OwnTable, Source, load, update_inhabitants

DATA = Path(os.environ.get("REFZONES_DATA", Path(__file__).parents[4] / "shared" / "data"))
Complaints = Callable[..., list[str]]
Table = Callable[..., Path]


def test_by_code_or_name_in_any_order(toy: Instance, table: Table) -> None:
    for text in (
        "nis,inhabitants\n1004,4\n1003,3\n1002,200\n1001,1\n",
        "gemeente;inwoners\nDee;4\nCEE;3\nbee;200\nAa;1\nTotaal;208\n",
    ):
        made = update_inhabitants(toy, table(text), year=2030, name="new")
        assert made.instance.population.tolist() == [1, 200, 3, 4]
        assert made.notes == (
            "inhabitants: 208 on 1 January 2030, -792 compared with 'toy'",
            "other inhabitants than there: 3 of 4 municipalities",
        )


def test_the_rest_stays_and_the_source_is_told(toy: Instance, table: Table) -> None:
    own = OwnTable(table("nis,n\n1001,1\n1002,2\n1003,3\n1004,4\n"), source=Source("Count", "Us", "", "CC0"))
    made = update_inhabitants(toy, own, year=2030).instance
    assert replace(made, population=toy.population).hash == toy.hash
    assert made.columns["municipalities.population"] == Column(
        "count", "inhabitants", "on 1 January 2030; read from own.csv, column 'n'"
    )
    assert made.sources == {"count": Source("Count", "Us", "2030", "CC0")}  # no column is of the census now
    assert made.title == "Four villages, inhabitants of 2030"
    assert made.villages is toy.villages
    assert update_inhabitants(made, own, year=2031).instance.title == "Four villages, inhabitants of 2031"


def test_they_are_those_of_a_year_as_well(toy: Instance, table: Table) -> None:
    path = table("nis,n\n1001,1\n1002,2\n1003,3\n1004,4\n")
    assert update_inhabitants(toy, path, year=2030).instance.yearly == {}  # the instance has no years
    some = replace(toy, yearly={2031: np.array([5.0, 6, 7, 8]), 2029: np.array([9.0, 9, 9, 9])})
    made = update_inhabitants(some, path, year=2030).instance
    assert list(made.yearly) == [2029, 2030, 2031]
    assert made.yearly[2030].tolist() == [1, 2, 3, 4]
    assert made.columns["years.inhabitants_2030"] == made.columns["municipalities.population"]


def test_a_column_is_named_where_there_are_several(
    toy: Instance, table: Table, complaints: Complaints
) -> None:
    path = table("nis,a,b\n1001,1,5\n1002,2,6\n1003,3,7\n1004,4,8\n")
    assert update_inhabitants(toy, path, "b", year=2030).instance.population.tolist() == [5, 6, 7, 8]
    (told,) = complaints(update_inhabitants, toy, path, year=2030)
    assert told == (
        "own.csv: the table has more than one column: 'a', 'b'; say which are meant, with --column"
    )


def test_everything_wrong_is_told(toy: Instance, table: Table, complaints: Complaints) -> None:
    path = table("nis,n\n1001,0\n1002,1.5\n1003,\n1001,7\n1009,3\n")
    told = complaints(update_inhabitants, toy, path, year=2030)
    assert [text.partition(";")[0] for text in told] == [
        "own.csv, row 6, column 'nis', value '1009': no municipality has this code",
        "own.csv, row 5, column 'nis', value '1001': Aa (1001) stands already in row 2",
        "own.csv, column 'nis': 1 of the 4 municipalities have no row: Dee (1004)",
        "own.csv, row 2, column 'n', value '0': this must be more than 0",
        "own.csv, row 3, column 'n', value '1.5': this must be a whole number",
        "own.csv, row 4, column 'n': the cell is empty",
    ]
    assert told[2].endswith("add them: every municipality needs its inhabitants")


def test_units_without_inhabitants_stay_so(toy: Instance, table: Table) -> None:
    path = table("nis,n\n1001,0\n1002,2\n1003,3\n1004,4\n")
    made = update_inhabitants(replace(toy, uninhabited=True), path, year=2030).instance
    assert made.population.tolist() == [0, 2, 3, 4]


@pytest.mark.parametrize("year", [0, -1, 10_000])
def test_no_year(toy: Instance, table: Table, complaints: Complaints, year: int) -> None:
    assert complaints(update_inhabitants, toy, table("nis,n\n1001,1\n"), year=year) == [
        f"value '{year}': this is no year; write it as 2026"
    ]


@pytest.mark.skipif(
    not (DATA / "policy").is_dir(), reason=f"the official tables are not in {DATA} (set REFZONES_DATA)"
)
def test_the_inhabitants_of_2026_make_the_embedded_instance() -> None:
    made = update_inhabitants(
        load("flanders-2025"), DATA / "policy" / "population-2026.csv", year=2026
    ).instance
    there = load("flanders-2026")
    assert made.total_population == 6_898_350
    assert made.hash == there.hash
    assert made.title == there.title
    assert made.vintage == there.vintage
