from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import load, read_folder
from refzones.instances.common.problems import InputError, Problems
from refzones.instances.report import warnings
from refzones.instances.vectors.crs import (
    check_coordinates,
    is_known,
    normal_crs,
    wrong_with_coordinates,
    wrong_with_crs,
)

pytest.importorskip("pyproj")

FLANDERS_72 = ([25_000.0, 150_000.0, 255_000.0], [160_000.0, 200_000.0, 230_000.0])


@pytest.fixture
def without_pyproj(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refzones.instances.vectors.crs.is_checked", lambda: False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EPSG:31370", "EPSG:31370"),
        (" epsg:31370 ", "EPSG:31370"),
        ("31370", "EPSG:31370"),
        ("EPSG::3812", "EPSG:3812"),
        ("ESRI:102100", "ESRI:102100"),
        ("+proj=utm +zone=31", "+proj=utm +zone=31"),
    ],
)
def test_codes_in_any_spelling(text: str, code: str) -> None:
    assert normal_crs(text) == code


KNOWN_FAULTS = {
    "EPSG:4326": "the coordinate system is in degrees, not in metres",
    "OGC:CRS84": "the coordinate system is in degrees, not in metres",
    "EPSG:99999": "there is no such coordinate system",
    "EPSG:31": "there is no such coordinate system",
    "EPSG:3857": "the coordinate system of web maps (Mercator) does not keep lengths: in Belgium 1 m is 1.6",
}
FAULTS = KNOWN_FAULTS | {
    "EPSG:1024": "there is no such coordinate system",
    "Lambert": "there is no such coordinate system",
    "": "there is no such coordinate system",
    "EPSG:4979": "the coordinate system is in degrees, not in metres",
    "EPSG:2225": "the coordinate system is in units of US survey foot, not in metres",
    "EPSG:4978": "the coordinate system is not a projected one",
    'LOCAL_CS["site", UNIT["metre", 1]]': "the coordinate system is not a projected one",
}


@pytest.mark.parametrize("crs", FAULTS)
def test_systems_that_cannot_be_used(crs: str) -> None:
    assert wrong_with_crs(crs) == FAULTS[crs]


@pytest.mark.parametrize("crs", KNOWN_FAULTS)
@pytest.mark.usefixtures("without_pyproj")
def test_the_same_without_pyproj_where_they_are_known(crs: str) -> None:
    assert wrong_with_crs(crs) == KNOWN_FAULTS[crs]
    assert is_known(crs)
    assert wrong_with_coordinates("EPSG:28992", [1.0], [2.0]) == ("", "")


@pytest.mark.parametrize(
    "crs",
    ["EPSG:31370", "EPSG:3812", "EPSG:28992", "EPSG:32631", "EPSG:3035", "EPSG:31370+5710"],
)
def test_systems_in_metres(crs: str) -> None:
    assert wrong_with_crs(crs) == ""


@pytest.mark.parametrize("crs", ["EPSG:3812", "EPSG:28992", "EPSG:32631", "EPSG:3035", "EPSG:2154"])
def test_coordinates_that_fit(crs: str) -> None:
    from pyproj import Transformer

    assert wrong_with_coordinates("EPSG:31370", *FLANDERS_72) == ("", "")
    there = Transformer.from_crs("EPSG:31370", crs, always_xy=True).transform(*map(np.array, FLANDERS_72))
    assert wrong_with_coordinates(crs, *there) == ("", "")


@pytest.mark.parametrize(
    ("crs", "x", "y", "what", "remedy"),
    [
        (
            "EPSG:31370",
            650_000,
            690_000,
            "do not fit EPSG:31370, which is made for Belgium",
            "would fit EPSG:3812",
        ),
        (
            "EPSG:3812",
            150_000,
            200_000,
            "do not fit EPSG:3812, which is made for Belgium",
            "would fit EPSG:31370",
        ),
        ("EPSG:3812", 4.4, 51.0, "they are like (4.4, 51)", "they look like degrees"),
        ("EPSG:28992", 650_000, 690_000, "do not fit EPSG:28992", "would fit EPSG:3812"),
        ("EPSG:31370", np.nan, 1, "not all finite", "correct"),
        ("EPSG:25831", 1e12, 1e12, "do not fit EPSG:25831", "say which"),
        ("EPSG:3034", 3_620_768, 2_706_935, "lengths are not true in EPSG:3034", "give one in metres"),
        ("ESRI:54009", 350_000, 5_906_935, "by a factor 1.07", "give one in metres"),
    ],
)
def test_coordinates_that_do_not(crs: str, x: float, y: float, what: str, remedy: str) -> None:
    wrong = wrong_with_coordinates(crs, [x, x], [y, y])
    assert what in wrong[0]
    assert remedy in wrong[1]


def test_degrees_in_an_instance_in_metres() -> None:
    for x, y in (([4.0, 4.1], [51.0, 51.2]), ([51.0, 51.2], [4.0, 4.1])):
        problems = Problems()
        check_coordinates("EPSG:31370", x, y, np.array([25.0, 30.0]), problems, file="instance.toml")
        with pytest.raises(InputError, match="x and y look like degrees"):
            problems.raise_if_any()
    problems = Problems()
    check_coordinates("EPSG:31370", [4.0, 4.1], [51.0, 51.2], np.zeros(2), problems, file="instance.toml")
    assert not problems  # points without an area do not tell


def test_embedded_instances_fit() -> None:
    for name in ("flanders-2024", "flanders-2025"):
        instance = load(name)
        problems = Problems()
        check_coordinates(instance.crs, instance.x, instance.y, instance.area, problems, file="")
        assert not problems


@pytest.mark.parametrize("crs", FAULTS)
def test_an_instance_folder_with_a_system_that_cannot_be_used(
    crs: str, folder: Path, complaints: Callable[..., list[str]]
) -> None:
    path = folder / "instance.toml"
    path.write_text(f"crs = '''{crs}'''\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (message,) = complaints(read_folder, folder)
    value = f", value '{crs}'" if crs else ""
    start = f"instance.toml, column 'crs'{value}: {FAULTS[crs]}; give one in metres"
    assert message.startswith(start)


@pytest.mark.usefixtures("without_pyproj")
def test_what_could_not_be_checked_is_said(folder: Path) -> None:
    assert not any("was not checked" in note for note in warnings(read_folder(folder)))
    path = folder / "instance.toml"
    path.write_text('crs = "EPSG:28992"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    (note,) = [note for note in warnings(read_folder(folder)) if "was not checked" in note]
    assert note == "the coordinate system EPSG:28992 was not checked: that needs pyproj (refzones[geo])"
