"""Search for connected sets of high reduced cost: depth first from each seat, cut off by upper bounds.

Compiled with numba, an optional extra: only `pricing` imports this module, and late.

Once the seat j of a set S, the functions M that S has, and its main zone in each layer are given, the reduced
cost of S is a sum over its members (beside terms of its population, and zones touched). So for each such
*setting* the pricing problem is a connected knapsack of greatest weight that holds j:

    a_v = p_v (gain of M - effort rate e_vj - straddle rates of foreign zones) - stacking_v - dual_v

Where pairs of members gain by being in one set, that is no sum over members: a_v then holds what v gains
beside j, and what it could at most gain with others (`inside`); what a set gains is counted as it grows.

Four bounds cut it off, each from the multiplier u of the population bounds for which the fractional knapsack
over all vertices within reach is least (Dantzig 1957):

- settings: a setting falls as a whole when the fractional knapsack is below the threshold;
- tolls: let w_v = a_v - u q_v. A set that holds v holds a path from j to v, and loses the negative w on it.
  A vertex is dropped when the bound less that loss, a shortest path, is below the threshold; a setting, when
  the nearest vertex with one of its functions, or of one of its zones, is;
- branches: taking a vertex loses its negative w, barring it its positive w; where that is not enough the
  knapsack is filled again with what is left;
- ways: a set that lacks a function or a member in a main zone must still go to one, and loses the negative w
  on the cheapest way. Without this, searches promise themselves functions that lie far off: of 199 seats, 39
  passed 20,000 branches where 3 do now.

Sets are listed as in Avis and Fukuda (1996): a branch takes one vertex beside the set and bars, for good,
those that were tried before it, so that nothing is met twice within a setting. A set is reported by its best
setting only, the first of equals.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import compiled
from .branching import branch
from .inside import promise
from .knapsack import order_of, reduce
from .state import COUNTS, LIMIT, SETTINGS, PricedSets, room, union
from .values import keeps_rules, rest_of


@compiled
def search(
    data: Any, coefficients: Any, duals: Any, vertex: Any, limit: Any, keep_best: Any, priced: Any
) -> None:
    """Find the sets of two or more with seat ``vertex[0]`` and a reduced cost above ``priced.theta[0]``.

    Parameters
    ----------
    data : PricingData
    coefficients : PricingCoefficients
    duals : ndarray of float64, shape (m,)
        Points.
    vertex : ndarray of int64
        Vertices within reach of the seat, the seat first; see `reached_from`.
    limit : int
        Branches after which the search is given up.
    keep_best : bool
        Where there is room for fewer sets than there are: keep the best, and raise the threshold to the worst
        of them; else give up.
    priced : PricedSets
        Filled.
    """
    here = room(data, vertex)
    here.open[0] = True
    every = union(here, 0)
    # no functions give more than all within reach: what even that leaves no set is dropped for all of them
    _weigh(data, coefficients, duals, here, every, 0)
    possible, _ = reduce(data, coefficients, here, 0, 0, np.int64(0), priced.theta[0])
    if not possible:
        return
    here = room(data, vertex[here.open[0]])  # most are dropped, and the others are looked at many times
    here.open[0] = True
    every = union(here, 0)
    for functions in range(len(coefficients.covered)):
        if functions & here.has[0] == here.has[0] and functions & ~every == 0:
            _with_functions(data, coefficients, duals, here, np.int64(functions), limit, keep_best, priced)


@compiled
def _weigh(data: Any, coefficients: Any, duals: Any, here: Any, functions: Any, row: Any) -> None:
    """Weights of the vertices in a set that has some functions, with what pairs of open ones promise."""
    promise(data, coefficients, here, row)
    for k in range(len(here.vertex)):
        v = here.vertex[k]
        weight = data.people[v] * coefficients.covered[functions] - coefficients.stacked[v] - duals[v]
        if data.effort.shape[0] > 0:
            weight -= coefficients.effort * data.people[v] * data.effort[here.seat, v]
        here.weight[0, k] = weight + coefficients.own[v] + here.seated[k] + here.promised[k]


@compiled
def _with_functions(
    data: Any,
    coefficients: Any,
    duals: Any,
    here: Any,
    functions: Any,
    limit: Any,
    keep_best: Any,
    priced: Any,
) -> None:
    """Search the settings with some functions, no more and no fewer."""
    for k in range(len(here.vertex)):
        here.open[1, k] = here.open[0, k] and here.has[k] & ~functions == 0
    if union(here, 1) != functions:
        return
    _weigh(data, coefficients, duals, here, functions, 1)
    possible, u = reduce(data, coefficients, here, 0, 1, functions, priced.theta[0])
    if possible:
        _with_zones(data, coefficients, here, u, functions, limit, keep_best, priced)


@compiled
def _with_zones(
    data: Any, coefficients: Any, here: Any, u: Any, functions: Any, limit: Any, keep_best: Any, priced: Any
) -> None:
    """Search the settings with each main zone of each layer, depth first over the layers."""
    layers = len(data.zone)
    if layers == 0:
        _in_setting(data, coefficients, here, functions, limit, keep_best, priced)
        return
    opened = np.flatnonzero(here.open[1])
    seen = np.zeros((layers, len(opened)), np.int64)  # zones, by number in this setting
    number = np.zeros((layers, len(opened)), np.int64)  # that number, for each open vertex
    counts = np.zeros(layers, np.int64)
    for level in range(layers):
        zones = data.zone[level][here.vertex[opened]]
        some = np.unique(zones)
        counts[level] = len(some)
        seen[level, : len(some)] = some
        number[level] = np.searchsorted(some, zones)
    spare = data.high - here.q[0] if u > 0 else data.low - here.q[0]
    base = u * spare + rest_of(data, coefficients, here.q[0])
    tried = np.zeros(layers, np.int64)
    most = np.zeros((layers, len(opened)))
    _most_by_zone(data, coefficients, here, 0, u, opened, number[0], most[0])
    level = 0
    while level >= 0:
        if tried[level] == counts[level]:
            tried[level] = 0
            level -= 1
            continue
        z = tried[level]
        tried[level] += 1
        if base + most[level, z] <= priced.theta[0]:
            continue
        here.zones[level] = seen[level, z]
        _lose(data, coefficients, here, level, opened)
        if level + 1 < layers:
            level += 1
            _most_by_zone(data, coefficients, here, level, u, opened, number[level], most[level])
            continue
        _in_setting(data, coefficients, here, functions, limit, keep_best, priced)
        if priced.counts[LIMIT]:
            return


@compiled
def _most_by_zone(
    data: Any, coefficients: Any, here: Any, level: Any, u: Any, opened: Any, number: Any, most: Any
) -> None:
    """Bound, for each main zone of a layer, the sum of the weights that are left: one pass for all zones."""
    most[:] = 0.0
    total = 0.0
    for i in range(len(opened)):
        k = opened[i]
        home = here.weight[level, k]
        away = home - coefficients.straddle[level] * data.people[here.vertex[k]]
        if k > 0:
            home = max(0.0, home - u * here.q[k])
            away = max(0.0, away - u * here.q[k])
        total += away
        most[number[i]] += home - away
    most += total


@compiled
def _lose(data: Any, coefficients: Any, here: Any, level: Any, opened: Any) -> None:
    """Take what members outside the main zone of a layer lose off the weights."""
    before, after = here.weight[level], here.weight[level + 1]
    for k in opened:
        v = here.vertex[k]
        after[k] = before[k]
        if data.zone[level, v] != here.zones[level]:
            after[k] -= coefficients.straddle[level] * data.people[v]


@compiled
def _in_setting(
    data: Any, coefficients: Any, here: Any, functions: Any, limit: Any, keep_best: Any, priced: Any
) -> None:
    """Drop what a whole setting leaves no set, then search."""
    top = len(data.zone)
    here.open[2] = here.open[1]
    possible, _ = reduce(data, coefficients, here, top, 2, functions, priced.theta[0])
    if possible and here.open[2].sum() > 1:
        priced.counts[SETTINGS] += 1
        order = order_of(here, here.weight[top], here.open[2])
        branch(data, coefficients, here, here.weight[top], order, functions, limit, keep_best, priced)


__all__ = ["COUNTS", "PricedSets", "keeps_rules", "search"]
