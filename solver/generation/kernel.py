"""Search for connected sets of high reduced cost: depth first from each seat, cut off by upper bounds.

Compiled with numba, an optional extra: only `pricing` imports this module, and late.

Once the seat j of a set S, the functions M that S has, and its main zone in each layer are given, the reduced
cost of S is a sum over its members (beside terms of its population, and zones touched). So for each such
*setting* the pricing problem is a connected knapsack of greatest weight that holds j:

    a_v = p_v (gain of M - effort rate e_vj - straddle rates of foreign zones) - stacking_v - dual_v

Three bounds cut it off, each from the multiplier u of the population bounds for which the fractional knapsack
over all vertices within reach is least (Dantzig 1957):

- settings: a setting falls as a whole when the fractional knapsack is below the threshold;
- tolls: let w_v = a_v - u q_v. Who holds v holds a path from j to v, and loses the negative w on it. A vertex
  is dropped when the bound less that loss, a shortest path, is below the threshold; a setting, when the
  nearest vertex with one of its functions, or of one of its zones, is;
- branches: taking a vertex loses its negative w, barring it its positive w; where that is not enough the
  knapsack is filled again with what is left.

Sets are listed as in Avis and Fukuda (1996): a branch takes one vertex beside the set and bars, for good,
those that were tried before it, so that nothing is met twice within a setting. A set is reported by its best
setting only, the first of equals.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba as nb
import numpy as np

_FREE, _BESIDE, _TAKEN, _BARRED = 0, 1, 2, 3
_ROUNDS = 4  # of dropping vertices by tolls
_FOUND, _LIMIT, _BRANCHES, _SETTINGS, _LISTED = 0, 1, 2, 3, 4

COUNTS = 5
"""Length of what `search` counts: sets found, 1 at a limit, branches, settings, sets looked at."""


class Near(NamedTuple):
    """The vertices within reach of a seat, numbered from 0 (the seat), and room to work in."""

    seat: Any
    vertex: Any  # in the frame
    start: Any
    near: Any
    q: Any  # inhabitants as the bounds count them
    has: Any
    weight: Any  # a row a level: after the functions, after each layer
    open: Any  # rows: who is left for the seat, for the functions, for the setting
    zones: Any  # main zone of each layer
    w: Any
    state: Any
    touching: Any  # a row a layer: members in each zone


class Found(NamedTuple):
    """Sets found: members as vertices of the frame, sizes, reduced costs; counts; the threshold."""

    members: Any
    sizes: Any
    values: Any
    counts: Any
    theta: Any


@nb.njit(cache=True, nogil=True)
def within_reach(start: Any, near: Any, counted: Any, high: Any, lowest: Any, j: Any) -> Any:
    """List j and what a path of at most `high` inhabitants joins to it; if `lowest`, only above j."""
    m = len(counted)
    distance = np.full(m, np.int64(1) << 60)
    done = np.zeros(m, np.bool_)
    distance[j] = counted[j]
    waiting = [np.int64(j)]
    found = [np.int64(j)]
    found.pop()
    while len(waiting) > 0:
        best = 0
        for k in range(1, len(waiting)):
            if distance[waiting[k]] < distance[waiting[best]]:
                best = k
        v = waiting[best]
        waiting[best] = waiting[-1]
        waiting.pop()
        if done[v] or distance[v] > high:
            continue
        done[v] = True
        found.append(v)
        for k in range(start[v], start[v + 1]):
            u = near[k]
            if lowest and u < j:
                continue
            if distance[v] + counted[u] < distance[u]:
                distance[u] = distance[v] + counted[u]
                waiting.append(u)
    return np.array(found)


@nb.njit(cache=True, nogil=True)
def keeps_rules(land: Any, members: Any) -> Any:
    """Whether a connected set within the bounds keeps the locks and requirements."""
    wanted = np.int64(0)
    for v in members:
        wanted |= land.required[v]
    if wanted != land.wanted:
        return False
    for v in members:
        g = land.group[v]
        if g >= 0:
            count = 0
            for u in members:
                count += land.group[u] == g
            if count != land.group_size[g]:
                return False
    for f in range(len(land.foes)):
        met = 0
        for v in members:
            met += v == land.foes[f, 0] or v == land.foes[f, 1]
        if met == 2:
            return False
    asked = -1
    for v in members:
        if land.seats[v]:
            if asked >= 0:
                return False
            asked = v
    return asked < 0 or _is_seat(land.metres, land.people, members, asked)


@nb.njit(cache=True, nogil=True)
def _is_seat(effort: Any, people: Any, members: Any, seat: Any) -> Any:
    """Whether the members' effort to reach `seat` is the least; of equals, the first one counts."""
    own = 0.0
    for u in members:
        own += people[u] * effort[seat, u]
    for v in members:
        total = 0.0
        for u in members:
            total += people[u] * effort[v, u]
        if total < own or (total == own and v < seat):
            return False
    return True


@nb.njit(cache=True, nogil=True)
def _is_main(zone: Any, people: Any, members: Any, main: Any) -> Any:
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


@nb.njit(cache=True, nogil=True)
def _of_population(land: Any, rates: Any, members: Any) -> Any:
    """Points of the terms that depend on sums over all members."""
    p, excess, large = 0.0, 0.0, False
    for v in members:
        p += land.people[v]
        excess += land.excess[v]
        large |= land.large[v]
    lost = rates.size * p * abs(p - rates.target) / rates.target
    lost += rates.missing * max(0.0, rates.soft_low - p)
    if not large:
        lost += rates.missing * max(0.0, p - rates.soft_high)
    if p > 0.0:
        lost += rates.fiscal * abs(excess)
    return -lost


@nb.njit(cache=True, nogil=True)
def _rest(land: Any, rates: Any, counted: Any) -> Any:
    """Most that the terms of the population give to a set that holds so many inhabitants already."""
    return rates.rest[int(max(0.0, counted - land.low) / rates.width)]


@nb.njit(cache=True, nogil=True)
def _fill(a: Any, q: Any, order: Any, blocked: Any, cap: Any, low: Any, value: Any) -> Any:
    """Fractional knapsack over the vertices that are not blocked: its value, and its multiplier."""
    filled = 0.0
    for v in order:
        if blocked[v] >= _TAKEN:
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


@nb.njit(cache=True, nogil=True)
def _order_of(here: Any, a: Any, opened: Any) -> Any:
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


@nb.njit(cache=True, nogil=True)
def _settle(land: Any, here: Any) -> Any:
    """Number the vertices within reach, and who is beside whom."""
    local = np.full(len(land.counted), -1)
    local[here.vertex] = np.arange(len(here.vertex))
    total = 0
    for k in range(len(here.vertex)):
        v = here.vertex[k]
        here.q[k] = land.counted[v]
        here.has[k] = land.has[v]
        for i in range(land.start[v], land.start[v + 1]):
            if local[land.near[i]] >= 0:
                here.near[total] = local[land.near[i]]
                total += 1
        here.start[k + 1] = total


@nb.njit(cache=True, nogil=True)
def search(land: Any, rates: Any, duals: Any, vertex: Any, limit: Any, keep_best: Any, found: Any) -> None:
    """Find the sets of two or more with seat ``vertex[0]`` and a reduced cost above ``found.theta[0]``.

    Parameters
    ----------
    land : Land
    rates : Rates
    duals : ndarray of float64, shape (m,)
        Points.
    vertex : ndarray of int64
        Vertices within reach of the seat; see `within_reach`.
    limit : int
        Branches after which the search is given up.
    keep_best : bool
        Where there is room for fewer sets than there are: keep the best, and raise the threshold to the worst
        of them; else give up.
    found : Found
        Filled.
    """
    here = _room(land, vertex)
    here.open[0] = True
    every = _union(here, 0)
    # no functions give more than all within reach: whom even that leaves no set is dropped for all of them
    _weigh(land, rates, duals, here, every)
    possible, _ = _reduce(land, rates, here, 0, 0, np.int64(0), found.theta[0])
    if not possible:
        return
    here = _room(land, vertex[here.open[0]])  # most are dropped, and the others are looked at many times
    here.open[0] = True
    every = _union(here, 0)
    for functions in range(len(rates.covered)):
        if functions & here.has[0] == here.has[0] and functions & ~every == 0:
            _with_functions(land, rates, duals, here, np.int64(functions), limit, keep_best, found)


@nb.njit(cache=True, nogil=True)
def _room(land: Any, vertex: Any) -> Any:
    """Number some vertices, the seat first, and make room to work in."""
    r, layers = len(vertex), len(land.zone)
    edges = 0
    for v in vertex:
        edges += land.start[v + 1] - land.start[v]
    here = Near(
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
        np.zeros((len(land.touch), len(land.counted)), np.int64),
    )
    _settle(land, here)
    return here


@nb.njit(cache=True, nogil=True)
def _union(here: Any, row: Any) -> Any:
    """Functions that any of the open vertices has."""
    every = np.int64(0)
    for k in range(len(here.vertex)):
        if here.open[row, k]:
            every |= here.has[k]
    return every


@nb.njit(cache=True, nogil=True)
def _weigh(land: Any, rates: Any, duals: Any, here: Any, functions: Any) -> None:
    """Weights of the vertices in a set that has some functions."""
    for k in range(len(here.vertex)):
        v = here.vertex[k]
        weight = land.people[v] * rates.covered[functions] - rates.stacked[v] - duals[v]
        if land.effort.shape[0] > 0:
            weight -= rates.effort * land.people[v] * land.effort[here.seat, v]
        here.weight[0, k] = weight


@nb.njit(cache=True, nogil=True)
def _with_functions(
    land: Any, rates: Any, duals: Any, here: Any, functions: Any, limit: Any, keep_best: Any, found: Any
) -> None:
    """Search the settings with some functions, no more and no fewer."""
    for k in range(len(here.vertex)):
        here.open[1, k] = here.open[0, k] and here.has[k] & ~functions == 0
    if _union(here, 1) != functions:
        return
    _weigh(land, rates, duals, here, functions)
    possible, u = _reduce(land, rates, here, 0, 1, functions, found.theta[0])
    if possible:
        _with_zones(land, rates, here, u, functions, limit, keep_best, found)


@nb.njit(cache=True, nogil=True)
def _with_zones(
    land: Any, rates: Any, here: Any, u: Any, functions: Any, limit: Any, keep_best: Any, found: Any
) -> None:
    """Search the settings with each main zone of each layer, depth first over the layers."""
    layers = len(land.zone)
    if layers == 0:
        _in_setting(land, rates, here, functions, limit, keep_best, found)
        return
    opened = np.flatnonzero(here.open[1])
    seen = np.zeros((layers, len(opened)), np.int64)  # zones, by number in this setting
    of = np.zeros((layers, len(opened)), np.int64)  # that number, for each open vertex
    counts = np.zeros(layers, np.int64)
    for level in range(layers):
        zones = land.zone[level][here.vertex[opened]]
        some = np.unique(zones)
        counts[level] = len(some)
        seen[level, : len(some)] = some
        of[level] = np.searchsorted(some, zones)
    spare = land.high - here.q[0] if u > 0 else land.low - here.q[0]
    base = u * spare + _rest(land, rates, here.q[0])
    tried = np.zeros(layers, np.int64)
    most = np.zeros((layers, len(opened)))
    _most_by_zone(land, rates, here, 0, u, opened, of[0], most[0])
    level = 0
    while level >= 0:
        if tried[level] == counts[level]:
            tried[level] = 0
            level -= 1
            continue
        z = tried[level]
        tried[level] += 1
        if base + most[level, z] <= found.theta[0]:
            continue
        here.zones[level] = seen[level, z]
        _lose(land, rates, here, level, opened)
        if level + 1 < layers:
            level += 1
            _most_by_zone(land, rates, here, level, u, opened, of[level], most[level])
            continue
        _in_setting(land, rates, here, functions, limit, keep_best, found)
        if found.counts[_LIMIT]:
            return


@nb.njit(cache=True, nogil=True)
def _most_by_zone(
    land: Any, rates: Any, here: Any, level: Any, u: Any, opened: Any, of: Any, most: Any
) -> None:
    """Bound, for each main zone of a layer, the sum of the weights that are left: one pass for all zones."""
    most[:] = 0.0
    total = 0.0
    for i in range(len(opened)):
        k = opened[i]
        home = here.weight[level, k]
        away = home - rates.straddle[level] * land.people[here.vertex[k]]
        if k > 0:
            home = max(0.0, home - u * here.q[k])
            away = max(0.0, away - u * here.q[k])
        total += away
        most[of[i]] += home - away
    most += total


@nb.njit(cache=True, nogil=True)
def _lose(land: Any, rates: Any, here: Any, level: Any, opened: Any) -> None:
    """Take what members outside the main zone of a layer lose off the weights."""
    before, after = here.weight[level], here.weight[level + 1]
    for k in opened:
        v = here.vertex[k]
        after[k] = before[k]
        if land.zone[level, v] != here.zones[level]:
            after[k] -= rates.straddle[level] * land.people[v]


@nb.njit(cache=True, nogil=True)
def _in_setting(
    land: Any, rates: Any, here: Any, functions: Any, limit: Any, keep_best: Any, found: Any
) -> None:
    """Drop what a whole setting leaves no set, then search."""
    top = len(land.zone)
    here.open[2] = here.open[1]
    possible, _ = _reduce(land, rates, here, top, 2, functions, found.theta[0])
    if possible and here.open[2].sum() > 1:
        found.counts[_SETTINGS] += 1
        order = _order_of(here, here.weight[top], here.open[2])
        _branch(land, rates, here, here.weight[top], order, functions, limit, keep_best, found)


@nb.njit(cache=True, nogil=True)
def _reduce(land: Any, rates: Any, here: Any, level: Any, row: Any, functions: Any, theta: Any) -> Any:
    """Drop open vertices by tolls as long as that helps; whether a set is left, and the last multiplier.

    The weights are those of a level: main zones of the layers before it are chosen.
    """
    a, q, opened = here.weight[level], here.q, here.open[row]
    u = 0.0
    left = opened.sum()
    order = _order_of(here, a, opened)
    here.state[:] = _FREE
    for _ in range(_ROUNDS):
        bound, u = _fill(a, q, order, here.state, land.high - q[0], land.low - q[0], a[0])
        bound += _rest(land, rates, q[0])
        if bound <= theta:
            return False, u
        for k in range(len(a)):
            here.w[k] = a[k] - u * q[k]
        if not _drop(land, here, functions, bound - theta, opened, level):
            return False, u
        before, left = left, opened.sum()
        if left == before:
            break
        for k in range(len(a)):
            here.state[k] = _FREE if opened[k] else _BARRED
    return True, u


@nb.njit(cache=True, nogil=True)
def _drop(  # noqa: PLR0912 - a shortest path, compiled
    land: Any, here: Any, functions: Any, budget: Any, opened: Any, layers: Any
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
            some |= done[k] and land.zone[level, here.vertex[k]] == here.zones[level]
        if not some:
            return False
    return True


@nb.njit(cache=True, nogil=True)
def _offer(
    land: Any, rates: Any, here: Any, taken: Any, size: Any, value: Any, keep_best: Any, found: Any
) -> None:
    """Take a set into what is found if it is good enough, keeps the rules and is in its best setting."""
    members = here.vertex[taken[:size]]
    found.counts[_LISTED] += 1
    value += _of_population(land, rates, members)
    if value <= found.theta[0] or not keeps_rules(land, members):
        return
    if land.effort.shape[0] > 0 and not _is_seat(land.effort, land.people, members, here.seat):
        return
    for level in range(len(land.zone)):
        if not _is_main(land.zone[level], land.people, members, here.zones[level]):
            return
    row = found.counts[_FOUND]
    if row == len(found.values):
        if not keep_best:
            found.counts[_LIMIT] = 1
            return
        row = found.values.argmin()
    else:
        found.counts[_FOUND] += 1
    found.members[row, :size] = members
    found.sizes[row] = size
    found.values[row] = value
    if keep_best and found.counts[_FOUND] == len(found.values):
        found.theta[0] = max(found.theta[0], found.values.min())


@nb.njit(cache=True, nogil=True)
def _may_go_on(here: Any, a: Any, order: Any, need: Any, cap: Any, low: Any, value: Any, theta: Any) -> Any:
    """Whether the fractional knapsack over what is left, and functions still to find, allow a set."""
    bound, _ = _fill(a, here.q, order, here.state, cap, low, value)
    if bound <= theta:
        return False
    if need:
        for v in order:
            if here.state[v] < _TAKEN:
                need &= ~here.has[v]
    return need == 0


@nb.njit(cache=True, nogil=True)
def _enter(land: Any, rates: Any, here: Any, k: Any, by: Any) -> Any:
    """Count a vertex in or out of the zones it touches; give the points that the first in a zone loses."""
    lost = 0.0
    for layer in range(len(land.touch)):
        z = land.touch[layer, here.vertex[k]]
        if here.touching[layer, z] == (0 if by > 0 else 1):
            lost += rates.touched[layer]
        here.touching[layer, z] += by
    return lost


@nb.njit(cache=True, nogil=True)
def _branch(  # noqa: PLR0912, PLR0915 - one loop over a stack: calls would cost more than the work
    land: Any,
    rates: Any,
    here: Any,
    a: Any,
    order: Any,
    functions: Any,
    limit: Any,
    keep_best: Any,
    found: Any,
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
    beside = np.zeros(r * (r + 1) // 2 + 2 * r, np.int64)
    fresh = np.zeros(len(beside), np.bool_)
    state[:] = _BARRED
    state[order] = _FREE
    theta = found.theta
    filled[0], value[0], need[0] = q[0], a[0], functions & ~here.has[0]
    value[0] -= _enter(land, rates, here, 0, 1)
    upper, u = _fill(a, q, order, state, land.high - q[0], land.low - q[0], value[0])
    bound[0] = upper
    for k in order:
        w[k] = a[k] - u * q[k]
    depth, count = 0, 0
    state[0] = _TAKEN
    for k in range(here.start[0], here.start[1]):
        x = here.near[k]
        if state[x] == _FREE:
            state[x] = _BESIDE
            count = _insert(beside, fresh, w, 0, count, x)
    end[0] = count
    while depth >= 0:
        if at[depth] > begin[depth]:  # back from a branch: bar the vertex it took
            x = beside[at[depth] - 1]
            state[x] = _BARRED
            bound[depth] -= max(0.0, w[x])
        if at[depth] == end[depth] or bound[depth] + _rest(land, rates, filled[depth]) <= theta[0]:
            for k in range(begin[depth], end[depth]):
                state[beside[k]] = _FREE if fresh[k] else _BESIDE
            _enter(land, rates, here, taken[depth], -1)
            depth -= 1
            continue
        x = beside[at[depth]]
        at[depth] += 1
        total = filled[depth] + q[x]
        if total > land.high:
            continue
        upper = bound[depth] + min(0.0, w[x])
        if upper + _rest(land, rates, total) <= theta[0]:
            continue
        found.counts[_BRANCHES] += 1
        if found.counts[_BRANCHES] >= limit:
            found.counts[_LIMIT] = 1
        if found.counts[_LIMIT]:
            break
        lost = _enter(land, rates, here, x, 1)
        here_value = value[depth] + a[x] - lost
        here_need = need[depth] & ~here.has[x]
        state[x] = _TAKEN
        taken[depth + 1] = x
        rest = _rest(land, rates, total)
        if total >= land.low and here_need == 0 and here_value + rest > theta[0]:
            _offer(land, rates, here, taken, depth + 2, here_value, keep_best, found)
        cap, low = land.high - total, land.low - total
        upper -= lost
        if upper + rest <= theta[0] or not _may_go_on(
            here, a, order, here_need, cap, low, here_value, theta[0] - rest
        ):
            _enter(land, rates, here, x, -1)
            continue
        depth += 1
        need[depth], filled[depth], value[depth], bound[depth] = here_need, total, here_value, upper
        begin[depth] = at[depth] = end[depth - 1]
        count = begin[depth]
        for k in range(at[depth - 1], end[depth - 1]):
            beside[count] = beside[k]
            fresh[count] = False
            count += 1
        for k in range(here.start[x], here.start[x + 1]):
            y = here.near[k]
            if state[y] == _FREE:
                state[y] = _BESIDE
                count = _insert(beside, fresh, w, begin[depth], count, y)
        end[depth] = count
    here.touching[:] = 0


@nb.njit(cache=True, nogil=True)
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
