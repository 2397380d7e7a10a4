"""The map of a plan at the size of a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...solver.results.counts import count_parts, count_text
from ...solver.results.plan import Plan
from ..dutch import Language, told
from ..maps.areas import Areas, lay_out
from ..maps.boundaries import read_boundaries
from ..maps.ground import draw_areas, merger_fills, write_name
from ..maps.lettering import lettered
from ..maps.merger import MapMerger, map_mergers
from ..maps.names import boxes_of, names_inside, region_names, seat_names, seat_points
from ..maps.page import Page
from ..maps.panel import wrapped
from ..maps.shapes import Shapes, dissolve, generalised_shapes
from ..maps.style import INK, LINES, PALE_INK, Pen
from .figure import Picture

MM = 25.4
"""Millimetres in an inch."""

_WIDTH, _HEIGHT = 11.0, 6.4
"""Most inches that a map takes."""

_NAMED = 1 / 700
"""Scale, in millimetres a metre, from which members are named where their names fit."""

_HEAD = 0.45
"""Inches for the title."""

_TITLE = 11.0
"""Its size, in points."""

_BOLD = 1.15
"""How much wider bold type is than what `wrapped` measures."""


@lettered
def plot_plan(
    plan: Plan,
    instance: Instance,
    scenario: Scenario,
    *,
    ax: Any = None,
    title: str | None = None,
    boundaries: str | Path | None = None,
    names: bool = True,
    language: Language = "en",
) -> Any:
    """Draw the map of a plan, as large as the municipalities that it holds.

    Parameters
    ----------
    plan : Plan
    instance : Instance
    scenario : Scenario
    ax : matplotlib Axes, optional
        Where to draw; a figure of its own without it. Its limits become millimetres.
    title : str, optional
        Above the map; the number of mergers and the score without it.
    boundaries : str or Path, optional
        Vector file with the official boundaries; generalised cells without it.
    names : bool
        Whether seats, regions and, where there is room, members are named.
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure
        One collection of areas, in the order of the mergers.
    """
    shapes = shapes_of(instance, boundaries)
    mergers = map_mergers(instance, plan.mergers)
    held = sorted(i for merger in plan.mergers for i in merger.members)
    text = told(_title(plan, scenario), language) if title is None else title
    axes, page = map_axes([shapes.geometry[i] for i in held], ax, title=text)
    _, areas = lay_out(instance, shapes, mergers, page)
    shown = Areas(tuple(areas.municipalities[i] for i in held), areas.mergers, areas.regions)
    pen = Pen(axes)
    draw_areas(pen, shown, mergers, merger_fills(instance, areas, mergers))
    if plan.zones:
        zones = [dissolve([areas.municipalities[i] for i in zone.members]) for zone in plan.zones]
        pen.outlines(zones, *LINES["zone"], order=4.5)
    if names:
        _write_names(pen, instance, shapes, areas, mergers, page)
    return axes.figure


@lru_cache(maxsize=4)
def _generalised(instance: Instance) -> Shapes:
    return generalised_shapes(instance)


def shapes_of(instance: Instance, boundaries: str | Path | Shapes | None = None) -> Shapes:
    """Give the shapes of municipalities: of a boundary file, or generalised cells, made once an instance."""
    if isinstance(boundaries, Shapes):
        return boundaries
    return _generalised(instance) if boundaries is None else read_boundaries(boundaries, instance)


def map_axes(shapes: Sequence[Any], ax: Any = None, foot: float = 0.0, title: str = "") -> tuple[Any, Page]:
    """Give axes in millimetres, of a figure of their own or those given, and the page that fills them.

    Parameters
    ----------
    shapes : sequence of shapely geometries
        What must be seen, in the CRS of the instance.
    ax : matplotlib Axes, optional
    foot : float
        Inches left free below the map, of a figure of its own.
    title : str
        Above the map.
    """
    left, bottom, right, top = shapely.total_bounds(np.array(shapes, dtype=object)).tolist()
    if ax is None:
        ratio = (top - bottom) / max(right - left, 1e-9)
        width = min(_WIDTH, _HEIGHT / max(ratio, 1e-9))
        width = max(width, 5.0)
        height = min(_HEIGHT, max(width * ratio, 2.0))
        figure = Picture(width, height + _HEAD + foot)
        figure.set_layout_engine("none")
        whole = height + _HEAD + foot
        ax = figure.add_axes((0, foot / whole, 1, height / whole))
    ax.set_axis_off()
    if title:
        headline(ax, title)
    # a figure that lays itself out has done so now: what follows needs the true size of the axes
    ax.figure.draw_without_rendering()
    box = ax.get_window_extent()
    width, height = (side / ax.figure.dpi * MM for side in (box.width, box.height))
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    ax.set_aspect("equal", anchor="NW")
    return ax, Page.filled((left, bottom, right, top), width, height)


def headline(axes: Any, title: str) -> None:
    """Write the title above a map, on as many lines as it takes."""
    width = axes.get_window_extent().width / axes.figure.dpi * MM
    lines = wrapped(title, width - 4, _TITLE * _BOLD)
    text = "\n".join(lines) if "\n" not in title else title
    axes.set_title(text, loc="left", x=0.01, fontsize=_TITLE, fontweight="bold", color=INK, parse_math=False)


def _title(plan: Plan, scenario: Scenario) -> str:
    text = count_text(count_parts(plan.mergers), scenario.level, len(plan.zones))
    text += "; exempt from the bounds by rule: hatched" if any(m.standalone for m in plan.mergers) else ""
    return f"{text}; {plan.score_nano / 1e9:,.3f} points"


def _write_names(
    pen: Pen, instance: Instance, shapes: Shapes, areas: Areas, mergers: Sequence[MapMerger], page: Page
) -> None:
    dots = seat_points(instance, shapes, mergers, page)
    seats = seat_names(instance, areas, mergers, dots)
    regions = region_names(instance, areas, boxes_of(seats, dots))
    others = [i for merger in mergers for i in merger.members if i != merger.seat]
    others = others if page.scale >= _NAMED else []
    members = names_inside(instance, areas, others, boxes_of([*seats, *regions], dots), points=6.5)
    pen.dots(dots)
    for written in seats:
        write_name(pen, written, INK)
    for written in [*regions, *members]:
        write_name(pen, written, PALE_INK)
