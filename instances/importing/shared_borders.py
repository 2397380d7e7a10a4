"""Neighbours and lengths of their shared borders, also where polygons do not quite fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.arrays import BoolArray, IntArray
from ..common.problems import Problems
from ..entities import Borders
from .coverage import (
    EXACT,
    LISTED,
    Coverage,
    MatchingParams,
    are_empty,
    by_pair,
    in_metres,
    in_square_metres,
    usual_distance,
)
from .edges import EdgeMatcher, Pieces, edges_of, split_shared
from .gaps_overlaps import note_gaps_and_overlaps

TOLERANCE = 2.0
"""Metres; outlines rounded to whole metres are less apart, and a lane is wider."""


@dataclass(frozen=True)
class SharedBorders:
    """The borders of a coverage, and what was closed to measure them.

    Attributes
    ----------
    borders : Borders
    closed : float
        Width in metres of the widest gap or overlap that was closed; 0 where the polygons fit.
    notes : tuple of str
        What was closed, left open or in doubt, one sentence each.
    """

    borders: Borders
    closed: float = 0.0
    notes: tuple[str, ...] = ()


@dataclass
class _Match:
    """Matched edges of two polygons beside those that they share: lengths and distances in metres."""

    length: float
    usual: float
    widest: float
    gap: float
    overlap: float


def find_borders(
    shapes: Sequence[Any],
    labels: Sequence[str] = (),
    others: Sequence[Any] = (),
    *,
    tolerance: float = TOLERANCE,
    keep_gaps: bool = False,
    problems: Problems | None = None,
    file: str = "",
    params: MatchingParams = MatchingParams(),
) -> SharedBorders:
    """Find the pairs of polygons that share a line, with its length to a tenth of a metre.

    Edges that two polygons share count in full. Other edges are matched: each piece goes to the polygon with
    the nearest edge within the tolerance, and the border is half the length of both sides. Polygons that
    touch in points only are not neighbours (rook contiguity).

    Parameters
    ----------
    shapes : sequence of polygons
        The municipalities; valid.
    labels : sequence of str
        Their names, for messages.
    others : sequence of polygons
        Polygons beside them, which can fill gaps.
    tolerance : float
        Metres; narrower gaps and overlaps are closed.
    keep_gaps : bool
        Wider gaps really exist, and are no problem.
    problems : Problems, optional
        Receives overlaps and gaps that are wider than the tolerance.
    file : str
        For messages.
    params : MatchingParams
    """
    labels = labels or [str(i) for i in range(len(shapes))]
    problems = Problems() if problems is None else problems
    if len(shapes) < 2:
        return SharedBorders(Borders.from_dict({}))
    everything = np.array([*shapes, *_beside(shapes, others, tolerance)], dtype=object)
    common, alone = split_shared(edges_of(everything))
    pieces = EdgeMatcher(alone, tolerance).pieces(len(shapes), max(params.reach, 2 * tolerance))
    coverage = Coverage(everything, labels, tolerance, common, pieces, params)
    if note_gaps_and_overlaps(coverage, keep_gaps, problems, file):
        return SharedBorders(Borders.from_dict({}))
    return _measured(coverage)


def _beside(shapes: Sequence[Any], others: Sequence[Any], tolerance: float) -> list[Any]:
    """Drop polygons that cover municipalities, such as provinces in the same file, and slivers."""
    from shapely import STRtree, buffer, get_parts, point_on_surface

    parts = get_parts(np.array(others, dtype=object))
    parts = parts[~are_empty(buffer(parts, -tolerance / 2, quad_segs=2))]
    if not len(parts):
        return []
    inner = point_on_surface(np.array(shapes, dtype=object))
    over = set(STRtree(inner).query(parts, predicate="contains")[0].tolist())
    middle = point_on_surface(parts)
    over |= set(STRtree(list(shapes)).query(middle, predicate="within")[0].tolist())
    return [other for k, other in enumerate(parts) if k not in over]


def _measured(coverage: Coverage) -> SharedBorders:
    """Measure all borders of a sound coverage."""
    n, pieces, common, params = len(coverage.labels), coverage.pieces, coverage.common, coverage.params
    lengths: dict[tuple[int, int], float] = {}
    for (i, j), length in zip(common.pairs.tolist(), common.length.tolist(), strict=True):
        if j < n:
            lengths[i, j] = lengths.get((i, j), 0.0) + length
    near = (pieces.distance <= coverage.tolerance) & pieces.opposed & (pieces.facing < n)
    near &= ~_ends(coverage, near)
    matches = {pair: _match(pieces, which) for pair, which in by_pair(pieces, near)}
    least = _least_lengths(matches, n, params)
    closed = []
    for pair, match in matches.items():
        exact = lengths.get(pair, 0.0)
        is_border = match.length > (params.doubtful * match.usual if exact else least[pair])
        if is_border:
            lengths[pair] = exact + match.length
            if match.widest > EXACT:
                closed.append(pair)
        sure = max(params.doubtful * match.usual, least[pair], params.sure * coverage.tolerance)
        if not exact and 1 <= match.length < sure:
            _doubt(coverage, pair, match, is_border)
    _tell_closed(coverage, closed, matches)
    _tell_holes(coverage)
    rounded = {pair: round(length, 1) for pair, length in lengths.items()}
    return SharedBorders(
        Borders.from_dict({pair: length for pair, length in rounded.items() if length > 0}),
        max((matches[pair].widest for pair in closed), default=0.0),
        tuple(coverage.notes),
    )


def _match(pieces: Pieces, which: IntArray) -> _Match:
    away, length = pieces.distance[which], pieces.length[which] / 2
    area, within = away * length, pieces.inside[which]
    return _Match(
        float(length.sum()),
        usual_distance(away, length),
        float(away.max()),
        float(area[~within].sum()),
        float(area[within].sum()),
    )


def _ends(coverage: Coverage, near: BoolArray) -> BoolArray:
    """Find the pieces at the end of a border where two outlines diverge, which are no part of it.

    They lie beside pieces that face no polygon, are farther from the other outline than usual for the pair,
    and are short: a long stretch is a border.
    """
    pieces, t = coverage.pieces, coverage.tolerance
    usual = np.full(len(near), t / 10)
    for _, which in by_pair(pieces, near):
        usual[which] = max(usual_distance(pieces.distance[which], pieces.length[which]), t / 10)
    wide = near & (pieces.distance > coverage.params.point * usual)
    ends = np.zeros(len(near), dtype=np.bool_)
    for step in (1, -1):
        links = pieces.follows if step == 1 else np.r_[pieces.follows[1:], False]
        before = np.roll(pieces.distance > t, step)
        for first in np.flatnonzero(wide & links & before).tolist():
            last = first
            while 0 <= last + step < len(near) and wide[last + step] and links[last + step]:
                last += step
            run = np.arange(first, last + step, step)
            if pieces.length[run].sum() <= coverage.params.run * pieces.distance[run].max():
                ends[run] = True
    return ends


def _least_lengths(
    matches: dict[tuple[int, int], _Match], n: int, params: MatchingParams
) -> dict[tuple[int, int], float]:
    """Give the least length along which the edges of a pair must face each other to be a border.

    Where four polygons meet in a point, two opposite ones can face each other along their shift against those
    beside them.
    """
    moved = np.zeros(n)
    for pair, match in matches.items():
        if match.length > params.doubtful * match.usual:
            for i in pair:
                moved[i] = max(moved[i], match.usual)
    return {
        (i, j): max(
            params.point * match.usual,
            params.across * (moved[i] + moved[j]),
            1.0 if max(moved[i], moved[j]) > EXACT else 0.0,  # no real border is shorter
        )
        for (i, j), match in matches.items()
    }


def _doubt(coverage: Coverage, pair: tuple[int, int], match: _Match, is_border: bool) -> None:
    """Report pairs that may or may not be neighbours."""
    what = f"{coverage.pair(*pair)} face each other along {in_metres(match.length)} only, "
    what += f"up to {in_metres(match.widest)} apart: "
    if is_border:
        coverage.notes.append(what + "taken as neighbours; they may touch in a point")
    else:
        coverage.notes.append(what + "taken to touch in a point; they may be neighbours")


def _tell_closed(
    coverage: Coverage, closed: list[tuple[int, int]], matches: dict[tuple[int, int], _Match]
) -> None:
    if not closed:
        return
    told = coverage.notes
    count = f"{len(closed)} pairs of neighbours do" if len(closed) > 1 else "1 pair of neighbours does"
    most = in_metres(coverage.tolerance)
    told.append(f"{count} not quite fit; gaps and overlaps up to the tolerance of {most} are closed")
    for pair in sorted(closed, key=lambda pair: (-matches[pair].widest, pair))[:LISTED]:
        match = matches[pair]
        kinds = [f"gaps of {in_square_metres(match.gap)}"] if match.gap > match.length * EXACT else []
        kinds += (
            [f"overlaps of {in_square_metres(match.overlap)}"] if match.overlap > match.length * EXACT else []
        )
        text = " and ".join(kinds) or "other vertices"
        size = f"up to {in_metres(match.widest)} wide along {in_metres(match.length)}"
        told.append(f"{coverage.pair(*pair)}: {text}, {size}")
    if len(closed) > LISTED:
        told.append(f"and {len(closed) - LISTED} more pairs, none of them wider")


def _tell_holes(coverage: Coverage) -> None:
    """Report holes of the coverage between municipalities, or large enough to be one."""
    from shapely import Polygon, area, buffer, coverage_union_all, dwithin, get_parts, union_all

    if (coverage.pieces.distance <= coverage.tolerance).any():
        union = union_all(buffer(coverage.shapes, coverage.tolerance, quad_segs=1, join_style="mitre"))
    else:
        union = coverage_union_all(coverage.shapes)
    n = len(coverage.labels)
    for part in get_parts(union):
        for ring in getattr(part, "interiors", ()):
            hole = Polygon(ring)
            around = np.flatnonzero(dwithin(coverage.shapes, hole, 2 * coverage.tolerance))
            if not (around < n).any() or (len(around) < 2 and area(hole) < coverage.params.hole):
                continue
            named = [coverage.labels[i] for i in around[around < n]]
            more = f" and {len(named) - LISTED} more" if len(named) > LISTED else ""
            listed = ", ".join(named[:LISTED]) + more
            coverage.notes.append(
                f"no polygon covers a hole of {in_square_metres(area(hole))} beside {listed}"
            )
