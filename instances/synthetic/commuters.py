"""Commuting flows by a gravity model."""

from __future__ import annotations

import numpy as np

from ..entities import Flows
from .landscape import Landscape
from .people import CITY, TOWN, People

_AT_WORK = 0.42  # commuters an inhabitant
_DECAY = 8_000.0  # metres over which the pull of a place of work falls to 1/e
_IN_REACH = 60  # municipalities among which people look for work, on average
_JOBS = {TOWN: 1.4, CITY: 1.8}  # jobs in towns, relative to inhabitants


def draw_flows(landscape: Landscape, people: People) -> Flows:
    """Distribute the commuters of each municipality over those in reach, by jobs and distance.

    A singly constrained gravity model (Wilson 1971), in whole people, with the flows inside a municipality.
    Nothing is drawn: the flows follow from points and populations.

    Returns
    -------
    Flows
        Pairs with at least one commuter.
    """
    import shapely

    points = shapely.points(landscape.x, landscape.y)
    reach = np.sqrt(_IN_REACH * landscape.area.mean() * 1e6 / np.pi)
    origin, destination = shapely.STRtree(points).query(points, predicate="dwithin", distance=reach)
    order = np.lexsort((destination, origin))
    origin, destination = origin[order].astype(np.int64), destination[order].astype(np.int64)
    jobs = people.population * np.array([_JOBS.get(kind, 1.0) for kind in people.kind.tolist()])
    dx = landscape.x[origin] - landscape.x[destination]
    dy = landscape.y[origin] - landscape.y[destination]
    pull = jobs[destination] * np.exp(-np.hypot(dx, dy) / _DECAY)
    share = pull / np.bincount(origin, weights=pull, minlength=len(jobs))[origin]
    number = np.rint(_AT_WORK * people.population[origin] * share)
    some = number > 0
    return Flows(origin[some], destination[some], number[some])
