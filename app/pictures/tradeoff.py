"""Trade-off curves: what one term costs in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray
from ..dutch import Language, told
from ..maps.labels import MM_PER_POINT, Label, around, overlaps, place, text_size
from ..maps.style import GREY, INK, PALE_INK
from .figure import called, number_ticks, plain, within, written

SUPPORTED: Final = "#1b3f8f"
UNSUPPORTED: Final = "#ffffff"
OPTIMUM: Final = "#d9730d"
"""Blue, white and orange: apart in hue, in lightness and in shape."""

_BESIDE_AXIS = 0.85
"""Share of a picture's side that is left to the label of an axis."""

_TYPE = 8.5
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Scale:
    """A term along an axis.

    Attributes
    ----------
    name, unit : str
        As scenarios have the one, and terms the other in English.
    more : bool
        Whether more is better.
    language : {'en', 'nl'}
        Of what stands beside the axis.
    """

    name: str
    unit: str
    more: bool
    language: Language = "en"

    @property
    def label(self) -> str:
        """What stands beside the axis."""
        return " ".join(self.lines)

    @property
    def lines(self) -> tuple[str, str]:
        """The same on two lines: what is measured, and in what."""
        better = told("more is better" if self.more else "less is better", self.language)
        return f"{called(self.name, self.language)}:", f"{told(self.unit, self.language)} ({better})"


@dataclass(frozen=True)
class Named:
    """A point with a name.

    Attributes
    ----------
    x, y : float
        In the units of the two terms.
    text : str
    optimum : bool
        Of the scenario: marked by a star; it need not be on the front.
    """

    x: float
    y: float
    text: str
    optimum: bool = False


def draw_curve(
    axes: Any, values: FloatArray, supported: BoolArray, scales: Sequence[Scale], named: Sequence[Named] = ()
) -> None:
    """Draw the non-dominated points of two terms; better is to the right and up.

    Parameters
    ----------
    axes : matplotlib Axes
    values : ndarray of float64, shape (p, 2)
        In the units of the terms, by the first one.
    supported : ndarray of bool, shape (p,)
        Whether some weights make the point best: dots on a line, the others are rings.
    scales : sequence of Scale
        Of the two terms.
    named : sequence of Named
    """
    plain(axes, grid="both")
    on_line = values[supported]
    language = scales[0].language
    small = len(values) > 150
    axes.plot(*on_line.T, color=SUPPORTED, linewidth=1.0, zorder=2)
    axes.plot(
        *values[~supported].T,
        "o",
        markersize=2.6 if small else 4.5,
        markerfacecolor=UNSUPPORTED,
        markeredgecolor=PALE_INK,
        markeredgewidth=0.6 if small else 0.9,
        linestyle="none",
        zorder=3,
        label=told(f"{int((~supported).sum()):,} best under no weights", language),
    )
    axes.plot(
        *on_line.T,
        "o",
        markersize=4 if small else 6,
        color=SUPPORTED,
        linestyle="none",
        zorder=4,
        label=told(f"{len(on_line):,} best under some weights of the two", language),
    )
    _mark(axes, named)
    _orient(axes, scales)
    axes.margins(0.09)
    if len(values):
        axes.legend(loc="lower left", fontsize=8.5, frameon=False, labelcolor=INK, handletextpad=0.3)


def _mark(axes: Any, named: Sequence[Named]) -> None:
    star = {"marker": "*", "markersize": 15, "color": OPTIMUM, "markeredgecolor": "white", "zorder": 6}
    ring = {"marker": "o", "markersize": 9, "color": "none", "markeredgecolor": INK, "zorder": 5}
    for one in named:
        axes.plot(one.x, one.y, linestyle="none", **(star if one.optimum else ring))


def name_points(axes: Any, values: FloatArray, named: Sequence[Named]) -> None:
    """Write the names of points where they hide neither points nor each other.

    Called last: places are found on the page as it stands.
    """
    figure = axes.figure
    figure.draw_without_rendering()
    to_mm = _MM_PER_INCH / figure.dpi
    points = axes.transData.transform(values.reshape(-1, 2)) * to_mm
    spots = axes.transData.transform([(one.x, one.y) for one in named]).reshape(-1, 2) * to_mm
    legend = axes.get_legend()
    fixed = [] if legend is None else [legend.get_window_extent().extents * to_mm]
    half = 0.8
    dots = np.vstack([points, spots])
    taken = np.vstack([np.hstack([dots - half, dots + half]), *np.reshape(fixed, (-1, 1, 4))])
    bounds = np.array(axes.get_window_extent().extents) * to_mm
    labels = []
    for one, spot in zip(named, spots, strict=True):
        width, height = text_size(one.text, _TYPE, "bold" if one.optimum else "normal")
        centres = around((float(spot[0]), float(spot[1])), width, height, 26.0)
        corner = np.array([width, height]) / 2
        boxes = np.hstack([centres - corner, centres + corner])
        outside = (boxes[:, :2] < bounds[:2]).any(axis=1) | (boxes[:, 2:] > bounds[2:]).any(axis=1)
        # hiding a dot is a last resort, hiding another name is none
        hidden = overlaps(boxes, taken, 0.2).sum(axis=1)
        far = np.hypot(*(centres - spot).T)
        labels.append(Label(width, height, centres, 0.5 * far + 8.0 * hidden + np.where(outside, 1e3, 0)))
    back = axes.transData.inverted()
    for one, spot, middle in zip(named, spots, place(labels, margin=0.5), strict=True):
        if middle is not None:
            _write(axes, one, back.transform(np.array(middle) / to_mm), np.hypot(*(np.array(middle) - spot)))


def _write(axes: Any, one: Named, spot: FloatArray, away: float) -> None:
    """Write a name, with a line to its point where it stands far off."""
    from matplotlib.patheffects import withStroke

    lines = one.text.count("\n") + 1
    if away > 6 + 2 * lines * _TYPE * MM_PER_POINT:
        axes.plot([one.x, spot[0]], [one.y, spot[1]], color=GREY, linewidth=0.7, zorder=4.5)
    axes.text(
        *spot,
        one.text,
        fontsize=_TYPE,
        fontweight="bold" if one.optimum else "normal",
        color=INK,
        ha="center",
        va="center",
        zorder=7,
        linespacing=1.15,
        path_effects=[withStroke(linewidth=2.2, foreground="white")],
        parse_math=False,
    )


def draw_coloured(
    axes: Any, values: FloatArray, scales: Sequence[Scale], named: Sequence[Named] = ()
) -> None:
    """Draw the non-dominated points of three terms: two axes, and the third as colour.

    Parameters
    ----------
    axes : matplotlib Axes
    values : ndarray of float64, shape (p, 3)
    scales : sequence of Scale
        Of the three terms.
    named : sequence of Named
    """
    plain(axes, grid="both")
    _mark(axes, named)
    third = scales[2]
    size = 26 if len(values) < 200 else 12
    # darker is better, on paper too
    shades = "viridis_r" if third.more else "viridis"
    drawn = axes.scatter(
        *values[:, :2].T, c=values[:, 2], s=size, cmap=shades, edgecolors="white", linewidths=0.4, zorder=3
    )
    bar = axes.figure.colorbar(drawn, ax=axes, aspect=30, pad=0.02)
    side = axes.figure.get_figheight() * _BESIDE_AXIS
    bar.set_label("\n".join(within(part, side) for part in third.lines), fontsize=9.5, color=INK)
    bar.outline.set_visible(False)
    bar.ax.tick_params(labelsize=8.5, color=GREY)
    scale_axis(bar.ax.yaxis, third)
    _orient(axes, scales[:2])


def _orient(axes: Any, scales: Sequence[Scale]) -> None:
    """Name two axes, and turn them so that better is to the right and up."""
    sides = axes.figure.get_size_inches() * _BESIDE_AXIS
    for scale, axis, side in zip(scales, (axes.xaxis, axes.yaxis), sides, strict=True):
        axis.set_label_text(within(scale.label, side), fontsize=9.5, color=INK)
        axis.set_inverted(not scale.more)
        scale_axis(axis, scale)


def scale_axis(axis: Any, scale: Scale) -> None:
    """Write shares in per cent, and numbers in the signs of the language."""
    number_ticks(axis, scale.language)
    if scale.unit.startswith("share"):
        axis.set_major_formatter(lambda share, _: written(f"{100 * share:.6g}", scale.language) + " %")


def names_of(names: Mapping[int, str], values: FloatArray) -> list[Named]:
    """Give points of a front, counted from 0, their names."""
    return [Named(float(values[k, 0]), float(values[k, 1]), text) for k, text in names.items()]
