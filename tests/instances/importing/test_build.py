from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import read_folder, write_folder
from refzones.instances.importing import import_instance

Edit = Callable[[str, str, str], Path]
Complaints = Callable[..., list[str]]


def test_every_part_comes_from_its_file(config: Path) -> None:
    made = import_instance(config)
    assert (made.name, made.title, made.vintage, made.crs) == (
        "squares",
        "Four squares",
        "2030",
        "EPSG:31370",
    )
    assert made.codes == ("11001", "11002", "12001", "12002")
    assert made.names == ("Aa", "Bee", "Cee", "Dee")
    assert made.population.tolist() == [100, 200, 300, 400]
    assert made.area.tolist() == [1, 1, 1, 1]
    assert [made.regions[r] for r in made.region] == ["North", "North", "South", "South"]
    assert made.classes == ("a0", "b1", "c3", "a1")
    assert made.facility.tolist() == [False, True, False, False]
    assert made.merged_in.tolist() == [2019, 0, 2025, 0]
    assert [made.layers["police"].name_of(i) for i in range(4)] == ["P1", "P1", "", "P2"]
    assert made.functions["centre"].amount.tolist() == [1, 0, 0, 1]
    assert made.functions["hospital"].amount.tolist() == [120.5, 0, 0, 40]
    assert made.attributes["income"].tolist() == [53, 120, 210, 320]


def test_villages_are_whole_metres_and_complete(config: Path) -> None:
    villages = import_instance(config).villages
    assert villages is not None
    # 12001 has no village of its own: it gets its own point; 21001 marks what stays open
    assert villages.codes == ("11001A", "11001B", "11002A", "12001", "12002A", "21001")
    assert villages.names[3:] == ("Cee", "Dee", "Capital")
    assert villages.municipality.tolist() == [0, 0, 1, 2, 3, -1]
    assert (villages.x[1], villages.y[1]) == (100, 101)
    assert (villages.x[3], villages.y[3]) == (500, 1500)
    assert (villages.x[5], villages.y[5]) == (2500, 500)


def test_the_data_may_stand_elsewhere(config: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("config") / "mine.toml"
    elsewhere.write_bytes(config.read_bytes())
    assert import_instance(elsewhere, config.parent).hash == import_instance(config).hash


def test_what_is_imported_can_be_written_and_read(config: Path, tmp_path: Path) -> None:
    made = import_instance(config)
    write_folder(made, tmp_path / "made")
    assert read_folder(tmp_path / "made").hash == made.hash


def test_only_what_is_asked_is_needed(config: Path) -> None:
    text = config.read_text(encoding="utf-8")
    config.write_text(text[: text.index("[classes]")], encoding="utf-8")
    bare = import_instance(config)
    assert bare.classes == ("", "", "", "")
    assert not bare.facility.any()
    assert bare.villages is None
    assert dict(bare.layers) == {}


def test_mistakes_in_all_files_are_listed_at_once(edit: Edit, complaints: Complaints) -> None:
    edit("people.csv", "Bee;200", "Bee;0")
    edit("classes.csv", "b1", "b9")
    edit("zones.csv", "11002,P1\n", "")
    config = edit("villages.csv", "11002A,Bee,11002,1500,500", "11002A,Bee,11002,2500,500")
    assert complaints(import_instance, config) == [
        "people.csv, row 4, column 'p2030', value '0': this must be more than 0; correct the figure",
        "classes.csv, row 3, column 'class', value 'b9': unknown degree of equipment; "
        "known: a0, a1, a2, b0, b1, c0, c1, c2, c3",
        "zones.csv, column 'nis': 1 of the 4 municipalities have no row; add them: 11002",
        "villages.csv, row 4, column 'code', value '11002A': the point lies outside municipality 11002; "
        "correct 'x', 'y' or 'nis'",
    ]
