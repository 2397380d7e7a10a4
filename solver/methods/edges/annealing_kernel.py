"""Simulated annealing of plans, compiled; only `annealing` imports this module, and late."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import compiled


@compiled
def _draw(seed: Any) -> Any:
    """Draw a whole number below 2^53 (xorshift)."""
    x = seed[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    seed[0] = x
    return np.int64(x >> np.uint64(11))


@compiled
def _stays_whole(graph: Any, part_of: Any, v: int, seen: Any, queue: Any, stamp: int) -> Any:
    """Whether the part of a vertex is connected, and not empty, without it."""
    begin, to, joins = graph[0], graph[1], graph[3]
    mine, wanted, tail = part_of[v], 0, 0
    for e in range(begin[v], begin[v + 1]):
        if joins[e] and part_of[to[e]] == mine:
            wanted += 1
            if tail == 0:
                queue[0] = to[e]
                tail = 1
    if wanted == 0:
        return False
    seen[v] = stamp
    seen[queue[0]] = stamp
    head, met = 0, 0
    while head < tail:
        at = queue[head]
        head += 1
        for e in range(begin[at], begin[at + 1]):
            u = to[e]
            if joins[e] and u == v:
                met += 1
            elif joins[e] and part_of[u] == mine and seen[u] != stamp:
                seen[u] = stamp
                queue[tail] = u
                tail += 1
        if met == wanted:
            return True
    return False


@compiled
def _lack(people: int, lower: int, upper: int) -> Any:
    """Inhabitants too many or too few."""
    return max(0, lower - people, people - upper)


@compiled
def anneal(
    graph: Any, part_of: Any, lower: int, upper: int, seed: Any, heat: Any, steps: int, best: Any, fewest: int
) -> Any:
    """Move vertices between parts at a falling temperature, and note the best plan within the bounds.

    Parameters
    ----------
    graph : tuple
        As `kernel` has it.
    part_of : ndarray of int64, shape (m,)
        The plan to begin with, of connected parts; what it has become at the end.
    lower, upper : int
    seed : ndarray of uint64, shape (1,)
    heat : tuple of float
        First and last temperature, and the price of a mean vertex that a part lacks or has too much.
    steps : int
    best : ndarray of int64, shape (m,)
        Where a better plan goes.
    fewest : int
        Its cut edges must be fewer.

    Returns
    -------
    int
        Cut edges of the best plan; `fewest` where none is better.
    """
    begin, to, _, joins, costs, people = graph
    size, half_edges = len(people), len(to)
    source = np.empty(half_edges, np.int64)
    for v in range(size):
        source[begin[v] : begin[v + 1]] = v
    within = np.zeros(part_of.max() + 1, np.int64)
    for v in range(size):
        within[part_of[v]] += people[v]
    cut = 0
    for e in range(half_edges):
        if costs[e] and part_of[source[e]] != part_of[to[e]]:
            cut += 1
    cut //= 2
    lack = 0
    for k in range(len(within)):
        lack += _lack(within[k], lower, upper)
    price = heat[2] * size / max(1, people.sum())
    cooling = (heat[1] / heat[0]) ** (1.0 / steps)
    temperature = heat[0]
    seen, queue = np.zeros(size, np.int64), np.empty(size, np.int64)
    for step in range(1, steps + 1):
        temperature *= cooling
        e = _draw(seed) % half_edges
        v, old, new = source[e], part_of[source[e]], part_of[to[e]]
        if old == new or not joins[e]:
            continue
        change = 0
        for f in range(begin[v], begin[v + 1]):
            if costs[f]:
                change += (1 if part_of[to[f]] == old else 0) - (1 if part_of[to[f]] == new else 0)
        more = _lack(within[old] - people[v], lower, upper) - _lack(within[old], lower, upper)
        more += _lack(within[new] + people[v], lower, upper) - _lack(within[new], lower, upper)
        worse = change + price * more
        if worse > 0 and _draw(seed) >= np.exp(-worse / temperature) * 2.0**53:
            continue
        if not _stays_whole(graph, part_of, v, seen, queue, step):
            continue
        part_of[v] = new
        within[old] -= people[v]
        within[new] += people[v]
        cut += change
        lack += more
        if lack == 0 and cut < fewest:
            fewest = cut
            best[:] = part_of
    return fewest
