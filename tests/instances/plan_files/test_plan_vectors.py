"""Plans as columns of numbers, as redist keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.instances.plan_files import GROUP_COLUMNS, read_plan_vector

CODES = ("1001", "1002", "1003")


def written(tmp_path: Path, text: str, name: str = "plans.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_one_plan_and_one_of_several(tmp_path: Path) -> None:
    one = read_plan_vector(written(tmp_path, "x\n2\n1\n2\n"), CODES, GROUP_COLUMNS)
    assert one is not None
    assert one.groups == (("1001", "1003"), ("1002",))
    matrix = written(tmp_path, '"","V1","V2"\n"1",1,1\n"2",1,2\n"3",2,2\n')  # as write.csv writes a matrix
    two = read_plan_vector(matrix, CODES, ("V2",))
    assert two is not None
    assert two.groups == (("1001",), ("1002", "1003"))
    tabs = written(tmp_path, "draw1\tdraw2\n1\t1\n1\t2\n2\t2\n", "plans.tsv")
    assert read_plan_vector(tabs, CODES, ("draw2",)) == two.__class__(
        "plans.tsv", two.groups, ((2,), (3, 4)), two.names, "draw2", two.beside
    )


def test_district_zero_is_none(tmp_path: Path) -> None:
    alone = read_plan_vector(written(tmp_path, "x\n0\n0\n1\n"), CODES, GROUP_COLUMNS)
    assert alone is not None
    assert alone.groups == (("1001",), ("1002",), ("1003",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "V1,V2\n1,1\n1,2\n2,2\n",
            "plans.csv: the file holds 2 plans: V1, V2; say which one is meant, as with",
        ),
        ("x\n1\n2\n", "plans.csv: the file has 2 rows without codes, the instance has 3 municipalities"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_plan_vector(written(tmp_path, text), CODES, GROUP_COLUMNS)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "nis,plan\n1001,1\n1002,1\n1003,2\n",  # has codes
        "1001,1\n1002,1\n1003,2\n",  # codes and groups without a header
        "postcode,fusie\n9000,1\n9001,1\n9002,2\n",  # a table of people, which lacks codes
        "x\n1\nb\n2\n",
        "x\n1.5\n1\n2\n",
    ],
)
def test_tables_of_another_form_are_left_to_others(text: str, tmp_path: Path) -> None:
    assert read_plan_vector(written(tmp_path, text), CODES, GROUP_COLUMNS) is None
    assert read_plan_vector(tmp_path, CODES, GROUP_COLUMNS) is None
