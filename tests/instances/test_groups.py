"""Groups of municipalities in every kind of file, and what is wrong with them."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, Problems, load
from refzones.instances.groups import Entry, Grouping, check_groups, resolve_groups
from refzones.instances.plan_files import code_and_name, read_groups
from refzones.instances.tables.table import write_table
from support.build import build_instance

DATA = Path(os.environ.get("REFZONES_DATA", Path(__file__).parents[3] / "shared" / "data"))
OFFICIAL = DATA / "common" / "fusies-2025.csv"
ROW = build_instance([40_000] * 4, [(0, 1), (1, 2), (2, 3)], region=[0, 0, 0, 1])


def grouping(tmp_path: Path, text: str, *columns: str, name: str = "mine.csv") -> Grouping:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read_groups(file, columns) if columns else read_groups(file)


def problems_of(instance: Instance, found: Grouping) -> list[str]:
    problems = Problems()
    groups = resolve_groups(instance, found, problems)
    try:
        problems.raise_if_any()
        check_groups(instance, found, groups, problems)
        problems.raise_if_any()
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


TABLES = {
    "codes": "nis,merger\n10000,A\n10001,A\n10002,\n",
    "names, semicolons": "Name;Group\nM0;x\nM1;x\nM2;y\n",
    "tabs": "code\tzone\n10000\tA\n10001\tA\nM2\t\n",
    "Dutch heading": "gemeente;group\nM0;x\nM1;x\nM2;y\n",
    "name and code in one cell": "name,group\nM0 (10000),x\nM1 (10001),x\nM2,y\n",
    "other columns": "remark,name,nis,merger\n,?,10000,A\n,?,10001,A\n,?,10002,B\n",
    "list with codes": "Old,\tNew\nM0 (10000) + M1 (10001),\tM0 (9)\nM2 (10002),\tM2 (10002)\n",
    "list of ours": "merger,seat,members,member_nis\nM0 +1,M0,M0; M1,10000; 10001\nM2,M2,M2,10002\n",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_tables_of_every_kind(text: str, tmp_path: Path) -> None:
    plan = grouping(tmp_path, text)
    problems = Problems()
    assert resolve_groups(ROW, plan, problems) == [(0, 1), (2,)]
    assert not problems
    assert [len(rows) for rows in plan.rows] == [2, 1]


def test_groups_stand_in_the_order_of_the_file_with_their_rows() -> None:
    entries = [(2, "a", "x"), (3, "b", ""), (4, "c", "y"), (5, "d", "x"), (6, "e", "")]
    plan = Grouping.of("f", "nis", [Entry(*entry) for entry in entries])
    assert plan.groups == (("a", "d"), ("b",), ("c",), ("e",))
    assert plan.rows == ((2, 5), (3,), (4,), (6,))
    assert plan.names == ("x", "", "y", "")
    assert len(plan) == 4


def test_the_first_column_that_is_filled_counts(tmp_path: Path) -> None:
    text = "nis,zone,merger\n1,A,\n2,A,\n3,B,\n"
    assert grouping(tmp_path, text).groups == (("1", "2"), ("3",))
    text = "nis,zone,merger\n1,A,\n2,A,M\n3,B,M\n"
    assert grouping(tmp_path, text).groups == (("1",), ("2", "3"))
    assert grouping(tmp_path, text, "zone").groups == (("1", "2"), ("3",))
    assert grouping(tmp_path, "nis,merger,group\n1,,\n2,,\n").groups == (("1",), ("2",))


def test_a_column_of_any_name(tmp_path: Path) -> None:
    text = "nis,Plan B\n1,A\n2,A\n"
    assert grouping(tmp_path, text, "plan b").groups == (("1", "2"),)
    with pytest.raises(InputError, match=r"none of the columns plan c; add one, .* columns: nis, Plan B"):
        grouping(tmp_path, text, "plan c")


def test_a_run_is_read_from_its_assignment(tmp_path: Path) -> None:
    header = ("nis", "name", "region", "zone", "merger", "seat")
    rows = [("10000", "M0", "R0", "", "M0 +1", "M0"), ("10001", "M1", "R0", "", "M0 +1", "M0")]
    write_table(tmp_path / "assignment.csv", header, rows)
    for path in (tmp_path, tmp_path / "plan.json"):
        assert read_groups(path).groups == (("10000", "10001"),)
    with pytest.raises(InputError, match=r"assignment\.csv: the file is missing"):
        read_groups(tmp_path / "elsewhere" / "plan.json")


def test_lists_under_the_same_name_are_one_group(tmp_path: Path) -> None:
    """`mergers.csv` of two levels: one row a merger, with its zone."""
    text = "merger,member_nis,zone\nM0 +1,10000; 10001,Z\nM2,10002,Z\nM3,10003,\n"
    plan = grouping(tmp_path, text)
    assert plan.groups == (("10000", "10001"), ("10002",), ("10003",))
    assert plan.names == ("M0 +1", "M2", "M3")
    plan = grouping(tmp_path, text, "zone")
    assert plan.groups == (("10000", "10001", "10002"), ("10003",))
    assert (plan.names, plan.rows) == (("Z", ""), ((2, 2, 3), (4,)))


def test_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (("nis", "merger"), (10_000, "A"), (10_001, "A"), (10_002, None)):
        book.active.append(row)
    book.save(tmp_path / "mine.xlsx")
    assert read_groups(tmp_path / "mine.xlsx").groups == (("10000", "10001"), ("10002",))


@pytest.mark.skipif(
    not OFFICIAL.is_file(), reason=f"the official list is not at {OFFICIAL} (set REFZONES_DATA)"
)
def test_the_official_list_of_mergers() -> None:
    plan = read_groups(OFFICIAL)
    assert len(plan) == 14
    assert plan.groups[1] == ("23023", "23024", "23032")
    assert plan.groups[8] == ("46003", "46013", "11056")
    known = dataclasses.replace(plan, groups=plan.groups[:-1], rows=plan.rows[:-1], names=plan.names[:-1])
    instance = load("flanders-2024")
    problems = Problems()
    groups = resolve_groups(instance, known, problems)
    assert not problems
    assert [instance.names[i] for i in groups[2]] == ["Ruiselede", "Wingene"]
    # the last row is Walloon: no municipality of the instance
    unknown = problems_of(instance, plan)
    assert len(unknown) == 2
    assert all("row 15" in text and "no municipality has this code" in text for text in unknown)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "nis,merger\n10000,A\n10009,A\nM8,B\n",
            ["row 3, column 'nis', value '10009': no municipality has this code", "row 4"],
        ),
        ("nis,merger\n10000,A\n10000,B\n", ["row 3, column 'nis', value '10000': the municipality stands"]),
        ("nis,merger\n10000,A\n10001,\n10002,A\n", ["row 2: group 'A' falls into pieces M0 | M2"]),
        (
            "nis,merger\n10000,A\n10001,A\n10002,B\n10003,B\n",
            ["row 4: group 'B' crosses reference regions (R0: M2; R1: M3)"],
        ),
        ("nis,merger\n10000,A\n10001,A\n10002,B\n10003,\n", []),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_instance(text: str, messages: list[str], tmp_path: Path) -> None:
    told = problems_of(ROW, grouping(tmp_path, text))
    assert len(told) == len(messages)
    for problem, message in zip(told, messages, strict=True):
        assert problem.startswith("mine.csv, ")
        assert message in problem


def test_a_name_of_two_lists_both(tmp_path: Path) -> None:
    twins = dataclasses.replace(ROW, names=("M0", "M1", "M1", "M3"))
    (found,) = problems_of(twins, grouping(tmp_path, "name,merger\nM0,A\nM1,A\n"))
    assert "row 3" in found
    assert "use the code: M1 (10001), M1 (10002)" in found


def test_other_borders_hold_groups_together(tmp_path: Path) -> None:
    plan = grouping(tmp_path, "nis,merger\n10000,A\n10001,\n10002,A\n")
    problems = Problems()
    groups = resolve_groups(ROW, plan, problems)
    check_groups(ROW, plan, groups, problems, neighbours=((2,), (), (0,), ()))
    assert not problems
    apart = Grouping.of("f", "nis", [Entry(2, "10000", "A"), Entry(3, "10001", "A")])
    check_groups(ROW, apart, [(0, 1)], problems, neighbours=((), (), (), ()))
    assert problems


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("nis,merger\n", "the file has a header but no records"),
        ("nis,with\n10000,A\n", "the file has none of the columns merger, zone, group"),
        ("who,merger\n10000,A\n", "the file has no column for municipalities"),
        ("who,with\nM0 + M1,x\n", "no column that lists municipalities"),
        ("nis,merger\n,A\n,B\n", "row 2, column 'nis': the cell is empty; fill it in\nmine.csv, row 3"),
        ("nis,merger\n10000,A,B\n", "the row has 3 cells, the header 2"),
    ],
)
def test_bad_tables(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        grouping(tmp_path, text)
    assert message in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the file is missing"):
        read_groups(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Melle (44040)", "44040"),
        ("Zwijndrecht (11056),", "11056"),
        ("Beveren-Kruibeke (voorlopige naam) (46030)", "46030"),
        ("Sint-Niklaas (Waas)", "Sint-Niklaas (Waas)"),
        (" 44040 ", "44040"),
    ],
)
def test_code_and_name(text: str, found: str) -> None:
    assert code_and_name(text)[0] == found


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_every_text_is_in_one_group(labels: list[int]) -> None:
    """Groups are the classes of equal labels; 0 stands for no group."""
    entries = [(k + 2, f"m{k}", str(label or "")) for k, label in enumerate(labels)]
    plan = Grouping.of("f", "nis", [Entry(*entry) for entry in entries])
    where = {text: g for g, group in enumerate(plan.groups) for text in group}
    assert sorted(where) == sorted(f"m{k}" for k in range(len(labels)))
    for a, one in enumerate(labels):
        for b, other in enumerate(labels):
            alike = where[f"m{a}"] == where[f"m{b}"]
            assert alike == (a == b or (one == other != 0))
