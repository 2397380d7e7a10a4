"""Plans as people have them: parts of one name, no header, codes beside names, lists of a whole country."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import InputError, Problems, load, resolve_groups
from refzones.instances.groups import Grouping, lies_elsewhere, without_elsewhere
from refzones.instances.plan_files import read_groups
from refzones.instances.tables.table import write_table
from support.build import build_instance

NEW = load("flanders-2025")


def written(folder: Path, text: str, name: str = "plan.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_groups(path)
    return str(caught.value)


def part(name: str, *members: str) -> dict[str, object]:
    return {"name": name, "members": list(members)}


def run(folder: Path, **data: object) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "plan.json").write_text(json.dumps({"scenario": {}, "zones": [], **data}), encoding="utf-8")
    return folder


# Runs


def test_parts_of_one_name_stay_apart(tmp_path: Path) -> None:
    folder = run(tmp_path / "run", mergers=[part("A +1", "1", "2"), part("A +1", "3", "4"), part("B", "5")])
    for path in (folder, folder / "plan.json"):
        plan = read_groups(path)
        assert plan.groups == (("1", "2"), ("3", "4"), ("5",))
        assert plan.names == ("A +1", "A +1", "B")


def test_levels_of_a_run(tmp_path: Path) -> None:
    mergers, zones = [part("A", "1"), part("B", "2")], [part("A +1", "1", "2")]
    nested = run(tmp_path / "nested", scenario={"level": "nested"}, mergers=mergers, zones=zones)
    assert read_groups(nested).groups == (("1",), ("2",))
    assert read_groups(nested, ("zone", "merger", "group")).groups == (("1", "2"),)
    of_zones = run(tmp_path / "zones", scenario={"level": "zones"}, mergers=zones)
    assert read_groups(of_zones).groups == (("1", "2"),)
    plain = run(tmp_path / "plain", mergers=mergers)
    assert read_groups(plain, ("zone", "merger")).groups == (("1",), ("2",))
    with pytest.raises(InputError, match="the run has mergers, and none of zone"):
        read_groups(plain, ("zone",))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"mergers": 3, "scenario": {}}', "[" * 5_000, "null"])
def test_what_is_no_run(text: str, tmp_path: Path) -> None:
    written(tmp_path, text, "plan.json")
    assert "this is no plan of this program" in refused(tmp_path) or "the file is empty" in refused(tmp_path)


def test_a_run_that_found_no_plan(tmp_path: Path) -> None:
    """No other level or column would help, so that none is advised."""
    (tmp_path / "plan.json").write_text(json.dumps({"scenario": {"level": "mergers"}, "mergers": []}))
    with pytest.raises(InputError, match="this run has no plan"):
        read_groups(tmp_path, ("merger", "zone", "group"))


def test_table_that_was_edited_beside_its_plan(tmp_path: Path) -> None:
    folder = run(tmp_path / "run", mergers=[part("A +1", "1", "2"), part("B", "3")])
    header = ("nis", "name", "region", "zone", "merger", "seat")
    rows = [("1", "A", "R", "", "A +1", "A"), ("2", "X", "R", "", "A +1", "A"), ("3", "B", "R", "", "B", "B")]
    write_table(folder / "assignment.csv", header, rows)
    assert len(read_groups(folder)) == 2
    write_table(folder / "assignment.csv", header, [*rows[:1], ("2", "X", "R", "", "B", "B"), *rows[2:]])
    assert refused(folder).endswith(
        "assignment.csv, row 3, column 'merger', value 'B': plan.json beside it says otherwise: 'A +1'; "
        "name the file that is meant, not the folder"
    )
    assert read_groups(folder / "assignment.csv").groups == (("1",), ("2", "3"))


# Tables that this program wrote, and people edited


HEADER = "nis,name,merger,merger_nis\n"


def test_codes_of_seats_tell_parts_of_one_name_apart(tmp_path: Path) -> None:
    text = HEADER + "1,A,A +1,1\n2,X,A +1,1\n3,A,A +1,3\n4,Y,A +1,3\n5,B,B,5\n"
    assert read_groups(written(tmp_path, text)).groups == (("1", "2"), ("3", "4"), ("5",))
    lists = "merger,seat_nis,member_nis,zone,zone_nis\nA +1,1,1; 2,Z,1\nA +1,3,3; 4,Z,3\nB,5,5,Z,3\n"
    assert read_groups(written(tmp_path, lists)).groups == (("1", "2"), ("3", "4"), ("5",))
    assert read_groups(written(tmp_path, lists), ("zone",)).groups == (("1", "2"), ("3", "4", "5"))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        # 2 went to B by name, and not by code
        ("1,A,A +1,1\n2,X,B,1\n5,B,B,5\n", "'1' stands beside several names"),
        # two were united by name, and not by code
        ("1,A,New,1\n2,X,New,1\n3,C,New,3\n", "the name stands beside 1, 3"),
    ],
)
def test_names_and_codes_of_groups_that_contradict_each_other(
    rows: str, message: str, tmp_path: Path
) -> None:
    told = refused(written(tmp_path, HEADER + rows))
    assert message in told
    assert "remove the column 'merger_nis' if the names are meant" in told


def test_names_may_be_changed_where_codes_agree(tmp_path: Path) -> None:
    text = HEADER + "1,A,North,1\n2,X,North,1\n3,C,South,3\n4,D,,\n"
    assert read_groups(written(tmp_path, text)).groups == (("1", "2"), ("3",), ("4",))


# No header


@pytest.mark.parametrize(
    "text",
    [
        "11001,1\n11002,1\n11004,2\n",
        "1;11001\n1;11002\n2;11004\n",
        "11001\t9999\n11002\t9999\n11004\t8\n",
    ],
)
def test_table_without_a_header(text: str, tmp_path: Path) -> None:
    plan = read_groups(written(tmp_path, text))
    assert plan.groups == (("11001", "11002"), ("11004",))
    assert plan.rows == ((1, 2), (3,))


@pytest.mark.parametrize(
    "text",
    [
        "Aartselaar,A\nAntwerpen,A\n",
        "x,y\n1,2\n",
        "11001,1\n11001,1\n",
        "11001,1,2\n11002,1,2\n",
        "11001\n11002\n",
    ],
)
def test_what_is_no_table_without_a_header(text: str, tmp_path: Path) -> None:
    assert "add a row of names above the columns, such as nis,merger" in refused(written(tmp_path, text))


# Codes and names in one row


def said(text: str, tmp_path: Path) -> list[str]:
    problems = Problems()
    resolve_groups(NEW, read_groups(written(tmp_path, text)), problems)
    try:
        problems.raise_if_any()
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    "row",
    [
        "44021,Gent",
        "44021,gent",
        "44021,Ghent",
        "46030,Beveren",
        "46020,St.-Gillis-Waas",
        "44021,",
        ",Gent",
        "44021,?",
        "44021,Gent (44021)",
        "31005,Bruges",
    ],
)
def test_code_and_name_that_agree(row: str, tmp_path: Path) -> None:
    assert said(f"nis,naam,merger\n{row},A\n", tmp_path) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "44021,Aalst",
            "code and name contradict each other: the code is that of Gent (44021), the name that of Aalst",
        ),
        (
            "46021,Lokern",
            "the code is that of Sint-Niklaas (46021), but no municipality has the name 'Lokern'",
        ),
        ("44021,Elsewhere", "no municipality has the name 'Elsewhere'; correct one of the two"),
    ],
)
def test_code_and_name_that_contradict_each_other(row: str, message: str, tmp_path: Path) -> None:
    (found,) = said(f"nis,naam,merger\n{row},A\n", tmp_path)
    assert message in found
    assert found.startswith(f"plan.csv, row 2, column 'nis', value '{row.replace(',', ' ')}'")


def test_list_whose_codes_and_names_contradict_each_other(tmp_path: Path) -> None:
    text = "Old,New\nMelle (46021) + Temse (46025),X\n"
    (found,) = said(text, tmp_path)
    assert found.startswith(
        "plan.csv, row 2, column 'Old', value '46021 Melle': the code is that of Sint-Niklaas"
    )


@given(st.sampled_from(range(len(NEW))), st.sampled_from(range(len(NEW))))
def test_names_of_others_contradict(one: int, other: int) -> None:
    assert bool(NEW.gazetteer.contradiction(one, NEW.names[other])) == (NEW.names[one] != NEW.names[other])


# Lists of a whole country


def test_groups_of_other_regions_of_the_country_are_left_out(tmp_path: Path) -> None:
    text = "Old,New\nGent (44021) + Aalst (41002),X\nBastogne (82003) + Bertogne (82005),B\n"
    text += "Ixelles (21009) + A (21001),I\n"
    plan, elsewhere = without_elsewhere(NEW, read_groups(written(tmp_path, text)))
    assert plan.groups == (("44021", "41002"),)
    assert elsewhere == ["82003", "82005", "21009", "21001"]


@pytest.mark.parametrize(
    "texts", [["44021", "82003"], ["44021"], ["99999"], ["8200"], ["26001"], ["Bastogne"], ["46003"]]
)
def test_what_is_not_left_out(texts: list[str]) -> None:
    assert not lies_elsewhere(NEW, texts)


def test_only_flemish_plans_know_of_other_regions() -> None:
    walloon = replace(build_instance([1, 1], [(0, 1)]), codes=("81001", "81002"))
    assert not lies_elsewhere(walloon, ["82003"])


def test_grouping_of_nothing() -> None:
    assert len(Grouping.of("f", "nis", [])) == 0


# GeoJSON, whose shapes a plan does not need


def features(*properties: dict[str, object] | None) -> str:
    records = [{"type": "Feature", "properties": one, "geometry": None} for one in properties]
    return json.dumps({"type": "FeatureCollection", "features": records})


def test_features_with_a_group_each(tmp_path: Path) -> None:
    text = features(
        {"NIS": 11001, "merger": "A"}, {"NIS": 11002, "merger": "A"}, {"NIS": 11004, "merger": None}
    )
    plan = read_groups(written(tmp_path, text, "plan.geojson"))
    assert (plan.groups, plan.rows) == ((("11001", "11002"), ("11004",)), ((1, 2), (3,)))


def test_features_of_a_run(tmp_path: Path) -> None:
    text = features(
        {"name": "A +1", "seat": "1", "members": ["1", "2"]}, {"name": "A +1", "seat": "3", "members": ["3"]}
    )
    plan = read_groups(written(tmp_path, text, "plan.geojson"))
    assert (plan.groups, plan.names) == ((("1", "2"), ("3",)), ("A +1", "A +1"))


@pytest.mark.parametrize(
    "text", ["{}", "[1]", "{", '{"features": 3}', '{"features": [1]}', "[" * 5_000, "null"]
)
def test_what_is_no_geojson(text: str, tmp_path: Path) -> None:
    assert "this is no GeoJSON with features" in refused(written(tmp_path, text, "plan.geojson"))


def test_other_kinds_of_files_with_shapes(tmp_path: Path) -> None:
    assert refused(written(tmp_path, "x", "plan.gpkg")) == (
        "plan.gpkg: plans are not read from this kind of file here; name a run, a table or GeoJSON"
    )
    assert "the file has no features" in refused(written(tmp_path, features(), "plan.json5.geojson"))
