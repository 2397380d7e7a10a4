"""Who borders whom, also where polygons do not quite fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.arrays import BoolArray, IntArray
from ..common.problems import Problems
from ..entities import Borders
from .edges import Facing, Pieces, edges_of, split_common
from .misfits import LOOK, note_misfits
from .survey import (
    EXACT,
    LISTED,
    RUN,
    Survey,
    are_empty,
    by_pair,
    in_metres,
    in_square_metres,
    usual_distance,
)

TOLERANCE = 2.0
"""Metres: two outlines rounded to whole metres are less apart; a lane is wider."""

_POINT = 3.0
"""Edges that face each other along fewer times their distance touch in a point."""

_DOUBTFUL = 10.0
"""Edges that face each other along fewer times their distance may as well touch in a point."""

_ACROSS = 1.5
_SURE = 2.0  # times the tolerance: what moves within it can make corners face each other so far
"""The same, as times of what the two polygons are moved against their other neighbours."""

_HOLE = 5e5
"""Square metres; a smaller hole inside one municipality is no missing municipality."""


@dataclass(frozen=True)
class Seams:
    """What was found where polygons meet.

    Attributes
    ----------
    borders : Borders
    closed : float
        Width in metres of the widest gap or overlap that was closed; 0 where the polygons fit.
    notes : tuple of str
        What was closed, left open or doubted, one sentence each.
    """

    borders: Borders
    closed: float = 0.0
    notes: tuple[str, ...] = ()


@dataclass
class _Seam:
    """How two polygons face each other apart from the edges that they have in common; metres."""

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
) -> Seams:
    """Find the pairs of polygons that share a line, and its length to a tenth of a metre.

    Edges that two polygons have in common count in full. Of the others, each piece goes to the polygon with
    the nearest edge within the tolerance, and a border is half of what both sides give. Polygons that touch
    in points only are not neighbours.

    Parameters
    ----------
    shapes : sequence of polygons
        The municipalities; valid.
    labels : sequence of str
        What messages call them.
    others : sequence of polygons
        What lies beside them: a gap that one of them fills is none.
    tolerance : float
        Metres; narrower gaps and overlaps are closed.
    keep_gaps : bool
        Wider gaps are really there, and no problem.
    problems : Problems, optional
        Receives overlaps and gaps that are wider than the tolerance.
    file : str
        For messages.
    """
    labels = labels or [str(i) for i in range(len(shapes))]
    problems = Problems() if problems is None else problems
    if len(shapes) < 2:
        return Seams(Borders.from_dict({}))
    everything = np.array([*shapes, *_beside(shapes, others, tolerance)], dtype=object)
    common, alone = split_common(edges_of(everything))
    pieces = Facing(alone, tolerance).pieces(len(shapes), max(LOOK, 2 * tolerance))
    survey = Survey(everything, labels, tolerance, common, pieces)
    if note_misfits(survey, keep_gaps, problems, file):
        return Seams(Borders.from_dict({}))
    return _measured(survey)


def _beside(shapes: Sequence[Any], others: Sequence[Any], tolerance: float) -> list[Any]:
    """Leave out what lies over the municipalities, such as provinces in the same file, and slivers."""
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


def _measured(survey: Survey) -> Seams:
    """Lengths of all borders, when nothing speaks against measuring them."""
    n, pieces, common = len(survey.labels), survey.pieces, survey.common
    lengths: dict[tuple[int, int], float] = {}
    for (i, j), length in zip(common.pairs.tolist(), common.length.tolist(), strict=True):
        if j < n:
            lengths[i, j] = lengths.get((i, j), 0.0) + length
    near = (pieces.distance <= survey.tolerance) & pieces.opposed & (pieces.facing < n)
    near &= ~_ends(survey, near)
    seams = {pair: _seam(pieces, which) for pair, which in by_pair(pieces, near)}
    least = _least_lengths(seams, n)
    closed = []
    for pair, seam in seams.items():
        exact = lengths.get(pair, 0.0)
        is_border = seam.length > (_DOUBTFUL * seam.usual if exact else least[pair])
        if is_border:
            lengths[pair] = exact + seam.length
            if seam.widest > EXACT:
                closed.append(pair)
        sure = max(_DOUBTFUL * seam.usual, least[pair], _SURE * survey.tolerance)
        if not exact and 1 <= seam.length < sure:
            _doubt(survey, pair, seam, is_border)
    _tell_closed(survey, closed, seams)
    _tell_holes(survey)
    rounded = {pair: round(length, 1) for pair, length in lengths.items()}
    return Seams(
        Borders.from_dict({pair: length for pair, length in rounded.items() if length > 0}),
        max((seams[pair].widest for pair in closed), default=0.0),
        tuple(survey.notes),
    )


def _seam(pieces: Pieces, which: IntArray) -> _Seam:
    away, length = pieces.distance[which], pieces.length[which] / 2
    area, within = away * length, pieces.inside[which]
    return _Seam(
        float(length.sum()),
        usual_distance(away, length),
        float(away.max()),
        float(area[~within].sum()),
        float(area[within].sum()),
    )


def _ends(survey: Survey, near: BoolArray) -> BoolArray:
    """Find the pieces where two outlines part at the end of a border, which are no part of it.

    They lie beside pieces that face nobody, are farther from the other outline than is usual for the pair,
    and part soon: a long stretch is a seam.
    """
    pieces, t = survey.pieces, survey.tolerance
    usual = np.full(len(near), t / 10)
    for _, which in by_pair(pieces, near):
        usual[which] = max(usual_distance(pieces.distance[which], pieces.length[which]), t / 10)
    wide = near & (pieces.distance > _POINT * usual)
    ends = np.zeros(len(near), dtype=np.bool_)
    for step in (1, -1):
        links = pieces.follows if step == 1 else np.r_[pieces.follows[1:], False]
        before = np.roll(pieces.distance > t, step)
        for first in np.flatnonzero(wide & links & before).tolist():
            last = first
            while 0 <= last + step < len(near) and wide[last + step] and links[last + step]:
                last += step
            run = np.arange(first, last + step, step)
            if pieces.length[run].sum() <= RUN * pieces.distance[run].max():
                ends[run] = True
    return ends


def _least_lengths(seams: dict[tuple[int, int], _Seam], n: int) -> dict[tuple[int, int], float]:
    """How long edges must face each other to be a border, for each pair.

    Where four polygons meet in a point, two that lie across from each other can face each other along what
    they are moved against those beside them.
    """
    moved = np.zeros(n)
    for pair, seam in seams.items():
        if seam.length > _DOUBTFUL * seam.usual:
            for i in pair:
                moved[i] = max(moved[i], seam.usual)
    return {
        (i, j): max(
            _POINT * seam.usual,
            _ACROSS * (moved[i] + moved[j]),
            1.0 if max(moved[i], moved[j]) > EXACT else 0.0,  # no real border is shorter
        )
        for (i, j), seam in seams.items()
    }


def _doubt(survey: Survey, pair: tuple[int, int], seam: _Seam, is_border: bool) -> None:
    """Tell of neighbours that may be none, and the other way round."""
    what = f"{survey.pair(*pair)} face each other along {in_metres(seam.length)} only, "
    what += f"up to {in_metres(seam.widest)} apart: "
    if is_border:
        survey.notes.append(what + "taken as neighbours; they may touch in a point")
    else:
        survey.notes.append(what + "taken to touch in a point; they may be neighbours")


def _tell_closed(survey: Survey, closed: list[tuple[int, int]], seams: dict[tuple[int, int], _Seam]) -> None:
    if not closed:
        return
    count = f"{len(closed)} pairs of neighbours do" if len(closed) > 1 else "1 pair of neighbours does"
    most = in_metres(survey.tolerance)
    survey.notes.append(f"{count} not quite fit; gaps and overlaps up to the tolerance of {most} are closed")
    for pair in sorted(closed, key=lambda pair: (-seams[pair].widest, pair))[:LISTED]:
        seam = seams[pair]
        kinds = [f"gaps of {in_square_metres(seam.gap)}"] if seam.gap > seam.length * EXACT else []
        kinds += (
            [f"overlaps of {in_square_metres(seam.overlap)}"] if seam.overlap > seam.length * EXACT else []
        )
        text = " and ".join(kinds) or "other vertices"
        size = f"up to {in_metres(seam.widest)} wide along {in_metres(seam.length)}"
        survey.notes.append(f"{survey.pair(*pair)}: {text}, {size}")
    if len(closed) > LISTED:
        survey.notes.append(f"and {len(closed) - LISTED} more pairs, none of them wider")


def _tell_holes(survey: Survey) -> None:
    """Tell of holes in the map that are no holes of one municipality, or large enough to be one."""
    from shapely import Polygon, area, buffer, coverage_union_all, dwithin, get_parts, union_all

    if (survey.pieces.distance <= survey.tolerance).any():
        union = union_all(buffer(survey.shapes, survey.tolerance, quad_segs=1, join_style="mitre"))
    else:
        union = coverage_union_all(survey.shapes)
    n = len(survey.labels)
    for part in get_parts(union):
        for ring in getattr(part, "interiors", ()):
            hole = Polygon(ring)
            around = np.flatnonzero(dwithin(survey.shapes, hole, 2 * survey.tolerance))
            if not (around < n).any() or (len(around) < 2 and area(hole) < _HOLE):
                continue
            named = [survey.labels[i] for i in around[around < n]]
            more = f" and {len(named) - LISTED} more" if len(named) > LISTED else ""
            listed = ", ".join(named[:LISTED]) + more
            survey.notes.append(f"no polygon covers a hole of {in_square_metres(area(hole))} beside {listed}")
