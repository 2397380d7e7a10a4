import dataclasses

import numpy as np
import pytest
import shapely
from refzones.app.maps.shapes import Shapes, dissolve, generalised_shapes, without_specks
from refzones.instances import Instance, Villages
from support.build import build_instance


def test_cells_of_flanders_partition_the_outline(flanders: Instance, cells: Shapes) -> None:
    assert len(cells.geometry) == len(flanders)
    assert all(cell.is_valid and cell.area > 1e5 for cell in cells.geometry)
    everything = [*cells.geometry, cells.outside]
    union = shapely.union_all(everything)
    assert sum(part.area for part in everything) == pytest.approx(union.area, rel=1e-9)
    # No holes are left once Brussels is put back.
    assert not any(len(part.interiors) for part in shapely.get_parts(union))
    assert cells.generalised


def test_villages_lie_in_the_cell_of_their_municipality(flanders: Instance, cells: Shapes) -> None:
    villages = flanders.villages
    assert villages is not None
    for i, x, y in zip(villages.municipality, villages.x, villages.y, strict=True):
        cell = cells.outside if i < 0 else cells.geometry[i]
        assert shapely.contains_xy(cell, x, y)


def test_area_and_exclaves_of_flanders_are_about_right(flanders: Instance, cells: Shapes) -> None:
    total = sum(cell.area for cell in cells.geometry) / 1e6
    assert total == pytest.approx(float(flanders.area.sum()), rel=0.02)
    voeren = cells.geometry[flanders.find("Voeren")]
    riemst = cells.geometry[flanders.find("Riemst")]
    assert len(shapely.get_parts(voeren)) == 1
    assert voeren.distance(riemst) > 1000
    assert cells.outside is not None
    assert cells.outside.area / 1e6 == pytest.approx(162, rel=0.15)


def test_shapes_are_the_same_every_time(flanders: Instance, cells: Shapes) -> None:
    again = generalised_shapes(flanders)
    assert all(a.equals_exact(b, 0) for a, b in zip(again.geometry, cells.geometry, strict=True))


@pytest.mark.parametrize(
    "points",
    [
        [(0.0, 0.0)],
        [(0.0, 0.0), (4000.0, 0.0)],
        [(0.0, 0.0), (0.0, 4000.0), (0.0, 8000.0)],
        [(0.0, 0.0), (4000.0, 1000.0), (3000.0, 5000.0)],
        [(5.0, 5.0), (5.0, 5.0), (5.0, 5.0), (5.0, 5.0)],
        [(0.0, 0.0), (1e6, 0.0), (0.0, 1e6)],
    ],
)
def test_small_instances_without_villages(points: list[tuple[float, float]]) -> None:
    borders = [(i, i + 1) for i in range(len(points) - 1)]
    instance = build_instance([1000] * len(points), borders, points=points)
    for area in (1.0, 20.0, 0.0):
        shapes = generalised_shapes(dataclasses.replace(instance, area=np.full(len(points), area)))
        assert all(shape.area > 0 and shape.is_valid for shape in shapes.geometry)
        total = sum(shape.area for shape in shapes.geometry)
        assert total == pytest.approx(shapely.union_all(shapes.geometry).area)
        assert shapes.outside is None


def test_a_municipality_without_villages_gets_a_cell_at_its_own_point(grid: Instance) -> None:
    villages = Villages(("a", "b"), ("A", "B"), np.array([0, 0]), grid.x[:1].repeat(2), grid.y[:1].repeat(2))
    shapes = generalised_shapes(dataclasses.replace(grid, villages=villages))
    assert all(
        shapely.contains_xy(shape, x, y) for shape, x, y in zip(shapes.geometry, grid.x, grid.y, strict=True)
    )


def test_dissolve_leaves_no_cracks(squares: Shapes) -> None:
    merged = squares.merged((0, 1, 4, 5))
    assert merged.geom_type == "Polygon"
    assert merged.area == pytest.approx(36e6)
    cracked = dissolve(
        [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10).difference(shapely.box(10, 4, 10.01, 4.01))]
    )
    assert len(cracked.interiors) == 0


def test_without_specks_keeps_at_least_something() -> None:
    speck = shapely.box(0, 0, 1, 1)
    assert without_specks(speck, 5).equals(speck)
    both = shapely.MultiPolygon([speck, shapely.box(5, 5, 15, 15)])
    assert without_specks(both, 5).area == 100
