from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from refzones.instances.vectors.polygons import areas_of, sound_polygon
from shapely import (
    GeometryCollection,
    LineString,
    MultiPolygon,
    Point,
    Polygon,
    box,
    from_wkt,
    transform,
)

SQUARE = box(0, 0, 100, 100)


def test_a_sound_polygon_stays_as_it_is() -> None:
    polygon = sound_polygon(SQUARE, 1.0)
    assert polygon.shape is SQUARE or polygon.shape.equals_exact(SQUARE, 0)
    assert (polygon.wrong, polygon.note) == ("", "")


FLAT = [None, Polygon(), Point(1, 1), LineString([(0, 0), (1, 1)]), GeometryCollection([Point(0, 0)])]


@pytest.mark.parametrize("shape", FLAT)
def test_what_has_no_area_is_refused(shape: Any) -> None:
    polygon = sound_polygon(shape, 1.0)
    assert (polygon.wrong, polygon.remedy) == ("the shape has no area", "draw it or remove the record")


def test_heights_are_left_out() -> None:
    polygon = sound_polygon(from_wkt("POLYGON Z ((0 0 1, 10 0 2, 10 10 3, 0 10 4, 0 0 1))"), 1.0)
    assert not polygon.shape.has_z
    assert polygon.shape.area == 100


def test_polygons_of_collections_count_and_the_rest_is_told() -> None:
    other = box(100, 0, 200, 100)
    line = LineString([(0, 0), (9, 9)])
    nested = GeometryCollection([SQUARE, Point(0, 0), GeometryCollection([other, line])])
    polygon = sound_polygon(nested, 1.0)
    assert polygon.shape.area == 20_000
    assert polygon.shape.is_valid
    assert polygon.note == "a collection, of which the polygons count (linestring, point left out)"
    assert areas_of(GeometryCollection([SQUARE]))[1] == ""


@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_coordinates_that_are_no_numbers(value: float) -> None:
    broken = transform(SQUARE, lambda points: np.where(points == 100, value, points))
    assert "no finite numbers" in sound_polygon(broken, 1.0).wrong


def test_a_bow_is_refused_and_a_loop_at_a_corner_mended() -> None:
    bow = Polygon([(0, 0), (100, 100), (100, 0), (0, 60)])
    assert sound_polygon(bow, 1.0).wrong.startswith("the shape is not valid (Self-intersection")
    for size in (0.5, 5.0):  # the outline crosses itself beside the corner, in a loop of this size
        low, high = 100 - size, 100 + size
        points = [(0, 0), (100, 0), (100, low), (high, 100), (high, low), (100, 100), (0, 100)]
        loop = Polygon(points)
        assert not loop.is_valid
        polygon = sound_polygon(loop, 1.0)
        if size > 1:
            assert polygon.wrong.startswith("the shape is not valid (Self-intersection")
            continue
        assert polygon.shape.is_valid
        assert polygon.shape.area == pytest.approx(10_000, abs=0.2)
        assert polygon.note.startswith("the outline was mended (Self-intersection")


def test_rings_that_touch_are_mended_and_shells_that_overlap_refused() -> None:
    touching = Polygon([(0, 0), (100, 0), (100, 100), (50, 100), (60, 50), (40, 50), (50, 100), (0, 100)])
    polygon = sound_polygon(touching, 1.0)
    assert not polygon.wrong
    assert polygon.shape.area == pytest.approx(touching.area)
    assert sound_polygon(MultiPolygon([SQUARE, box(50, 50, 150, 150)]), 1.0).wrong
