"""The map of differences: what is drawn, where, and that it is the same twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from matplotlib.colors import to_rgb
from matplotlib.image import imread
from refzones.app.maps.difference import borders_of, draw_difference
from refzones.app.maps.difference_panel import _choices, _fits, _way
from refzones.app.maps.merger import MapMerger
from refzones.app.maps.page import WIDTH
from refzones.app.maps.shapes import Shapes
from refzones.app.maps.two_plans import ACCENT, TwoPlans
from refzones.instances import Instance
from refzones.solver.review.transfers import transfers


def plans_of(instance: Instance, first: list[tuple[int, ...]], second: list[tuple[int, ...]]) -> TwoPlans:
    def parts(groups: list[tuple[int, ...]]) -> tuple[MapMerger, ...]:
        names = [instance.names[g[0]] + (f" +{len(g) - 1}" if g[1:] else "") for g in groups]
        people = [int(instance.population[list(g)].sum()) for g in groups]
        return tuple(
            MapMerger(g, g[0], name, False, count)
            for g, name, count in zip(groups, names, people, strict=True)
        )

    return TwoPlans(
        ("now", "then"), parts(first), parts(second), transfers(first, second, instance.population)
    )


ROWS = [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11)]
SHIFTED = [(0, 1, 2), (3,), (4, 5), (6, 7), (8, 9), (10, 11)]


def share_of(path: Path, colour: str) -> float:
    """Share of the pixels of a page that have a colour, up to a little."""
    image = imread(path)[..., :3]
    return float((np.abs(image - np.array(to_rgb(colour))).max(axis=2) < 0.03).mean())


def test_what_changes_is_drawn_in_the_accent_colour(grid: Instance, squares: Shapes, tmp_path: Path) -> None:
    for name, second in (("same.png", ROWS), ("other.png", SHIFTED)):
        plans = plans_of(grid, ROWS, second)
        draw_difference(tmp_path / name, grid, squares, plans, title="A map", dpi=120)
    same, other = (share_of(tmp_path / name, ACCENT) for name in ("same.png", "other.png"))
    assert same < 0.0015  # the samples of the legend
    assert other > 2 * same


def test_the_same_plans_give_the_same_picture(grid: Instance, squares: Shapes, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        draw_difference(tmp_path / name, grid, squares, plans_of(grid, ROWS, SHIFTED), title="Twice", dpi=40)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_borders_by_who_has_them() -> None:
    """Three squares in a row: first | divides after one, then after two."""
    a, b, c = (shapely.box(10 * k, 0, 10 * k + 10, 10) for k in range(3))
    found = borders_of([a, shapely.union(b, c)], [shapely.union(a, b), c])
    assert found.first.length == pytest.approx(10, abs=1)
    assert found.first.centroid.x == pytest.approx(10)
    assert found.second.length == pytest.approx(10, abs=1)
    assert found.second.centroid.x == pytest.approx(20)
    assert found.both.length == pytest.approx(80, abs=1)  # the outline


def test_borders_that_do_not_quite_fit_are_the_same() -> None:
    a, b = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)
    c, d = shapely.box(0, 0, 10.05, 10), shapely.box(10.05, 0, 20, 10)
    found = borders_of([a, b], [c, d])
    assert found.first.length == found.second.length == 0


def test_plans_of_a_part_fill_the_page(grid: Instance, squares: Shapes, tmp_path: Path) -> None:
    plans = plans_of(grid, [(8, 9), (10, 11)], [(8, 9, 10), (11,)])
    draw_difference(tmp_path / "part.png", grid, squares, plans, title="A part", dpi=40)
    white = (imread(tmp_path / "part.png")[..., :3] > 0.99).all(axis=2).mean()
    assert white < 0.75


def test_only_those_that_move_are_listed(grid: Instance) -> None:
    plans = plans_of(grid, ROWS, SHIFTED)
    assert [transfer.municipality for transfer in plans.moves] == [2]
    choice = next(_choices(grid, plans, 2, 45.0, "en"))
    texts = [piece[1] for row in choice.rows for piece in row.pieces]
    assert texts == ["R0", "M2", "M2 +1 → M0 +2"]
    assert [row.right for row in choice.rows] == ["20,000", "20,000", ""]
    assert choice.rows[1].swatch == 1
    assert choice.points > 6


def test_a_long_name_leaves_its_figure_to_the_next_line(grid: Instance) -> None:
    import dataclasses

    long = dataclasses.replace(grid, names=("Langemark-Poelkapelle-aan-de-IJzer", *grid.names[1:]))
    plans = plans_of(long, ROWS, SHIFTED)
    for way in (True, False):
        rows = _way(long, plans, 0, 0, [0], "20,000", points=9.0, width=45.0, way=way)
        assert [row.right for row in rows] == ["", "20,000"] + [""] * (len(rows) - 2)
        assert [row.keep for row in rows] == [True] * (len(rows) - 1) + [False]
    assert not _fits(dataclasses.replace(rows[0], right="20,000"), 9.0, 45.0)


def test_long_names_of_plans_are_cut(grid: Instance, squares: Shapes, tmp_path: Path) -> None:
    import dataclasses

    plans = dataclasses.replace(plans_of(grid, ROWS, SHIFTED), names=("a" * 80, "short"))
    assert plans.short_names == ("a" * 33 + "…", "short")
    draw_difference(tmp_path / "long.png", grid, squares, plans, title="Long", dpi=40)
    assert imread(tmp_path / "long.png").shape[1] == round(WIDTH / 25.4 * 40)


def test_the_longest_list_falls_back_on_what_fits(flanders: Instance, plan: list[MapMerger]) -> None:
    first = [merger.members for merger in plan]
    plans = plans_of(flanders, first, [(i,) for i in range(len(flanders))])
    choices = list(_choices(flanders, plans, 2, 45.0, "en"))
    lengths = [len(choice.rows) for choice in choices]
    assert lengths[-1] == min(lengths) < lengths[0]
    assert len(choices) >= 4
