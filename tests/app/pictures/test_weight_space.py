"""Which plan is best where: the geometry behind the picture."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import PathPatch
from refzones.app.pictures import Picture
from refzones.app.pictures.weight_space import (
    CORNERS,
    NONE,
    TRIANGLE,
    draw_fields,
    draw_legend,
    draw_triangle,
    fields,
    fills_of,
    percent,
    ternary,
)

SQUARE = shapely.box(0, 0, 1, 1)
SHARES = (0.0, 0.001, 0.006, 0.456, 1.0)
WEIGHTS = st.lists(st.tuples(*[st.floats(0.0, 100.0)] * 3).filter(any), min_size=1, max_size=12)


def test_corners_are_single_weights() -> None:
    assert ternary(np.eye(3)) == pytest.approx(CORNERS)
    assert ternary(np.ones((1, 3))) == pytest.approx(CORNERS.mean(axis=0, keepdims=True))
    sides = np.hypot(*(CORNERS - np.roll(CORNERS, 1, axis=0)).T)
    assert sides == pytest.approx(np.ones(3))


@given(WEIGHTS)
def test_weights_are_distances_to_the_sides(weights: list[tuple[float, ...]]) -> None:
    table = np.array(weights)
    points, shares = ternary(table), table / table.sum(axis=1, keepdims=True)
    for k in range(3):
        side = shapely.LineString(np.delete(CORNERS, k, axis=0))
        distances = shapely.distance(shapely.points(points), side)
        assert distances == pytest.approx(shares[:, k] * np.sqrt(3) / 2, abs=1e-9)
    assert ternary(7 * table) == pytest.approx(points)


@settings(deadline=None, max_examples=60)
@given(st.data(), st.integers(1, 25))
def test_each_place_belongs_to_the_nearest_setting(data: st.DataObject, n: int) -> None:
    steps = st.integers(0, 20).map(lambda k: k / 20)
    points = np.array(data.draw(st.lists(st.tuples(steps, steps), min_size=n, max_size=n, unique=True)))
    winners = np.array(data.draw(st.lists(st.integers(NONE, 3), min_size=n, max_size=n)))
    found = fields(points, winners, SQUARE)
    assert sum(area.area for area in found.areas.values()) == pytest.approx(1.0)
    assert set(found.areas) == set(winners.tolist())
    rng = np.random.default_rng(1)
    for spot in rng.random((20, 2)):
        distances = np.hypot(*(points - spot).T)
        order = np.sort(distances)
        if len(order) > 1 and order[1] - order[0] < 1e-3:
            continue  # too near an edge to tell
        nearest = int(winners[int(np.argmin(distances))])
        assert found.areas[nearest].buffer(1e-9).contains(shapely.Point(spot))


def test_points_on_a_line_have_areas_too() -> None:
    points = np.array([[0.0, 0.5], [0.25, 0.5], [1.0, 0.5]])
    found = fields(points, np.array([0, 1, 1]), SQUARE)
    assert [found.areas[plan].area for plan in (0, 1)] == pytest.approx([0.125, 0.875])
    assert fields(points[:1], np.array([4]), SQUARE).areas[4].equals(SQUARE)


def test_plans_are_ordered_by_how_often_they_win() -> None:
    points = ternary(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0, 1, 1], [1, 0, 1.0]]))
    found = fields(points, np.array([5, 2, 2, 7, 7, NONE]), TRIANGLE)
    assert found.plans == (2, 7, 5)
    assert found.share == pytest.approx((2 / 6, 2 / 6, 1 / 6))
    assert [found.letter(plan) for plan in (2, 7, 5, 99)] == ["A", "B", "C", ""]
    fills = fills_of(found)
    assert len({fills[plan] for plan in (2, 7, 5, NONE)}) == 4
    assert fills[NONE] == "#ffffff"


def test_many_plans_share_the_grey() -> None:
    rng = np.random.default_rng(2)
    points = rng.random((60, 2))
    found = fields(points, np.arange(60) // 3, SQUARE)
    fills = [fills_of(found)[plan] for plan in found.plans]
    assert len(set(fills[:8])) == 8
    assert len(set(fills[8:])) == 1
    assert fills[8] not in fills[:8]
    assert found.letter(found.plans[7]) == "H"
    assert found.letter(found.plans[8]) == ""


def test_what_is_drawn() -> None:
    figure = Picture(8, 4)
    axes, side = figure.subplots(1, 2)
    points = ternary(np.array([[4, 1, 1], [1, 4, 1], [1, 1, 4.0]]))
    found = fields(points, np.array([0, 1, NONE]), TRIANGLE)
    draw_fields(axes, found)
    draw_triangle(axes, ["coverage", "distance", "size"], ["1 point", "2 points", "3 points"])
    draw_legend(side, found, {0: "first", 1: "second"}, "best under")
    assert sum(isinstance(patch, PathPatch) for patch in axes.patches) == 3
    texts = [text.get_text() for text in axes.texts]
    for wanted in ("A", "B", "only coverage\n1 point", "only size\n3 points", "20 %"):
        assert wanted in texts
    listed = [text.get_text() for text in side.texts]
    assert listed.count("33 %") == 3
    assert {"best under", "first", "second", "no plan"} <= set(listed)


def test_a_share_that_exists_is_not_written_as_none() -> None:
    assert [percent(share) for share in SHARES] == ["0 %", "< 1 %", "1 %", "46 %", "100 %"]
