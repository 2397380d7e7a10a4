from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from refzones.instances.vectors.files import read_vector
from refzones.instances.vectors.shapefile_text import encoding_of
from shapely import box

geopandas = pytest.importorskip("geopandas")

STATED = [None, "UTF-8", "1252", "ISO-8859-1", "ISO 88591", "ANSI 1252", "nonsense", "é"]
NAMES = ["Liège", "Écaussinnes", "Visé", "Aalst"]


@pytest.fixture
def shapefile(tmp_path: Path) -> Any:
    """Write names in one encoding, and say another or none."""

    def write(encoding: str, stated: str | None, names: list[str] = NAMES) -> Path:
        path = tmp_path / "m.shp"
        squares = [box(i, 0, i + 1, 1) for i in range(len(names))]
        frame = geopandas.GeoDataFrame({"id": range(len(names)), "name": names}, geometry=squares, crs=31370)
        frame.to_file(path, encoding=encoding)
        path.with_suffix(".cpg").unlink(missing_ok=True)
        if stated is not None:
            path.with_suffix(".cpg").write_text(stated, encoding="ascii")
        return path

    return write


@pytest.mark.parametrize(
    "stated", [None, "UTF-8", "1252", "ISO-8859-1", "ISO 88591", "ANSI 1252", "nonsense", "é"]
)
@pytest.mark.parametrize("encoding", ["UTF-8", "CP1252"])
def test_names_are_read_whatever_the_cpg_file_says(shapefile: Any, encoding: str, stated: str | None) -> None:
    path = shapefile(encoding, None)
    if stated is not None:
        path.with_suffix(".cpg").write_bytes(stated.encode("latin-1"))
    assert read_vector(path).frame["name"].to_list() == NAMES


def test_what_is_not_utf8_is_in_the_encoding_that_is_stated(shapefile: Any) -> None:
    path = shapefile("CP1250", "1250", ["Łódź", "Kraków"])
    assert read_vector(path).frame["name"].to_list() == ["Łódź", "Kraków"]
    assert encoding_of(shapefile("CP850", "850")) == "cp850"


def test_plain_letters_need_no_encoding(shapefile: Any) -> None:
    assert encoding_of(shapefile("UTF-8", "1252", ["Aalst"])) == "UTF-8"
    assert encoding_of(Path("nowhere.shp")) == "UTF-8"


def test_a_character_that_the_width_of_a_column_cuts_off(shapefile: Any) -> None:
    path = shapefile("UTF-8", "1252", ["Liège", "é" * 10])
    table = path.with_suffix(".dbf")
    raw = table.read_bytes()
    assert raw.count("é".encode() * 10) == 1
    table.write_bytes(raw.replace("é".encode() * 10, "é".encode() * 9 + b" \xc3"))
    assert encoding_of(path) == "UTF-8"
    assert read_vector(path).frame["name"].to_list() == ["Liège", "é" * 9 + " "]


@pytest.mark.parametrize("size", [0, 10, 33, 64, 65, 100, 150])
def test_tables_that_are_cut_off(shapefile: Any, size: int) -> None:
    path = shapefile("UTF-8", None)
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes()[:size])
    assert encoding_of(path) in ("UTF-8", "cp1252", "iso8859-1")
