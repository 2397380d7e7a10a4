"""What the compiled search works on: a seat's surroundings, what is found, and room to work in."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ...candidates.compiled import compiled

FREE, BESIDE, TAKEN, BARRED = 0, 1, 2, 3
"""States of a vertex."""

FOUND, LIMIT, BRANCHES, SETTINGS, LISTED = 0, 1, 2, 3, 4
"""What is counted: sets found, 1 at a limit, branches, settings, sets looked at."""

COUNTS = 5


class Surroundings(NamedTuple):
    """The vertices within reach of a seat, numbered from 0 (the seat), and room to work in."""

    seat: Any
    vertex: Any  # in the component
    start: Any
    near: Any
    q: Any  # inhabitants as the bounds count them
    has: Any
    weight: Any  # a row a level: after the functions, after each layer
    open: Any  # rows: vertices left for the seat, for the functions, for the setting
    zones: Any  # main zone of each layer
    w: Any
    state: Any
    touching: Any  # a row a layer: members in each zone
    pair_start: Any  # partners of k, by which it gains: pair_with[pair_start[k]:pair_start[k + 1]]
    pair_with: Any
    pair_at: Any  # where the gain stands
    seated: Any  # gained beside the seat
    promised: Any  # gained with others at most


class PricedSets(NamedTuple):
    """Sets found: members as vertices of the component, sizes, reduced costs; counts; the threshold."""

    members: Any
    sizes: Any
    values: Any
    counts: Any
    theta: Any


@compiled
def _settle(data: Any, here: Any) -> Any:
    """Number the vertices within reach, and list the neighbours and partners of each."""
    local = np.full(len(data.counted), -1)
    local[here.vertex] = np.arange(len(here.vertex))
    total = 0
    pairs = 0
    for k in range(len(here.vertex)):
        v = here.vertex[k]
        for i in range(data.pair_start[v], data.pair_start[v + 1]):
            if local[data.pair_with[i]] >= 0:
                here.pair_with[pairs] = local[data.pair_with[i]]
                here.pair_at[pairs] = i
                pairs += 1
        here.pair_start[k + 1] = pairs
        here.q[k] = data.counted[v]
        here.has[k] = data.has[v]
        for i in range(data.start[v], data.start[v + 1]):
            if local[data.near[i]] >= 0:
                here.near[total] = local[data.near[i]]
                total += 1
        here.start[k + 1] = total


@compiled
def room(data: Any, vertex: Any) -> Any:
    """Number some vertices, the seat first, and make room to work in."""
    r, layers = len(vertex), len(data.zone)
    edges = 0
    pairs = 0
    for v in vertex:
        edges += data.start[v + 1] - data.start[v]
        pairs += data.pair_start[v + 1] - data.pair_start[v]
    here = Surroundings(
        vertex[0],
        vertex,
        np.zeros(r + 1, np.int64),
        np.zeros(edges, np.int64),
        np.zeros(r),
        np.zeros(r, np.int64),
        np.zeros((layers + 1, r)),
        np.zeros((3, r), np.bool_),
        np.zeros(layers, np.int64),
        np.zeros(r),
        np.zeros(r, np.int8),
        np.zeros((len(data.touch), len(data.counted)), np.int64),
        np.zeros(r + 1, np.int64),
        np.zeros(pairs, np.int64),
        np.zeros(pairs, np.int64),
        np.zeros(r),
        np.zeros(r),
    )
    _settle(data, here)
    return here


@compiled
def union(here: Any, row: Any) -> Any:
    """Functions that any of the open vertices has."""
    every = np.int64(0)
    for k in range(len(here.vertex)):
        if here.open[row, k]:
            every |= here.has[k]
    return every
