"""The map of what plans agree on: widths, kinds of lines, places."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from refzones.app.maps.pairs import APART_FILL, OPEN_FILL, SETTLED_FILL, widths
from refzones.app.maps.shapes import generalised_shapes
from refzones.app.pictures.of_agreement import plot_agreement
from refzones.app.pictures.pair_map import draw_pairs
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver.plan_sets.alternatives import Agreement, Loss, agreement
from support.build import build_instance


@pytest.fixture(scope="module")
def square() -> Instance:
    """Nine municipalities on a grid of three by three, in one region."""
    places = [(3000.0 * (i % 3), 3000.0 * (i // 3)) for i in range(9)]
    borders = [(i, i + 1) for i in range(9) if i % 3 < 2] + [(i, i + 3) for i in range(6)]
    return build_instance([20_000] * 9, borders, points=places)


@pytest.fixture(scope="module")
def counted() -> Agreement:
    scenario = Scenario.preset("mergers")
    return agreement(load("flanders-2025"), scenario, Loss.read("5%"), regions=["Kempen", "Waasland"])


def drawn_lines(figure: Figure) -> dict[str, list[tuple[float, tuple[float, ...]]]]:
    """Width and ends of the lines of each kind."""
    return {
        str(lines.get_label()): [
            (float(width), tuple(np.round(segment, 6).ravel().tolist()))
            for width, segment in zip(lines.get_linewidths(), lines.get_segments(), strict=True)
        ]
        for lines in figure.axes[0].collections
        if lines.get_label() in ("never", "open", "always")
    }


@given(st.lists(st.floats(0, 1), min_size=2, max_size=2, unique=True))
def test_what_happens_more_often_is_thicker(share: list[float]) -> None:
    low, high = sorted(share)
    thin, thick = widths(np.array([low, high]))
    assert 0 < thin <= thick
    if high - low > 1e-6:
        assert thin < thick
    middle = widths(np.array([(low + high) / 2]))[0]
    assert middle == pytest.approx((thin + thick) / 2)


def test_each_pair_is_a_line_of_its_kind(square: Instance) -> None:
    pairs = square.borders.pairs
    share = np.linspace(0, 1, len(pairs))
    lines = drawn_lines(draw_pairs(square, generalised_shapes(square), pairs, share))
    assert {kind: len(found) for kind, found in lines.items()} == {
        "never": 1,
        "open": len(pairs) - 2,
        "always": 1,
    }
    assert sorted(width for found in lines.values() for width, _ in found) == pytest.approx(widths(share))


def test_lines_join_the_two_municipalities(square: Instance) -> None:
    figure = draw_pairs(square, generalised_shapes(square), np.array([[0, 8]]), np.array([0.5]))
    [(_, (x0, y0, x1, y1))] = drawn_lines(figure)["open"]
    # from the lower left to the upper right corner of a square: rising at 45 degrees
    assert x1 - x0 == pytest.approx(y1 - y0)
    left, right = figure.axes[0].get_xlim()
    assert left < x0 < x1 < right


def test_ground_tells_settled_from_open(square: Instance) -> None:
    from matplotlib.colors import to_hex

    pairs, share = np.array([[0, 1], [1, 2], [4, 5], [7, 8]]), np.array([1.0, 0.5, 0.2, 0.0])
    figure = draw_pairs(square, generalised_shapes(square), pairs, share)
    fills = [to_hex(fill) for fill in figure.axes[0].collections[0].get_facecolors()]
    assert [fills[i] for i in (0, 1, 2, 4, 5, 7, 8)] == [
        *[SETTLED_FILL] * 2,
        *[OPEN_FILL] * 3,
        *[APART_FILL] * 2,
    ]
    # 3 and 6 are in no pair: hatched
    assert len({fills[3], fills[6]} & {SETTLED_FILL, OPEN_FILL, APART_FILL}) == 0


def test_a_region_alone_or_all_of_them(counted: Agreement) -> None:
    everything = sum(len(found.pairs) for found in counted.by_region)
    for region, number in [(None, everything), ("Kempen", len(counted.by_region[0].pairs))]:
        figure = plot_agreement(counted, region=region)
        assert sum(map(len, drawn_lines(figure).values())) == number
    written = [text.get_text().replace("-\n", "-") for text in figure.axes[0].texts]
    assert {"Geel", "Turnhout", "Herentals", "Oud-Turnhout"} <= set(written)
    good = counted.by_region[0].plans
    assert good > 1
    assert f"{good} good plans" in figure.axes[0].get_title(loc="left").replace("\n", " ")


def test_names_do_not_overlap(counted: Agreement) -> None:
    figure = plot_agreement(counted, region="Kempen")
    renderer = figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
    assert len(boxes) > 15
    for k, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:k])


def test_on_axes_of_ones_own(counted: Agreement) -> None:
    figure = Figure(figsize=(10, 5))
    left, right = figure.subplots(1, 2)
    assert plot_agreement(counted, region="Kempen", ax=right, title="Mine") is figure
    assert right.collections
    assert not left.collections


def test_unknown_region(counted: Agreement) -> None:
    with pytest.raises(InputError, match="Kempen"):
        plot_agreement(counted, region="Kempem")
