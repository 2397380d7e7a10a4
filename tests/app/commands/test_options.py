"""Options that say how a table file is to be read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from refzones.instances import load, write_folder
from support.best import best_groups
from support.build import build_instance

GROUPS = list(best_groups("Waasland").items())


def workbook(path: Path, *sheets: str) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in sheets:
        sheet = book.create_sheet(name)
        sheet.append(["niscode", "fusie"])
        for row in GROUPS:
            sheet.append(list(row))
    book.save(path)


def table(path: Path, header: str, encoding: str = "utf-8") -> None:
    path.write_text("\n".join([header, *(",".join(row) for row in GROUPS)]) + "\n", encoding=encoding)


def test_a_sheet_is_named(run) -> None:
    workbook(Path("plan.xlsx"), "oud", "nieuw")
    code, _, errors = run("evaluate", "plan.xlsx")
    assert code == 2
    assert "say which sheet is meant: --sheet oud" in errors
    code, output, _ = run("evaluate", "plan.xlsx", "--sheet", "nieuw")
    assert code == 0
    assert "gap 0 points" in output


def test_a_header_row_is_named(run) -> None:
    table(Path("plan.csv"), "nis,merger\nnis,merger")
    assert run("evaluate", "plan.csv")[0] == 2
    assert run("evaluate", "plan.csv", "--header-row", "2")[0] == 0
    code, _, errors = run("evaluate", "plan.csv", "--header-row", "0")
    assert code == 2
    assert "--header-row: rows are counted from 1" in errors


def test_an_encoding_is_named(run) -> None:
    table(Path("plan.csv"), "nis,voorstel \u00e9", "cp1252")
    code, _, errors = run("evaluate", "plan.csv", "--column", "voorstel \u00e9")
    assert code == 2
    assert "or declare what it has: --encoding cp1252" in errors
    assert run("evaluate", "plan.csv", "--column", "voorstel \u00e9", "--encoding", "cp1252")[0] == 0


def test_a_column_is_that_of_the_plans_that_have_it(run) -> None:
    table(Path("a.csv"), "nis,mine")
    table(Path("b.csv"), "nis,merger")
    workbook(Path("c.xlsx"), "oud", "nieuw")
    arguments = ("a.csv", "b.csv", "c.xlsx", "--column", "mine", "--sheet", "oud", "--out", "side")
    assert run("compare", *arguments, "--boundaries", "none")[0] == 0
    code, _, errors = run("compare", "a.csv", "b.csv", "--column", "yours", "--out", "side")
    assert code == 2
    assert "the file has none of the columns yours" in errors
    code, _, errors = run("compare", "a.csv", "b.csv", "--column", "mine", "--sheet", "oud", "--out", "side")
    assert code == 2
    assert "--sheet: the file has no sheets" in errors


@pytest.mark.parametrize(
    ("options", "people"),
    [(("--decimal", ","), 1250.0), (("--thousands", "."), 1250.0), (("--decimal", "."), 1.25)],
)
def test_the_sign_for_decimals_is_named(run, options: tuple[str, ...], people: float) -> None:
    write_folder(build_instance([100, 200, 300], {(0, 1): 5.0, (1, 2): 5.0}), Path("given"))
    codes = load("given").codes
    Path("f.csv").write_text(f"van,naar,aantal\n{codes[0]},{codes[1]},1.250\n", encoding="utf-8")
    code, _, errors = run("instance", "add-flows", "given", "f.csv", "--out", "made")
    assert code == 2
    assert 'this can be 1250, or 1.25; write digits only, or declare --decimal "." or --decimal ","' in errors
    assert not Path("made").exists()
    assert run("instance", "add-flows", "given", "f.csv", "--out", "made", *options)[0] == 0
    flows = load("made").flows
    assert flows is not None
    assert flows.people.tolist() == [people]


def test_columns_of_flows_are_named(run) -> None:
    write_folder(build_instance([100, 200, 300], {(0, 1): 5.0, (1, 2): 5.0}), Path("given"))
    codes = load("given").codes
    Path("f.csv").write_text(f"a;b;c\n{codes[0]};{codes[1]};7\n", encoding="utf-8")
    assert run("instance", "add-flows", "given", "f.csv", "--out", "made")[0] == 2
    assert run("instance", "add-flows", "given", "f.csv", "--out", "made", "--columns", "a,b,c")[0] == 0
    code, _, errors = run("instance", "add-flows", "given", "f.csv", "--out", "made", "--columns", "a,b")
    assert code == 2
    assert "three columns are needed" in errors
