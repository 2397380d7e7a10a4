"""Pairs of members that gain by being in one set, compiled: what they promise at most, and what they give.

A gain is promised in full to the vertex beside the seat, and between two others in proportion to their
inhabitants: so both ends gain alike for the room that they take. As a vertex can have no more partners than
fit beside it and the seat, it is promised a fractional knapsack of them (Dantzig 1957).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import compiled
from .state import BARRED, TAKEN


@compiled
def share(q: Any, k: Any, other: Any) -> Any:
    """Part of a pair's gain that is promised to the first of both."""
    both = q[k] + q[other]
    return q[k] / both if both > 0.0 else 0.5


@compiled
def promise(data: Any, coefficients: Any, here: Any, row: Any) -> None:
    """Tell for each open vertex what it gains beside the seat, and at most with other open ones."""
    q, opened = here.q, here.open[row]
    here.seated[:] = 0.0
    here.promised[:] = 0.0
    for k in range(1, len(q)):
        first, last = here.pair_start[k], here.pair_start[k + 1]
        if not opened[k] or first == last:
            continue
        free = data.high - q[0] - q[k]
        gains, sizes = np.zeros(last - first), np.zeros(last - first)
        count = 0
        for i in range(first, last):
            other = here.pair_with[i]
            gain = coefficients.pair[here.pair_at[i]]
            if other == 0:
                here.seated[k] = gain
            elif opened[other] and q[other] <= free:
                gains[count] = share(q, k, other) * gain
                sizes[count] = q[other]
                count += 1
        here.promised[k] = _fitting(gains[:count], sizes[:count], free)


@compiled
def _fitting(gains: Any, sizes: Any, free: Any) -> Any:
    """Most gains that fit, the last in part."""
    if sizes.sum() <= free:
        return gains.sum()
    total = 0.0
    for i in np.argsort(-gains / np.maximum(sizes, 1e-9)):
        if sizes[i] > free:
            return total + gains[i] * max(0.0, free) / sizes[i]
        total += gains[i]
        free -= sizes[i]
    return total


@compiled
def hopes(coefficients: Any, here: Any, order: Any) -> Any:
    """Sum what vertices are promised with others that are still free."""
    hope = np.zeros(len(here.q))
    for k in order:
        for i in range(here.pair_start[k], here.pair_start[k + 1]):
            other = here.pair_with[i]
            if other > 0 and here.state[other] < TAKEN:
                hope[k] += share(here.q, k, other) * coefficients.pair[here.pair_at[i]]
    return hope


@compiled
def take(coefficients: Any, here: Any, x: Any, held: Any, hope: Any) -> Any:
    """Let the partners of a vertex hold what they gain with it; give what it gains with those taken."""
    gained = 0.0
    for i in range(here.pair_start[x], here.pair_start[x + 1]):
        other = here.pair_with[i]
        gain = coefficients.pair[here.pair_at[i]]
        if other > 0 and here.state[other] == TAKEN:
            gained += gain
        held[other] += gain
        hope[other] -= share(here.q, other, x) * gain
    return gained


@compiled
def bar(coefficients: Any, here: Any, x: Any, held: Any, hope: Any) -> None:
    """Take from the partners of a vertex what they hold of it, or what they hoped for."""
    for i in range(here.pair_start[x], here.pair_start[x + 1]):
        other = here.pair_with[i]
        gain = coefficients.pair[here.pair_at[i]]
        if here.state[x] == TAKEN:
            held[other] -= gain
        else:
            hope[other] -= share(here.q, other, x) * gain


@compiled
def free_again(coefficients: Any, here: Any, x: Any, hope: Any) -> None:
    """Give the partners of a vertex that was barred their hope back."""
    if here.state[x] != BARRED:
        return
    for i in range(here.pair_start[x], here.pair_start[x + 1]):
        other = here.pair_with[i]
        hope[other] += share(here.q, other, x) * coefficients.pair[here.pair_at[i]]


@compiled
def may_reach(
    here: Any, a: Any, order: Any, held: Any, hope: Any, u: Any, cap: Any, low: Any, value: Any, theta: Any
) -> Any:
    """Whether what vertices gain with those taken, and may with those left, allows a set: a dual bound."""
    bound = value + (u * cap if u > 0.0 else u * low) + _SLACK
    for k in order:
        if here.state[k] < TAKEN:
            gained = held[k] + min(here.promised[k], hope[k])
            bound += max(0.0, a[k] - here.promised[k] + gained - u * here.q[k])
    return bound > theta


_SLACK = 1e-10  # points: what sums lose that are added to and taken from many times
