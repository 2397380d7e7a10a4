from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import Column, Instance, OwnTable, Source, add_attributes, read_folder, write_folder

Complaints = Callable[..., list[str]]
Table = Callable[..., Path]
PLAIN = "gemeente;naam;Belasting (%);schuld\n1003;Cee;7,5;0\n1001;Aa;8;-12\n1004;Dee;6;3\n1002;Bee;0;4\n"


def test_numbers_by_code_in_any_order(toy: Instance, table: Table, tmp_path: Path) -> None:
    source = Source("Taxes", "the ministry", "2024", "CC0")
    own = OwnTable(table(PLAIN), source=source)
    made = add_attributes(toy, own, ["Belasting (%)", "schuld"], names=["tax", "debt"], unit="%", name="new")
    assert {key: column.tolist() for key, column in made.instance.attributes.items()} == {
        "income": [7.5, 8, 9, 10],
        "tax": [8, 0, 7.5, 6],
        "debt": [-12, 4, 0, 3],
    }
    assert made.instance.name == "new"
    assert made.instance.columns["municipalities.tax"] == Column(
        "taxes", "%", "read from own.csv, column 'Belasting (%)'"
    )
    assert made.instance.sources == {**toy.sources, "taxes": source}
    assert made.notes == (
        "attribute tax: from 0 to 8, 21.5 in all",
        "attribute debt: from -12 to 4, -5 in all",
    )
    write_folder(made.instance, tmp_path / "new")
    again = read_folder(tmp_path / "new")
    assert again.hash == made.instance.hash
    assert again.columns == made.instance.columns
    assert (again.villages is None, again.texts) == (False, toy.texts)


def test_the_rest_of_the_instance_stays(toy: Instance, table: Table) -> None:
    made = add_attributes(toy, table(PLAIN), ["schuld"]).instance
    assert made.name == toy.name
    assert set(made.layers) == set(toy.layers)
    assert set(made.functions) == set(toy.functions)
    assert made.columns.items() >= toy.columns.items()
    assert made.villages is toy.villages


@pytest.mark.parametrize(
    ("unit", "additive", "summed"),
    [
        ("euro", None, True),
        ("%", None, False),
        ("trees", None, False),
        ("trees", True, True),
        ("euro", False, False),
    ],
)
def test_what_mergers_sum_up(
    toy: Instance, table: Table, tmp_path: Path, unit: str, additive: bool | None, summed: bool
) -> None:
    made = add_attributes(toy, table(PLAIN), ["schuld"], unit=unit, additive=additive).instance
    write_folder(made, tmp_path / "new")
    assert read_folder(tmp_path / "new").columns["municipalities.schuld"].sums_up is summed


def test_names_instead_of_codes_and_the_only_column(toy: Instance, table: Table) -> None:
    made = add_attributes(toy, table("gemeente,Net income\nbee,2\nAA,1\nDee,4\nCee,3\ntotaal,10\n"))
    assert made.instance.attributes["net_income"].tolist() == [1, 2, 3, 4]


def test_texts_are_kept_as_they_are(toy: Instance, table: Table, tmp_path: Path) -> None:
    path = table("nis,remark\n1001,old\n1002,\n1003,007\n1004,8\n")
    made = add_attributes(toy, path, texts=True)
    assert made.instance.texts == {"remark": ("old", "", "007", "8")}
    assert made.notes == ("text remark: 3 of 4 municipalities have one",)
    write_folder(made.instance, tmp_path / "new")
    assert read_folder(tmp_path / "new").texts == made.instance.texts


def test_what_is_missing_can_be_declared(toy: Instance, table: Table) -> None:
    path = table("nis,pools\n1001,\n1003,2\n")
    made = add_attributes(toy, path, empty=0)
    assert made.instance.attributes["pools"].tolist() == [0, 0, 2, 0]
    assert made.notes[1:] == (
        "own.csv, column 'pools': empty cells that count as 0: 1",
        "own.csv: municipalities without a row that count as 0: 2",
    )


def test_every_mistake_is_told(toy: Instance, table: Table, complaints: Complaints) -> None:
    path = table("nis,debt\n1001,many\n1001,4\n1003,\n1009,5\n")
    unknown = (
        "own.csv, row 5, column 'nis', value '1009': no municipality has this code; those here are "
        "like 1001; "
        "correct it, or leave such rows out with --ignore-unknown"
    )
    told = [
        "own.csv, row 3, column 'nis', value '1001': Aa (1001) stands already in row 2; keep one of the two",
        "own.csv, column 'nis': 2 of the 4 municipalities have no row: Bee (1002), Dee (1004); add them, or "
        "say with --empty what a missing row stands for",
        "own.csv, row 2, column 'debt', value 'many': this is not a number; write digits, without thousands "
        "separators",
        "own.csv, row 4, column 'debt': the cell is empty; fill it in",
    ]
    assert complaints(add_attributes, toy, path) == [unknown, *told]
    assert complaints(add_attributes, toy, OwnTable(path, ignore_unknown=True)) == told


def test_a_name_that_is_taken(toy: Instance, table: Table, complaints: Complaints) -> None:
    path = table("nis,income\n1001,1\n1002,2\n1003,3\n1004,4\n")
    (message,) = complaints(add_attributes, toy, path)
    assert message == (
        "value 'income': the instance has this attribute already; give another name with --as, or replace it "
        "with --replace"
    )
    made = add_attributes(toy, path, replace=True).instance
    assert made.attributes["income"].tolist() == [1, 2, 3, 4]
    # a text takes the place of a number too: both are columns of one file
    words = add_attributes(toy, path, texts=True, replace=True).instance
    assert (list(words.attributes), list(words.texts)) == ([], ["income"])
    (message,) = complaints(add_attributes, toy, path, names=["population"], replace=True)
    assert message == ("value 'population': every instance has a column of this name; name it anew with --as")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["a"], "value 'a': there are 2 columns and 1 names for them; give one name for each column, in the "
         "same order, or none"),
        (["a", "a"], "value 'a': 'Belasting (%)' and 'schuld' would have one name; give each its own"),
        (["a(b)", "c"], "value 'a(b)': a name is a word of letters, digits and underscores that begins with "
         "a letter; name the column 'Belasting (%)' with --as"),
    ],
)  # fmt: skip
def test_names_are_checked(
    toy: Instance, table: Table, complaints: Complaints, names: list[str], message: str
) -> None:
    assert complaints(add_attributes, toy, table(PLAIN), ["Belasting (%)", "schuld"], names=names) == [
        message
    ]


def test_texts_have_no_number_for_empty_cells(toy: Instance, table: Table, complaints: Complaints) -> None:
    (message,) = complaints(add_attributes, toy, table("nis,a\n1001,b\n"), texts=True, empty=1.0)
    assert message == "value '1': an empty text needs no number; leave --empty out"
    (message,) = complaints(add_attributes, toy, table("nis,a\n1001,b\n1002,\n1003,\n"), texts=True)
    assert message.endswith("no row: Dee (1004); add them; the cell of the text may be empty")
