"""Bounds of the compiled search: fractional knapsacks (Dantzig 1957), and tolls that drop vertices."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import compiled
from .state import BARRED, FREE, TAKEN
from .values import rest_of

_ROUNDS = 4  # of dropping vertices by tolls


@compiled
def fill(a: Any, q: Any, order: Any, blocked: Any, cap: Any, low: Any, value: Any) -> Any:
    """Fractional knapsack over the vertices that are not blocked: its value, and its multiplier."""
    filled = 0.0
    for v in order:
        if blocked[v] >= TAKEN:
            continue
        if q[v] == 0.0:
            if a[v] > 0.0:
                value += a[v]
            continue
        density = a[v] / q[v]
        if density <= 0.0:
            if filled >= low:
                return value, 0.0
            part = min(q[v], low - filled)
            value += density * part
            filled += part
            if filled >= low:
                return value, density
        elif filled + q[v] >= cap:
            return value + density * (cap - filled), density
        else:
            value += a[v]
            filled += q[v]
    return (value if filled >= low else -np.inf), 0.0


@compiled
def order_of(here: Any, a: Any, opened: Any) -> Any:
    """Order open vertices but the seat by weight an inhabitant, the best first."""
    q = here.q
    some = np.flatnonzero(opened)
    some = some[some > 0]
    density = np.empty(len(some))
    for k in range(len(some)):
        v = some[k]
        if q[v] > 0.0:
            density[k] = -a[v] / q[v]
        else:
            density[k] = -np.inf if a[v] > 0.0 else np.inf
    return some[np.argsort(density)]


@compiled
def reduce(data: Any, coefficients: Any, here: Any, level: Any, row: Any, functions: Any, theta: Any) -> Any:
    """Drop open vertices by tolls as long as that helps; whether a set is left, and the last multiplier.

    The weights are those of a level: main zones of the layers before it are chosen.
    """
    a, q, opened = here.weight[level], here.q, here.open[row]
    u = 0.0
    left = opened.sum()
    order = order_of(here, a, opened)
    here.state[:] = FREE
    for _ in range(_ROUNDS):
        bound, u = fill(a, q, order, here.state, data.high - q[0], data.low - q[0], a[0])
        bound += rest_of(data, coefficients, q[0])
        if bound <= theta:
            return False, u
        for k in range(len(a)):
            here.w[k] = a[k] - u * q[k]
        if not _drop(data, here, functions, bound - theta, opened, level):
            return False, u
        before, left = left, opened.sum()
        if left == before:
            break
        for k in range(len(a)):
            here.state[k] = FREE if opened[k] else BARRED
    return True, u


@compiled
def _drop(  # noqa: PLR0912 - a shortest path, compiled
    data: Any, here: Any, functions: Any, budget: Any, opened: Any, layers: Any
) -> Any:
    """Close the vertices whose toll reaches the budget; False when the setting as a whole does."""
    r = len(opened)
    toll = np.full(r, np.inf)
    done = np.zeros(r, np.bool_)
    toll[0] = 0.0
    waiting = [0]
    while len(waiting) > 0:
        best = 0
        for k in range(1, len(waiting)):
            if toll[waiting[k]] < toll[waiting[best]]:
                best = k
        v = waiting[best]
        waiting[best] = waiting[-1]
        waiting.pop()
        if done[v]:
            continue
        done[v] = True
        for k in range(here.start[v], here.start[v + 1]):
            x = here.near[k]
            cost = toll[v] + max(0.0, -here.w[x])
            if opened[x] and cost < toll[x] and cost < budget:
                toll[x] = cost
                waiting.append(x)
    opened[:] = done
    needed = functions & ~here.has[0]
    bit = np.int64(1)
    while bit <= needed:
        if needed & bit:
            some = False
            for k in range(r):
                some |= done[k] and here.has[k] & bit != 0
            if not some:
                return False
        bit <<= 1
    for level in range(layers):
        some = False
        for k in range(r):
            some |= done[k] and data.zone[level, here.vertex[k]] == here.zones[level]
        if not some:
            return False
    return True


@compiled
def may_go_on(here: Any, a: Any, order: Any, need: Any, cap: Any, low: Any, value: Any, theta: Any) -> Any:
    """Whether the fractional knapsack over what is left, and functions still to find, allow a set."""
    bound, _ = fill(a, here.q, order, here.state, cap, low, value)
    if bound <= theta:
        return False
    if need:
        for v in order:
            if here.state[v] < TAKEN:
                need &= ~here.has[v]
    return need == 0
