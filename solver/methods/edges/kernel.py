"""Listing connected sets with few cut edges, compiled; only this package imports this module, and late.

A `graph` is a tuple: first half-edge of each vertex, other ends, half-edges back, which join, which cost, and
inhabitants. A `search` is a tuple of its scalars, its arrays by vertex, and marks on half-edges; `bounds` are
the least inside and outside, the most inside and outside, the least of a part, and the most pieces outside.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import compiled

DEPTH, TRAIL, BOUND, INSIDE, OUTSIDE, ROOT, PHASE, LOOKED, NUMBER, STAMP = range(10)
SCALARS, ROWS = 10, 13
NEXT, CHOOSE, BACK = range(3)
_LEAF, _DEAD = -1, -2


@compiled
def far_vertex(graph: Any) -> Any:
    """Find a vertex at an end: the last that a search in breadth reaches from the last of another."""
    begin, to, joins = graph[0], graph[1], graph[3]
    size, last = len(begin) - 1, 0
    for _ in range(2):
        seen, queue = np.zeros(size, np.int8), np.empty(size, np.int64)
        head, tail = 0, 1
        queue[0] = last
        seen[last] = 1
        while head < tail:
            last = queue[head]
            head += 1
            for e in range(begin[last], begin[last + 1]):
                if joins[e] and seen[to[e]] == 0:
                    seen[to[e]] = 1
                    queue[tail] = to[e]
                    tail += 1
    return last


@compiled
def sweep_order(graph: Any, start: int) -> Any:
    """Order the vertices so that each is joined to one before it, and few edges leave the first ones."""
    begin, to, joins = graph[0], graph[1], graph[3]
    size = len(begin) - 1
    order = np.empty(size, np.int64)
    done, near, reached = np.zeros(size, np.int8), np.zeros(size, np.int64), np.full(size, size, np.int64)
    at = start
    for t in range(size):
        order[t] = at
        done[at] = 1
        for e in range(begin[at], begin[at + 1]):
            if joins[e]:
                near[to[e]] += 1
                reached[to[e]] = min(reached[to[e]], t)
        at, least = -1, 0
        for v in range(size):
            if done[v] == 0 and near[v] > 0:
                key = (begin[v + 1] - begin[v] - 2 * near[v]) * size + reached[v]
                if at < 0 or key < least:
                    at, least = v, key
        if at < 0:
            return order[: t + 1]
    return order


@compiled
def assign(graph: Any, search: Any, v: int, side: int) -> None:
    """Put a vertex inside (1) or outside (2), and keep the counts and the bound."""
    begin, to, _, joins, costs, people = graph
    state, work = search[0], search[1]
    label, trail, beside, touch = work[0], work[1], work[2], work[3:5]
    state[BOUND] += touch[2 - side, v] - min(touch[0, v], touch[1, v])
    label[v] = side
    trail[state[TRAIL]] = v
    state[TRAIL] += 1
    state[INSIDE if side == 1 else OUTSIDE] += people[v]
    for e in range(begin[v], begin[v + 1]):
        u = to[e]
        if costs[e]:
            if label[u] == 0 and touch[side - 1, u] < touch[2 - side, u]:
                state[BOUND] += 1
            touch[side - 1, u] += 1
        if side == 1 and joins[e]:
            beside[u] += 1


@compiled
def take_back(graph: Any, search: Any, mark: int) -> None:
    """Undo what was assigned since the trail had a length."""
    begin, to, _, joins, costs, people = graph
    state, work = search[0], search[1]
    label, trail, beside, touch = work[0], work[1], work[2], work[3:5]
    while state[TRAIL] > mark:
        state[TRAIL] -= 1
        v = trail[state[TRAIL]]
        side = label[v]
        for e in range(begin[v], begin[v + 1]):
            u = to[e]
            if costs[e]:
                touch[side - 1, u] -= 1
                if label[u] == 0 and touch[side - 1, u] < touch[2 - side, u]:
                    state[BOUND] -= 1
            if side == 1 and joins[e]:
                beside[u] -= 1
        label[v] = 0
        state[BOUND] -= touch[2 - side, v] - min(touch[0, v], touch[1, v])
        state[INSIDE if side == 1 else OUTSIDE] -= people[v]


@compiled
def _flood(graph: Any, work: Any, start: int, never: int) -> Any:
    """Mark what can be reached from a vertex without one of a label, and give its inhabitants."""
    begin, to, _, joins, _, people = graph
    label, seen, queue = work[0], work[7], work[8]
    head, tail, reached = 0, 1, 0
    queue[0] = start
    seen[start] = 1
    while head < tail:
        v = queue[head]
        head += 1
        reached += people[v]
        for e in range(begin[v], begin[v + 1]):
            u = to[e]
            if joins[e] and seen[u] == 0 and label[u] != never:
                seen[u] = 1
                queue[tail] = u
                tail += 1
    return reached


@compiled
def _grow(graph: Any, search: Any) -> Any:
    """Grow trees that share no edge, from edges to the inside (0) and outside (1), and give their numbers."""
    begin, to, back, _, costs, people = graph
    state, work, used = search
    label, touch, queue, tree, weight = work[0], work[3:5], work[8], work[9:11], work[11:13]
    state[STAMP] += 1
    trees = np.zeros(2, np.int64)
    tail = 0
    for v in range(len(begin) - 1):
        tree[0, v] = tree[1, v] = -1
        more = touch[0, v] - touch[1, v]
        if label[v] == 0 and more != 0:
            f = 0 if more > 0 else 1
            tree[f, v] = trees[f]
            weight[f, trees[f]] = people[v]
            trees[f] += abs(more)
            weight[f, tree[f, v] + 1 : trees[f]] = 0
            queue[tail] = 2 * v + f
            tail += 1
    head, roots = 0, tail
    while head < tail:
        v, f = queue[head] // 2, queue[head] % 2
        # several edges begin as many trees, which share what grows from their vertex
        many = abs(touch[0, v] - touch[1, v]) if head < roots else 1
        head += 1
        turn = 0
        for e in range(begin[v], begin[v + 1]):
            u = to[e]
            if costs[e] and label[u] == 0 and tree[f, u] < 0 and used[e] != state[STAMP]:
                used[e] = used[back[e]] = state[STAMP]
                tree[f, u] = tree[f, v] + turn % many
                turn += 1
                weight[f, tree[f, u]] += people[u]
                queue[tail] = 2 * u + f
                tail += 1
    return trees


@compiled
def _packed(graph: Any, search: Any, bounds: Any, slack: int) -> Any:
    """Bound what is cut beside what is counted already; what is above a slack is not counted.

    If a vertex of a tree that grows from an edge to the inside ends outside, an edge of the tree is cut. The
    outside wants inhabitants still, and gets them from as many trees as it takes, the heaviest first; so does
    the inside. See Delling, Goldberg, Razenshteyn and Werneck (2012).
    """
    begin, people = graph[0], graph[5]
    state, work = search[0], search[1]
    label, tree, weight = work[0], work[9:11], work[11:13]
    trees = _grow(graph, search)
    want = np.array([bounds[1] - state[OUTSIDE], bounds[0] - state[INSIDE]])
    for v in range(len(begin) - 1):
        for f in range(2):
            if label[v] == 0 and tree[f, v] < 0:
                want[f] -= people[v]
    extra = 0
    for f in range(2):
        while want[f] > 0 and extra <= slack:
            best = -1
            for t in range(trees[f]):
                if best < 0 or weight[f, t] > weight[f, best]:
                    best = t
            if best < 0 or weight[f, best] <= 0:
                return slack + 1  # no way to get them
            want[f] -= weight[f, best]
            weight[f, best] = 0
            extra += 1
    return extra


@compiled
def _gains(graph: Any, work: Any, v: int) -> Any:
    """Give by what the bound rises when a vertex is put inside, and outside."""
    begin, to, _, _, costs, _ = graph
    label, touch = work[0], work[3:5]
    less = min(touch[0, v], touch[1, v])
    inside, outside = touch[1, v] - less, touch[0, v] - less
    for e in range(begin[v], begin[v + 1]):
        u = to[e]
        if costs[e] and label[u] == 0:
            if touch[0, u] < touch[1, u]:
                inside += 1
            elif touch[1, u] < touch[0, u]:
                outside += 1
    return inside, outside


@compiled
def _beside(graph: Any, search: Any, bounds: Any, slack: int) -> Any:
    """Pick a vertex beside the inside, a side to begin with, and its worth: -1 where it has no choice."""
    people = graph[5]
    state, work = search[0], search[1]
    label, beside, touch = work[0], work[2], work[3:5]
    best, key, side = _LEAF, -1, 1
    for v in range(len(people)):
        if label[v] != 0 or beside[v] == 0:
            continue
        inside, outside = _gains(graph, work, v)
        if inside > slack or state[INSIDE] + people[v] > bounds[2]:
            return v, 2, -1
        if outside > slack or state[OUTSIDE] + people[v] > bounds[3]:
            return v, 1, -1
        worth = 0
        if touch[1, v] > 0:
            worth = 1 + touch[0, v] + touch[1, v] + 100 * min(inside, outside) + 10 * max(inside, outside)
        if worth > key:
            best, key, side = v, worth, 1 if touch[0, v] >= touch[1, v] else 2
    return best, side, key


@compiled
def _inner_vertex(search: Any) -> Any:
    """Give a vertex that is inside."""
    state, work = search[0], search[1]
    first = work[1, 0]
    return first if work[0, first] == 1 else work[1, state[ROOT] // 2]


@compiled
def _pieces(graph: Any, search: Any, bounds: Any) -> Any:
    """Count the pieces that hold what is outside, and mark them as seen; -1 where that cannot be.

    The inside reaches too few inhabitants, or a piece is too small for a part, or there are too many.
    """
    state, work = search[0], search[1]
    label, trail, seen = work[0], work[1], work[7]
    seen[:] = 0
    if _flood(graph, work, _inner_vertex(search), 2) < bounds[0]:
        return -1
    seen[:] = 0
    pieces = 0
    for t in range(state[TRAIL]):
        v = trail[t]
        if label[v] == 2 and seen[v] == 0:
            pieces += 1
            if pieces > bounds[5] or _flood(graph, work, v, 1) < bounds[4]:
                return -1
    return pieces


@compiled
def _open_vertex(graph: Any, work: Any, pieces: int, bounds: Any) -> Any:
    """Give a vertex beside the inside that may end outside, where none beside it touches the outside.

    It lies in a piece that holds some of the outside, which is marked as seen; or in one that is large enough
    to hold whole parts, with the inside all around it.
    """
    label, beside, seen = work[0], work[2], work[7]
    size = len(graph[5])
    for v in range(size):
        if label[v] == 0 and beside[v] > 0 and seen[v] == 1:
            return v
    if pieces < bounds[5]:
        for v in range(size):
            around = label[v] == 0 and beside[v] > 0 and seen[v] == 0
            if around and _flood(graph, work, v, 1) >= bounds[4]:
                return v
    return _LEAF


@compiled
def _choose(graph: Any, search: Any, bounds: Any, limit: int) -> Any:
    """Give the vertex to branch on, the side to begin with, and whether the other is excluded."""
    state, work = search[0], search[1]
    slack = limit - state[BOUND]
    best, side, key = _beside(graph, search, bounds, slack)
    if key < 0:
        return best, side, True
    if key > 0 and _packed(graph, search, bounds, slack) > slack:
        return _DEAD, 0, True
    pieces = _pieces(graph, search, bounds)
    if pieces < 0:
        return _DEAD, 0, True
    if key == 0:
        best = _open_vertex(graph, work, pieces, bounds)
    return best, side, False


@compiled
def _complete(graph: Any, search: Any, bounds: Any, limit: int, sets: Any, cuts: Any) -> None:
    """Take all that is open and can be reached inside, and note the set if it is within the bounds."""
    begin, to, costs = graph[0], graph[1], graph[4]
    state, work = search[0], search[1]
    seen = work[7]
    seen[:] = 0
    inside = _flood(graph, work, _inner_vertex(search), 2)
    if inside < bounds[0] or inside > bounds[2]:
        return
    cut = 0
    for v in range(len(begin) - 1):
        for e in range(begin[v], begin[v + 1]):
            if costs[e] and seen[v] == 1 and seen[to[e]] == 0:
                cut += 1
    if cut <= limit:
        row = state[NUMBER]
        for v in range(len(begin) - 1):
            sets[row, v] = seen[v] == 1
        cuts[row] = cut
        state[NUMBER] += 1


@compiled
def _next_root(graph: Any, search: Any, order: Any, sides: int) -> Any:
    """Put the first vertices on one side and one on the other; whether there are such vertices still."""
    state = search[0]
    take_back(graph, search, 0)
    state[ROOT] += 1 if sides == 2 or state[ROOT] % 2 else 2
    at, side = state[ROOT] // 2, 1 + state[ROOT] % 2
    if at >= len(order):
        return False
    for k in range(at + 1):
        assign(graph, search, order[k], side if k == at else 3 - side)
    return True


@compiled
def advance(
    graph: Any, search: Any, order: Any, bounds: Any, limit: int, sides: int, sets: Any, cuts: Any, most: int
) -> Any:
    """Go on with a search until it ends, the room for sets is full, or the work of so many states is done.

    States label vertices inside, outside or open. The first vertices of the order are on one side together,
    up to one that is on the other; from then on the search branches on a vertex that touches both sides, so
    that it walks along the border of the set, and each step cuts an edge.

    Returns
    -------
    bool
        Whether the search has come to its end.
    """
    state, work = search[0], search[1]
    choice, marks = work[5], work[6]  # a vertex, its side, whether the other is done; length of the trail
    state[NUMBER] = 0
    spent = 0.0
    while state[NUMBER] < len(sets) and spent < most:
        if state[PHASE] == NEXT:
            # all are assigned anew: in large graphs these are most of the work
            spent += (1 + state[ROOT] // 2) / len(order)
            if not _next_root(graph, search, order, sides):
                return True
        elif state[PHASE] == CHOOSE:
            state[LOOKED] += 1
            spent += 1.0
            v, side, forced = _choose(graph, search, bounds, limit)
            if v == _LEAF:
                _complete(graph, search, bounds, limit, sets, cuts)
            if v < 0:
                state[PHASE] = BACK
                continue
            marks[state[DEPTH]] = state[TRAIL]
            choice[state[DEPTH]] = 4 * v + 2 * (side - 1) + (1 if forced else 0)
            state[DEPTH] += 1
            assign(graph, search, v, side)
        else:
            while state[DEPTH] > 0 and choice[state[DEPTH] - 1] % 2 == 1:
                state[DEPTH] -= 1
            if state[DEPTH] == 0:
                state[PHASE] = NEXT
                continue
            last = choice[state[DEPTH] - 1]
            take_back(graph, search, marks[state[DEPTH] - 1])
            v, side = last // 4, 2 - last // 2 % 2
            choice[state[DEPTH] - 1] = 4 * v + 2 * (side - 1) + 1
            assign(graph, search, v, side)
        fits = state[BOUND] <= limit and state[INSIDE] <= bounds[2] and state[OUTSIDE] <= bounds[3]
        state[PHASE] = CHOOSE if fits else BACK
    return False
