from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from refzones.instances import InputError, Instance, merge_municipalities, read_mergers
from refzones.instances.outlines import read_outlines, text_of

geopandas = pytest.importorskip("geopandas")


def test_polygons_of_one_code_stay_apart_and_others_are_left_out(toy: Instance, tmp_path: Path) -> None:
    from shapely import box

    toy = replace(toy, x=100 * toy.x, y=100 * toy.y)
    corners = [(0, 1, 1, 3), (1, 1, 2, 3), (2, 1, 4, 3), (0, 3, 2, 5), (2, 3, 4, 5), (9, 9, 10, 10)]
    shapes = [box(*(1000 * number for number in numbers)) for numbers in corners]
    frame = geopandas.GeoDataFrame({"code": [1001, 1001, 1002, 1003, 1004, 7]}, geometry=shapes)
    frame.set_crs("EPSG:31370").to_file(tmp_path / "a.gpkg")
    outlines = read_outlines(tmp_path / "a.gpkg", toy)
    assert [len(parts) for parts in outlines] == [2, 1, 1, 1]
    assert [sum(shape.area for shape in parts) for parts in outlines] == [4e6, 4e6, 4e6, 4e6]
    frame[:4].set_crs("EPSG:31370").to_file(tmp_path / "b.gpkg")
    with pytest.raises(InputError, match=r"1 of the 4 municipalities of toy are missing: Dee \(1004\)"):
        read_outlines(tmp_path / "b.gpkg", toy)


def test_boundaries_of_before_serve_after_mergers(toy: Instance, tmp_path: Path) -> None:
    from shapely import box

    toy = replace(toy, x=100 * toy.x, y=100 * toy.y)
    (tmp_path / "l.csv").write_text("nis,merger\n1001,x\n1002,x\n", encoding="utf-8")
    after = merge_municipalities(toy, read_mergers(tmp_path / "l.csv"), year=2031).instance
    corners = [(0, 1, 2, 3), (2, 1, 4, 3), (0, 3, 2, 5), (2, 3, 4, 5)]
    shapes = [box(*(1000 * number for number in numbers)) for numbers in corners]
    frame = geopandas.GeoDataFrame({"code": [1001, 1002, 1003, 1004]}, geometry=shapes)
    frame.set_crs("EPSG:31370").to_file(tmp_path / "a.gpkg")
    assert after.codes == ("1003", "1004", "1005")
    assert [len(parts) for parts in read_outlines(tmp_path / "a.gpkg", after)] == [1, 1, 2]
    with pytest.raises(InputError, match=r"1 of the 3 municipalities of .* are missing"):
        read_outlines(tmp_path / "a.gpkg", replace(after, changes=()))


@pytest.mark.parametrize(
    ("value", "text"), [(11001, "11001"), (11001.0, "11001"), (" 11001", "11001"), (None, ""), ("nan", "")]
)
def test_cells_as_texts(value: object, text: str) -> None:
    assert text_of(value) == text
