"""The map of a plan at the size of a notebook."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import shapely
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from refzones.app.maps.colours import STANDALONE
from refzones.app.pictures import Picture, plot_plan, shapes_of
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import Result, solve


@pytest.fixture(scope="module")
def result() -> Result:
    return solve(
        load("flanders-2025"), Scenario.preset("mergers"), regions=["Waasland", "Zuid-West-Vlaanderen"]
    )


def drawn(result: Result, **options: Any) -> Figure:
    assert result.plan is not None
    figure = plot_plan(result.plan, result.instance, result.scenario, **options)
    assert isinstance(figure, Figure)
    return figure


def areas_of(figure: Figure) -> PathCollection:
    """Give the collection with the areas of the mergers: the lowest one."""
    found = [c for c in figure.axes[0].collections if isinstance(c, PathCollection)]
    return min(found, key=lambda c: c.get_zorder())


def test_one_area_a_merger(result: Result) -> None:
    figure = drawn(result)
    areas = areas_of(figure)
    assert len(areas.get_paths()) == len(result.mergers)
    for merger, colour in zip(result.mergers, areas.get_facecolor(), strict=True):
        assert bool(merger.standalone) == (to_hex(colour) == STANDALONE)


def test_neighbours_differ_in_colour(result: Result) -> None:
    colours = [tuple(c) for c in areas_of(drawn(result)).get_facecolor()]
    of = {i: k for k, merger in enumerate(result.mergers) for i in merger.members}
    bordering = [(of[a], of[b]) for a, b in result.instance.borders.pairs.tolist() if a in of and b in of]
    compared = 0
    for a, b in bordering:
        if a != b and not (result.mergers[a].standalone or result.mergers[b].standalone):
            assert colours[a] != colours[b]
            compared += 1
    assert compared > 10


def test_areas_keep_their_proportions(result: Result) -> None:
    shapes = shapes_of(result.instance)
    wanted = [shapes.merged(merger.members).area for merger in result.mergers]
    found = [shapely.Polygon(path.to_polygons()[0]).area for path in areas_of(drawn(result)).get_paths()]
    ratios = [a / b for a, b in zip(found, wanted, strict=True)]
    assert max(ratios) == pytest.approx(min(ratios), rel=0.05)


def test_every_seat_of_a_region_is_named(result: Result) -> None:
    texts = {text.get_text().replace("\n", " ") for text in drawn(result).axes[0].texts}
    for merger in result.mergers:
        name = result.instance.names[merger.seat]
        assert any(name.replace("-", "") == text.replace(" ", "").replace("-", "") for text in texts), name
    assert not any(text.get_text() for text in drawn(result, names=False).axes[0].texts)


def test_draws_where_it_is_told_to(result: Result) -> None:
    figure = Picture(8, 4)
    left, right = figure.subplots(1, 2)
    assert drawn(result, ax=right, title="Here") is figure
    assert len(left.collections) == 0
    assert right.get_title(loc="left") == "Here"


def test_shows_itself_without_pyplot(result: Result) -> None:
    assert result.plan is not None
    figure = result.plan.plot()
    assert figure._repr_png_().startswith(b"\x89PNG")
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()
    assert figure.png(50) == figure.png(50)


def test_the_map_fills_its_figure(result: Result) -> None:
    """Whatever its shape; and it keeps its proportions where other axes are laid out beside it."""
    for options in ({}, {"ax": Picture(9, 3).subplots(1, 2)[1]}):
        figure = drawn(result, **options)
        figure.draw_without_rendering()
        (axes,) = [one for one in figure.axes if one.collections]
        areas = min(axes.collections, key=lambda c: c.get_zorder())
        box = areas.get_datalim(axes.transData)
        width, height = axes.get_xlim()[1], axes.get_ylim()[1]
        assert max(box.width / width, box.height / height) > 0.9
        extent = axes.get_window_extent()
        assert extent.width / width == pytest.approx(extent.height / height, rel=1e-3)


def test_a_long_title_is_broken(result: Result) -> None:
    figure = drawn(result, title="a title that goes on for more than the width of any map " * 3)
    figure.draw_without_rendering()
    box = figure.axes[0].get_title(loc="left")
    assert box.count("\n") >= 1
