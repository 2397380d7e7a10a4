from __future__ import annotations

import pickle

import pytest
from refzones.instances import InputError, Problem, Problems, reject, suggest


def test_a_problem_names_its_place_and_remedy() -> None:
    assert str(Problem("wrong")) == "wrong"
    assert str(Problem("wrong", "mend it", "f.csv", 3, "nis", "x")) == (
        "f.csv, row 3, column 'nis', value 'x': wrong; mend it"
    )


def test_an_error_travels_between_processes_with_its_problems() -> None:
    error = InputError([Problem("first", "mend it", "f.csv", 3, "nis", "x"), Problem("second")])
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.problems, str(copy)) == (error.problems, str(error))


def test_all_problems_come_at_once_in_order() -> None:
    problems = Problems()
    problems.raise_if_any()
    problems.add("first", file="b.csv")
    problems.add("second", file="a.csv", value=7)
    with pytest.raises(InputError) as caught:
        problems.raise_if_any()
    assert str(caught.value) == "b.csv: first\na.csv, value '7': second"


def test_very_many_problems_are_counted() -> None:
    problems = Problems(limit=2)
    for k in range(5):
        problems.add(f"number {k}")
    with pytest.raises(InputError) as caught:
        problems.raise_if_any()
    assert [p.what for p in caught.value.problems] == [
        "number 0",
        "number 1",
        "and 3 more problems of this kind",
    ]


def test_reject_is_one_problem() -> None:
    with pytest.raises(InputError, match="value 'x': no; try y"):
        reject("no", "try y", value="x")


@pytest.mark.parametrize(
    ("word", "known", "answer"),
    [
        ("Kortrik", ["Gent", "Kortrijk"], "did you mean 'Kortrijk'?"),
        ("GENT", ["Gent", "Kortrijk"], "did you mean 'Gent'?"),
        ("zzz", ["Gent", "Kortrijk"], "known: Gent, Kortrijk"),
        ("zzz", [], ""),
    ],
)
def test_suggest(word: str, known: list[str], answer: str) -> None:
    assert suggest(word, known) == answer
