"""The compiled search of one setting: connected sets, depth first, each once."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import compiled
from .inside import bar, free_again, hopes, may_reach, take
from .knapsack import fill, may_go_on
from .state import BARRED, BESIDE, BRANCHES, FOUND, FREE, LIMIT, LISTED, TAKEN
from .values import enter, is_main, is_seat, keeps_rules, of_population, of_rings, rest_of


@compiled
def branch(  # noqa: PLR0912, PLR0915 - one loop over a stack: calls would cost more than the work
    data: Any,
    coefficients: Any,
    here: Any,
    a: Any,
    order: Any,
    functions: Any,
    limit: Any,
    keep_best: Any,
    priced: Any,
) -> None:
    """List the connected sets of a setting; `w` and `state` of `here` are worked on.

    Level d of the stack holds the set of the first d + 1 vertices taken, and the vertices beside it that are
    neither barred nor taken: ``beside[begin[d]:end[d]]``, the best first, of which those before ``at[d]`` are
    done with.
    """
    q, w, state = here.q, here.w, here.state
    r = len(order) + 1
    taken = np.zeros(r + 1, np.int64)
    begin, end, at = np.zeros(r + 1, np.int64), np.zeros(r + 1, np.int64), np.zeros(r + 1, np.int64)
    need = np.zeros(r + 1, np.int64)
    filled, value, bound = np.zeros(r + 1), np.zeros(r + 1), np.zeros(r + 1)
    exact = np.zeros(r + 1)  # as `value`, but for pairs: what they give, where that has what they promise
    paired = len(here.pair_with) > 0
    held = np.zeros(len(q))  # of each vertex: gained with those taken
    beside = np.zeros(r * (r + 1) // 2 + 2 * r, np.int64)
    fresh = np.zeros(len(beside), np.bool_)
    state[:] = BARRED
    state[order] = FREE
    theta = priced.theta
    filled[0], value[0], need[0] = q[0], a[0], functions & ~here.has[0]
    wanted, far = _farness(data, here, functions, order)
    toll = np.zeros((r + 1, len(far)))  # of a way from the vertices taken to what is wanted
    value[0] -= enter(data, coefficients, here, 0, 1)
    exact[0] = value[0]
    hope = hopes(coefficients, here, order)
    upper, u = fill(a, q, order, state, data.high - q[0], data.low - q[0], value[0])
    bound[0] = upper
    for k in order:
        w[k] = a[k] - u * q[k]
    _measure(here, order, wanted, far)
    toll[0] = far[:, 0]
    depth, count = 0, 0
    state[0] = TAKEN
    for k in range(here.start[0], here.start[1]):
        x = here.near[k]
        if state[x] == FREE:
            state[x] = BESIDE
            count = _insert(beside, fresh, w, 0, count, x)
    end[0] = count
    while depth >= 0:
        if at[depth] > begin[depth]:  # back from a branch: bar the vertex it took
            x = beside[at[depth] - 1]
            if paired:
                bar(coefficients, here, x, held, hope)
            state[x] = BARRED
            bound[depth] -= max(0.0, w[x])
        most = bound[depth] - _highest(toll[depth]) + rest_of(data, coefficients, filled[depth])
        if at[depth] == end[depth] or most <= theta[0]:
            for k in range(begin[depth], end[depth]):
                if paired:
                    free_again(coefficients, here, beside[k], hope)
                state[beside[k]] = FREE if fresh[k] else BESIDE
            enter(data, coefficients, here, taken[depth], -1)
            depth -= 1
            continue
        x = beside[at[depth]]
        at[depth] += 1
        total = filled[depth] + q[x]
        if total > data.high:
            continue
        upper = bound[depth] + min(0.0, w[x])
        for i in range(len(far)):
            toll[depth + 1, i] = min(toll[depth, i], far[i, x])
        way = _highest(toll[depth + 1])
        if upper - way + rest_of(data, coefficients, total) <= theta[0]:
            continue
        priced.counts[BRANCHES] += 1
        if priced.counts[BRANCHES] >= limit:
            priced.counts[LIMIT] = 1
        if priced.counts[LIMIT]:
            break
        lost = enter(data, coefficients, here, x, 1)
        here_value = value[depth] + a[x] - lost
        here_exact = exact[depth] + a[x] - lost
        if paired:
            here_exact += take(coefficients, here, x, held, hope) - here.promised[x]
        here_need = need[depth] & ~here.has[x]
        state[x] = TAKEN
        taken[depth + 1] = x
        rest = rest_of(data, coefficients, total)
        if total >= data.low and here_need == 0 and here_exact + rest > theta[0]:
            _offer(data, coefficients, here, taken, depth + 2, here_exact, keep_best, priced)
        cap, low = data.high - total, data.low - total
        upper -= lost
        if (
            upper - way + rest <= theta[0]
            or not may_go_on(here, a, order, here_need, cap, low, here_value, theta[0] - rest)
            or (
                paired and not may_reach(here, a, order, held, hope, u, cap, low, here_exact, theta[0] - rest)
            )
        ):
            enter(data, coefficients, here, x, -1)
            continue
        depth += 1
        need[depth], filled[depth], value[depth], bound[depth] = here_need, total, here_value, upper
        exact[depth] = here_exact
        begin[depth] = at[depth] = end[depth - 1]
        count = begin[depth]
        for k in range(at[depth - 1], end[depth - 1]):
            beside[count] = beside[k]
            fresh[count] = False
            count += 1
        for k in range(here.start[x], here.start[x + 1]):
            y = here.near[k]
            if state[y] == FREE:
                state[y] = BESIDE
                count = _insert(beside, fresh, w, begin[depth], count, y)
        end[depth] = count
    here.touching[:] = 0


@compiled
def _farness(data: Any, here: Any, functions: Any, order: Any) -> Any:
    """Tell which vertices offer what a set must hold: each function, a member in each main zone."""
    wanted = 0
    bit = np.int64(1)
    while bit <= functions:
        wanted += functions & bit != 0
        bit <<= 1
    layers = len(data.zone)
    offers = np.zeros((wanted + layers, len(here.vertex)), np.bool_)
    i, bit = 0, np.int64(1)
    while bit <= functions:
        if functions & bit:
            for k in range(len(here.vertex)):
                offers[i, k] = here.has[k] & bit != 0
            i += 1
        bit <<= 1
    for layer in range(layers):
        for k in range(len(here.vertex)):
            offers[wanted + layer, k] = data.zone[layer, here.vertex[k]] == here.zones[layer]
    return offers, np.full(offers.shape, np.inf)


@compiled
def _measure(here: Any, order: Any, offers: Any, far: Any) -> None:
    """Find what the cheapest way from each vertex to one that offers something loses, in negative `w`.

    The vertex that the way begins with is not counted, the one that it ends with is.
    """
    for i in range(len(offers)):
        near = far[i]
        for k in range(len(near)):
            if offers[i, k] and (k == 0 or here.state[k] != BARRED):
                near[k] = 0.0
        changed = True
        while changed:  # Bellman and Ford: ways are short
            changed = False
            for x in order:
                if near[x] == np.inf:
                    continue
                cost = near[x] + max(0.0, -here.w[x])
                for k in range(here.start[x], here.start[x + 1]):
                    y = here.near[k]
                    if cost < near[y]:
                        near[y] = cost
                        changed = True


@compiled
def _highest(tolls: Any) -> Any:
    """The largest of some tolls: ways may have vertices in common, so they do not add up."""
    most = 0.0
    for toll in tolls:
        most = max(most, toll)
    return most


@compiled
def _insert(beside: Any, fresh: Any, w: Any, begin: Any, count: Any, x: Any) -> Any:
    """Insert a vertex that was free where it belongs by `w`; give the new end."""
    k = count
    while k > begin and w[beside[k - 1]] < w[x]:
        beside[k] = beside[k - 1]
        fresh[k] = fresh[k - 1]
        k -= 1
    beside[k] = x
    fresh[k] = True
    return count + 1


@compiled
def _offer(
    data: Any, coefficients: Any, here: Any, taken: Any, size: Any, value: Any, keep_best: Any, priced: Any
) -> None:
    """Take a set into what is found if it is good enough, keeps the rules and is in its best setting."""
    members = here.vertex[taken[:size]]
    priced.counts[LISTED] += 1
    value += of_population(data, coefficients, members)
    if value <= priced.theta[0]:
        return
    value += of_rings(data, coefficients, members)
    if value <= priced.theta[0] or not keeps_rules(data, members):
        return
    if data.effort.shape[0] > 0 and not is_seat(data.effort, data.rank, data.people, members, here.seat):
        return
    for level in range(len(data.zone)):
        if not is_main(data.zone[level], data.people, members, here.zones[level]):
            return
    row = priced.counts[FOUND]
    if row == len(priced.values):
        if not keep_best:
            priced.counts[LIMIT] = 1
            return
        row = priced.values.argmin()
    else:
        priced.counts[FOUND] += 1
    priced.members[row, :size] = members
    priced.sizes[row] = size
    priced.values[row] = value
    if keep_best and priced.counts[FOUND] == len(priced.values):
        priced.theta[0] = max(priced.theta[0], priced.values.min())
