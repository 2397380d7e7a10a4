"""Balanced division of municipalities into contiguous parts."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..common.arrays import FloatArray, IntArray

_ROUNDS = 4  # times that seeds move to the middle of their part; more changes little


@dataclass(frozen=True)
class Land:
    """Contiguity graph of the municipalities, with their points.

    Attributes
    ----------
    x, y : ndarray of float64, shape (n,)
    neighbours : sequence of list of int
    """

    x: FloatArray
    y: FloatArray
    neighbours: Sequence[list[int]]

    def pieces(self, members: Iterable[int]) -> list[list[int]]:
        """List the connected components of a set, each ascending, by their first member."""
        left = set(members)
        pieces = []
        for start in sorted(left):
            if start not in left:
                continue
            left.discard(start)
            piece = [start]
            for i in piece:
                near = [j for j in self.neighbours[i] if j in left]
                left.difference_update(near)
                piece += near
            pieces.append(sorted(piece))
        return pieces


def divide(
    land: Land, members: Sequence[int], weight: FloatArray, parts: int, rng: np.random.Generator
) -> list[list[int]]:
    """Divide a connected set of municipalities into connected parts of about the same weight.

    Parts grow from seeds, the lightest one first and each to the nearest municipality beside it; then each
    seed moves to the middle of its part, and all grow again (the idea of Lloyd 1982, on a graph).

    Parameters
    ----------
    land : Land
    members : sequence of int
        Connected.
    weight : ndarray of float64, shape (n,)
        Weights of all municipalities, more than zero.
    parts : int
        At most as many as there are members.
    rng : Generator

    Returns
    -------
    list of list of int
        Exactly `parts` lists, none empty, each ascending.

    Notes
    -----
    O(m log m) a round, and O(m parts) to place the seeds.
    """
    vertices = np.array(sorted(members), dtype=np.int64)
    if parts <= 1:
        return [vertices.tolist()]
    seeds = _spread(land.x[vertices], land.y[vertices], parts, rng)
    grown: list[list[int]] = []
    for _ in range(_ROUNDS):
        grown = _grow(land, vertices, weight, [int(vertices[k]) for k in seeds])
        seeds = np.array([int(np.searchsorted(vertices, _middle(land, part))) for part in grown])
    return [sorted(part) for part in grown]


def dissolve(land: Land, parts: list[list[int]], weight: FloatArray, least: float) -> list[list[int]]:
    """Merge each part that weighs less than `least` into the lightest adjacent part, if there is one."""
    groups: dict[int, list[int]] = dict(enumerate(parts))
    part_of = {i: p for p, part in groups.items() for i in part}
    load = {p: float(weight[part].sum()) for p, part in groups.items()}
    turns = [(amount, p) for p, amount in load.items()]
    heapq.heapify(turns)
    while turns and turns[0][0] < least:
        amount, p = heapq.heappop(turns)
        if load.get(p) != amount:
            continue  # it has joined another one, or another one has joined it
        beside = {part_of[j] for i in groups[p] for j in land.neighbours[i] if j in part_of} - {p}
        if beside:
            host = min(beside, key=lambda q: (load[q], q))
            part_of |= dict.fromkeys(groups[p], host)
            groups[host] += groups.pop(p)
            load[host] += load.pop(p)
            heapq.heappush(turns, (load[host], host))
    return [sorted(part) for part in groups.values()]


def _spread(x: FloatArray, y: FloatArray, count: int, rng: np.random.Generator) -> IntArray:
    """Draw seeds far from each other, with chances by squared distance to those drawn before.

    k-means++ (Arthur and Vassilvitskii 2007).
    """
    drawn = [int(rng.integers(len(x)))]
    distance = np.full(len(x), np.inf)
    for _ in range(count - 1):
        distance = np.minimum(distance, (x - x[drawn[-1]]) ** 2 + (y - y[drawn[-1]]) ** 2)
        distance[drawn[-1]] = 0.0
        drawn.append(_draw(distance, rng))
    return np.array(drawn, dtype=np.int64)


def _draw(chance: FloatArray, rng: np.random.Generator) -> int:
    """Draw an index with a probability proportional to its chance."""
    cumulated = np.cumsum(chance)
    place = int(np.searchsorted(cumulated, rng.random() * cumulated[-1], side="right"))
    return min(place, int(np.flatnonzero(chance)[-1]))


def _grow(land: Land, vertices: IntArray, weight: FloatArray, seeds: list[int]) -> list[list[int]]:
    """Grow parts from their seeds until all municipalities are taken, the lightest part first."""
    left = set(vertices.tolist()) - set(seeds)
    parts = [[seed] for seed in seeds]
    turns = [(float(weight[seed]), p) for p, seed in enumerate(seeds)]
    heapq.heapify(turns)
    fringes: list[list[tuple[float, int]]] = [[] for _ in seeds]
    points = zip(land.x[vertices].tolist(), land.y[vertices].tolist(), strict=True)
    place = dict(zip(vertices.tolist(), points, strict=True))

    def look_around(p: int, i: int) -> None:
        x, y = place[seeds[p]]
        for j in land.neighbours[i]:
            if j in left:
                away = (place[j][0] - x) ** 2 + (place[j][1] - y) ** 2
                heapq.heappush(fringes[p], (away, j))

    for p, seed in enumerate(seeds):
        look_around(p, seed)
    while turns:
        load, p = heapq.heappop(turns)
        fringe = fringes[p]
        while fringe and fringe[0][1] not in left:
            heapq.heappop(fringe)
        if fringe:  # an enclosed part grows no more
            i = heapq.heappop(fringe)[1]
            left.discard(i)
            parts[p].append(i)
            look_around(p, i)
            heapq.heappush(turns, (load + float(weight[i]), p))
    if left:
        raise AssertionError("only what is connected can be divided")
    return parts


def _middle(land: Land, part: list[int]) -> int:
    """Find the member nearest to the centroid of a part."""
    x, y = land.x[part], land.y[part]
    return part[int(((x - x.mean()) ** 2 + (y - y.mean()) ** 2).argmin())]
