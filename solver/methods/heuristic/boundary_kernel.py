"""Simulated annealing over moves of nodes across boundaries; compiled where numba is installed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...candidates.compiled import when_installed


# one function: with numba what it calls would have to be compiled, and without numba it is taken as it is
def walk(  # noqa: PLR0912, PLR0915
    begin: Any,
    near: Any,
    first_link: Any,
    linked: Any,
    weight: Any,
    first_foe: Any,
    foes: Any,
    people: Any,
    has: Any,
    cost: Any,
    part: Any,
    lowest: int,
    highest: int,
    price: float,
    rule: float,
    hot: float,
    cold: float,
    chance: Any,
    best: Any,
) -> Any:
    """Move nodes to the parts beside them, by simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983).

    Parts stay connected and none is emptied. What inhabitants are beyond the bounds costs a price each, and
    so does each rule that is broken, so that the walk may pass through plans that break some.

    Parameters
    ----------
    begin, near : ndarray of int64
        Neighbours: those of node v are ``near[begin[v]:begin[v + 1]]``.
    first_link, linked, weight : ndarray
        In the same way: what it costs that v is in another part than some other.
    first_foe, foes : ndarray of int64
        In the same way: nodes that may not share a part with v.
    people : ndarray of int64, shape (n,)
    has : ndarray of bool, shape (r, n)
        Every part needs a node of each row.
    cost : ndarray of float64, shape (n, k)
        Of each node in each part.
    part : ndarray of int64, shape (n,)
        The plan, which changes.
    lowest, highest : int
    price, rule : float
        Of an inhabitant beyond the bounds, and of a broken rule.
    hot, cold : float
        Temperature at first and at last.
    chance : ndarray of float64
        Random numbers from 0 to 1, three a step.
    best : ndarray of int64, shape (n,)
        Where the best plan goes that keeps bounds and rules.

    Returns
    -------
    tuple of (float, int, int)
        Change of the cost from the given plan to `best`, infinite where no plan was met that keeps all;
        inhabitants beyond the bounds, and broken rules, at the end.
    """
    size, number = cost.shape
    inside = np.zeros(number, np.int64)
    count = np.zeros(number, np.int64)
    holders = np.zeros((len(has), number), np.int64)
    for v in range(size):
        inside[part[v]] += people[v]
        count[part[v]] += 1
        for r in range(len(has)):
            if has[r, v]:
                holders[r, part[v]] += 1
    beyond = 0
    broken = 0
    for k in range(number):
        beyond += max(0, lowest - inside[k]) + max(0, inside[k] - highest)
        for r in range(len(has)):
            if holders[r, k] == 0:
                broken += 1
    for v in range(size):
        for e in range(first_foe[v], first_foe[v + 1]):
            if foes[e] < v and part[foes[e]] == part[v]:
                broken += 1
    value = 0.0
    reached = math.inf
    if beyond == 0 and broken == 0:
        reached = 0.0
        best[:] = part
    seen = np.zeros(size, np.int64)
    wanted = np.zeros(size, np.int64)
    queue = np.zeros(size, np.int64)
    stamp = 0
    steps = len(chance) // 3
    heat = hot
    factor = (cold / hot) ** (1.0 / max(1, steps // 64))
    for step in range(steps):
        if step % 64 == 63:
            heat *= factor
        v = int(chance[3 * step] * size)
        a = part[v]
        degree = begin[v + 1] - begin[v]
        if degree == 0 or count[a] == 1:
            continue
        b = part[near[begin[v] + int(chance[3 * step + 1] * degree)]]
        if a == b:
            continue
        p = people[v]
        away = (
            max(0, lowest - inside[a] + p)
            + max(0, inside[a] - p - highest)
            + max(0, lowest - inside[b] - p)
            + max(0, inside[b] + p - highest)
            - max(0, lowest - inside[a])
            - max(0, inside[a] - highest)
            - max(0, lowest - inside[b])
            - max(0, inside[b] - highest)
        )
        rules = 0
        for e in range(first_foe[v], first_foe[v + 1]):
            if part[foes[e]] == b:
                rules += 1
            elif part[foes[e]] == a:
                rules -= 1
        for r in range(len(has)):
            if has[r, v]:
                if holders[r, a] == 1:
                    rules += 1
                if holders[r, b] == 0:
                    rules -= 1
        change = cost[v, b] - cost[v, a]
        for e in range(first_link[v], first_link[v + 1]):
            if part[linked[e]] == a:
                change += weight[e]
            elif part[linked[e]] == b:
                change -= weight[e]
        total = change + price * away + rule * rules
        if total > 0 and chance[3 * step + 2] >= math.exp(-total / heat):
            continue
        # the rest of the part holds together if its nodes beside v reach each other without v
        stamp += 1
        first, others = -1, 0
        for e in range(begin[v], begin[v + 1]):
            if part[near[e]] == a:
                wanted[near[e]] = stamp
                if first < 0:
                    first = near[e]
                else:
                    others += 1
        if first < 0:
            continue
        seen[first] = stamp
        seen[v] = stamp
        queue[0] = first
        head, tail = 0, 1
        while head < tail and others > 0:
            u = queue[head]
            head += 1
            for e in range(begin[u], begin[u + 1]):
                w = near[e]
                if part[w] == a and seen[w] != stamp:
                    seen[w] = stamp
                    queue[tail] = w
                    tail += 1
                    if wanted[w] == stamp:
                        others -= 1
        if others > 0:
            continue
        part[v] = b
        inside[a] -= p
        inside[b] += p
        count[a] -= 1
        count[b] += 1
        for r in range(len(has)):
            if has[r, v]:
                holders[r, a] -= 1
                holders[r, b] += 1
        beyond += away
        broken += rules
        value += change
        if beyond == 0 and broken == 0 and value < reached - 1e-12:
            reached = value
            best[:] = part
    return reached, beyond, broken


fast_walk = when_installed(walk)
