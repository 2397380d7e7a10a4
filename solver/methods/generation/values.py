"""Rules and values of sets that are no sums over their members, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import compiled


@compiled
def keeps_rules(data: Any, members: Any) -> Any:
    """Whether a connected set within the bounds keeps all other rules; parts of it need not."""
    wanted = np.int64(0)
    for v in members:
        wanted |= data.required[v]
    if wanted != data.wanted:
        return False
    for v in members:
        g = data.group[v]
        if g >= 0:
            count = 0
            for u in members:
                count += data.group[u] == g
            if count != data.group_size[g]:
                return False
    for f in range(len(data.cannot_link)):
        met = 0
        for v in members:
            met += v == data.cannot_link[f, 0] or v == data.cannot_link[f, 1]
        if met == 2:
            return False
    asked = -1
    for v in members:
        if data.seats[v]:
            if asked >= 0:
                return False
            asked = v
    return (
        not encloses_barred(data, members)
        and is_within_columns(data, members)
        and (asked < 0 or is_seat(data.metres, data.seat_rank, data.people, members, asked))
    )


@compiled
def is_within_columns(data: Any, members: Any) -> Any:
    """Whether a set keeps the bounds under each further column of inhabitants."""
    for k in range(len(data.also)):
        total = np.int64(0)
        for v in members:
            total += data.also[k, v]
        if total < data.low or total > data.high:
            return False
    return True


@compiled
def is_seat(effort: Any, rank: Any, people: Any, members: Any, seat: Any) -> Any:
    """Whether no member ranks before `seat`, and of its rank its effort is least; of equals, the first."""
    own = 0.0
    for u in members:
        own += people[u] * effort[seat, u]
    for v in members:
        if rank[v] < rank[seat]:
            return False
        if rank[v] > rank[seat]:
            continue
        total = 0.0
        for u in members:
            total += people[u] * effort[v, u]
        if total < own or (total == own and v < seat):
            return False
    return True


@compiled
def is_main(zone: Any, people: Any, members: Any, main: Any) -> Any:
    """Whether most members live in zone `main`; of equals, the first one counts."""
    own = 0.0
    for u in members:
        if zone[u] == main:
            own += people[u]
    for v in members:
        if zone[v] != main:
            total = 0.0
            for u in members:
                if zone[u] == zone[v]:
                    total += people[u]
            if total > own or (total == own and zone[v] < main):
                return False
    # a set of nobody may have any main zone: the first one counts
    return own > 0.0 or main == zone[members].min()


@compiled
def of_population(data: Any, coefficients: Any, members: Any) -> Any:
    """Points of the terms that depend on sums over all members."""
    p, excess, large = 0.0, 0.0, False
    for v in members:
        p += data.people[v]
        excess += data.excess[v]
        large |= data.large[v]
    lost = coefficients.size * p * abs(p - coefficients.target) / coefficients.target
    lost += coefficients.missing * max(0.0, coefficients.soft_low - p)
    if not large:
        lost += coefficients.missing * max(0.0, p - coefficients.soft_high)
    if p > 0.0:
        lost += coefficients.fiscal * abs(excess)
    return -lost - of_steps(coefficients.steps, p, len(members))


@compiled
def of_steps(steps: Any, people: Any, size: Any) -> Any:
    """Points that a set of so many people, and of so many members, loses by steps."""
    k = 0
    while k + 1 < len(steps) and steps[k + 1, 0] <= people:
        k += 1
    column = 1 if size > 1 else 3
    return steps[k, column] + steps[k, column + 1] * people


@compiled
def encloses_barred(data: Any, members: Any) -> Any:
    """Whether a set encloses a town that no set may enclose."""
    for v in members:
        for k in range(data.first[v], data.first[v + 1]):
            if data.barred[k] and encloses(data, members, k):
                return True
    return False


@compiled
def of_rings(data: Any, coefficients: Any, members: Any) -> Any:
    """Points of what a set encloses."""
    lost = 0.0
    for v in members:
        for k in range(data.first[v], data.first[v + 1]):
            if coefficients.enclosed[k] > 0.0 and encloses(data, members, k):
                lost += coefficients.enclosed[k]
    return -lost


@compiled
def encloses(data: Any, members: Any, k: Any) -> Any:
    """Whether a set holds all around a town, and not itself."""
    if len(members) < 2:
        return False
    for i in range(data.ring_start[k], data.ring_start[k + 1]):
        held = False
        for u in members:
            held |= u == data.ring[i]
        if not held:
            return False
    for u in members:  # noqa: SIM110 - generators are not compiled
        if u == data.town[k]:
            return False
    return True


@compiled
def rest_of(data: Any, coefficients: Any, counted: Any) -> Any:
    """Most that the terms of the population give to a set that holds so many inhabitants already."""
    return coefficients.rest[int(max(0.0, counted - data.low) / coefficients.width)]


@compiled
def enter(data: Any, coefficients: Any, here: Any, k: Any, by: Any) -> Any:
    """Count a vertex in or out of the zones it touches; give the points that the first in a zone loses."""
    lost = 0.0
    for layer in range(len(data.touch)):
        z = data.touch[layer, here.vertex[k]]
        if here.touching[layer, z] == (0 if by > 0 else 1):
            lost += coefficients.touched[layer]
        here.touching[layer, z] += by
    return lost
