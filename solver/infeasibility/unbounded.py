"""Whether a region can be divided where parts may be as large as they like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np

from ...instances.common.connected import pieces_of
from ...models.programmes.set_partition import SideConstraint
from ..candidates.enumeration import connected_sets
from ..candidates.sets import Candidates, Part
from ..deadline import Deadline
from .params import ExplanationParams
from .relaxed_level import RelaxedLevel, is_connected

Parts = list[Part]
Division = Parts | bool | None
"""Parts; False where there are none, which is proved; None where that is not told."""
Cover = Callable[[Candidates, list[SideConstraint]], Division]
"""Chooses candidates that hold each municipality once."""


def divide(level: RelaxedLevel, cover: Cover, deadline: Deadline, params: ExplanationParams) -> Division:
    """Divide a region into parts of any size from the minimum up, where no rule forbids to unite them.

    Two neighbouring parts may then be united, so that the components of what is not exempt are the fewest
    parts there can be. The most there can be are as many as disjoint sets that are just large enough, for
    what these leave over can be joined to a neighbour. Every number in between can be had.

    Returns
    -------
    Division
        None also where parts may not be united (locks apart, locked seats), where the parts found enclose a
        municipality that may not be, and where further columns have a minimum too.
    """
    if any(bounds.lower > 0 for bounds in level.also):
        return None
    if level.upper is not None or level.apart or set(level.seats) & level.free:
        return None
    if level.unenclosed:
        return _without_rings(level, divide(replace(level, unenclosed=()), cover, deadline, params))
    optional = [one.part for one in level.exempt if set(one.part) & level.free]
    open_ended = len(optional) > params.most_exempt
    for chosen in _choices(optional, some=open_ended):
        deadline.check()
        forced = [one.part for one in level.exempt if one.part not in optional]
        division = _divided(level.without([*forced, *chosen]), cover, deadline, params)
        if division is None:
            open_ended = True
        elif division is not False:
            return division
    return None if open_ended else False


def _without_rings(level: RelaxedLevel, division: Division) -> Division:
    """Take a division that was made without regard to who is enclosed, if nobody is; others may be had."""
    if not isinstance(division, list):
        return division
    exempt = {one.part for one in level.exempt}
    for part in division:
        for i, around in enumerate(level.unenclosed):
            ring = around and i not in part and len(part) > 1 and set(around) <= set(part)
            if ring and part not in exempt:
                return None
    return division


def _choices(optional: list[Part], *, some: bool) -> Iterator[tuple[Part, ...]]:
    """Ways to choose exempt parts, none of which share a municipality; the likely ones where only `some`."""
    numbers = [0, len(optional), 1] if some else range(len(optional) + 1)
    for number in numbers:
        for chosen in combinations(optional, number):
            held = [i for part in chosen for i in part]
            if len(held) == len(set(held)):
                yield chosen


def _divided(level: RelaxedLevel, cover: Cover, deadline: Deadline, params: ExplanationParams) -> Division:
    """Divide what is left when it is given which exempt parts there are."""
    exempt = [one.part for one in level.exempt]
    fixed = sum(one.counted for one in level.exempt)
    whole = [
        tuple(sorted(i for k in component for i in level.blocks[k])) for component in block_components(level)
    ]
    fewest, most = level.count
    placed = sum(map(len, exempt)) + sum(map(len, whole))
    too_many = most is not None and fixed + len(whole) > most
    if placed < len(level.members) or too_many or not all(_is_enough(level, part) for part in whole):
        return False
    if fewest <= fixed + len(whole):
        return exempt + whole
    division = _many(level, fewest - fixed, cover, deadline, params)
    if not isinstance(division, list):
        return division
    # sets beyond those asked for may be united with a neighbour again: any number up to this one is had
    return exempt + _united(level, division, None if most is None else most - fixed)


def _is_enough(level: RelaxedLevel, whole: Part) -> bool:
    """Whether a whole component may be one part; a group that is torn leaves none with it."""
    return (
        level.size(whole) >= level.lower
        and all(has[list(whole)].any() for _, has in level.required)
        and is_connected(whole, level.neighbours)
    )


def block_components(level: RelaxedLevel) -> list[list[int]]:
    """Find the connected components of blocks, each ascending."""
    return pieces_of(range(len(level.blocks)), level.block_neighbours.__getitem__)


def _many(
    level: RelaxedLevel, wanted: int, cover: Cover, deadline: Deadline, params: ExplanationParams
) -> Division:
    """Find as many disjoint sets as are wanted, and single blocks for what they leave over.

    A set that is just large enough has a block without which it is still connected, but too small.
    """
    if level.required or not all(is_connected(block, level.neighbours) for block in level.blocks):
        return None
    blocks = level.blocks
    if wanted > len(blocks):
        return False
    weights = np.array([level.size(block) for block in blocks], dtype=np.int64)
    largest = max(level.lower - 1, 0) + int(weights.max(initial=0))
    sets = connected_sets(
        level.block_neighbours, weights, level.lower, largest, deadline=deadline, limit=params.most_candidates
    )
    place = np.arange(len(blocks), dtype=np.int64)
    some = Candidates(place, sets)
    singles = [(k,) for k in range(len(blocks))]
    counted = np.concatenate([np.zeros(len(singles), dtype=np.int64), np.ones(len(some), dtype=np.int64)])
    chosen = cover(some.after(singles), [SideConstraint(counted, wanted, len(blocks))])
    if not isinstance(chosen, list):
        return chosen
    return [tuple(sorted(i for k in part for i in blocks[k])) for part in chosen]


def _united(level: RelaxedLevel, parts: Parts, most: int | None) -> Parts:
    """Unite parts that are too small, and parts beyond the most there may be, with a neighbour."""
    united = [set(part) for part in parts]

    def too_many() -> bool:
        return most is not None and sum(level.size(part) >= level.lower for part in united) > most

    while True:
        joinable = [part for part in united if _beside(level, part, united)]
        small = next((part for part in joinable if level.size(part) < level.lower), None)
        if small is None and too_many():
            small = joinable[0]
        if small is None:
            return [tuple(sorted(part)) for part in united]
        united.remove(small)
        # what is large enough is taken first, so that two small ones do not become one part more
        beside = _beside(level, small, united)
        max(beside, key=level.size).update(small)


def _beside(level: RelaxedLevel, part: set[int], parts: list[set[int]]) -> list[set[int]]:
    near = {j for i in part for j in level.neighbours[i]}
    return [other for other in parts if other is not part and other & near]


__all__ = ["Division", "Parts", "block_components", "divide"]
