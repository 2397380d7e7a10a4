"""`Instance.from_geodataframe` and `to_geodataframe`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.instances.exchange import read_graph

gpd = pytest.importorskip("geopandas")
from shapely import Point, Polygon, box  # noqa: E402


def squares(**columns: Any) -> Any:
    """Four squares of a kilometre, two by two, the last without a neighbour at its side."""
    cells = [box(150_000 + 1000 * i, 170_000 + 1000 * j, 151_000 + 1000 * i, 171_000 + 1000 * j)
             for i, j in ((0, 0), (1, 0), (0, 1), (5, 5))]  # fmt: skip
    data = {"code": ["11", "12", "13", "14"], "TOTPOP": [10, 20, 30, 40], **columns}
    return gpd.GeoDataFrame(data, geometry=cells, crs="EPSG:31370")


def test_a_frame_comes_back_as_it_went(small_instances: st.SearchStrategy[Instance]) -> None:
    @settings(max_examples=30, deadline=None)
    @given(small_instances)
    def there_and_back(instance: Instance) -> None:
        frame = instance.to_geodataframe()
        assert Instance.from_geodataframe(frame).hash == replace(instance, flows=None).hash

    there_and_back()


def test_polygons_say_who_are_neighbours() -> None:
    made = Instance.from_geodataframe(squares(), "four")
    assert made.codes == ("11", "12", "13", "14")
    assert made.borders.pairs.tolist() == [[0, 1], [0, 2]]  # 12 and 13 touch in a point
    assert made.borders.length.tolist() == [1000, 1000]
    assert made.area.tolist() == [1] * 4
    assert (made.x[0], made.y[0]) == (150_500, 170_500)
    assert made.crs == "EPSG:31370"


def test_columns_called_x_and_y_may_mean_anything() -> None:
    frame = squares(x=[1, 2, 3, 4], y=[5, 6, 7, 8])
    assert Instance.from_geodataframe(frame).x[0] == 150_500


def test_the_index_is_the_code_where_nothing_else_is() -> None:
    frame = squares().set_index("code")
    frame.index.name = "anything"
    assert Instance.from_geodataframe(frame).codes == ("11", "12", "13", "14")
    made = Instance.from_geodataframe(squares(GEOID=["b", "a", "d", "c"]), code="GEOID")
    assert made.codes == ("a", "b", "c", "d")
    assert made.population.tolist() == [20, 10, 40, 30]


def test_shapes_are_brought_to_another_system() -> None:
    made = Instance.from_geodataframe(squares().to_crs("EPSG:4326"), crs="EPSG:31370")
    assert made.crs == "EPSG:31370"
    assert made.area.tolist() == pytest.approx([1] * 4, abs=0.002)


def test_shapes_of_ones_own_are_carried(tmp_path: Path) -> None:
    made = Instance.from_geodataframe(squares(), "four")
    cells = dict(zip(made.codes, squares().geometry, strict=True))
    frame = made.to_geodataframe(cells)
    assert frame.geometry.area.tolist() == [1e6] * 4
    assert Instance.from_geodataframe(frame).hash == made.hash
    with pytest.raises(InputError, match="value '14': there is no shape for this municipality"):
        made.to_geodataframe({code: cells[code] for code in made.codes[:3]})
    for ending in ("gpkg", "geojson"):
        file = tmp_path / f"four.{ending}"
        frame.to_file(file)
        again = read_graph(file, name="four", crs="EPSG:31370").instance
        assert again.population.tolist() == made.population.tolist()
        assert again.borders.pairs.tolist() == made.borders.pairs.tolist()


MISTAKES: dict[str, tuple[Any, dict[str, Any], str]] = {
    "degrees": (lambda: squares().to_crs("EPSG:4326"), {}, "the coordinate system is in degrees"),
    "no system": (lambda: squares().set_crs(None, allow_override=True), {}, "names no coordinate reference"),
    "code twice": (lambda: squares(code=["1", "1", "2", "3"]), {}, "row 2, value '1': this id stands twice"),
    "negative": (
        lambda: squares(TOTPOP=[1, -2, 3, 4]),
        {},
        "row 2, column 'TOTPOP', value '-2': this must be at least 0",
    ),
    "unknown column": (squares, {"zones": {"p": "polise"}}, "zones: there is no attribute 'polise'"),
    "unknown code": (squares, {"code": "GEOID"}, "code: there is no attribute 'GEOID'"),
    "points": (
        lambda: squares().set_geometry([Point(150_000, 170_000)] * 4, crs="EPSG:31370"),
        {},
        "points have no neighbours",
    ),
    "empty": (
        lambda: squares().set_geometry([*squares().geometry[:3], Polygon()], crs="EPSG:31370"),
        {},
        "row 4, value '14': the shape has no area",
    ),
    "neighbour unknown": (
        lambda: squares(neighbours=['{"12": 5}', '{"99": 5}', "{}", "{}"]),
        {},
        "row 2, column 'neighbours', value '99'",
    ),
    "neighbours that differ": (
        lambda: squares(neighbours=['{"12": 5}', '{"11": 6}', "{}", "{}"]),
        {},
        "the two directions of the pair do not say the same",
    ),
    "no neighbours": (lambda: squares(neighbours=["[1", "{}", "{}", "{}"]), {}, "row 1, column 'neighbours'"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told_with_their_row(mistake: str) -> None:
    make, roles, said = MISTAKES[mistake]
    with pytest.raises(InputError) as caught:
        Instance.from_geodataframe(make(), **roles)
    assert said in str(caught.value)
