"""Regions and boundary files as users name them."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.app.input.named import region_names, shapes_to_draw
from refzones.instances import InputError, Instance
from support.build import build_instance

geopandas = pytest.importorskip("geopandas")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFZONES_CONFIG_DIR", str(tmp_path / "settings"))


@pytest.fixture
def row() -> Instance:
    return build_instance([10_000, 20_000, 30_000], [(0, 1), (1, 2)], region=[0, 0, 1])


@pytest.fixture
def file(row: Instance, tmp_path: Path) -> Path:
    from shapely import box

    path = tmp_path / "official.gpkg"
    squares = [box(x - 400, y - 400, x + 400, y + 400) for x, y in zip(row.x, row.y, strict=True)]
    geopandas.GeoDataFrame({"nis": row.codes}, geometry=squares, crs=row.crs).to_file(path)
    return path


def test_regions_in_any_case(row: Instance) -> None:
    assert region_names(row, None) == ["R0", "R1"]
    assert region_names(row, ["r1"]) == ["R1"]
    with pytest.raises(InputError, match="there is no such region"):
        region_names(row, ["R7"])


def test_what_is_remembered_is_said(row: Instance, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(boundaries: Path | None) -> str:
        shapes_to_draw(row, boundaries)
        return capsys.readouterr().out

    assert said(None) == ""
    always = f"{row.name} is drawn with these boundaries from now on"
    assert said(file) == f"{always}; --boundaries none forgets them\n"
    assert said(file) == ""  # nothing is new
    assert said(None) == f"drawn with the boundaries of {file}, remembered; --boundaries none forgets them\n"
    assert said(Path("none")) == f"the boundaries of {file} are forgotten\n"
    assert said(Path("none")) == ""
    assert said(None) == ""


def test_others_are_told_instead(row: Instance, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    shapes_to_draw(row, file, tell=told.append)
    assert [text.partition(" is drawn")[0] for text in told] == [row.name]
    assert capsys.readouterr().out == ""
