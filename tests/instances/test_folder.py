from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import Instance, read_folder

Change = Callable[[str, str, str], Path]
Complaints = Callable[..., list[str]]


def test_everything_is_where_it_belongs(toy: Instance) -> None:
    assert toy.codes == ("1001", "1002", "1003", "1004")
    assert toy.names == ("Aa", "Bee", "Cee", "Dee")
    assert toy.population.tolist() == [100, 200, 300, 400]
    assert toy.area.tolist() == [1.5, 2, 3.25, 4]
    assert toy.x.tolist() == [10, 30, 10, 30]
    assert toy.y.tolist() == [20, 20, 40, 40]
    assert [toy.regions[r] for r in toy.region] == ["North", "North", "South", "South"]
    assert toy.classes == ("a0", "b1", "c3", "")
    assert toy.facility.tolist() == [False, True, False, False]
    assert toy.merged_in.tolist() == [0, 0, 2019, 0]
    assert toy.borders.pairs.tolist() == [[0, 1], [1, 3], [2, 3]]
    assert toy.borders.length.tolist() == [150.5, 20, 300]
    assert [toy.layers["police"].name_of(i) for i in range(4)] == ["P1", "P1", "P2", "P2"]
    assert [toy.layers["fire"].name_of(i) for i in range(4)] == ["F1", "F1", "", "F1"]
    assert toy.functions["hospital"].amount.tolist() == [250, 0, 0, 0]
    assert toy.functions["hospital"].unit == "beds"
    assert toy.functions["rail"].amount.tolist() == [0, 12.5, 0, 80]
    assert toy.attributes["income"].tolist() == [7.5, 8, 9, 10]
    assert toy.villages is not None
    assert toy.villages.municipality.tolist() == [0, 0, 1, 2, 3, -1]
    assert toy.columns["municipalities.population"].source == "census"


def test_rows_may_stand_in_any_order(folder: Path, toy: Instance) -> None:
    for path in folder.glob("*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    assert read_folder(folder).hash == toy.hash


def test_semicolons_decimal_commas_and_a_mark_are_accepted(folder: Path, toy: Instance) -> None:
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace(",", ";").replace(".", ",")
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    belgian = read_folder(folder)
    assert belgian.hash == toy.hash
    assert belgian.borders.length.tolist() == [150.5, 20, 300]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param(
            "borders.csv",
            "1002,1001,150.5\n",
            "",
            "borders.csv, row 2, column 'neighbour', value '1002': the border is given one way only; "
            "add the row the other way round, or remove this one",
            id="border one way only",
        ),
        pytest.param(
            "borders.csv",
            "1003,1004,300\n",
            "1003,1004,300\n1003,1004,300\n",
            "borders.csv, row 7, column 'neighbour', value '1004': the border stands already in row 6; "
            "remove one of the two",
            id="border twice",
        ),
        pytest.param(
            "borders.csv",
            "1004,1003,300\n",
            "1004,1003,280\n",
            "borders.csv, row 6, column 'length_m', value '300': row 7 gives another length for the same "
            "border; correct one of the two",
            id="lengths differ",
        ),
        pytest.param(
            "borders.csv",
            "1004,1003,300\n",
            "1004,1003,300\n1001,1001,5\n",
            "borders.csv, row 8, column 'neighbour', value '1001': a municipality cannot be its own "
            "neighbour; remove the row",
            id="border with itself",
        ),
        pytest.param(
            "borders.csv",
            "1004,1003,300\n",
            "1004,1003,300\n1004,1093,5\n",
            "borders.csv, row 8, column 'neighbour', value '1093': no municipality has this code; "
            "take one of municipalities.csv",
            id="border with an unknown municipality",
        ),
        pytest.param(
            "municipalities.csv",
            "Bee,200",
            "Bee,0",
            "municipalities.csv, row 3, column 'population', value '0': this must be more than 0; "
            "correct the figure",
            id="no inhabitants",
        ),
        pytest.param(
            "municipalities.csv",
            "Bee,200",
            "Bee,-200",
            "municipalities.csv, row 3, column 'population', value '-200': this must be more than 0; "
            "correct the figure",
            id="negative population",
        ),
        pytest.param(
            "municipalities.csv",
            "Bee,200",
            "Bee,",
            "municipalities.csv, row 3, column 'population': the cell is empty; fill it in",
            id="population missing",
        ),
        pytest.param(
            "municipalities.csv",
            "Bee,200",
            "Bee,many",
            "municipalities.csv, row 3, column 'population', value 'many': this is not a number; "
            "write digits, without thousands separators",
            id="population not a number",
        ),
        pytest.param(
            "municipalities.csv",
            "1004,Dee",
            "1001,Dee",
            "municipalities.csv, row 5, column 'nis', value '1001': the code stands already in row 2; "
            "keep one of the two",
            id="duplicate code",
        ),
        pytest.param(
            "municipalities.csv",
            "North,b1",
            "North,b7",
            "municipalities.csv, row 3, column 'class', value 'b7': unknown degree of equipment; "
            "known: a0, a1, a2, b0, b1, c0, c1, c2, c3",
            id="unknown class",
        ),
        pytest.param(
            "municipalities.csv",
            "b1,1,",
            "b1,perhaps,",
            "municipalities.csv, row 3, column 'facility', value 'perhaps': this must be yes or no; "
            "write 1 or 0",
            id="flag",
        ),
        pytest.param(
            "municipalities.csv",
            "population",
            "populaton",
            "municipalities.csv, row 1, column 'population': the column 'population' is missing; "
            "did you mean 'populaton'?",
            id="missing column",
        ),
        pytest.param(
            "zones.csv",
            "1003,P2,\n",
            "1003,P2,\n1013,P2,F1\n",
            "zones.csv, row 5, column 'nis', value '1013': no municipality has this code; "
            "take one of municipalities.csv",
            id="zone of an unknown municipality",
        ),
        pytest.param(
            "zones.csv",
            "1003,P2,\n",
            "",
            "zones.csv: 1 municipalities have no row; add them: 1003",
            id="no zone row",
        ),
        pytest.param(
            "zones.csv",
            "1003,P2,\n",
            "1003,P2,\n1001,P2,\n",
            "zones.csv, row 5, column 'nis', value '1001': the municipality stands already in row 2; "
            "remove one of the two",
            id="zone row twice",
        ),
        pytest.param(
            "functions.csv",
            "1003,0,0",
            "1003,-5,0",
            "functions.csv, row 4, column 'hospital', value '-5': this must be at least 0; "
            "correct the figure",
            id="negative amount",
        ),
        pytest.param(
            "functions.csv",
            "hospital,rail",
            "hospitals,rail",
            "instance.toml: functions.csv has no column for the function 'hospital'; "
            "did you mean 'hospitals'?",
            id="function without a column",
        ),
        pytest.param(
            "villages.csv",
            "1003A,Cee,1003",
            "1003A,Cee,9003",
            "villages.csv, row 5, column 'nis', value '9003': no municipality has this code; "
            "take one of municipalities.csv",
            id="village of an unknown municipality",
        ),
        pytest.param(
            "instance.toml",
            'title = "Four',
            'titel = "Four',
            "instance.toml: unknown key 'titel'; did you mean 'title'?",
            id="unknown key",
        ),
        pytest.param(
            "instance.toml",
            'unit = "beds"',
            'units = "beds"',
            "instance.toml: unknown key 'functions.hospital.units'; did you mean 'unit'?",
            id="unknown key deeper down",
        ),
        pytest.param(
            "instance.toml",
            'name = "toy"\n',
            "",
            "instance.toml: the key 'name' is missing; add it",
            id="missing key",
        ),
        pytest.param(
            "instance.toml",
            'source = "census"',
            'source = "cencus"',
            "instance.toml: no entry in [sources] for municipalities.population: 'cencus' "
            "(did you mean 'census'?)",
            id="unknown source",
        ),
    ],
)
def test_one_mistake_gives_one_message(
    change: Change, complaints: Complaints, *, file: str, old: str, new: str, message: str
) -> None:
    messages = complaints(read_folder, change(file, old, new))
    # an unknown code makes its other rows wrong as well: the mistake itself must be named exactly once
    assert messages.count(message) == 1, messages
    assert len(messages) == 1 or "stands already" in message or "no municipality" in message, messages


def test_all_mistakes_of_all_files_are_listed_at_once(change: Change, complaints: Complaints) -> None:
    change("municipalities.csv", "Aa,100", "Aa,0")
    change("municipalities.csv", "c3,0,2019", "c9,0,later")
    change("borders.csv", "1002,1001,150.5\n", "")
    change("zones.csv", "1001,P1", "1011,P1")
    folder = change("functions.csv", "1004,0,80", "1004,0,lots")
    assert complaints(read_folder, folder) == [
        "municipalities.csv, row 2, column 'population', value '0': this must be more than 0; "
        "correct the figure",
        "municipalities.csv, row 4, column 'class', value 'c9': unknown degree of equipment; "
        "known: a0, a1, a2, b0, b1, c0, c1, c2, c3",
        "municipalities.csv, row 4, column 'merged_in', value 'later': this is not a number; "
        "write digits, without thousands separators",
        "borders.csv, row 2, column 'neighbour', value '1002': the border is given one way only; "
        "add the row the other way round, or remove this one",
        "zones.csv, row 2, column 'nis', value '1011': no municipality has this code; "
        "take one of municipalities.csv",
        "zones.csv: 1 municipalities have no row; add them: 1001",
        "functions.csv, row 5, column 'rail', value 'lots': this is not a number; "
        "write digits, without thousands separators",
    ]


def test_a_header_that_is_not_toml(folder: Path, complaints: Complaints) -> None:
    (folder / "instance.toml").write_text("name = toy\n", encoding="utf-8")
    (message,) = complaints(read_folder, folder)
    assert message.startswith("instance.toml, row 1, value 'name = toy': this is not valid TOML (")


def test_missing_files(folder: Path, complaints: Complaints) -> None:
    for name in ("instance.toml", "municipalities.csv"):
        (folder / name).unlink()
    assert complaints(read_folder, folder) == [
        f"{folder / name}: the file is missing; add it or name another folder"
        for name in ("instance.toml", "municipalities.csv")
    ]


def test_optional_files_may_be_absent(folder: Path) -> None:
    for name in ("zones.csv", "villages.csv", "functions.csv"):
        (folder / name).unlink()
    (folder / "instance.toml").write_text('name = "bare"\n', encoding="utf-8")
    bare = read_folder(folder)
    assert (dict(bare.layers), dict(bare.functions), bare.villages) == ({}, {}, None)


def test_one_municipality_needs_no_borders(folder: Path) -> None:
    for name in ("zones.csv", "villages.csv", "functions.csv"):
        (folder / name).unlink()
    (folder / "instance.toml").write_text('name = "bare"\n', encoding="utf-8")
    lines = (folder / "municipalities.csv").read_text(encoding="utf-8").splitlines()
    (folder / "municipalities.csv").write_text("\n".join(lines[:2]), encoding="utf-8")
    (folder / "borders.csv").write_text("nis,neighbour,length_m\n", encoding="utf-8")
    assert read_folder(folder).borders.pairs.shape == (0, 2)


def test_no_such_folder(tmp_path: Path, complaints: Complaints) -> None:
    assert complaints(read_folder, tmp_path / "none") == [
        f"value '{tmp_path / 'none'}': there is no such folder; "
        "name an instance folder or an embedded instance"
    ]
