"""Tabu search over plans of given centres, compiled where numba is installed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ....candidates.compiled import when_installed

FEASIBLE = 1e-9
"""Of the inhabitants of a part: so many too many or too few in all are none."""
BETTER = 1 - 1e-12
"""Of the cost of a plan: another costs less than that."""


# one function: with numba what it calls would have to be compiled
def searched(  # noqa: PLR0912, PLR0915
    begin: Any,
    near: Any,
    people: Any,
    low: float,
    high: float,
    cost: Any,
    fixed: Any,
    part: Any,
    weight: float,
    patience: int,
    unfound: int,
    adjust: int,
    stronger: float,
    bars: Any,
    best: Any,
) -> bool:
    """Move municipalities to other parts, the best move first; see `LocalSearch`. Moves are O(m) on average.

    Parameters
    ----------
    begin, near : ndarray of int64
        Neighbours of v are ``near[begin[v] : begin[v + 1]]``.
    people : ndarray of float64, shape (m,)
    low, high : float
    cost : ndarray of float64, shape (k, m)
    fixed : ndarray of bool, shape (m,)
        Who stays.
    part : ndarray of int64, shape (m,)
        The plan to begin with; changed.
    weight : float
        Price of an inhabitant too many or too few.
    patience, unfound, adjust, stronger
        As in `LocalParams`.
    bars : ndarray of int64, shape (steps,)
        For how many moves a municipality may not go back, by move.
    best : ndarray of int64, shape (m,)
        Where the best plan within the bounds goes.

    Returns
    -------
    bool
        Whether there is one.
    """
    number, size = cost.shape
    held, missed = np.zeros(number), np.zeros(number)
    barred = np.full((number, size), -1, dtype=np.int64)
    now = 0.0
    for v in range(size):
        held[part[v]] += people[v]
        now += cost[part[v], v]
    seen, queue = np.full(size, -1, dtype=np.int64), np.empty(size, dtype=np.int64)
    wanted, stamp = np.full(size, -1, dtype=np.int64), 0
    moved, to_of, worth_of = np.empty(len(near), np.int64), np.empty(len(near), np.int64), np.empty(len(near))
    found, best_cost, since = False, math.inf, 0
    for step in range(len(bars)):
        amiss = 0.0
        for r in range(number):
            missed[r] = max(low - held[r], held[r] - high, 0.0)
            amiss += missed[r]
        if amiss <= FEASIBLE * high and now < best_cost * BETTER:
            found, best_cost, since = True, now, step
            best[:] = part
        if step - since > (patience if found else unfound):
            break
        if step % adjust == adjust - 1:
            weight = weight / stronger if amiss == 0 else weight * stronger
        # moves that are not barred, or lead to a plan that is better than any before
        moves = 0
        for v in range(size):
            if fixed[v]:
                continue
            here = part[v]
            less = max(low - (held[here] - people[v]), held[here] - people[v] - high, 0.0) - missed[here]
            first = moves
            for e in range(begin[v], begin[v + 1]):
                to = part[near[e]]
                if to == here or cost[to, v] == math.inf:
                    continue
                known = False
                for other in range(first, moves):
                    known = known or to_of[other] == to
                if known:
                    continue
                dearer = cost[to, v] - cost[here, v]
                more = max(low - (held[to] + people[v]), held[to] + people[v] - high, 0.0) - missed[to]
                after = less + more
                if barred[to, v] < step or (
                    now + dearer < best_cost * BETTER and amiss + after <= FEASIBLE * high
                ):
                    moved[moves], to_of[moves] = v, to
                    worth_of[moves] = dearer + weight * after
                    moves += 1
        chosen = -1
        while chosen < 0:
            for k in range(moves):
                if worth_of[k] < math.inf and (chosen < 0 or worth_of[k] < worth_of[chosen]):
                    chosen = k
            if chosen < 0:
                break
            # its old part has to stay connected
            v = moved[chosen]
            here, stamp, others, start = part[v], stamp + 1, 0, -1
            seen[v] = stamp
            for e in range(begin[v], begin[v + 1]):
                u = near[e]
                if part[u] == here:
                    wanted[u] = stamp
                    others += 1
                    start = u
            if others > 1:
                seen[start] = stamp
                queue[0], head, tail = start, 0, 1
                others -= 1
                while head < tail and others > 0:
                    u = queue[head]
                    head += 1
                    for e in range(begin[u], begin[u + 1]):
                        w = near[e]
                        if part[w] == here and seen[w] != stamp:
                            seen[w] = stamp
                            queue[tail] = w
                            tail += 1
                            if wanted[w] == stamp:
                                others -= 1
                apart = others > 0
            else:
                apart = others == 0
            if apart:
                worth_of[chosen], chosen = math.inf, -1
        if chosen < 0:
            break
        v, to = moved[chosen], to_of[chosen]
        here = part[v]
        barred[here, v] = step + bars[step]
        now += cost[to, v] - cost[here, v]
        held[here] -= people[v]
        held[to] += people[v]
        part[v] = to
    return found


fast_searched = when_installed(searched)
