"""Trade-off curves."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from refzones.app.pictures import Picture, plot_pareto
from refzones.app.pictures.tradeoff import OPTIMUM, Named, Scale, draw_coloured, draw_curve, name_points
from refzones.instances import InputError, load
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.plan_sets.pareto import ParetoFront, pareto_front

MORE, LESS = Scale("coverage", "share of inhabitants", True), Scale("distance", "km", False)
VALUES = np.array([[0.1, 1.0], [0.2, 1.4], [0.4, 1.6], [0.8, 9.0]])
SUPPORTED = np.array([True, False, True, True])


@pytest.fixture(scope="module")
def front() -> ParetoFront:
    regions = ["Waasland", "Midwest"]
    terms = ["coverage", "distance"]
    return pareto_front(load("flanders-2025"), Scenario.preset("mergers"), terms, regions=regions)


def dots(axes: Axes) -> list[Line2D]:
    return [line for line in axes.get_lines() if line.get_marker() == "o"]


def test_supported_points_are_told_apart() -> None:
    axes = Picture(6, 4).subplots()
    draw_curve(axes, VALUES, SUPPORTED, [MORE, LESS])
    rings, full = dots(axes)
    assert np.column_stack(rings.get_data()).tolist() == VALUES[~SUPPORTED].tolist()
    assert np.column_stack(full.get_data()).tolist() == VALUES[SUPPORTED].tolist()
    assert rings.get_markerfacecolor() != full.get_markerfacecolor()
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert legend == ["1 best under no weights", "3 best under some weights of the two"]


def test_better_is_to_the_right_and_up() -> None:
    axes = Picture(6, 4).subplots()
    draw_curve(axes, VALUES, SUPPORTED, [MORE, LESS])
    assert not axes.xaxis_inverted()
    assert axes.yaxis_inverted()
    assert axes.get_ylabel() == "distance: km (less is better)"
    assert axes.xaxis.get_major_formatter()(0.25) == "25 %"
    axes = Picture(6, 4).subplots()
    draw_curve(axes, VALUES[:, ::-1], SUPPORTED, [LESS, MORE])
    assert axes.xaxis_inverted()
    assert not axes.yaxis_inverted()


def test_names_overlap_neither_each_other_nor_the_edge() -> None:
    figure = Picture(6, 4)
    axes = figure.subplots()
    named = [Named(float(x), float(y), f"a point of\nsome length {x}") for x, y in VALUES]
    named.append(Named(0.82, 9.1, "the best one", optimum=True))
    draw_curve(axes, VALUES, SUPPORTED, [MORE, LESS], named)
    name_points(axes, VALUES, named)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) == len(named)
    for k, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:k])
        assert axes.get_window_extent().padded(3).overlaps(box)
    assert [line.get_color() for line in axes.get_lines() if line.get_marker() == "*"] == [OPTIMUM]


def test_three_terms_have_a_scale_of_colours() -> None:
    figure = Picture(6, 4)
    axes = figure.subplots()
    values = np.column_stack([VALUES, [4.0, 3.0, 2.0, 1.0]])
    draw_coloured(axes, values, [MORE, LESS, Scale("size", "people", False)], [Named(0.4, 1.6, "a", True)])
    assert axes.yaxis_inverted()
    assert any(line.get_marker() == "*" for line in axes.get_lines())
    (drawn,) = [c for c in axes.collections if c.get_array() is not None]
    assert drawn.get_array().tolist() == values[:, 2].tolist()
    assert figure.axes[1].get_ylabel() == "size:\npeople (less is better)"


def test_front_of_a_region_in_its_own_units(front: ParetoFront) -> None:
    """The ends are the best values of the region's plans, recomputed from the plans."""
    figure = front.plot("Waasland", optimum=False)
    points = np.vstack([np.column_stack(line.get_data()) for line in dots(figure.axes[0])])
    assert len(points) == len(front.of("Waasland"))
    best = front.plan_at(len(front.of("Waasland")), "Waasland")
    frame = best.to_frame()
    coverage = float((frame["coverage"] * frame["population"]).sum() / frame["population"].sum())
    distance = float((frame["distance"] * frame["population"]).sum() / frame["population"].sum())
    assert points[:, 0].max() == pytest.approx(coverage)
    assert points[np.argmax(points[:, 0]), 1] == pytest.approx(distance)


def test_the_optimum_is_marked(front: ParetoFront) -> None:
    for region in (None, "Waasland"):
        figure = front.plot(region)
        (star,) = [line for line in figure.axes[0].get_lines() if line.get_marker() == "*"]
        plan = solve(
            front.instance, front.scenario, regions=["Waasland", "Midwest"] if region is None else [region]
        )
        frame = plan.to_frame()
        mean = float((frame["distance"] * frame["population"]).sum() / frame["population"].sum())
        assert star.get_ydata()[0] == pytest.approx(mean)
        assert any("'mergers'" in text.get_text() for text in figure.axes[0].texts)
    without = front.plot(optimum=False)
    assert not any(line.get_marker() == "*" for line in without.axes[0].get_lines())


def test_points_and_plans_get_names(front: ParetoFront) -> None:
    kept = front.plan_at(1, "Waasland")
    figure = plot_pareto(front, "Waasland", names={2: "second"}, plans={"as it was": kept})
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert {"second", "as it was"} <= set(texts)
    with pytest.raises(InputError, match=r"no such point; there are 1 to"):
        front.plot("Waasland", names={0: "none"})
    with pytest.raises(InputError, match=r"no front of this region; did you mean 'Waasland'"):
        front.plot("Wasland")
