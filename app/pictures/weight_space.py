"""The weight space decomposed by the plan that is best: a triangle of three weights, a rectangle of two."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from ...instances.common.arrays import FloatArray, IntArray
from ...solver.results.counts import number_of
from ..dutch import Language, told
from ..maps.colours import PALETTE
from ..maps.shapes import Geometry
from ..maps.style import GREY, INK, PALE_INK, path_of
from .figure import number_ticks, within

HEIGHT: Final = np.sqrt(3) / 2
CORNERS: Final = np.array([[0.5, HEIGHT], [0.0, 0.0], [1.0, 0.0]])
"""Where the first, second and third weight are all there is: above, lower left, lower right."""

TRIANGLE: Final = shapely.Polygon(CORNERS)

NONE: Final = -1
"""Winner where there is no plan."""

MOST_SETTINGS: Final = 5_000
"""Most settings of a picture: more take long to draw, and nobody sees them."""

_LETTERED = len(PALETTE)
"""Plans that get a colour of their own, a letter and a line of the legend; the rest is grey."""

_ORDER = tuple(PALETTE[k] for k in (2, 1, 3, 4, 0, 5, 7, 6))
"""The colours of the maps, the ones that differ most first."""

_BESIDE = 0.06
"""Distance from a letter to a mark, likewise."""

_CORNER = 2.2
"""Inches that a name at a corner, or between two of them, takes at most."""

_OTHERS = "#dfe2e6"
_FEW = 48
_ROOM = 0.016
"""Half the width, as a share of the plane's, that a letter needs."""


@dataclass(frozen=True)
class Fields:
    """Where each plan wins.

    Attributes
    ----------
    plans : tuple of int
        By how often they win, most first; equal ones by number. `NONE` is left out.
    share : tuple of float
        Of the settings, in the same order.
    areas : dict of int to shapely geometry
        Where a plan wins, with `NONE` where nothing does.
    """

    plans: tuple[int, ...]
    share: tuple[float, ...]
    areas: dict[int, Geometry]

    def letter(self, plan: int) -> str:
        """Give the letter of a plan, A for the one that wins most; empty for the rare ones."""
        place = self.plans.index(plan) if plan in self.plans else _LETTERED
        return string.ascii_uppercase[place] if place < _LETTERED else ""


def ternary(weights: FloatArray) -> FloatArray:
    """Place weights of three terms in a triangle with sides of 1.

    Parameters
    ----------
    weights : ndarray of float64, shape (n, 3)
        Not negative; some of each row more than zero.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        The mean of `CORNERS` weighted by a row.
    """
    shares = weights / weights.sum(axis=1, keepdims=True)
    return np.asarray(shares @ CORNERS, dtype=np.float64)


def fields(points: FloatArray, winners: IntArray, plane: Geometry) -> Fields:
    """Find the part of a plane where each plan wins: what lies nearest to the settings that it wins.

    Parameters
    ----------
    points : ndarray of float64, shape (n, 2)
        Settings, in the plane; of equal points the first counts for the areas.
    winners : ndarray of int64, shape (n,)
        Number of the plan that wins, `NONE` where there is none.
    plane : shapely geometry
        Convex, around all settings.

    Notes
    -----
    Voronoi cells by cutting along bisectors: O(n^2); 4,950 settings take 1.6 s. The diagrams of GEOS lose
    area where settings stand on a lattice.
    """
    counted = [(int(plan), int((winners == plan).sum())) for plan in np.unique(winners) if plan != NONE]
    counted.sort(key=lambda item: (-item[1], item[0]))
    _, first = np.unique(np.round(points, 9), axis=0, return_index=True)
    cells = _cells(points[np.sort(first)], plane)
    winner_of_cell = winners[np.sort(first)]
    areas = {}
    for plan in np.unique(winner_of_cell).tolist():
        own = [cell for cell, winner in zip(cells, winner_of_cell, strict=True) if winner == plan]
        areas[plan] = shapely.union_all(own, grid_size=1e-9 * np.sqrt(plane.area))
    total = max(len(winners), 1)
    return Fields(tuple(p for p, _ in counted), tuple(n / total for _, n in counted), areas)


def _cells(points: FloatArray, plane: Geometry) -> list[Geometry]:
    """Voronoi cell of each point in a convex plane, by clipping along bisectors."""
    whole = shapely.get_coordinates(plane)[:-1]
    return [shapely.Polygon(_cell(k, points, whole)) for k in range(len(points))]


def _cell(k: int, points: FloatArray, corners: FloatArray) -> FloatArray:
    """Clip a convex polygon along the bisectors between a point and the others, the nearest first."""
    away = points - points[k]
    distance = np.hypot(*away.T)
    for other in _by_distance(distance):
        if other == k:
            continue
        if distance[other] > 2 * np.hypot(*(corners - points[k]).T).max():
            break  # too far to cut anything
        # how far beyond the bisector each corner lies
        beyond = (corners - points[k]) @ away[other] - distance[other] ** 2 / 2
        corners = _cut(corners, beyond)
    return corners


def _by_distance(distance: FloatArray) -> Iterator[int]:
    """Give places by distance; the few nearest ones, which mostly do, without sorting them all."""
    few = min(_FEW, len(distance))
    nearest = np.argpartition(distance, few - 1)[:few]
    yield from nearest[np.argsort(distance[nearest], kind="stable")].tolist()
    if few < len(distance):
        left = np.setdiff1d(np.arange(len(distance)), nearest)
        yield from left[np.argsort(distance[left], kind="stable")].tolist()


def _cut(corners: FloatArray, beyond: FloatArray) -> FloatArray:
    """Clip a convex polygon to the half-plane where a linear function, given at its corners, is at most 0."""
    if (beyond <= 0).all():
        return corners
    kept = []
    for k in range(len(corners)):
        before = k - 1
        if (beyond[before] > 0) != (beyond[k] > 0):
            share = beyond[before] / (beyond[before] - beyond[k])
            kept.append(corners[before] + share * (corners[k] - corners[before]))
        if beyond[k] <= 0:
            kept.append(corners[k])
    return np.array(kept)


def fills_of(drawn: Fields) -> dict[int, str]:
    """Colour of each plan, by how often it wins; rare plans are grey, and nothing is white."""
    fills = dict.fromkeys([*drawn.areas, *drawn.plans], _OTHERS) | {NONE: "#ffffff"}
    return fills | dict(zip(drawn.plans, _ORDER, strict=False))


def draw_fields(axes: Any, drawn: Fields, free: FloatArray | None = None) -> None:
    """Draw the areas with their letters, none of them over a place that is to stay free."""
    fills = fills_of(drawn)
    for plan, area in drawn.areas.items():
        _draw_area(axes, area, fills[plan])
    left, bottom, right, top = shapely.total_bounds(list(drawn.areas.values()))
    for plan in drawn.plans[:_LETTERED]:
        if plan in drawn.areas:
            size = np.array([right - left, top - bottom])
            _write_letter(axes, drawn.areas[plan], drawn.letter(plan), fills[plan], size, free)


def draw_values(
    axes: Any,
    points: FloatArray,
    values: FloatArray,
    plane: Geometry,
    label: str,
    language: Language = "en",
) -> None:
    """Colour the cell of each setting by a value, with a scale beside the plane."""
    from matplotlib.collections import PathCollection

    known = np.isfinite(values)
    _, first = np.unique(np.round(points, 9), axis=0, return_index=True)
    kept = np.array([k for k in np.sort(first) if known[k]], dtype=np.int64)
    paths = [path_of(cell) for cell in _cells(points[kept], plane)]
    drawn = PathCollection(paths, cmap="cividis", linewidths=0.3, zorder=1)
    drawn.set_array(values[kept])
    drawn.set_edgecolor("face")
    axes.add_collection(drawn)
    bar = axes.figure.colorbar(drawn, ax=axes, shrink=0.7, aspect=25, pad=0.04)
    bar.set_label(label, fontsize=9, color=INK)
    number_ticks(bar.ax.yaxis, language)
    bar.outline.set_visible(False)
    bar.ax.tick_params(labelsize=8.5, color=GREY)


def _draw_area(axes: Any, area: Geometry, fill: str) -> None:
    from matplotlib.patches import PathPatch

    parts = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and part.area > 0]
    for part in parts:
        axes.add_patch(PathPatch(path_of(part), facecolor=fill, edgecolor="white", linewidth=1.4, zorder=1))


def _scaled(shape: Geometry, by: FloatArray) -> Geometry:
    return shapely.transform(shape, lambda points: points * by)


def _write_letter(
    axes: Any, area: Geometry, letter: str, fill: str, size: FloatArray, free: FloatArray | None
) -> None:
    """Write a letter in the widest place of the largest part, where there is room for it."""
    from matplotlib.patheffects import withStroke

    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    if largest.is_empty or largest.geom_type != "Polygon":
        return
    # in shares of the plane, as the two weights have scales of their own
    scaled = _scaled(largest, 1 / size)
    circle = shapely.maximum_inscribed_circle(scaled, tolerance=1e-3)
    middle = shapely.centroid(scaled)
    centred = scaled.contains(middle) and scaled.boundary.distance(middle) > 0.8 * circle.length
    spot = np.array(middle.coords[0] if centred else circle.coords[0]) * size
    if free is not None and np.hypot(*((spot - free) / size)) < _BESIDE:
        spot = free - (_BESIDE * size[0], 0)
    if circle.length >= _ROOM:
        # the edge hides the dot of a setting below the letter
        axes.text(
            *spot,
            letter,
            ha="center",
            va="center",
            fontsize=11,
            fontweight="bold",
            color=INK,
            zorder=4,
            path_effects=[withStroke(linewidth=3, foreground=fill)],
        )


def draw_triangle(
    axes: Any, terms: Sequence[str], notes: Sequence[str] = ("", "", ""), language: Language = "en"
) -> None:
    """Draw the frame of a triangle with its corners named and a scale along each side.

    Parameters
    ----------
    axes : matplotlib Axes
    terms : sequence of str
        The three weights, in the order of `CORNERS` and in the language of the picture, as the notes are.
    notes : sequence of str
        What stands below their names.
    language : {'en', 'nl'}
    """
    from matplotlib.patches import Polygon

    axes.add_patch(Polygon(CORNERS, closed=True, facecolor="none", edgecolor=INK, linewidth=1.2, zorder=3))
    places = [((0, 7), "center", "bottom"), ((-8, -17), "center", "top"), ((8, -17), "center", "top")]
    for corner, term, note, (offset, horizontal, vertical) in zip(CORNERS, terms, notes, places, strict=True):
        axes.annotate(
            within(told(f"only {term}", language, "corner"), _CORNER) + (f"\n{note}" if note else ""),
            corner,
            xytext=offset,
            textcoords="offset points",
            ha=horizontal,
            va=vertical,
            fontsize=9.5,
            color=INK,
            linespacing=1.3,
            annotation_clip=False,
        )
    for k, term in enumerate(terms):
        _scale(axes, k, term)
    axes.set_xlim(-0.13, 1.13)
    axes.set_ylim(-0.13, HEIGHT + 0.16)
    axes.set_aspect("equal")
    axes.set_axis_off()


def _scale(axes: Any, k: int, term: str) -> None:
    """Draw where weight k is a fifth, two fifths, ... of all: thin lines, and a scale along one side.

    The first weight is read on the left side, the second below, the third on the right side.
    """
    across, beside = ((2, 1), (0, 2), (1, 0))[k]
    outwards = CORNERS[[k, beside]].mean(axis=0) - CORNERS.mean(axis=0)
    outwards /= np.hypot(*outwards)
    for fifth in range(1, 5):
        share = fifth / 5
        start, end = (share * CORNERS[k] + (1 - share) * CORNERS[other] for other in (beside, across))
        axes.plot(
            *np.array([start, end]).T, color=INK, alpha=0.25, linewidth=0.6, linestyle=(0, (2, 2)), zorder=2
        )
        axes.text(
            *(start + 0.035 * outwards),
            f"{20 * fifth} %",
            fontsize=7.5,
            color=PALE_INK,
            ha="center",
            va="center",
            rotation=(60, 0, -60)[k],
        )
    middle = CORNERS[[k, beside]].mean(axis=0) + 0.1 * outwards
    axes.text(
        *middle,
        (f"{term} \u2192", within(f"\u2190 {term}", _CORNER), f"{term} \u2192")[k],
        fontsize=8.5,
        color=INK,
        ha="center",
        va="center",
        rotation=(60, 0, -60)[k],
        parse_math=False,
    )


def draw_legend(
    axes: Any, drawn: Fields, names: Mapping[int, str], heading: str, language: Language = "en"
) -> None:
    """List the plans that win most, with their share of the settings, in axes of their own."""
    from matplotlib.patches import Rectangle

    axes.set_axis_off()
    axes.set_xlim(0, 1)
    fills = fills_of(drawn)
    shown = [(drawn.letter(plan), fills.get(plan, _OTHERS), s, names.get(plan, "")) for plan, s in
             zip(drawn.plans[:_LETTERED], drawn.share, strict=False)]  # fmt: skip
    rest = sum(drawn.share[_LETTERED:])
    if rest > 0:
        others = len(drawn.plans) - _LETTERED
        shown.append(("", _OTHERS, rest, told(number_of(others, "other plan"), language)))
    if (nothing := 1 - sum(drawn.share)) > 1e-9:
        shown.append(("", "#ffffff", nothing, told("no plan", language)))
    step = 1 / (_LETTERED + 5)
    axes.set_ylim(0, 1)
    axes.text(
        0, 1 - 0.5 * step, told(heading, language), fontsize=9.5, fontweight="bold", color=INK, va="center"
    )
    for place, (letter, fill, share, name) in enumerate(shown):
        y = 1 - (place + 1.6) * step
        axes.add_patch(
            Rectangle((0, y - 0.36 * step), 0.09, 0.72 * step, facecolor=fill, edgecolor=GREY, lw=0.6)
        )
        axes.text(0.045, y, letter, fontsize=9.5, fontweight="bold", color=INK, ha="center", va="center")
        beside: Any = {"xy": (0.09, y), "textcoords": "offset points", "fontsize": 9, "va": "center"}
        axes.annotate(percent(share), xytext=(38, 0), color=INK, ha="right", **beside)
        axes.annotate(name, xytext=(46, 0), color=PALE_INK, parse_math=False, **beside)


def percent(share: float) -> str:
    """Write a share in per cent, none that exists as 0."""
    return "< 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def mark(axes: Any, point: FloatArray, text: str) -> None:
    """Mark a setting."""
    axes.plot(*point, marker="*", markersize=13, color="white", markeredgecolor=INK, zorder=6)
    axes.annotate(
        text,
        point,
        xytext=(9, 3),
        textcoords="offset points",
        fontsize=8.5,
        color=INK,
        zorder=6,
        bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
    )
