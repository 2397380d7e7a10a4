from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import Instance, OwnTable, add_functions, read_folder, write_folder

Complaints = Callable[..., list[str]]
Table = Callable[..., Path]
PLAIN = "nis,pool,library,school\n1001,25,ja,1\n1002,0,nee,0\n1003,0.5,JA,1\n1004,3,x,0\n"


def test_amounts_and_yes_or_no(toy: Instance, table: Table, tmp_path: Path) -> None:
    columns = ["pool", "library", "school"]
    made = add_functions(
        toy, table(PLAIN), columns, labels=["swimming pool", "", ""], units=["m", "", ""], at_least=[2, 1, 1]
    )
    pool, library, school = (made.instance.functions[key] for key in columns)
    assert (pool.amount.tolist(), pool.unit, pool.at_least, pool.label) == (
        [25, 0, 0.5, 3],
        "m",
        2,
        "swimming pool",
    )
    assert pool.present.tolist() == [True, False, False, True]
    assert (library.amount.tolist(), library.unit, library.at_least) == ([1, 0, 1, 1], "yes/no", 1)
    assert (school.amount.tolist(), school.unit) == ([1, 0, 1, 0], "yes/no")
    assert made.notes == (
        "function pool: 2 of 4 municipalities have it, from 2 m on; 1 have less",
        "function library: 3 of 4 municipalities have it",
        "function school: 2 of 4 municipalities have it",
    )
    assert made.instance.functions.items() >= toy.functions.items()
    assert made.instance.columns["functions.pool"].unit == "m"
    write_folder(made.instance, tmp_path / "new")
    assert read_folder(tmp_path / "new").hash == made.instance.hash


def test_crosses_in_a_list_of_those_that_have_it(toy: Instance, table: Table) -> None:
    made = add_functions(toy, table("naam;zwembad\nDee;x\nAa;\n"), empty=0)
    assert made.instance.functions["zwembad"].amount.tolist() == [0, 0, 0, 1]
    assert made.notes[1:] == (
        "own.csv, column 'zwembad': empty cells that count as 0: 1",
        "own.csv: municipalities without a row that count as 0: 2",
    )


def test_rows_can_be_chosen(toy: Instance, table: Table, complaints: Complaints) -> None:
    rows = "1001,2023,1\n1001,2024,5\n1002,2024,6\n1003,2024,7\n1004,2024,8\n"
    path = table("nis,year,rooms\n" + rows)
    made = add_functions(toy, OwnTable(path, where={"year": "2024"}), ["rooms"])
    assert made.instance.functions["rooms"].amount.tolist() == [5, 6, 7, 8]
    assert made.instance.columns["functions.rooms"].note == (
        "read from own.csv, column 'rooms'; where year is 2024"
    )
    (message,) = complaints(add_functions, toy, OwnTable(path, where={"year": "2020"}), ["rooms"])
    assert message == "own.csv: no row has '2020' in column 'year'; look at the texts of the column"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            PLAIN.replace("nee", "misschien"),
            "own.csv, row 3, column 'library', value 'misschien': this is neither yes nor no; write yes or "
            "no, or numbers throughout",
        ),
        (
            PLAIN.replace("25", "-25"),
            "own.csv, row 2, column 'pool', value '-25': this must be at least 0; correct the figure",
        ),
    ],
)
def test_mistakes(toy: Instance, table: Table, complaints: Complaints, text: str, message: str) -> None:
    assert complaints(add_functions, toy, table(text), ["pool", "library"]) == [message]


def test_thresholds(toy: Instance, table: Table, complaints: Complaints) -> None:
    for at_least in (0.0, -1.0, float("inf"), float("nan")):
        (message,) = complaints(add_functions, toy, table(PLAIN), ["pool"], at_least=[at_least])
        assert message.endswith("every municipality would have the function, or none; give a number above 0")
    (message,) = complaints(add_functions, toy, table(PLAIN), ["pool"], at_least=[1, 2])
    assert message == "there are 1 columns, and 2 values of: threshold; give one, or one for each"


def test_a_name_that_is_taken(toy: Instance, table: Table, complaints: Complaints) -> None:
    (message,) = complaints(add_functions, toy, table(PLAIN), ["pool"], names=["hospital"])
    assert message.startswith("value 'hospital': the instance has this function already")
    made = add_functions(toy, table(PLAIN), ["pool"], names=["hospital"], replace=True)
    assert made.instance.functions["hospital"].amount.tolist() == [25, 0, 0.5, 3]


@pytest.mark.parametrize("empty", [-1.0, float("nan"), float("inf")])
def test_what_cannot_stand_for_empty_cells(
    toy: Instance, table: Table, complaints: Complaints, empty: float
) -> None:
    assert complaints(add_functions, toy, table(PLAIN), ["pool"], empty=empty) == [
        f"value '{empty:g}': this cannot stand for empty cells; give --empty a number of at least 0"
    ]
