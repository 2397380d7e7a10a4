"""Which borders municipalities share, and by which lines they are joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from .shapes import Geometry

Point = tuple[float, float]


def shared_border(first: Geometry, second: Geometry, same: float) -> Geometry | None:
    """Give the border between two municipalities as one line or more; None where they do not touch.

    Parameters
    ----------
    first, second : shapely geometries
        Areas.
    same : float
        Borders nearer to each other than this are the same border.
    """
    border = shapely.intersection(first.boundary, shapely.buffer(second.boundary, same))
    lines = [part for part in shapely.get_parts(border) if part.geom_type == "LineString"]
    if sum(line.length for line in lines) < 4 * same:
        return None
    merged = shapely.line_merge(shapely.MultiLineString(lines))
    return max(shapely.get_parts(merged), key=lambda part: part.length) if len(lines) == 1 else merged


def shortest_tree(
    members: Sequence[int], cells: Mapping[int, Geometry], points: Mapping[int, Point], same: float
) -> list[tuple[int, int]]:
    """Give the shortest tree that joins some points (Prim 1957); neighbours are joined before others.

    Parameters
    ----------
    members : sequence of int
    cells : mapping of int to shapely geometry
        Areas of the members.
    points : mapping of int to (float, float)
    same : float
        Areas nearer to each other than this are neighbours.
    """
    inside, outside, links = list(members[:1]), set(members[1:]), []

    def way(pair: tuple[int, int]) -> float:
        (x, y), (u, v) = points[pair[0]], points[pair[1]]
        touching = shapely.dwithin(cells[pair[0]], cells[pair[1]], same)
        return float(np.hypot(x - u, y - v)) * (1 if touching else 1000)

    while outside:
        best = min(((i, j) for i in inside for j in sorted(outside)), key=way)
        links.append(best)
        inside.append(best[1])
        outside.discard(best[1])
    return links
