"""Co-assignment of neighbours on a map: lines as thick as the share of plans that merge the two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from .colours import STANDALONE
from .names import DOT

TOGETHER: Final = "#1b3f8f"
"""Neighbours that share a merger in every plan."""

OPEN: Final = "#d9730d"
"""Neighbours that do in some plans: of another hue, and lighter, for printers and the colour-blind."""

APART: Final = "#aeb4ba"
"""Neighbours that never do."""

SETTLED_FILL: Final = "#dfe7f5"
OPEN_FILL: Final = "#fdf3e3"
APART_FILL: Final = "#f0f1f2"

_THIN, _THICK = 0.8, 8.0
"""Width in points of a line whose share is just above 0, and of one whose share is 1."""


def widths(share: FloatArray) -> FloatArray:
    """Give the width of each line in points: linear in the share, twice as thick is twice as often."""
    return np.asarray(_THIN + (_THICK - _THIN) * share, dtype=np.float64)


def ground(held: Sequence[int], pairs: IntArray, share: FloatArray) -> tuple[list[str], list[int]]:
    """Choose the fill of each municipality by what is known of it; name those that no pair is about."""
    settled = set(pairs[share == 1].ravel().tolist())
    merging = set(pairs[share > 0].ravel().tolist())
    asked = set(pairs.ravel().tolist())
    fills = [
        SETTLED_FILL
        if i in settled
        else OPEN_FILL
        if i in merging
        else APART_FILL
        if i in asked
        else STANDALONE
        for i in held
    ]
    return fills, [i for i in held if i not in asked]


def draw_pair_lines(axes: Any, ends: FloatArray, share: FloatArray) -> None:
    """Draw the lines, thin ones below thick ones."""
    from matplotlib.collections import LineCollection

    never, always = share == 0, share == 1
    kinds: tuple[tuple[str, BoolArray, str, float], ...] = (
        ("never", never, APART, 3.5),
        ("open", ~never & ~always, OPEN, 4.0),
        ("always", always, TOGETHER, 5.0),
    )
    for label, chosen, colour, order in kinds:
        at = np.flatnonzero(chosen)
        at = at[np.argsort(share[at], kind="stable")]
        lines = LineCollection(
            list(ends[at]), colors=colour, linewidths=list(widths(share[at])), zorder=order, label=label
        )
        lines.set_linestyle((0, (1.5, 2.0)) if label == "never" else "solid")
        lines.set_capstyle("butt" if label == "never" else "round")
        axes.add_collection(lines, autolim=False)


def pair_boxes(dots: FloatArray, ends: FloatArray, share: FloatArray) -> FloatArray:
    """Boxes that names keep off: the dots, and points along the lines that are more than thin."""
    boxes = [np.hstack([dots - DOT, dots + DOT])]
    for (start, end), width in zip(ends, widths(share), strict=True):
        half = 0.5 * width * 25.4 / 72
        if width < 2:
            continue
        steps = np.linspace(0, 1, max(2, int(np.hypot(*(end - start)) / max(half, 0.5))))[:, None]
        points = start + steps * (end - start)
        boxes.append(np.hstack([points - half, points + half]))
    return np.vstack(boxes)
