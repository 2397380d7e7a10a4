import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.app.maps.areas import lay_out
from refzones.app.maps.labels import Label, around, outside_share, overlaps, place, text_size, within
from refzones.app.maps.merger import MapMerger
from refzones.app.maps.names import boxes_of, region_names, seat_names, seat_points, short_name
from refzones.app.maps.shapes import Shapes
from refzones.instances import Instance


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 40), st.floats(0, 40), st.floats(1, 15)), max_size=25))
def test_labels_never_overlap(wanted: list[tuple[float, float, float]]) -> None:
    labels = []
    for x, y, width in wanted:
        centres = around((x, y), width, 3.0, 10.0)
        labels.append(Label(width, 3.0, centres, np.arange(len(centres), dtype=float)))
    middles = place(labels, np.array([[0.0, 0.0, 5.0, 5.0]]), margin=0.2)
    boxes = [
        (x - label.width / 2, y - 1.5, x + label.width / 2, y + 1.5)
        for label, middle in zip(labels, middles, strict=True)
        if middle is not None
        for x, y in [middle]
    ]
    if boxes:
        hits = overlaps(np.array(boxes), np.array([*boxes, (0.0, 0.0, 5.0, 5.0)]), 0.199)
        np.fill_diagonal(hits, False)
        assert not hits.any()


def test_the_cheapest_free_place_is_taken() -> None:
    centres = np.array([[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]])
    label = Label(4, 2, centres, np.array([1.0, 3.0, 2.0]))
    assert place([label, label, label, label]) == [(0, 0), (20, 0), (10, 0), None]


def test_a_label_without_places() -> None:
    assert place([Label(4, 2, np.empty((0, 2)), np.empty(0))]) == [None]
    assert place([Label(4, 2, np.zeros((1, 2)), np.array([np.inf]))]) == [None]


def test_measured_width_is_that_of_the_set_text() -> None:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    for weight in ("normal", "bold"):
        font = FontProperties(family="DejaVu Sans", size=8, weight=weight)
        for text in ("Heist-op-den-Berg", "'s-Gravenvoeren", "1,076,745", "LIÈGE"):
            true, _, _ = text_to_path.get_text_width_height_descent(text, font, False)
            assert text_size(text, 8, weight)[0] == pytest.approx(true * 25.4 / 72, rel=0.03)
    assert text_size("Aa\nBbbb", 8)[0] == text_size("Bbbb", 8)[0]
    assert text_size("Aa\nBbbb", 8)[1] > 2 * text_size("Aa", 8)[1]


def test_sampling_of_shapes() -> None:
    shape = shapely.box(0, 0, 10, 10)
    assert len(within(shape, 1.0)) >= 81
    shares = outside_share(shape, np.array([[5.0, 5.0], [10.0, 5.0], [30.0, 5.0]]), 4, 2)
    assert shares[0] == 0
    assert 0.3 < shares[1] < 0.7
    assert shares[2] == 1


def test_names_on_a_plan_of_flanders(flanders: Instance, cells: Shapes, plan: list[MapMerger]) -> None:
    page, areas = lay_out(flanders, cells, plan)
    dots = seat_points(flanders, cells, plan, page)
    for merger, dot in zip(plan, dots, strict=True):
        assert shapely.contains_xy(areas.municipalities[merger.seat], *dot)
    seats = seat_names(flanders, areas, plan, dots)
    assert len(seats) == len(plan)
    assert min(name.points for name in seats) >= 6.5
    regions = region_names(flanders, areas, boxes_of(seats, dots))
    boxes = boxes_of([*seats, *regions], dots)
    hits = overlaps(boxes, boxes, 0.0)
    np.fill_diagonal(hits, False)
    names = len(seats) + len(regions)
    assert not hits[:names, :].any()
    assert boxes[:names, 0].min() > 0
    assert boxes[:names, 2].max() < 420


def test_short_names(grid: Instance) -> None:
    def named(name: str) -> str:
        return short_name(MapMerger((0, 1), 0, name, False, 1), grid)

    assert named("Aalst +12") == "Aalst"
    assert named("Nieuwstad") == "Nieuwstad"
    assert named("") == "M0"
