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


def test_many_problems_of_one_kind_are_told_once() -> None:
    problems = [Problem("no such code", "take one", "f.csv", row, "nis", f"x{row}") for row in range(2, 15)]
    other = Problem("wrong", file="f.csv")
    assert InputError([*problems, other]).told == (
        "f.csv, rows 2, 3, 4, 5, 6, 7, 8, 9 and 5 more, column 'nis', "
        "values 'x2', 'x3', 'x4', 'x5', 'x6', 'x7', 'x8', 'x9' and 5 more: no such code; take one",
        "f.csv: wrong",
    )
    assert InputError(problems[:3]).told == tuple(map(str, problems[:3]))


def test_problems_of_one_kind_with_remedies_of_their_own() -> None:
    problems = [Problem("unknown", f"did you mean {k}?", "f.csv", k, "naam", f"x{k}") for k in range(2, 12)]
    (line,) = InputError(problems).told
    assert line.startswith(
        "f.csv, column 'naam': 10 problems of one kind: row 2, value 'x2': unknown; did you mean 2? | row 3"
    )
    assert line.endswith("| and 2 more of this kind")


def test_sentences_that_differ_in_figures_are_of_one_kind() -> None:
    problems = [Problem(f"the code stands already in row {k}", file="f.csv", row=k + 1) for k in range(2, 9)]
    assert InputError(problems).told == (
        "f.csv, rows 3, 4, 5, 6, 7, 8, 9: the first: the code stands already in row 2",
    )
    assert len(InputError([*problems, Problem("another sentence", file="f.csv")]).told) == 2


def test_a_problem_is_noted_once() -> None:
    problems = Problems()
    for _ in range(3):
        problems.add("wrong", file="f.csv", row=2)
    with pytest.raises(InputError) as caught:
        problems.raise_if_any()
    assert len(caught.value.problems) == 1


def test_long_lists_of_known_words_are_not_shown() -> None:
    assert suggest("zzz", [f"word{k}" for k in range(200)]) == ""
