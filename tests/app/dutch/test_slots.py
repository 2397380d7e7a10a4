"""Slots: what changes from one sentence to the next."""

from __future__ import annotations

import pytest
from refzones.app.dutch.slots import (
    Slot,
    Told,
    listed_in_dutch,
    names_in_dutch,
    place_in_dutch,
    value_in_dutch,
)


def _translate(text: str, context: str) -> Told | None:
    return {"one": Told("een", 3), "two; or more": Told("twee; of meer", 12), "two": Told("twee", 3)}.get(
        text
    )


@pytest.mark.parametrize(
    ("kind", "text", "dutch"),
    [
        ("", "Gent and the others", "Gent and the others"),
        ("n", "1,000", "1.000"),
        ("n", "many", None),
        ("key", "population.max", "population.max"),
        ("key", 'count.regions."Regio Brugge"', 'count.regions."Regio Brugge"'),
        ("key", "Population max", None),
        ("word", "highs", "highs"),
        ("word", "two words", None),
        ("year", "2025", "2025"),
        ("year", "20255", None),
        ("quoted", "'a', 'b' or 'c'", "'a', 'b' of 'c'"),
        ("quoted", "a whole number", None),
        ("t", "one", "een"),
        ("t", "three", None),
        ("or", "one or two", "een of twee"),
        ("semi", "one; two; or more", "een; twee; of meer"),
        ("names", "A, B and C", "A, B en C"),
        ("either", "A or B", "A of B"),
        ("pieces", "A and B | C", "A en B | C"),
        ("from", "A and B (from mine.csv)", "A en B (uit mine.csv)"),
        ("place", "locks.together, entry 2", "locks.together, element 2"),
        ("place", "the moon", None),
    ],
)
def test_each_kind(kind: str, text: str, dutch: str | None) -> None:
    told = value_in_dutch(Slot("slot", kind), text, _translate)
    assert (None if told is None else told.text) == dutch


def test_the_reading_that_knows_more_is_taken() -> None:
    told = listed_in_dutch("two; or more", "; ", "; ", lambda text: _translate(text, "") or Told(text))
    assert told == Told("twee; of meer", 12)


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("A", "A"),
        ("A and 1,200 more", "A en 1.200 andere"),
        ("A, B and others", "A, B en andere"),
        ("Sand and Co and B", "Sand and Co en B"),
        ("Sand and Co (1) and Sun and Sea (2)", "Sand and Co (1) en Sun and Sea (2)"),
    ],
)
def test_names(text: str, dutch: str) -> None:
    assert names_in_dutch(text) == dutch


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("a.csv, row 3", "a.csv, rij 3"),
        ("row 3, column 'nis', value 'a, row 4'", "rij 3, kolom 'nis', waarde 'a, row 4'"),
        (
            "a.csv, rows 2, 3 and 5 more, column 'x', values 'a', 'b' and 1 more",
            "a.csv, rijen 2, 3 en 5 andere, kolom 'x', waarden 'a', 'b' en 1 andere",
        ),
        ("locks.together, entry 1, entry 2", "locks.together, element 1, element 2"),
    ],
)
def test_places(text: str, dutch: str) -> None:
    assert place_in_dutch(text) == dutch
