import numpy as np
import pytest
import shapely
from refzones.app.maps import coverage
from refzones.app.maps.coverage import fitted, simplified
from refzones.app.maps.shapes import Shapes

needs_coverages = pytest.mark.skipif(
    not hasattr(shapely, "coverage_is_valid"), reason="coverages came with shapely 2.1"
)


@needs_coverages
def test_what_fits_stays_as_it_is(squares: Shapes) -> None:
    assert all(a is b for a, b in zip(fitted(squares.geometry), squares.geometry, strict=True))


@needs_coverages
def test_overlaps_go_to_the_first_and_cracks_are_closed() -> None:
    first, second, third = (
        shapely.box(0, 0, 1000, 1000),
        shapely.box(990, 0, 2000, 1000),  # overlaps the first by 10 m
        shapely.box(-500, -500, 2500, 2500) - shapely.box(0, 0, 2000, 1010),  # leaves a crack of 10 m
    )
    fit = fitted([first, second, third])
    assert fit[0].area == pytest.approx(1000 * 1000)
    assert sum(shape.area for shape in fit) == pytest.approx(3000 * 3000)
    assert shapely.union_all(fit).equals(shapely.box(-500, -500, 2500, 2500))
    for i in range(3):
        for j in range(i):
            assert fit[i].intersection(fit[j]).area == 0
    assert shapely.coverage_is_valid(fit)


def test_a_wide_gap_stays_open() -> None:
    fit = fitted(
        [shapely.box(0, 0, 1010, 1000), shapely.box(1000, 0, 2000, 1000), shapely.box(2500, 0, 3000, 1000)]
    )
    assert shapely.union_all(fit).area == pytest.approx(2500 * 1000)


def test_a_polygon_inside_another_keeps_its_own_outline() -> None:
    inner, outer = shapely.box(400, 400, 600, 600), shapely.box(0, 0, 1000, 1000)
    again = fitted([outer, inner])
    assert again[0].equals(outer)
    assert again[1].equals(inner)  # nothing was left of it: it stays as it was given


@needs_coverages
def test_shifted_official_like_cells_fit_again(cells: Shapes) -> None:
    moved = [
        shapely.transform(cell, lambda points, i=i: points + 3 * np.sin(points[:, ::-1] + i))
        for i, cell in enumerate(cells.geometry[:60])
    ]
    assert not shapely.coverage_is_valid(moved)
    fit = fitted(moved)
    assert shapely.coverage_is_valid(fit)
    for one, other in zip(fit, cells.geometry, strict=False):
        assert one.symmetric_difference(other).area < 0.02 * other.area


@needs_coverages
def test_simplified_neighbours_still_fit(cells: Shapes) -> None:
    simple = simplified(cells.geometry, 400)
    assert shapely.coverage_is_valid(simple)
    assert shapely.get_num_coordinates(simple).sum() < shapely.get_num_coordinates(list(cells.geometry)).sum()


def test_without_coverages_in_shapely_shapes_stay_in_full(
    cells: Shapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = list(cells.geometry[:20])
    monkeypatch.delattr(shapely, "coverage_simplify", raising=False)
    monkeypatch.delattr(shapely, "coverage_is_valid", raising=False)
    assert all(a is b for a, b in zip(simplified(few, 400), few, strict=True))
    for one, other in zip(coverage.fitted(few), few, strict=True):
        assert one.symmetric_difference(other).area < 0.01 * other.area
