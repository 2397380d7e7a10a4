from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import Flows, InputError, Instance, add_flows, load, read_folder, write_folder

Complaints = Callable[..., list[str]]
PLAIN = "origin,destination,people\n1001,1002,12.5\n1002,1001,3\n1004,1004,80\n"


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Path]:
    """Write a table of flows."""

    def write(text: str) -> Path:
        path = tmp_path / "trips.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def triples(instance: Instance) -> list[tuple[int, int, float]]:
    flows = instance.flows
    assert flows is not None
    return list(zip(flows.origin.tolist(), flows.destination.tolist(), flows.people.tolist(), strict=True))


def test_embedded_instances_have_no_flows_and_the_hash_they_had() -> None:
    assert load("flanders-2025").flows is None
    assert load("flanders-2024").flows is None
    assert load("flanders-2025").hash == "8f062c5b9b9f73eac162a4b11660df961be8acf3efb7144d10f8018c72327999"
    assert load("flanders-2024").hash == "6405dfaf851c097e1a2730cad3339e2dc13ece1d8ab1b81d432572cade56d039"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace("origin,destination,people", "nis_res,nis_work,workers"),
        PLAIN.replace("origin,destination,people", "nis2025_res,nis2025_work,workers"),
        "\ufeffpeople;origin;note;destination\n80;1004;x;1004\n3;1002;;1001\n12,5;1001;;1002\n",
    ],
)
def test_layouts(toy: Instance, table: Callable[[str], Path], text: str) -> None:
    added = add_flows(toy, table(text), name="new")
    assert triples(added.instance) == [(0, 1, 12.5), (1, 0, 3.0), (3, 3, 80.0)]
    assert (added.rows_left_out, added.people_left_out) == (0, 0)
    assert added.instance.name == "new"
    assert added.instance.flows is not None
    assert added.instance.flows.between == 15.5
    assert added.instance.columns["flows.people"].note == "read from trips.csv"
    assert added.instance.hash != toy.hash


def test_flows_replace_those_there_were(toy: Instance, table: Callable[[str], Path]) -> None:
    first = add_flows(toy, table(PLAIN)).instance
    second = add_flows(first, table("origin,destination,people\n1003,1001,1\n")).instance
    assert triples(second) == [(2, 0, 1.0)]
    assert second.name == toy.name


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "1001,1002,12.5",
            "1001,1009,12.5\n1009,1002,4",
            "trips.csv, row 2, column 'destination', value '1009': no municipality has this code "
            "(it stands in 2 places); use the codes of the instance, "
            "or leave such rows out with --ignore-unknown",
        ),
        (
            "12.5",
            "-12.5",
            "trips.csv, row 2, column 'people', value '-12.5': this must be at least 0; correct the figure",
        ),
        (
            "12.5",
            "many",
            "trips.csv, row 2, column 'people', value 'many': this is not a number; "
            "write digits, without thousands separators",
        ),
        (
            "1002,1001,3",
            "1001,1002,3",
            "trips.csv, row 3, column 'destination', value '1002': the pair of 1001 and 1002 stands already "
            "in row 2; add the two up, or remove one of them",
        ),
        ("1002,1001,3", ",1001,3", "trips.csv, row 3, column 'origin': the cell is empty; fill it in"),
        (
            "people",
            "amount",
            "trips.csv: these are not the columns of a table of flows: origin, destination, amount; "
            "name them origin, destination, people, or say which they are with --columns",
        ),
    ],
)
def test_one_mistake_gives_one_message(
    toy: Instance, table: Callable[[str], Path], complaints: Complaints, *, old: str, new: str, message: str
) -> None:
    assert complaints(add_flows, toy, table(PLAIN.replace(old, new, 1))) == [message]


def test_all_mistakes_are_listed_at_once(
    toy: Instance, table: Callable[[str], Path], complaints: Complaints
) -> None:
    text = PLAIN.replace("1001,1002", "5001,5002").replace("3\n", "-3\n")
    assert len(complaints(add_flows, toy, table(text))) == 3


def test_unknown_codes_can_be_left_out_and_are_counted(
    toy: Instance, table: Callable[[str], Path], complaints: Complaints
) -> None:
    text = PLAIN + "1001,5001,7\n5001,5001,2.25\n"
    added = add_flows(toy, table(text), ignore_unknown=True)
    assert triples(added.instance) == [(0, 1, 12.5), (1, 0, 3.0), (3, 3, 80.0)]
    assert (added.rows_left_out, added.people_left_out) == (2, 9.25)
    assert added.instance.columns["flows.people"].note == (
        "read from trips.csv; 2 rows with codes outside the instance left out"
    )
    nothing = table("origin,destination,people\n1001,5001,7\n")
    assert complaints(add_flows, toy, nothing, ignore_unknown=True) == [
        "trips.csv: no row has two codes of the instance; is the file of another year?"
    ]


def test_a_missing_file(toy: Instance, tmp_path: Path, complaints: Complaints) -> None:
    (message,) = complaints(add_flows, toy, tmp_path / "none.csv")
    assert message.startswith(f"{tmp_path / 'none.csv'}: the file is missing")


def test_round_trip(toy: Instance, table: Callable[[str], Path], tmp_path: Path) -> None:
    given = add_flows(toy, table(PLAIN)).instance
    write_folder(given, tmp_path / "out")
    back = read_folder(tmp_path / "out")
    assert (triples(back), back.hash) == (triples(given), given.hash)
    text = (tmp_path / "out" / "flows.csv").read_text(encoding="utf-8")
    assert text == "origin,destination,people\n1001,1002,12.5\n1002,1001,3\n1004,1004,80\n"
    # flows of an earlier instance in the same folder do not become those of the next
    write_folder(toy, tmp_path / "out")
    assert read_folder(tmp_path / "out").flows is None


def test_the_table_of_a_folder_is_checked(folder: Path, complaints: Complaints) -> None:
    (folder / "flows.csv").write_text("origin,destination,people\n1001,1012,-1\n", encoding="utf-8")
    assert complaints(read_folder, folder) == [
        "flows.csv, row 2, column 'people', value '-1': this must be at least 0; correct the figure",
        "flows.csv, row 2, column 'destination', value '1012': no municipality has this code; "
        "take one of municipalities.csv",
    ]
    (folder / "flows.csv").write_text("nis_res,nis_work,workers\n1001,1002,1\n", encoding="utf-8")
    assert complaints(read_folder, folder)[0].startswith("flows.csv, row 1, column 'origin'")


def test_a_subset_keeps_the_flows_inside(toy: Instance, table: Callable[[str], Path]) -> None:
    given = add_flows(toy, table(PLAIN + "1001,1004,9\n1004,1001,8\n")).instance
    part = given.subset(np.array([0, 3]))
    assert triples(part) == [(0, 1, 9.0), (1, 0, 8.0), (1, 1, 80.0)]
    assert given.subset(np.arange(4)).hash == given.hash
    nobody = given.subset(np.array([2]))
    assert triples(nobody) == []


@pytest.mark.parametrize(
    ("flows", "message"),
    [
        (([0], [4], [1.0]), "a flow names a municipality that does not exist"),
        (([-1], [0], [1.0]), "a flow names a municipality that does not exist"),
        (([1, 0], [0, 1], [1.0, 1.0]), "flows must be sorted by origin and destination, each pair once"),
        (([0, 0], [1, 1], [1.0, 1.0]), "flows must be sorted by origin and destination, each pair once"),
        (([0], [1], [-1.0]), "people of a flow must be a finite number, at least 0"),
        (([0], [1], [np.nan]), "people of a flow must be a finite number, at least 0"),
        (
            ([0], [1, 2], [1.0]),
            "origin, destination and people of the flows must have as many entries as each other",
        ),
    ],
)
def test_what_an_instance_refuses(
    toy: Instance, complaints: Complaints, flows: tuple[list[int], list[int], list[float]], message: str
) -> None:
    origin, destination, people = flows
    given = Flows(np.array(origin), np.array(destination), np.array(people))
    assert complaints(replace, toy, flows=given) == [message]


def test_flows_cannot_be_changed() -> None:
    flows = Flows.from_dict({(1, 0): 2.0, (0, 1): 1.0})
    assert flows.people.tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match="read-only"):
        flows.people[0] = 3.0


# Tables of another moment


def census(folder: Path, *rows: str) -> Path:
    file = folder / "flows.csv"
    file.write_text("\n".join(["origin,destination,people", *rows, ""]), encoding="utf-8")
    return file


def test_codes_of_another_moment_are_told_once(tmp_path: Path) -> None:
    file = census(tmp_path, "46003,46013,5", "46003,11001,7", "46014,99999,1")
    with pytest.raises(InputError) as caught:
        add_flows(load("flanders-2025"), file)
    old, unknown = (str(problem) for problem in caught.value.problems)
    assert "3 municipalities are of another moment: Beveren (46003) is part of Beveren-Kruibeke" in old
    assert old.endswith("; add --from-vintage 2024, or take an instance of that moment")
    assert "value '99999': no municipality has this code" in unknown


def test_flows_of_what_was_merged_are_added_up(tmp_path: Path) -> None:
    instance = load("flanders-2025")
    file = census(tmp_path, "46003,46013,5", "46003,11001,7", "46013,11001,1.5", "11001,46030,2")
    flows = add_flows(instance, file, from_vintage=2024).instance.flows
    assert flows is not None
    found = {
        (instance.codes[i], instance.codes[j]): people
        for i, j, people in zip(flows.origin, flows.destination, flows.people.tolist(), strict=True)
    }
    assert found == {
        ("46030", "46030"): 5.0,
        ("46030", "11001"): 8.5,
        ("11001", "46030"): 2.0,
    }
    twice = census(tmp_path, "46003,11001,7", "46003,11001,7")
    with pytest.raises(InputError, match="the pair of 46003 and 11001 stands already in row 2"):
        add_flows(instance, twice, from_vintage=2024)
