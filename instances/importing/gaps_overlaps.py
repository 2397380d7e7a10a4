"""Invalid coverages: overlaps and gaps wider than the tolerance, named pair by pair."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..common.problems import Problems
from .coverage import LISTED, Coverage, are_empty, by_pair, in_metres, in_square_metres, usual_distance
from .edges import NOBODY

LARGEST_TOLERANCE = 500.0
"""Metres; with a larger tolerance there are no boundaries left to measure borders on."""


def note_gaps_and_overlaps(coverage: Coverage, keep_gaps: bool, problems: Problems, file: str) -> bool:
    """Note overlaps and gaps that are wider than the tolerance; tell whether there are any.

    Parameters
    ----------
    coverage : Coverage
        Its notes receive gaps that are kept.
    keep_gaps : bool
        Gaps are no mistakes.
    problems : Problems
    file : str
        For messages.
    """
    narrow = _note_narrow(coverage, problems, file)
    inside = _inside_others(coverage)
    overlaps = _note_overlaps(coverage, inside, problems, file)
    gaps = _note_gaps(coverage, inside, keep_gaps, problems, file)
    _tell_strips(coverage)
    return narrow or overlaps or gaps


def _tell_strips(coverage: Coverage) -> None:
    """Report narrow polygons of no municipality between two or more, such as rivers."""
    from shapely import buffer, dwithin

    n = len(coverage.labels)
    others = coverage.shapes[n:]
    for strip in others[are_empty(buffer(others, -coverage.params.narrow / 2, quad_segs=2))]:
        beside = np.flatnonzero(dwithin(coverage.shapes[:n], strip, coverage.tolerance)).tolist()
        if len(beside) > 1:
            listed = ", ".join(coverage.labels[i] for i in beside[:LISTED])
            listed += f" and {len(beside) - LISTED} more" if len(beside) > LISTED else ""
            width = in_metres(_width(strip))
            what = f"a strip up to {width} wide that is no municipality lies between {listed}"
            coverage.notes.append(f"{what}; it makes no border")


def _note_narrow(coverage: Coverage, problems: Problems, file: str) -> bool:
    """Note municipalities so narrow that their own sides could be matched to each other."""
    from shapely import area, length

    shapes = coverage.shapes[: len(coverage.labels)]
    width = 2 * area(shapes) / length(shapes)
    narrow = np.flatnonzero(width < coverage.tolerance).tolist()
    most = in_metres(coverage.tolerance)
    for i in narrow[:LISTED]:
        what = f"{coverage.labels[i]} is {in_metres(width[i])} wide, less than boundaries.tolerance ({most})"
        problems.add(what, "give a smaller one", file=file)
    return bool(narrow)


def _inside_others(coverage: Coverage) -> dict[tuple[int, int], float]:
    """Measure edges inside another municipality, farther from its outline than the tolerance; in metres."""
    from shapely import STRtree, points

    n, pieces = len(coverage.labels), coverage.pieces
    far = np.flatnonzero(pieces.distance > coverage.tolerance)
    place, other = STRtree(coverage.shapes[:n]).query(points(pieces.middle[far]), predicate="within")
    piece = far[place]
    strange = pieces.owner[piece] != other
    inside: dict[tuple[int, int], float] = {}
    for i, j, length in zip(
        pieces.owner[piece[strange]].tolist(),
        other[strange].tolist(),
        pieces.length[piece[strange]],
        strict=True,
    ):
        pair = (min(i, j), max(i, j))
        inside[pair] = inside.get(pair, 0.0) + float(length)
    return inside


def _note_overlaps(
    coverage: Coverage, inside: dict[tuple[int, int], float], problems: Problems, file: str
) -> bool:
    """Note pairs whose overlap is wider than the tolerance; tell whether there are any."""
    from shapely import buffer, intersection

    n, pieces = len(coverage.labels), coverage.pieces
    suspects = set(inside)
    suspects |= {tuple(pair) for pair in coverage.common.pairs[coverage.common.same_side].tolist()}
    beside = (pieces.distance <= coverage.tolerance) & ~pieces.opposed & (pieces.facing < n)
    alike, longest = by_pair(pieces, beside), coverage.params.run * coverage.tolerance
    suspects |= {pair for pair, which in alike if pieces.length[which].sum() > longest}
    pairs = np.array(sorted(pair for pair in suspects if max(pair) < n), dtype=np.int64).reshape(-1, 2)
    shared = intersection(coverage.shapes[pairs[:, 0]], coverage.shapes[pairs[:, 1]])
    wide = ~are_empty(buffer(shared, -coverage.tolerance / 2, quad_segs=2))
    sizes = np.array([shape.area for shape in shared])
    order = np.argsort(-sizes, kind="stable")
    order = order[wide[order]]
    for k in order[:LISTED]:
        i, j = pairs[k].tolist()
        problems.add(*_overlap_text(coverage, i, j, shared[k]), file=file)
    if len(order) > LISTED:
        problems.add(f"{len(order) - LISTED} more pairs overlap", "mend them too", file=file)
    return len(order) > 0


def _overlap_text(coverage: Coverage, i: int, j: int, shared: Any) -> tuple[str, str]:
    """Say how two polygons overlap, and what to do about it."""
    areas = [coverage.shapes[i].area, coverage.shapes[j].area]
    small, large = (i, j) if areas[0] <= areas[1] else (j, i)
    width = _width(shared)
    if shared.area > 0.999 * max(areas):
        what = f"{coverage.pair(i, j)} have the same polygon ({in_square_metres(shared.area)})"
        return what, "give each its own, or remove one of the two"
    if shared.area > 0.999 * min(areas):
        what = f"{coverage.labels[small]} lies inside {coverage.labels[large]}, which has no hole there"
        remedy = "cut the one out of the other (in QGIS: Difference), or remove it if it is no municipality"
        return f"{what} ({in_square_metres(shared.area)} are in both)", remedy
    remedy = "draw the line between them once (in QGIS: Snap geometries to layer)"
    if width <= coverage.params.narrow:
        remedy += f", or let it be closed: boundaries.tolerance = {math.ceil(width * 1.05)}"
    return (
        f"{coverage.pair(i, j)} overlap: {in_square_metres(shared.area)}, up to {in_metres(width)} wide",
        remedy,
    )


def _width(shape: Any) -> float:
    """Measure the diameter of the largest inscribed circle of a polygon, to one part in a thousand."""
    low, high = 0.0, math.sqrt(shape.area / math.pi)
    while high - low > 0.001 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if shape.buffer(-middle, quad_segs=2).is_empty else (middle, high)
    return low + high


def _note_gaps(
    coverage: Coverage,
    inside: dict[tuple[int, int], float],
    keep_gaps: bool,
    problems: Problems,
    file: str,
) -> bool:
    """Note pairs side by side that are farther apart than the tolerance; tell whether one is a mistake."""
    pieces, t, params = coverage.pieces, coverage.tolerance, coverage.params
    open_to = (pieces.distance > t) & (pieces.facing != NOBODY) & (pieces.facing < len(coverage.labels))
    gaps = []
    for (i, j), which in by_pair(pieces, open_to & pieces.opposed & ~pieces.inside):
        away, lengths = pieces.distance[which], pieces.length[which] / 2
        usual, just = usual_distance(away, lengths), lengths[away <= 2 * t].sum()
        if (i, j) not in inside and (lengths.sum() > params.run * usual or just > params.run * t):
            gaps.append((float(away.max()), float(lengths.sum()), keep_gaps or usual > params.reach, i, j))
    gaps.sort(key=lambda gap: (gap[2], -round(gap[0], 2), gap[3:]))
    wrong = [gap for gap in gaps if not gap[2]]
    remedy = "mend the file"
    if wrong and wrong[0][0] <= LARGEST_TOLERANCE:
        remedy += f", or let it be closed: boundaries.tolerance = {math.ceil(wrong[0][0] * 1.05)}"
    remedy += '; if the gap is really there, as water is: boundaries.gaps = "keep"'
    for number, (width, length, is_kept, i, j) in enumerate(gaps):
        what = f"{coverage.pair(i, j)} almost touch: between them is a gap up to {in_metres(width)} wide"
        what += f" along {in_metres(length)}"
        if is_kept:
            coverage.notes.append(f"{what}; it makes no border")
        elif number < LISTED:
            problems.add(what, remedy if number == 0 else "", file=file)
    if len(wrong) > LISTED:
        problems.add(f"{len(wrong) - LISTED} more pairs almost touch", file=file)
    return bool(wrong)
