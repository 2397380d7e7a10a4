"""Sets of members that one part can be, grown depth first; compiled where numba is installed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ....candidates.compiled import when_installed

TOO_MANY = -1

_STATES = 40  # looked at for each set that may be listed


# one function: with numba what it calls would have to be compiled
def grown(  # noqa: PLR0912, PLR0915
    near: Any,
    start: int,
    forced: Any,
    people: Any,
    low: float,
    high: float,
    joining: Any,
    leaving: Any,
    multiplier: float,
    end: float,
    room: float,
    own: float,
    chosen_of: Any,
    spent_of: Any,
) -> int:
    """List the connected sets within a limit on what they spend; see `list_sets`.

    Members are places in the order in which they are decided on; sets are words of 64 of them. A state ends
    where those who are left are too few too, or what its inhabitants spend at least is too much.

    Parameters
    ----------
    near : ndarray of uint64, shape (m, w)
    start : int
    forced : ndarray of uint64, shape (w,)
        With the start.
    people, joining, leaving : ndarray of float64, shape (m,)
    low, high, multiplier, end, room, own : float
        As in `PartRules` and `list_sets`.
    chosen_of : ndarray of uint64, shape (limit, w)
        Where the sets go.
    spent_of : ndarray of float64, shape (limit,)

    Returns
    -------
    int
        How many there are; `TOO_MANY` when more than the limit, or when too many states were looked at.
    """
    size, width = near.shape
    limit, one = len(spent_of), np.uint64(1)
    depth = size + 2
    chosen, barred = np.zeros((depth, width), dtype=np.uint64), np.zeros((depth, width), dtype=np.uint64)
    reach = np.zeros((depth, width), dtype=np.uint64)
    # inhabitants, what is spent by joining and leaving, what members would spend by leaving, and who is left
    held, paid, lost = np.zeros(depth), np.zeros(depth), np.zeros(depth)
    kept, left = np.zeros(depth), np.zeros(depth)
    all_leaving = 0.0
    for v in range(size):
        all_leaving += leaving[v]
        left[0] += people[v]
    chosen[0, start // 64] = one << np.uint64(start % 64)
    reach[0] = near[start]
    held[0], kept[0] = people[start], leaving[start]
    top, found, looked = 1, 0, 0
    while top > 0:
        top -= 1
        looked += 1
        if looked > _STATES * limit:
            return TOO_MANY
        v = -1
        for w in range(width):
            word = reach[top, w] & ~barred[top, w] & ~chosen[top, w]
            if word != 0:
                v = 64 * w
                while word & one == 0:
                    word >>= one
                    v += 1
                break
        if v < 0:
            spent = paid[top] + end - multiplier * held[top]
            fits = held[top] >= low and spent <= own and spent + all_leaving - kept[top] <= room
            for w in range(width):
                fits = fits and chosen[top, w] & forced[w] == forced[w]
            if fits:
                if found == limit:
                    return TOO_MANY
                chosen_of[found], spent_of[found] = chosen[top], spent
                found += 1
            continue
        at, bit = v // 64, one << np.uint64(v % 64)
        taken, taken_paid = held[top] + people[v], paid[top] + joining[v]
        least = max(0.0, end - multiplier * (left[top] if multiplier > 0 else taken))
        may = taken <= high and taken_paid + least <= own and taken_paid + lost[top] + least <= room
        now_left, now_lost = left[top] - people[v], lost[top] + leaving[v]
        least = max(0.0, end - multiplier * (now_left if multiplier > 0 else held[top]))
        may_not = forced[at] & bit == 0 and now_left >= low and paid[top] + now_lost + least <= room
        if may and may_not:
            other = top + 1
            chosen[other], barred[other], reach[other] = chosen[top], barred[top], reach[top]
            held[other], paid[other], lost[other] = held[top], paid[top], lost[top]
            kept[other], left[other] = kept[top], left[top]
        else:
            other = top
        if may_not:
            barred[top, at] |= bit
            lost[top], left[top] = now_lost, now_left
            top += 1
        if may:
            chosen[other, at] |= bit
            reach[other] |= near[v]
            held[other], paid[other] = taken, taken_paid
            kept[other] += leaving[v]
            top = other + 1
    return found


fast_grown = when_installed(grown)
