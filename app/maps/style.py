"""Ink, lines and the pen that draws on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely

from ...instances.common.arrays import FloatArray
from .colours import STANDALONE
from .labels import LINE_SPACING
from .lettering import families, printable, ready
from .page import HEIGHT, WIDTH, Box
from .shapes import Geometry

INK: Final = "#1f2328"
PALE_INK: Final = "#59616b"
GREY: Final = "#9aa0a6"
HATCH: Final = "#a9adb2"

LINES: Final = {
    "municipality": ("#3c434da3", 0.55),
    "merger": ("#3f444a", 1.0),
    "zone": ("#1b3f8f", 1.7),
    "region": ("#14171a", 1.9),
}
"""Colour and width in points of each kind of border."""


class Pen:
    """Draws in millimetres from the lower left corner: on a page of its own, or on axes that are given.

    Works without a display and without global state, so that several maps can be drawn at once.

    Parameters
    ----------
    axes : matplotlib Axes, optional
        Whose limits are millimetres; a page of its own without it.
    size : (float, float)
        Width and height of that page, in millimetres; A3 without it.
    """

    def __init__(self, axes: Any = None, size: tuple[float, float] = (WIDTH, HEIGHT)) -> None:
        ready()
        if axes is not None:
            self.figure, self.axes = axes.figure, axes
            return
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        width, height = size
        self.figure = Figure(figsize=(width / 25.4, height / 25.4), facecolor="white")
        FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(0, height)
        self.axes.set_axis_off()

    def areas(self, shapes: Sequence[Geometry], fills: Sequence[str], order: float = 1) -> None:
        """Fill shapes, without an edge that would show between neighbours of one colour."""
        from matplotlib.collections import PathCollection

        paths = [path_of(shape) for shape in shapes]
        self.axes.add_collection(
            PathCollection(
                paths, facecolors=list(fills), edgecolors=list(fills), linewidths=0.3, zorder=order
            ),
            autolim=False,
        )

    def outlines(self, shapes: Sequence[Geometry], colour: str, width: float, order: float) -> None:
        """Draw the borders of shapes."""
        from matplotlib.collections import PathCollection

        paths = [path_of(shape) for shape in shapes]
        self.axes.add_collection(
            PathCollection(
                paths, facecolors="none", edgecolors=colour, linewidths=width, joinstyle="round", zorder=order
            ),
            autolim=False,
        )

    def borders(self, shapes: Sequence[Geometry], colour: str, width: float, order: float) -> None:
        """Draw the borders of shapes that fit each other, each once although two shapes have it."""
        if shapes:
            self.lines(shapely.union_all(shapely.boundary(list(shapes))), colour, width, order)

    def lines(
        self, shape: Geometry, colour: str, width: float, order: float, dashes: tuple[float, ...] = ()
    ) -> None:
        """Draw the lines that a geometry holds; dashes and gaps in multiples of the width."""
        parts = shapely.get_parts(shapely.line_merge(shape))
        drawn = [part for part in parts if part.geom_type in ("LineString", "LinearRing") and part.length > 0]
        self._strokes([shapely.get_coordinates(part) for part in drawn], colour, width, order, dashes=dashes)

    def _strokes(
        self,
        lines: Sequence[FloatArray],
        colour: str,
        width: float,
        order: float,
        *,
        dashes: tuple[float, ...] = (),
        cap: str = "round",
    ) -> None:
        """Draw lines as one path, which is shorter in a file than many."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        if not lines:
            return
        codes = [np.r_[Path.MOVETO, np.full(len(line) - 1, Path.LINETO)] for line in lines]
        drawn = PathPatch(
            Path(np.vstack(lines), np.concatenate(codes).astype(Path.code_type)),
            facecolor="none",
            edgecolor=colour,
            linewidth=width,
            linestyle=(0, dashes) if dashes else "solid",
            capstyle="butt" if dashes else cap,
            joinstyle="round",
            zorder=order,
        )
        self.axes.add_artist(drawn)

    def hatch(
        self,
        shape: Geometry,
        spacing: float = 1.5,
        order: float = 2,
        *,
        colour: str = HATCH,
        width: float = 0.5,
        falling: bool = False,
    ) -> None:
        """Draw slanting lines over a shape, rising to the right, or falling.

        The lines are cut by hand: matplotlib's own hatching is in pixels and changes with the resolution.
        """
        left, bottom, right, top = shape.bounds
        high = top - bottom
        starts = np.arange(np.floor((left - high) / spacing) * spacing, right, spacing)
        foot, head = (top, bottom) if falling else (bottom, top)
        lines = shapely.linestrings([[(x, foot), (x + high, head)] for x in starts])
        shapely.prepare(shape)
        cut = shapely.get_parts(shapely.intersection(shape, lines))
        segments = [shapely.get_coordinates(line) for line in cut if line.length > 0]
        self._strokes(segments, colour, width, order, cap="projecting")

    def hatched(self, box: Box, spacing: float = 1.3) -> None:
        """Draw a small sample of the standalone treatment."""
        self.rectangle(box, STANDALONE, edge="none")
        self.hatch(shapely.box(box.left, box.bottom, box.right, box.top), spacing, order=2.5)
        self.rectangle(box, "none", edge=GREY)

    def rectangle(self, box: Box, fill: str, edge: str = "none") -> None:
        """Draw a rectangle."""
        from matplotlib.patches import Rectangle

        self.axes.add_artist(
            Rectangle(
                (box.left, box.bottom),
                box.width,
                box.height,
                facecolor=fill,
                edgecolor=edge,
                lw=0.5,
                zorder=2.2,
            )
        )

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float, order: float = 2
    ) -> None:
        """Draw a line."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        self.axes.add_line(Line2D(xs, ys, color=colour, linewidth=width, zorder=order))

    def sign(
        self,
        point: tuple[float, float],
        marker: Any,
        size: float,
        fill: str,
        edge: str,
        width: float,
        order: float,
    ) -> None:
        """Draw one of matplotlib's markers, `size` millimetres wide."""
        from matplotlib.lines import Line2D

        self.axes.add_line(
            Line2D(
                [point[0]],
                [point[1]],
                marker=marker,
                markersize=size * 72 / 25.4,
                markerfacecolor=fill,
                markeredgecolor=edge,
                markeredgewidth=width,
                linestyle="none",
                zorder=order,
            )
        )

    def dot(self, x: float, y: float) -> None:
        """Draw one seat's dot."""
        self.dots(np.array([[x, y]]))

    def dots(self, points: Any) -> None:
        """Draw the dots of seats."""
        self.axes.scatter(
            points[:, 0], points[:, 1], s=7.5, c=INK, edgecolors="white", linewidths=0.5, zorder=6
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        points: float,
        *,
        weight: str = "normal",
        colour: str = INK,
        horizontal: str = "left",
        vertical: str = "baseline",
        halo: float = 0.0,
        order: float = 7,
    ) -> None:
        """Write a text; a halo is a white edge, in points, that sets it off from what lies below."""
        from matplotlib.patheffects import withStroke

        text = printable(text)
        effects = [withStroke(linewidth=halo, foreground="white", alpha=0.85)] if halo else None
        self.axes.text(
            x,
            y,
            text,
            fontsize=points,
            fontfamily=families(text),
            fontweight=weight,
            color=colour,
            ha=horizontal,
            va=vertical,
            path_effects=effects,
            zorder=order,
            linespacing=LINE_SPACING,
            parse_math=False,
        )


def path_of(shape: Geometry) -> Any:
    """Turn a polygon or multipolygon into one matplotlib path, holes included."""
    from matplotlib.path import Path

    rings = [
        shapely.get_coordinates(ring)
        for part in shapely.get_parts(shape)
        for ring in (part.exterior, *part.interiors)
    ]
    codes = [
        np.r_[Path.MOVETO, np.full(len(ring) - 2, Path.LINETO), Path.CLOSEPOLY].astype(Path.code_type)
        for ring in rings
    ]
    return Path(np.vstack(rings), np.concatenate(codes))
