from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import Instance, OwnTable, add_layer, load, read_folder, write_folder

Complaints = Callable[..., list[str]]
Table = Callable[..., Path]
DATA = Path(os.environ.get("REFZONES_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
PLAIN = "nis,name,streek\n1001,Aa,Noord\n1002,Bee,noord\n1003,Cee,Zuid\n1004,Dee,Geen\n"

official = pytest.mark.skipif(not DATA.is_dir(), reason="needs the official files")


def zones(instance: Instance, layer: str) -> list[str]:
    return [instance.layers[layer].name_of(i) for i in range(len(instance))]


def test_zones_by_municipality(toy: Instance, table: Table, tmp_path: Path) -> None:
    made = add_layer(toy, table(PLAIN), layer="working", empty=["geen"], note="region workings")
    assert zones(made.instance, "working") == ["Noord", "Noord", "Zuid", ""]
    assert made.notes == ("layer working: 2 zones; municipalities in none: 1",)
    assert made.instance.columns["zones.working"].note == (
        "region workings; read from own.csv, column 'streek'"
    )
    assert set(made.instance.layers) == {*toy.layers, "working"}
    write_folder(made.instance, tmp_path / "new")
    assert read_folder(tmp_path / "new").hash == made.instance.hash


def test_zones_that_cross_a_region_are_told(toy: Instance, table: Table) -> None:
    made = add_layer(toy, table("nis,z\n1001,A\n1002,B\n1003,A\n1004,B\n"))
    assert made.notes[1] == "layer z: zones that cross a region: A; B"


def test_a_text_for_none_must_be_declared(toy: Instance, table: Table, complaints: Complaints) -> None:
    assert complaints(add_layer, toy, table(PLAIN)) == [
        "own.csv, row 5, column 'streek', value 'Geen': this stands for a missing value, and is not "
        "taken for "
        'a name; write its zone, or say that it means none: --empty "Geen"'
    ]
    few = table("nis,streek\n1001,A\n1002,\n")
    assert complaints(add_layer, toy, few) == [
        "own.csv, column 'nis': 2 of the 4 municipalities have no row: Cee (1003), Dee (1004); add them, or "
        'say with --empty "" that a municipality without a row is in no zone',
        "own.csv, row 3, column 'streek': the cell is empty; fill it in, or say with --empty \"\" "
        "that it means "
        "no zone",
    ]
    assert zones(add_layer(toy, few, empty=[""]).instance, "streek") == ["A", "", "", ""]


def test_overlaps_are_told(toy: Instance, table: Table, complaints: Complaints) -> None:
    path = table("nis,kind,zone\n1001,a,A\n1002,a,A\n1003,a,B\n1004,a,B\n1002,b,C\n1003,b,b\n")
    assert complaints(add_layer, toy, path, "zone") == [
        "own.csv, row 6, column 'zone', value 'C': Bee (1002) is also in 'A' (row 3): it can be in "
        "one zone of a "
        "layer; keep the one that counts; if both do, make two layers, each of the rows that --where names",
        "own.csv, row 7, column 'nis', value '1003': Cee (1003) stands already in row 4; keep one of the two",
    ]
    one = add_layer(toy, OwnTable(path, where={"kind": "a"}), "zone", layer="first").instance
    assert zones(one, "first") == ["A", "A", "B", "B"]
    two = add_layer(one, OwnTable(path, where={"kind": "b"}), "zone", layer="second", empty=[""]).instance
    assert zones(two, "second") == ["", "C", "b", ""]


def test_several_columns_need_a_choice(toy: Instance, table: Table, complaints: Complaints) -> None:
    path = table("nis,a,b\n1001,1,2\n1002,1,2\n1003,1,2\n1004,1,2\n")
    assert complaints(add_layer, toy, path) == [
        "own.csv: the table has more than one column: 'a', 'b'; say which are meant, with --column"
    ]
    (message,) = complaints(add_layer, toy, path, "b", layer="police")
    assert message.startswith("value 'police': the instance has this layer already")
    made = add_layer(toy, path, "b", layer="police", replace=True).instance
    assert made.layers["police"].zones == ("2",)


@official
def test_the_official_table_gives_the_layer_of_the_embedded_instance() -> None:
    instance = load("flanders-2025")
    own = OwnTable(DATA / "2025" / "gemeente_igs.xlsx", ignore_unknown=True)
    made = add_layer(instance, own, "Name igs", layer="igs", empty=["Geen IGS"]).instance
    assert zones(made, "igs") == zones(instance, "housing_cooperation")


@official
def test_region_workings() -> None:
    own = OwnTable(DATA / "2025" / "gemeente_streekwerking.xlsx", ignore_unknown=True)
    made = add_layer(load("flanders-2025"), own, "Name gebied streekwerking", layer="region_working")
    layer = made.instance.layers["region_working"]
    assert (len(layer.zones), int((layer.zone < 0).sum())) == (23, 0)
    assert (
        made.notes[-1]
        == "gemeente_streekwerking.xlsx: rows left out, of municipalities not in the instance: 2"
    )
