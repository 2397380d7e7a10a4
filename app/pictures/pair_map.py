"""Co-assignment of neighbours as a map: lines as thick as the share of plans that merge the two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.instance import Instance
from ..dutch import Language, told
from ..maps.areas import Areas
from ..maps.colours import STANDALONE
from ..maps.ground import write_name
from ..maps.names import boxes_of, names_inside
from ..maps.page import Page
from ..maps.pairs import APART, OPEN, TOGETHER, draw_pair_lines, ground, pair_boxes, widths
from ..maps.panel import wrapped
from ..maps.shapes import Geometry, Shapes, dissolve
from ..maps.style import GREY, HATCH, INK, LINES, Pen
from .plan_map import headline, map_axes

_FOOT: Final = 0.55
"""Inches below the map for the legend."""

_BOLD: Final = 1.15
"""How much wider bold type is."""


def draw_pairs(
    instance: Instance,
    shapes: Shapes,
    pairs: IntArray,
    share: FloatArray,
    *,
    members: Sequence[int] | None = None,
    what: str = "plans",
    title: str = "",
    names: bool = True,
    ax: Any = None,
    language: Language = "en",
) -> Any:
    """Draw for each pair of neighbours how many plans merge them.

    Parameters
    ----------
    instance : Instance
    shapes : Shapes
        One geometry a municipality.
    pairs : ndarray of int64, shape (p, 2)
        Neighbours that may merge, by index.
    share : ndarray of float64, shape (p,)
        Share of the plans that merge the two, 0 to 1.
    members : sequence of int, optional
        Municipalities that are shown; all of the regions that the pairs lie in without it.
    what : str
        What the shares are shares of, for the legend, in English.
    title : str
        In the language of the picture.
    names : bool
        Whether municipalities are named where there is room.
    ax : matplotlib Axes, optional
        Where to draw; a figure of its own without it.
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure
        Three collections of lines, with the labels 'never', 'open' and 'always'.
    """
    held = sorted(members) if members is not None else _of_regions(instance, pairs)
    axes, page = map_axes([shapes.geometry[i] for i in held], ax, _FOOT)
    cells = {i: page.shape(shapes.geometry[i]) for i in held}
    pen = Pen(axes)
    _draw_ground(pen, instance, cells, pairs, share)
    dots = _dots(instance, shapes, held, page)
    place = {i: k for k, i in enumerate(held)}
    ends = dots[np.array([[place[a], place[b]] for a, b in pairs.tolist()], dtype=np.int64).reshape(-1, 2)]
    draw_pair_lines(axes, ends, share)
    axes.scatter(dots[:, 0], dots[:, 1], s=9, c=INK, edgecolors="white", linewidths=0.6, zorder=6)
    if names:
        _write_names(pen, instance, cells, held, dots, pair_boxes(dots, ends, share), page)
    _draw_legend(axes, what, language, alone=len(set(held) - set(pairs.ravel().tolist())) > 0)
    if title:
        headline(axes, "\n".join(wrapped(title, page.map.width - 4, 11 * _BOLD)))
    return axes.figure


def _of_regions(instance: Instance, pairs: IntArray) -> list[int]:
    """Municipalities of all regions that pairs lie in."""
    regions = np.unique(instance.region[pairs.ravel()])
    return [int(i) for i in np.flatnonzero(np.isin(instance.region, regions))]


def _draw_ground(
    pen: Pen, instance: Instance, cells: dict[int, Geometry], pairs: IntArray, share: FloatArray
) -> None:
    """Fill municipalities by what is known of them; draw their borders and those of the regions."""
    fills, alone = ground(list(cells), pairs, share)
    pen.areas(list(cells.values()), fills)
    if alone:
        pen.hatch(shapely.union_all([cells[i] for i in alone]), order=1.5, colour=HATCH)
    pen.outlines(list(cells.values()), *LINES["municipality"], order=2)
    regions: dict[int, list[Geometry]] = {}
    for i, cell in cells.items():
        regions.setdefault(int(instance.region[i]), []).append(cell)
    pen.outlines([dissolve(parts) for parts in regions.values()], *LINES["region"], order=3)


def _dots(instance: Instance, shapes: Shapes, held: Sequence[int], page: Page) -> FloatArray:
    """Where each municipality's dot stands on the page, inside its own shape; shape (k, 2)."""
    middles = []
    for i in held:
        x, y = float(instance.x[i]), float(instance.y[i])
        if not shapely.contains_xy(shapes.geometry[i], x, y):
            inside = shapely.point_on_surface(shapes.geometry[i])
            x, y = inside.x, inside.y
        middles.append(page.point(x, y))
    return np.array(middles, dtype=np.float64).reshape(-1, 2)


def _write_names(
    pen: Pen,
    instance: Instance,
    cells: dict[int, Geometry],
    held: Sequence[int],
    dots: FloatArray,
    taken: FloatArray,
    page: Page,
) -> None:
    """Name the municipalities, the most populous first, beside the lines where possible."""
    order = sorted(held, key=lambda i: (-int(instance.population[i]), i))
    shown = Areas(tuple(cells.get(i) for i in range(len(instance))), (), {})
    points = 7.5 if page.scale > 1 / 500 else 6.0
    beside = names_inside(instance, shown, order, taken, points)
    named = {written.of for written in beside}
    left = [i for i in order if i not in named]
    over = names_inside(instance, shown, left, boxes_of(beside, dots), points) if page.scale > 1 / 500 else []
    for written in [*beside, *over]:
        write_name(pen, written, INK)


def _draw_legend(axes: Any, what: str, language: Language, *, alone: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    def line(share: float, colour: str, label: str) -> Any:
        style: Any = (0, (1.5, 2.0)) if share == 0 else "solid"
        return Line2D(
            [],
            [],
            color=colour,
            linewidth=float(widths(np.array(share))),
            linestyle=style,
            label=told(label, language, "share"),
        )

    handles = [
        line(1.0, TOGETHER, f"all {what}"),
        line(0.75, OPEN, "75 %"),
        line(0.5, OPEN, "50 %"),
        line(0.25, OPEN, "25 %"),
        line(0.0, APART, "none"),
    ]
    if alone:
        handles.append(
            Patch(
                facecolor=STANDALONE,
                edgecolor=GREY,
                hatch="////",
                label=told("stands alone by rule", language, "share"),
            )
        )
    axes.legend(
        handles=handles,
        title=told("Two neighbours are in one merger in", language),
        title_fontsize=7.5,
        alignment="left",
        loc="upper left",
        bbox_to_anchor=(0.005, -0.005),
        ncols=len(handles),
        frameon=False,
        fontsize=7.5,
        handlelength=2.2,
        columnspacing=1.9,
        handletextpad=1.1,
        borderaxespad=0.2,
    )
