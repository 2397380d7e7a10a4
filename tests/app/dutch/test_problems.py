"""Problems of an input in Dutch."""

from __future__ import annotations

from refzones.app.dutch import problem_in_dutch, told_in_dutch
from refzones.instances import InputError, Problem


def test_every_part_is_told() -> None:
    told = problem_in_dutch(Problem("the cell is empty", "fill it in", "a.csv", 3, "nis", "the x"))
    assert (told.what, told.remedy) == ("de cel is leeg", "vul ze in")
    assert told.where == "a.csv, rij 3, kolom 'nis', waarde 'the x'"
    assert str(told) == "a.csv, rij 3, kolom 'nis', waarde 'the x': de cel is leeg; vul ze in"
    assert told.complete


def test_what_has_no_dutch_stands_there_in_english() -> None:
    told = problem_in_dutch(Problem("the moon is full", "fill it in"))
    assert str(told) == "the moon is full; vul ze in"
    assert not told.complete


def test_many_of_one_kind_are_counted() -> None:
    same = [Problem("the cell is empty", file="a.csv", row=row) for row in range(2, 1204)]
    few = [Problem("this is not a number", file="b.csv", row=row) for row in (2, 3)]
    assert told_in_dutch(InputError([*same, *few])) == (
        "a.csv, rij 2: de cel is leeg (en 1.201 andere van deze soort)",
        "b.csv, rij 2: dit is geen getal",
        "b.csv, rij 3: dit is geen getal",
    )
