from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import Instance, OwnTable, add_attributes, load
from refzones.instances.tables.form import TableForm

Complaints = Callable[..., list[str]]
Table = Callable[..., Path]


@pytest.mark.parametrize(
    "text",
    [
        "nis,a\n1001,1\n1002,2\n1003,3\n1004,4\n",
        "\ufeffNIS-code;Naam;a\n1004;Dee;4\n1003;Cee;3\n1002;Bee;2\n1001;Aa;1\n;Totaal;10\n",
        "title of the table\n\nname\ta\nAa\t1\nBee\t2\nCee\t3\nDee\t4\n",
        "code,postcode,a\nBE1001,9,1\n1002.0,9,2\n1003,9,3\n 1004 ,9,4\n",
    ],
)
def test_tables_as_people_have_them(toy: Instance, table: Table, text: str) -> None:
    assert add_attributes(toy, table(text)).instance.attributes["a"].tolist() == [1, 2, 3, 4]


def test_the_column_of_municipalities_can_be_named(
    toy: Instance, table: Table, complaints: Complaints
) -> None:
    path = table("plek,a\nAa,1\nBee,2\nCee,3\nDee,4\n")
    assert complaints(add_attributes, toy, path) == [
        "own.csv: no column is known to hold codes or names of municipalities: plek, a; say which one does, "
        "with --municipality"
    ]
    made = add_attributes(toy, OwnTable(path, municipality="plek"))
    assert made.instance.attributes["a"].tolist() == [1, 2, 3, 4]


def test_code_and_name_that_contradict_each_other(
    toy: Instance, table: Table, complaints: Complaints
) -> None:
    path = table("nis,naam,a\n1001,Bee,1\n1002,Aa,2\n1003,Cee,3\n1004,Dee,4\n")
    assert complaints(add_attributes, toy, path)[0] == (
        "own.csv, row 2, column 'nis', value '1001': code and name contradict each other: the code "
        "is that of "
        "Aa (1001), the name that of Bee (1002); correct one of the two"
    )


def test_each_unknown_municipality_is_told_once(toy: Instance, table: Table, complaints: Complaints) -> None:
    path = table("naam,a\nAa,1\nBea,2\nBea,3\n")
    assert complaints(add_attributes, toy, path)[0] == (
        "own.csv, row 3, column 'naam', value 'Bea': no municipality has this name; did you mean 'Bee'? (it "
        "stands in 2 rows); correct it, or leave such rows out with --ignore-unknown"
    )
    own = OwnTable(table("naam,a\nX,1\nY,2\n"), ignore_unknown=True)
    assert complaints(add_attributes, toy, own) == [
        "own.csv: no row is about a municipality of the instance; is this the right table?"
    ]


def test_a_table_of_another_moment_is_known(table: Table, complaints: Complaints) -> None:
    path = table("nis,a\n44040,1\n44043,2\n11001,3\n")
    (message,) = complaints(add_attributes, load("flanders-2025"), path)
    assert "2 municipalities are of another moment: Melle (44040) is part of Merelbeke-Melle" in message
    assert message.endswith("the instance is 'flanders-2025'; take a table of the instance's moment")


def test_the_form_is_declared(toy: Instance, table: Table, complaints: Complaints) -> None:
    path = table("nis;a\n1001;1.500\n1002;2\n1003;3\n1004;4\n")
    assert "declare --decimal . or --decimal ," in complaints(
        add_attributes, toy, OwnTable(path, form=TableForm(options=True))
    )[0].replace('"', "")
    made = add_attributes(toy, OwnTable(path, form=TableForm(decimal=",")))
    assert made.instance.attributes["a"].tolist() == [1500, 2, 3, 4]


def test_a_path_may_be_a_text(toy: Instance, table: Table) -> None:
    path = table("nis,a\n1001,1\n1002,2\n1003,3\n1004,4\n")
    assert add_attributes(toy, str(path)).instance.hash == add_attributes(toy, path).instance.hash
