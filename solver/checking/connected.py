"""All connected sets of municipalities up to a size, in plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class TooManySetsError(Exception):
    """There are more connected sets than may be listed."""


def connected_sets(near: Mapping[int, int], people: Mapping[int, int], most: int, limit: int) -> list[int]:
    """List each connected set whose people are no more than `most`, once.

    Every set is grown from its lowest municipality. A municipality beside it is either taken or left out for
    good, so that no set comes up twice.

    Parameters
    ----------
    near : mapping of int to int
        Municipalities, each with its neighbours among them as a bit mask.
    people : mapping of int to int
        At least 0 each.
    most : int
    limit : int
        Most sets to list.

    Returns
    -------
    list of int
        Bit masks.

    Raises
    ------
    TooManySetsError
    """
    found: list[int] = []
    lower = 0
    for start in sorted(near):
        lower |= 1 << start
        if people[start] <= most:
            found += _grown(near, people, most, start, lower, limit - len(found))
    return found


def _grown(
    near: Mapping[int, int], people: Mapping[int, int], most: int, start: int, lower: int, limit: int
) -> Iterator[int]:
    """Give the sets that hold a municipality and none of the lower ones."""
    number = 0
    ahead = [(1 << start, near[start] & ~lower, lower, people[start])]
    while ahead:
        held, beside, closed, total = ahead.pop()
        number += 1
        if number > limit:
            raise TooManySetsError
        yield held
        while beside:
            low = beside & -beside
            beside ^= low
            closed |= low
            i = low.bit_length() - 1
            if total + people[i] <= most:
                ahead.append((held | low, beside | near[i] & ~closed & ~held, closed, total + people[i]))


def bits(mask: int) -> list[int]:
    """List the municipalities of a bit mask, ascending."""
    members = []
    while mask:
        low = mask & -mask
        members.append(low.bit_length() - 1)
        mask ^= low
    return members


def mask_of(members: Iterator[int] | list[int] | tuple[int, ...] | frozenset[int]) -> int:
    """Give municipalities as a bit mask."""
    mask = 0
    for i in members:
        mask |= 1 << i
    return mask
