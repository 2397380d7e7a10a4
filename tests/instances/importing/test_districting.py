"""Published districting instances: what is made of them, and every way in which a file can be wrong."""

from __future__ import annotations

import json
import math
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from refzones.instances import read_folder, write_folder
from refzones.instances.importing import import_districting
from refzones.instances.report import warnings

DATA = Path(os.environ.get("REFZONES_DATA", Path(__file__).parents[4] / "shared" / "data")) / "districting"
MISSING = f"the districting instances are not in {DATA} (set REFZONES_DATA)"

Complaints = Callable[..., list[str]]
Given = Callable[..., Path]

# a triangle 0, 1, 2 with a tail 3, 4
FIVE: dict[str, Any] = {
    "name": "five",
    "n": 5,
    "m": 5,
    "k": 2,
    "L": 40,
    "U": 60,
    "epsg": 3557,
    "geoid": ["05", "04", "03", "02", "01"],
    "name_of": ["Ash", "Birch", "Cedar", "Birch", "Elm"],
    "pop": [10, 20, 30, 25, 15],
    "x": [0, 3000.5, 0, -4000, -9000],
    "y": [0, 0, 4000, 0, 1e3],
    "edges": [[0, 1], [1, 2], [2, 0], [3, 0], [3, 4]],
    "published": {"anything": "else"},
}


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """The file, with some keys changed or left out."""

    def write(*without: str, **changed: Any) -> Path:
        data = {key: value for key, value in (FIVE | changed).items() if key not in without}
        path = tmp_path / "five.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    return write


def refused(complaints: Complaints, path: Path) -> list[str]:
    return [text.removeprefix("five.json, column ") for text in complaints(import_districting, path)]


def test_units_are_municipalities_of_one_region(given: Given, tmp_path: Path) -> None:
    made = import_districting(given()).instance
    assert (made.name, made.title, made.crs) == ("five", "five: 5 units, 2 districts", "EPSG:3557")
    assert made.codes == ("01", "02", "03", "04", "05")
    assert made.names == ("Elm", "Birch", "Cedar", "Birch", "Ash")
    assert made.population.tolist() == [15, 25, 30, 20, 10]
    assert made.x.tolist() == [-9000, -4000, 0, 3000.5, 0]
    assert made.y.tolist() == [1000, 0, 4000, 0, 0]
    assert made.regions == ("all",)
    # (4, 3), (3, 2), (2, 4), (1, 4) and (1, 0) after sorting by code
    assert made.borders.pairs.tolist() == [[0, 1], [1, 4], [2, 3], [2, 4], [3, 4]]
    assert not warnings(made)
    write_folder(made, tmp_path / "made")
    assert read_folder(tmp_path / "made").hash == made.hash
    assert import_districting(given(), "other").instance.name == "other"


def test_the_question_is_that_of_the_file(given: Given) -> None:
    assert tomllib.loads(import_districting(given()).scenario) == {
        "name": "five",
        "description": "2 districts of 40 to 60 inhabitants",
        "level": "mergers",
        "population": {"min": 40, "max": 60},
        "count": {"min": 2, "max": 2},
        "rules": {"facility": "free", "above_max": "alone"},
        "weights": {"moment": 1e-6},
    }


def test_units_without_inhabitants_are_kept(given: Given, tmp_path: Path) -> None:
    """Census tracts of water have none; in other instances that is a mistake."""
    made = import_districting(given(pop=[10, 20, 30, 0, 40])).instance
    assert made.uninhabited
    assert not import_districting(given()).instance.uninhabited
    write_folder(made, tmp_path / "made")
    back = read_folder(tmp_path / "made")
    assert back.hash == made.hash
    assert back.uninhabited


def test_codes_and_names_may_be_missing(given: Given) -> None:
    bare = import_districting(given("geoid", "name_of", "m", "name")).instance
    assert (bare.name, bare.codes) == ("five", ("0", "1", "2", "3", "4"))
    assert bare.names == ("Unit 0", "Unit 1", "Unit 2", "Unit 3", "Unit 4")
    assert import_districting(given("name_of")).instance.names == ("01", "02", "03", "04", "05")
    eleven = {"n": 11, "pop": [9] * 11, "x": [0] * 11, "y": [0] * 11, "edges": []}
    many = import_districting(given("geoid", "name_of", "m", **eleven)).instance
    assert (many.codes[0], many.codes[-1]) == ("00", "10")


PEOPLE = "this must be a whole number of inhabitants, 0 or more; correct it"
METRES = "this must be a finite number of metres; correct it"
UNITS = "units are numbered 0 to 4; correct it"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"m": 4}, "'edges': the list has 5 entries, m says 4; correct one of the two"),
        ({"pop": [10, -20, 60, 25, 15]}, f"'pop[1]', value '-20': {PEOPLE}"),
        ({"pop": [10, 20, 30.5, 25, 15]}, f"'pop[2]', value '30.5': {PEOPLE}"),
        ({"pop": [True, 20, 30, 25, 15]}, f"'pop[0]', value 'True': {PEOPLE}"),
        ({"pop": [10**10, 20, 30, 25, 15]}, f"'pop[0]', value '10000000000': {PEOPLE}"),
        ({"pop": [0] * 5, "L": 0}, "'pop': no unit has inhabitants; correct them"),
        ({"x": [0, math.nan, 0, 0, 0]}, f"'x[1]', value 'nan': {METRES}"),
        ({"y": [0, 0, 0, 0, -math.inf]}, f"'y[4]', value '-inf': {METRES}"),
        ({"y": [0, 0, 0, 0, "1"]}, f"'y[4]', value '1': {METRES}"),
        ({"x": None}, "'x': this must be a list with one entry a unit; correct it"),
        ({"edges": [[0, 1], [1, 5]], "m": 2}, f"'edges[1]', value '[1, 5]': there is no unit 5; {UNITS}"),
        ({"edges": [[-1, 1]], "m": 1}, f"'edges[0]', value '[-1, 1]': there is no unit -1; {UNITS}"),
        (
            {"edges": [[2, 2]], "m": 1},
            "'edges[0]', value '[2, 2]': a unit cannot be its own neighbour; correct it",
        ),
        (
            {"edges": [[0, 1, 2]], "m": 1},
            "'edges[0]', value '[0, 1, 2]': this must be a pair of unit numbers; correct it",
        ),
        (
            {"edges": [[0, 1], [1, 0]], "m": 2},
            "'edges[1]', value '[1, 0]': edges[0] is the same pair; remove one of the two",
        ),
        ({"edges": 3}, "'edges': this must be a list of pairs of unit numbers; correct it"),
        ({"k": 0}, "'k', value '0': this must be a whole number, 1 or more; correct it"),
        ({"k": 2.0}, "'k', value '2.0': this must be a whole number, 1 or more; correct it"),
        ({"L": -1}, "'L', value '-1': this must be a whole number, 0 or more; correct it"),
        ({"U": "60"}, "'U', value '60': this must be a whole number, 1 or more; correct it"),
        ({"L": 61}, "'L': L (61) is above U (60); exchange or correct them"),
        ({"k": 6, "L": 0}, "'k', value '6': 5 units cannot make 6 districts; correct k"),
        (
            {"k": 3},
            "'k', value '3': 3 districts of 40 to 60 inhabitants cannot hold 100 inhabitants; "
            "correct k, L or U",
        ),
        (
            {"U": 29, "L": 0, "k": 4},
            "'pop[2]', value '30': the unit has more inhabitants than U (29), no district can hold it; "
            "correct pop or U",
        ),
        (
            {"geoid": ["05", "04", "04", "02", "01"]},
            "'geoid', value '04': 2 units have this code; give each its own",
        ),
        (
            {"geoid": ["05", 4, "03", "02", "01"]},
            "'geoid[1]', value '4': this must be a text that is not empty; correct it",
        ),
        (
            {"name_of": ["a", "b", "c", "d"]},
            "'name_of': the list has 4 entries, n says 5; correct one of the two",
        ),
    ],
)
def test_each_mistake_is_named(
    given: Given, complaints: Complaints, changed: dict[str, Any], message: str
) -> None:
    assert refused(complaints, given(**changed)) == [message]


def test_lists_of_another_length_than_n_says(given: Given, complaints: Complaints) -> None:
    assert refused(complaints, given(n=6)) == [
        f"'{key}': the list has 5 entries, n says 6; correct one of the two"
        for key in ("pop", "x", "y", "geoid", "name_of")
    ]


@pytest.mark.parametrize("key", ["n", "pop", "x", "y", "edges", "k", "L", "U", "epsg"])
def test_a_missing_key_is_named(given: Given, complaints: Complaints, key: str) -> None:
    assert refused(complaints, given(key)) == [f"'{key}': the key is missing; add it"]


def test_all_mistakes_at_once(given: Given, complaints: Complaints) -> None:
    bad = {"pop": [10, -1, 30, 25, 15], "x": [0, 0, 0, 0], "edges": [[0, 0], [0, 9]], "m": 3}
    assert refused(complaints, given("U", "epsg", k=0, L=1.5, **bad)) == [
        "'U': the key is missing; add it",
        "'epsg': the key is missing; add it",
        "'k', value '0': this must be a whole number, 1 or more; correct it",
        "'L', value '1.5': this must be a whole number, 0 or more; correct it",
        f"'pop[1]', value '-1': {PEOPLE}",
        "'x': the list has 4 entries, n says 5; correct one of the two",
        "'edges': the list has 2 entries, m says 3; correct one of the two",
        "'edges[0]', value '[0, 0]': a unit cannot be its own neighbour; correct it",
        f"'edges[1]', value '[0, 9]': there is no unit 9; {UNITS}",
    ]


def test_a_file_that_is_cut_off(given: Given, complaints: Complaints) -> None:
    path = given()
    path.write_text(path.read_text(encoding="utf-8")[:100], encoding="utf-8")
    (message,) = complaints(import_districting, path)
    assert message.startswith("five.json, row 1: this is not valid JSON (")
    assert message.endswith("; the file may be cut off; fetch it again")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "five.json: the file is empty; fetch it again"),
        ("[1]", "five.json: the file must hold an object; with the keys n, pop, x, y, edges, k, L, U, epsg"),
        ("[" * 100_000, "five.json: this is no districting file; name another one"),
        ('{"n": ' + "9" * 10_000 + "}", "five.json: this is no districting file; name another one"),
    ],
    ids=["empty", "a list", "brackets", "digits"],
)
def test_what_is_no_districting_file(tmp_path: Path, complaints: Complaints, text: str, message: str) -> None:
    path = tmp_path / "five.json"
    path.write_text(text, encoding="utf-8")
    assert complaints(import_districting, path) == [message]


def test_a_missing_file(tmp_path: Path, complaints: Complaints) -> None:
    (message,) = complaints(import_districting, tmp_path / "none.json")
    assert message.endswith("none.json: the file is missing; add it or name another folder")


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
def test_all_published_instances_can_be_read() -> None:
    found: dict[str, int] = {}
    for path in sorted(DATA.glob("*.json")):
        made = import_districting(path)
        assert not warnings(made.instance)
        assert tomllib.loads(made.scenario)["weights"] == {"moment": 1e-6}
        given = json.loads(path.read_text(encoding="utf-8"))
        assert len(made.instance) == given["n"]
        assert int(made.instance.population.sum()) == sum(given["pop"])
        assert len(made.instance.borders.pairs) == len({frozenset(pair) for pair in given["edges"]})
        found[path.stem] = len(made.instance)
    assert {
        "ME_county": 16,
        "NM_county": 33,
        "AL_county": 67,
        "NH_tract": 295,
        "ID_tract": 298,
    }.items() <= found.items()
