"""Label placement: texts on a page, none of which overlaps another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from ...instances.common.arrays import BoolArray, FloatArray
from .lettering import advance, printable
from .shapes import Geometry

MM_PER_POINT = 25.4 / 72
"""Millimetres in a typographic point."""

LINE_SPACING = 1.15
"""Distance between lines of a text, in sizes of its type."""

EVERYWHERE = (-np.inf, -np.inf, np.inf, np.inf)
"""A box without edges."""


@dataclass(frozen=True)
class Label:
    """A text that wants a place.

    Attributes
    ----------
    width, height : float
        Of the box around the text.
    centres : ndarray of float64, shape (k, 2)
        Where the middle of the box may be.
    costs : ndarray of float64, shape (k,)
        What each of these places costs; the cheapest free one is taken.
    """

    width: float
    height: float
    centres: FloatArray
    costs: FloatArray


def text_size(text: str, points: float, weight: str = "normal") -> tuple[float, float]:
    """Measure width and height of a text in millimetres, one line or more.

    Widths of characters are added up, without kerning: a hundred times faster than setting the text, and
    never too small by more than a hair.
    """
    width, lines = _ems(text, weight)
    return width * points * MM_PER_POINT, points * MM_PER_POINT * (1 + LINE_SPACING * (lines - 1))


@lru_cache(maxsize=1 << 16)  # an index tries the same names in several sizes
def _ems(text: str, weight: str) -> tuple[float, int]:
    """Width of the widest line in sizes of its type, and number of lines."""
    lines = printable(text).split("\n")
    return max(sum(advance(character, weight) for character in line) for line in lines), len(lines)


def place(
    labels: Sequence[Label],
    taken: FloatArray | None = None,
    margin: float = 0.3,
    room: tuple[float, float, float, float] = EVERYWHERE,
) -> list[tuple[float, float] | None]:
    """Place labels greedily: each, in the order given, at the cheapest of its places that is still free.

    Parameters
    ----------
    labels : sequence of Label
        The most important first.
    taken : ndarray of float64, shape (m, 4), optional
        Boxes (left, bottom, right, top) that must stay free.
    margin : float
        Space kept between boxes.
    room : (float, float, float, float)
        Box that none may reach out of.

    Returns
    -------
    list
        Middle of each label's box, None where no place was free.

    Notes
    -----
    Greedy: one comparison of all places of a label with all boxes that stand, O(labels^2 x places).
    """
    boxes = np.empty((0, 4)) if taken is None else np.asarray(taken, dtype=np.float64).reshape(-1, 4)
    middles: list[tuple[float, float] | None] = []
    for label in labels:
        half = np.array([label.width, label.height]) / 2
        wanted = np.hstack([label.centres - half, label.centres + half])
        barred = overlaps(wanted, boxes, margin).any(axis=1) | reaches_out(wanted, room)
        costs = np.where(barred, np.inf, label.costs)
        best = int(np.argmin(costs)) if len(costs) else -1
        if best < 0 or not np.isfinite(costs[best]):
            middles.append(None)
            continue
        boxes = np.vstack([boxes, wanted[best]])
        middles.append((float(label.centres[best, 0]), float(label.centres[best, 1])))
    return middles


def overlaps(first: FloatArray, second: FloatArray, margin: float = 0.0) -> BoolArray:
    """Tell which boxes of the first set come within a margin of which of the second, shape (k, m)."""
    a, b = first[:, None, :], second[None, :, :]
    apart = (
        (a[..., 0] >= b[..., 2] + margin)
        | (b[..., 0] >= a[..., 2] + margin)
        | (a[..., 1] >= b[..., 3] + margin)
        | (b[..., 1] >= a[..., 3] + margin)
    )
    return np.asarray(~apart, dtype=np.bool_)


def reaches_out(boxes: FloatArray, room: tuple[float, float, float, float]) -> BoolArray:
    """Tell which boxes do not lie within another one, shape (k,)."""
    left, bottom, right, top = room
    out = (boxes[:, 0] < left) | (boxes[:, 1] < bottom) | (boxes[:, 2] > right) | (boxes[:, 3] > top)
    return np.asarray(out, dtype=np.bool_)


def around(point: tuple[float, float], width: float, height: float, reach: float) -> FloatArray:
    """Give the middles of boxes around a point: beside, above and below it first, then on wider rings."""
    gap = 0.9
    right, up = width / 2 + gap, height / 2 + gap
    offsets = [
        (0, up),
        (0, -up),
        (right, 0),
        (-right, 0),
        (right, up),
        (-right, up),
        (right, -up),
        (-right, -up),
    ]
    offsets += [(0.5 * right, up), (-0.5 * right, up), (0.5 * right, -up), (-0.5 * right, -up)]
    rings = np.arange(1.5, reach, 1.5)[:, None]
    angles = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    wider = np.stack([(right + rings) * np.cos(angles), (up + rings) * np.sin(angles)], axis=-1)
    return np.asarray(np.vstack([offsets, wider.reshape(-1, 2)]) + np.array(point), dtype=np.float64)


def within(shape: Geometry, step: float) -> FloatArray:
    """Give the points of a square grid that lie inside a shape, shape (k, 2)."""
    left, bottom, right, top = shape.bounds
    xs, ys = np.meshgrid(np.arange(left, right, step), np.arange(bottom, top, step))
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, xs, ys)
    return np.column_stack([xs[inside], ys[inside]])


def outside_share(shape: Geometry, centres: FloatArray, width: float, height: float) -> FloatArray:
    """Estimate the share of a box at each middle that lies outside a shape, by a sample of its points."""
    dx, dy = np.meshgrid(np.linspace(-width / 2, width / 2, 7), np.linspace(-height / 2, height / 2, 3))
    xs, ys = centres[:, :1] + dx.ravel(), centres[:, 1:] + dy.ravel()
    shapely.prepare(shape)
    return np.asarray(1 - shapely.contains_xy(shape, xs, ys).mean(axis=1), dtype=np.float64)
