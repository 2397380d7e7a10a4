"""Cycles of a planar dual, compiled; only this package imports this module, and late.

A `graph` is a tuple: first half-edge of each vertex, other ends, and half-edges back. A `dual` is one too:
first half-edge of each face, half-edges face by face, the face beyond each half-edge, and the inhabitants
that crossing it puts on one side. `paths` has a row each for their last faces, the paths without those, and
the half-edges that they cross last and first. `windows` are intervals that their inhabitants may differ by;
`most` are the paths of a face, the sets that are found at once, and the work between two looks at the clock.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import compiled

FACE, BEFORE, LAST, FIRST = range(4)
TURN, LENGTH, DONE, PATHS = range(4)
_FAR = 1 << 60  # no number of inhabitants


@compiled
def faces_of(back: Any, turn: Any) -> Any:
    """Number the faces: the one along each half-edge, and how many there are."""
    face = np.full(len(back), -1, np.int64)
    number = 0
    for begin in range(len(back)):
        h = begin
        while face[h] < 0:
            face[h] = number
            h = turn[back[h]]
        if face[begin] == number:
            number += 1
    return face, number


@compiled
def crossings(begin: Any, to: Any, back: Any, people: Any) -> Any:
    """Give each half-edge the inhabitants beyond it in a spanning tree, negative on the way back.

    Along a cycle of the dual they sum up to those on the side without the first vertex, or to the contrary.
    """
    size = len(people)
    order, entry = np.empty(size, np.int64), np.full(size, -1, np.int64)
    below, value = people.copy(), np.zeros(len(to), np.int64)
    order[0], head, tail = 0, 0, 1
    while head < tail:
        v = order[head]
        head += 1
        for h in range(begin[v], begin[v + 1]):
            u = to[h]
            if u != 0 and entry[u] < 0:
                entry[u] = h
                order[tail] = u
                tail += 1
    for k in range(tail - 1, 0, -1):
        u = order[k]
        h = entry[u]
        value[h] = below[u]
        value[back[h]] = -below[u]
        below[to[back[h]]] += below[u]
    return value


@compiled
def _near(dual: Any, closed: Any, anchor: int, farthest: int) -> Any:
    """List the faces that are not closed by their distance from one.

    Returns
    -------
    near : ndarray of int64, shape (n,)
    levels : ndarray of int64
        Where those of each distance begin, and the end.
    place : ndarray of int64, shape (f,)
        Of each face in the list; -1 for others.
    """
    begin, half, beyond, _ = dual
    size = len(begin) - 1
    near, place = np.empty(size, np.int64), np.full(size, -1, np.int64)
    levels = np.zeros(farthest + 2, np.int64)
    near[0], place[anchor], tail = anchor, 0, 1
    for distance in range(farthest + 1):
        levels[distance + 1] = tail
        if distance == farthest:
            break
        for at in range(levels[distance], levels[distance + 1]):
            f = near[at]
            for k in range(begin[f], begin[f + 1]):
                g = beyond[half[k]]
                if place[g] < 0 and not closed[g]:
                    near[tail], place[g] = g, tail
                    tail += 1
    return near[:tail], levels, place


@compiled
def _returns(dual: Any, near: Any, levels: Any, place: Any, limit: int) -> Any:
    """Bound the inhabitants that walks back to the first of some faces count, by the steps that are left.

    Returns
    -------
    least, most : ndarray of int64, shape (limit + 1, n)
        The least above the most where there is no way back. Walks may come by a face again and again.
    """
    begin, half, beyond, value = dual
    least = np.full((limit + 1, len(near)), _FAR, np.int64)
    most = np.full((limit + 1, len(near)), -_FAR, np.int64)
    least[:, 0] = most[:, 0] = 0
    for steps in range(1, limit + 1):
        # those that are farther cannot be reached by the other steps, or not be left by these
        for at in range(1, levels[min(steps, limit - steps) + 1]):
            f = near[at]
            low, high = least[steps - 1, at], most[steps - 1, at]
            for k in range(begin[f], begin[f + 1]):
                h = half[k]
                g = place[beyond[h]]
                if g >= 0 and most[steps - 1, g] > -_FAR:
                    low = min(low, value[h] + least[steps - 1, g])
                    high = max(high, value[h] + most[steps - 1, g])
            least[steps, at], most[steps, at] = low, high
    return least, most


@compiled
def _may_close(people: int, least: int, most: int, windows: Any) -> bool:
    """Tell whether some way back leads to inhabitants within a window."""
    may = False
    for w in range(len(windows)):
        may = may or (people + most >= windows[w, 0] and people + least <= windows[w, 1])
    return may


@compiled
def simple_paths(dual: Any, closed: Any, anchor: int, windows: Any, limit: int, room_for: int) -> Any:
    """List the simple paths from a face that may be half of a cycle of so many steps.

    Returns
    -------
    paths : ndarray of int64, shape (4, n)
        See this module; the first is the face alone.
    people : ndarray of int64, shape (n,)
    levels : ndarray of int64
        Where those of each length begin, and the end; empty where there is no room for them.
    work : int
        Paths, and bounds on ways back.
    """
    begin, half, beyond, value = dual
    near, near_levels, place = _near(dual, closed, anchor, limit // 2)
    least, most = _returns(dual, near, near_levels, place, limit)
    longest = (limit + 1) // 2
    levels = np.zeros(longest + 2, np.int64)
    levels[1] = 1
    room = 1024
    paths, people = np.zeros((4, room), np.int64), np.zeros(room, np.int64)
    paths[FACE, 0], paths[BEFORE, 0] = anchor, -1
    number = 1
    for length in range(1, longest + 1):
        for p in range(levels[length - 1], levels[length]):
            f = paths[FACE, p]
            for k in range(begin[f], begin[f + 1]):
                h = half[k]
                g = beyond[h]
                at, left = place[g], limit - length
                if at <= 0 or most[left, at] == -_FAR:
                    continue
                if not _may_close(people[p] + value[h], least[left, at], most[left, at], windows):
                    continue
                q = p
                while q > 0 and paths[FACE, q] != g:
                    q = paths[BEFORE, q]
                if q > 0:
                    continue
                if number == room_for:
                    return paths, people, np.zeros(0, np.int64), number
                if number == room:
                    room *= 2
                    more, sums = np.zeros((4, room), np.int64), np.zeros(room, np.int64)
                    more[:, :number] = paths
                    sums[:number] = people
                    paths, people = more, sums
                paths[FACE, number], paths[BEFORE, number], paths[LAST, number] = g, p, h
                paths[FIRST, number] = h if length == 1 else paths[FIRST, p]
                people[number] = people[p] + value[h]
                number += 1
        levels[length + 1] = number
    return paths[:, :number], people[:number], levels, number + limit * len(near)


@compiled
def _sorted(paths: Any, people: Any, levels: Any, length: int, width: int) -> Any:
    """Sort the paths of a length by last face and inhabitants: their keys, and which they are."""
    begin, end = levels[length], levels[length + 1]
    keys = paths[FACE, begin:end] * width + people[begin:end]
    order = np.argsort(keys)
    return keys[order], order + begin, width


@compiled
def _share_a_face(paths: Any, path: int, seen: Any, mark: int) -> bool:
    """Tell whether a path comes by a face with a mark, between its ends."""
    q = paths[BEFORE, path]
    while q > 0:
        if seen[paths[FACE, q]] == mark:
            return True
        q = paths[BEFORE, q]
    return False


@compiled
def _closing(paths: Any, people: Any, longer: Any, shorter: Any, windows: Any, seen: Any, held: int) -> Any:
    """Find pairs of paths to the same face that are a cycle with inhabitants within bounds on one side.

    Each cycle is found once: the half whose first half-edge has the lower number is the longer one, or one of
    two of a length.

    Returns
    -------
    pairs : ndarray of int64, shape (n, 2)
    done : int
        Paths that were looked at: not all of them where so many pairs as are `held` were found before.
    """
    keys, which, width = shorter
    pairs, number = np.empty((64, 2), np.int64), 0
    for at in range(len(longer)):
        if number >= held:
            return pairs[:number], at
        p = longer[at]
        here = paths[FACE, p] * width + people[p]
        q = paths[BEFORE, p]
        while q > 0:
            seen[paths[FACE, q]] = p
            q = paths[BEFORE, q]
        for w in range(len(windows)):
            high = here + windows[w, 1]
            for k in range(np.searchsorted(keys, here + windows[w, 0]), len(keys)):
                if keys[k] > high:
                    break
                other = which[k]
                if paths[FIRST, p] >= paths[FIRST, other] or _share_a_face(paths, other, seen, p):
                    continue
                if number == len(pairs):
                    more = np.empty((2 * number, 2), np.int64)
                    more[:number] = pairs
                    pairs = more
                pairs[number, 0], pairs[number, 1] = p, other
                number += 1
    return pairs[:number], len(longer)


@compiled
def _beyond(graph: Any, paths: Any, pair: Any, closed: Any, inside: Any) -> None:
    """Mark the vertices that the first one does not reach without the edges that a cycle crosses."""
    begin, to, back = graph
    closed[:] = False
    for path in pair:
        q = path
        while q > 0:
            h = paths[LAST, q]
            closed[h] = closed[back[h]] = True
            q = paths[BEFORE, q]
    _flood(begin, to, closed, inside)


@compiled
def _flood(begin: Any, to: Any, closed: Any, inside: Any) -> None:
    queue = np.empty(len(begin) - 1, np.int64)
    inside[:] = True
    inside[0], queue[0], head, tail = False, 0, 0, 1
    while head < tail:
        v = queue[head]
        head += 1
        for h in range(begin[v], begin[v + 1]):
            if not closed[h] and inside[to[h]]:
                inside[to[h]] = False
                queue[tail] = to[h]
                tail += 1


@compiled
def bridges(graph: Any, dual: Any, windows: Any) -> Any:
    """List the sets within the windows that one edge leaves: the same face is on both sides of it."""
    begin, to, back = graph
    beyond, value = dual[2], dual[3]
    found = np.zeros((len(begin) - 1, len(begin) - 1), np.bool_)
    closed, number = np.zeros(len(to), np.bool_), 0
    for h in range(len(to)):
        is_bridge = h < back[h] and beyond[h] == beyond[back[h]]
        if is_bridge and _may_close(value[h], 0, 0, windows):
            closed[:] = False
            closed[h] = closed[back[h]] = True
            _flood(begin, to, closed, found[number])
            number += 1
    return found[:number]


@compiled
def advance(
    graph: Any, dual: Any, order: Any, closed: Any, state: Any, windows: Any, limit: int, most: Any
) -> Any:
    """Go on until sets are found, so much work is done, or all cycles are looked at.

    The cycles by way of each face in turn, which is closed then; for each length, from two on, those that two
    paths of half of it are.

    Parameters
    ----------
    state : ndarray of int64, shape (4,)
        The face in turn, the length, how many paths of that length were looked at, and paths made so far.

    Returns
    -------
    sets : ndarray of bool, shape (n, m)
    edges : int
        That leave each of them; 0 when the search has come to its end, and -1 where there are too many paths.
    """
    none = np.zeros((0, len(graph[0]) - 1), np.bool_)
    seen = np.empty(len(dual[0]), np.int64)
    cut = np.zeros(len(graph[1]), np.bool_)
    work = 0
    # paths may count inhabitants again and again; keys of two faces are apart by more than that
    width = 2 * ((limit + 2) * np.abs(dual[3]).max() + np.abs(windows).max() + 1)
    while state[TURN] < len(order):
        anchor = order[state[TURN]]
        paths, people, levels, spent = simple_paths(dual, closed, anchor, windows, limit, most[0])
        if len(levels) == 0:
            return none, -1
        state[PATHS] += len(people)
        work += spent
        seen[:] = -1
        while state[LENGTH] <= limit:
            length = state[LENGTH]
            shorter = _sorted(paths, people, levels, length // 2, width)
            longer = np.arange(levels[(length + 1) // 2] + state[DONE], levels[(length + 1) // 2 + 1])
            pairs, done = _closing(paths, people, longer, shorter, windows, seen, most[1])
            state[DONE] += done
            if done == len(longer):
                state[LENGTH] += 1
                state[DONE] = 0
            if len(pairs):
                sets = np.empty((len(pairs), len(graph[0]) - 1), np.bool_)
                for k in range(len(pairs)):
                    _beyond(graph, paths, pairs[k], cut, sets[k])
                return sets, length
        closed[anchor] = True
        state[TURN] += 1
        state[LENGTH], state[DONE] = 2, 0
        if work > most[2]:
            return none, 1
    return none, 0
