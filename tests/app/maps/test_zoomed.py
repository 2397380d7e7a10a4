"""Maps of one region: names that fit, drawings that repeat, and what is drawn of locks and differences."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.image import imread
from refzones.app.maps.agreed import points_of, shown_locks, sign_boxes
from refzones.app.maps.labels import overlaps
from refzones.app.maps.merger import MapMerger
from refzones.app.maps.names import boxes_of, town_points
from refzones.app.maps.shapes import Shapes
from refzones.app.maps.window import held_by, open_window
from refzones.app.maps.zoomed import fills_of, page_of, picture_of, placed_names
from refzones.instances import Instance
from refzones.models.question.each_lock import Lock

SVG = "{http://www.w3.org/2000/svg}"


def _colours(png: bytes) -> set[str]:
    image = (255 * imread(BytesIO(png))[..., :3]).round().astype(int)
    return {f"#{r:02x}{g:02x}{b:02x}" for r, g, b in np.unique(image.reshape(-1, 3), axis=0).tolist()}


@pytest.mark.parametrize("width", [55.0, 90.0, 170.0])
def test_no_name_overlaps_another_or_leaves_the_picture(
    width: float, flanders: Instance, cells: Shapes, plan: list[MapMerger]
) -> None:
    for region in flanders.regions:
        held, places = held_by(flanders, [region], plan)
        locks = [Lock("together", held[:3]), Lock("alone", (held[-1],)), Lock("seat", (held[-2],))]
        page = page_of(cells, held, width, None)
        window = open_window(flanders, cells, held, plan, places, page)
        points = points_of(held, town_points(flanders, cells, held, page))
        signs = sign_boxes(shown_locks(locks, held), window.cells, points)
        dots = np.array([points[merger.seat] for merger in window.mergers])
        names = [name for name, _ in placed_names(flanders, window, dots, signs)]
        assert len(names) >= len(window.mergers) / 2, region
        boxes = boxes_of(names, np.empty((0, 2)))
        assert np.array_equal(overlaps(boxes, boxes), np.eye(len(boxes), dtype=bool)), region
        assert not overlaps(boxes, signs).any(), region
        left, bottom, right, top = page.room
        assert (boxes[:, :2] >= [left, bottom]).all(), region
        assert (boxes[:, 2:] <= [right, top]).all(), region


def test_both_files_are_right_and_repeat(flanders: Instance, cells: Shapes, plan: list[MapMerger]) -> None:
    svg, png = picture_of(flanders, cells, ["Kempen"], plan, language="nl", width_mm=120)
    assert (svg, png) == picture_of(flanders, cells, ["Kempen"], plan, language="nl", width_mm=120)
    assert len(svg) < 100_000
    root = ElementTree.fromstring(svg)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    used = set(re.findall(r'(?:href="#|url\(#)(\w+)', svg.decode()))
    assert used == set(ids)
    assert not list(root.iter(f"{SVG}text")), "letters are outlines: no font is needed"
    assert not list(root.iter(f"{SVG}style")), "what is inside styles nothing outside"
    assert imread(BytesIO(png)).shape[1] == pytest.approx(120 / 25.4 * 200, abs=1)


def test_what_lies_around_is_pale_and_in_no_merger(
    flanders: Instance, cells: Shapes, plan: list[MapMerger]
) -> None:
    fills = fills_of(flanders, cells, plan)
    _, png = picture_of(flanders, cells, ["Kempen"], plan, language="en", fills=fills, names=False)
    _, places = held_by(flanders, ["Kempen"], plan)
    assert _colours(png) >= {fills[k] for k in places}
    marked = ["#123456" if k in places else "#ff00ff" for k in range(len(plan))]
    _, png = picture_of(flanders, cells, ["Kempen"], plan, language="en", fills=marked, names=False)
    assert "#123456" in _colours(png)
    assert "#ff00ff" not in _colours(png)


def test_a_merger_across_regions_is_shown_as_a_whole(grid: Instance, squares: Shapes) -> None:
    plan = [MapMerger((4, 8), 4, "M", False, 40_000), MapMerger((5, 6), 5, "N", False, 40_000)]
    held, places = held_by(grid, [grid.regions[0]], plan)
    assert held == (0, 1, 2, 3, 4, 5, 6, 7, 8)
    assert places == (0, 1)
    assert held_by(grid, [grid.regions[1]], plan) == ((4, 8, 9, 10, 11), (0,))


def test_locks_and_kept_mergers_are_drawn(grid: Instance, squares: Shapes) -> None:
    plan = [MapMerger((i, i + 1), i, f"M{i}", False, 40_000) for i in range(0, 12, 2)]
    plain = picture_of(grid, squares, [], plan, language="en", names=False)[1]
    assert not _colours(plain) & {"#a3281c", "#ffd24a"}
    cases = {
        "#a3281c": [Lock("apart", (0, 1)), Lock("apart", (0, 5)), Lock("removed", (1, 2))],
        "#ffd24a": [Lock("together", (0, 1)), Lock("seat", (3,)), Lock("existing", (4, 5))],
    }
    for colour, locks in cases.items():
        for lock in locks:
            drawn = picture_of(grid, squares, [], plan, language="en", names=False, locks=[lock])[1]
            assert colour in _colours(drawn), lock
    for lock in (Lock("alone", (0,)), Lock("added", (0, 5))):
        assert picture_of(grid, squares, [], plan, language="en", names=False, locks=[lock])[1] != plain
    kept = [replace(plan[0], kept=True), *plan[1:]]
    assert "#ffd24a" in _colours(picture_of(grid, squares, [], kept, language="en", names=False)[1])


def test_those_that_changed_are_hatched(grid: Instance, squares: Shapes) -> None:
    plan = [MapMerger((i, i + 1), i, f"M{i}", False, 40_000) for i in range(0, 12, 2)]
    same = [merger.members for merger in plan]
    other = [(0, 1, 2), (3,), *same[2:]]

    def drawn(groups: list[tuple[int, ...]]) -> set[str]:
        return _colours(picture_of(grid, squares, [], plan, language="en", difference=groups)[1])

    assert "#b0123f" not in drawn(same)
    assert "#b0123f" in drawn(other)
