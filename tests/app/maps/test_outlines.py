import dataclasses
import json
import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import shapely
from refzones.app.maps.outlines import WIDTH, Outlines, outlines_of
from refzones.app.maps.shapes import Shapes
from refzones.instances import Instance


@pytest.fixture(scope="module")
def drawn(cells: Shapes) -> Outlines:
    return outlines_of(cells)


def rings(path: str) -> list[list[tuple[int, int]]]:
    """Read a path back, in tenths of a unit."""
    found = []
    for line in re.findall(r"M[^M]*", path):
        start, _, steps = line[1:].rstrip("z").partition("l")
        numbers = [round(10 * float(n)) for n in re.findall(r"-?\d*\.?\d+", f"{start} {steps}")]
        found.append(np.cumsum(np.array(numbers).reshape(-1, 2), axis=0).tolist())
    return [[(x, y) for x, y in ring] for ring in found]


def polygon(path: str) -> shapely.Polygon:
    """The surface of a path under the even-odd rule."""
    surface = shapely.Polygon()
    for ring in rings(path):
        surface = surface.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return surface


def edges(line: list[tuple[int, int]]) -> list[tuple[tuple[int, int], ...]]:
    return [tuple(sorted(pair)) for pair in pairwise(line)]


def test_paths_are_the_shapes_on_the_page(cells: Shapes, drawn: Outlines) -> None:
    left, _, right, top = shapely.total_bounds(np.array(cells.geometry, dtype=object))
    scale = 10 * WIDTH / (right - left)
    for place, cell in zip(drawn.municipalities, cells.geometry, strict=True):
        true = shapely.transform(cell, lambda points: (points - (left, top)) * (scale, -scale))
        difference = polygon(place.path).symmetric_difference(true).area
        assert difference < 0.06 * true.area


def test_neighbours_fit_after_rounding(drawn: Outlines) -> None:
    surfaces = [polygon(place.path) for place in drawn.municipalities]
    assert sum(surface.area for surface in surfaces) == pytest.approx(
        shapely.union_all(surfaces).area, rel=2e-3
    )


def test_arcs_are_all_borders_each_once(drawn: Outlines) -> None:
    of_rings = Counter(
        edge
        for place in drawn.municipalities
        for ring in rings(place.path)
        for edge in edges([*ring, ring[0]])
    )
    of_arcs = Counter(edge for arc in drawn.arcs for ring in rings(arc.path) for edge in edges(ring))
    assert set(of_rings) == set(of_arcs)
    assert set(of_arcs.values()) == {1}
    for arc in drawn.arcs:
        times = {of_rings[edge] for edge in edges(rings(arc.path)[0])}
        assert times == ({1} if arc.right < 0 else {2})


def test_left_is_on_the_left_along_the_line(drawn: Outlines) -> None:
    for arc in drawn.arcs:
        (line,) = rings(arc.path)
        owned = {
            (a, b)
            for ring in rings(drawn.municipalities[arc.left].path)
            for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
        }
        assert set(pairwise(line)) <= owned
        assert arc.right < 0 or arc.left < arc.right
    place = drawn.municipalities[0]
    ring = np.array(max(rings(place.path), key=len), dtype=float)
    x, y = ring.T
    # On a page y goes down: with the surface on the left the shoelace formula gives less than nothing.
    assert float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) < 0


def test_names_stand_inside_where_the_room_says(drawn: Outlines) -> None:
    for place in drawn.municipalities:
        surface = polygon(place.path).buffer(12)  # a unit for simplification, and rounding
        for dx, dy in ((0, 0), (0, 1), (0, -1), (2, 0), (-2, 0)):
            x, y = 10 * (place.x + dx * place.room), 10 * (place.y + dy * place.room)
            assert shapely.contains_xy(surface, x, y)
        assert place.room > 0.5


def test_arcs_join_true_neighbours(flanders: Instance, drawn: Outlines) -> None:
    true = {(a, b) for a, b in flanders.borders.pairs.tolist()}
    joined = {(arc.left, arc.right) for arc in drawn.arcs if arc.right >= 0}
    assert len(joined & true) > 0.93 * len(true)


def test_json_is_small_and_plain(drawn: Outlines) -> None:
    text = json.dumps(drawn.to_dict(), separators=(",", ":"), allow_nan=False)
    assert len(text) < 150_000
    data = json.loads(text)
    assert set(data) == {"width", "height", "generalised", "source", "municipalities", "arcs", "outside"}
    assert data["width"] == WIDTH
    assert data["outside"].startswith("M")
    assert data["generalised"] is True


def test_grid_has_four_edges_a_square_and_no_outside(squares: Shapes) -> None:
    drawn = outlines_of(squares)
    assert drawn.outside is None
    assert (drawn.width, drawn.height) == (1000.0, 750.0)
    (ring,) = rings(drawn.municipalities[0].path)
    assert set(ring) == {(0, 7500), (2500, 7500), (2500, 5000), (0, 5000)}
    assert re.fullmatch(r"M\d+ \d+l[\d -]+z", drawn.municipalities[0].path)  # whole numbers have no decimals
    assert len([arc for arc in drawn.arcs if arc.right >= 0]) == 17


def test_a_hole_is_the_outside_of_official_boundaries(squares: Shapes) -> None:
    sides = [side for i, side in enumerate(squares.geometry) if i != 5]
    drawn = outlines_of(dataclasses.replace(squares, geometry=tuple(sides)))
    assert polygon(drawn.outside or "").area == 2500 * 2500


def test_an_exclave_has_a_ring_of_its_own_and_the_name_stands_in_the_larger_part() -> None:
    both = shapely.MultiPolygon([shapely.box(0, 0, 1000, 1000), shapely.box(5000, 0, 8000, 3000)])
    other = shapely.box(1000, 0, 5000, 3000)
    drawn = outlines_of(Shapes((both, other), False, "boundaries"))
    assert drawn.municipalities[0].path.count("z") == 2
    assert drawn.municipalities[0].x > 625


def test_one_small_municipality_alone() -> None:
    drawn = outlines_of(Shapes((shapely.box(0, 0, 1, 1),), False, "boundaries"))
    assert [(arc.left, arc.right) for arc in drawn.arcs] == [(0, -1)]
    assert drawn.height == 1000


def test_without_inscribed_circles_in_shapely_names_stand_where_they_stood(
    cells: Shapes, drawn: Outlines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(shapely, "maximum_inscribed_circle", raising=False)
    few = outlines_of(dataclasses.replace(cells, geometry=cells.geometry[:12], outside=None))
    # The few fill the page: room is compared in metres.
    left, _, right, _ = shapely.total_bounds(np.array(cells.geometry, dtype=object))
    near, _, far, _ = shapely.total_bounds(np.array(cells.geometry[:12], dtype=object))
    for place, other in zip(few.municipalities, drawn.municipalities, strict=False):
        room = place.room * (far - near) / few.width
        assert room == pytest.approx(other.room * (right - left) / drawn.width, rel=0.1, abs=60)
