"""What one level of a scenario demands of a region when some of its rules are dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ...models.programmes.set_partition import SideConstraint
from ...models.question.also import ColumnBounds
from ...models.question.layers import required_flags
from ...models.question.locks import join_groups
from ...models.question.neighbours import Neighbours
from ...models.question.question import Question
from ...models.scenario.scenario import Scenario
from ..candidates.enumeration import connected_sets, keeping_rules
from ..candidates.sets import Candidates, Part
from ..deadline import Deadline

Key = tuple[str, object]
"""Names a rule: its kind, and what it is about."""

LOW: Key = ("low", None)
HIGH: Key = ("high", None)
ABSORB: Key = ("absorb", None)
FEWEST: Key = ("fewest", None)
MOST: Key = ("most", None)
MIN_LENGTH: Key = ("min_length", None)
OWN_ZONES: Key = ("zones", None)
CLASSES: Key = ("classes", None)
ENCLOSED: Key = ("enclosed", None)
NOBODY = -1
"""Stands in a group that no part can hold."""


@dataclass(frozen=True)
class ExemptPart:
    """A part of a plan that keeps no bounds: a municipality alone by rule, or a merger that is kept.

    Attributes
    ----------
    part : tuple of int
    counted : bool
        Whether it counts as a merger.
    """

    part: Part
    counted: bool


@dataclass(frozen=True, eq=False)
class RelaxedLevel:
    """The rules of one level that are left, in indices.

    A rule that exempts (a municipality that stands alone, a merger that is kept) is two things: it
    demands a part, and it frees that part from the bounds. Dropped, it demands no longer, and the part
    may still be chosen. So dropping a rule never takes a plan away, whatever the rule.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
        Of one level, without the borders, frames and requirements that are dropped.
    region : int
    members : ndarray of int64
        Municipalities of the region, ascending.
    neighbours : tuple of tuple of int
        Of all municipalities.
    free : frozenset of int
        Municipalities that may be in a part that keeps the bounds.
    exempt : tuple of ExemptPart
        Those that may be chosen.
    together : tuple of (frozenset of Key, tuple of int)
        Groups that a part holds all or none of, if it keeps the bounds, with the rules that say so.
    choices : tuple of (int, int)
        Pairs of a zone that stays whole: they are in one part, unless one of them is in an exempt part.
    apart, seats, unenclosed
        See `Question`.
    lower, upper : int, int or None
        Bounds on the weights of a part.
    weight : ndarray of int64, shape (n,)
        Inhabitants as the bounds count them.
    count : (int, int or None)
        Bounds on the number of parts that count.
    also : tuple of ColumnBounds
        The same bounds under further columns of inhabitants.
    """

    instance: Instance
    scenario: Scenario
    region: int
    members: IntArray
    neighbours: tuple[tuple[int, ...], ...]
    free: frozenset[int]
    exempt: tuple[ExemptPart, ...]
    together: tuple[tuple[frozenset[Key], Part], ...]
    choices: tuple[tuple[int, int], ...]
    apart: tuple[tuple[int, int], ...]
    seats: Part
    unenclosed: Neighbours
    lower: int
    upper: int | None
    weight: IntArray
    count: tuple[int, int | None]
    also: tuple[ColumnBounds, ...] = ()

    @cached_property
    def blocks(self) -> tuple[Part, ...]:
        """Groups of one or more that a part holds as a whole; what can be in no part is in none of them."""
        groups = join_groups(group for _, group in self.together)
        torn = {i for group in groups if not self.free.issuperset(group) for i in group}
        whole = [group for group in groups if self.free.issuperset(group)]
        single = self.free - torn - {i for group in whole for i in group}
        return tuple(sorted([*whole, *((i,) for i in single)]))

    @cached_property
    def required(self) -> tuple[tuple[str, IntArray], ...]:
        """What each part must hold, in words, and which municipalities have it."""
        flags = required_flags(self.instance, self.scenario, Problems())
        return tuple((text, has.astype(np.int64)) for text, has in flags)

    @cached_property
    def block_neighbours(self) -> list[list[int]]:
        """Adjacent blocks of each block."""
        place = {i: k for k, block in enumerate(self.blocks) for i in block}
        near = [
            {place[j] for i in block for j in self.neighbours[i] if j in place} - {k}
            for k, block in enumerate(self.blocks)
        ]
        return [sorted(some) for some in near]

    @cached_property
    def question(self) -> Question:
        """The same for what lists sets: without groups, which blocks keep whole."""
        required = required_flags(self.instance, self.scenario, Problems())
        return Question(
            self.instance, self.scenario, {}, self.neighbours, (), self.apart, required, (), self.seats,
            self.unenclosed,
            self.also,
        )  # fmt: skip

    def size(self, parts: Iterable[int]) -> int:
        """Count the inhabitants of some municipalities as the bounds do."""
        return int(self.weight[list(parts)].sum())

    def without(self, chosen: Collection[Part]) -> RelaxedLevel:
        """Choose some of the exempt parts; the others no longer may be."""
        held = {i for part in chosen for i in part}
        kept = tuple(one for one in self.exempt if one.part in chosen)
        pairs = [pair for pair in self.choices if not held & set(pair)]
        groups = [(frozenset[Key](), pair) for pair in pairs]
        return RelaxedLevel(
            self.instance, self.scenario, self.region, self.members, self.neighbours,
            self.free - held, kept, (*self.together, *groups), (), self.apart, self.seats,
            self.unenclosed, self.lower, self.upper, self.weight, self.count, self.also,
        )  # fmt: skip

    def listed(self, upper: int, deadline: Deadline, limit: int) -> ListedParts:
        """List all parts up to a size that keep the rules, exempt ones first.

        Groups that stay together are one vertex each, so that sets which part them are never met.

        Raises
        ------
        TimeUpError, TooManyCandidatesError
        """
        blocks = self.blocks
        weights = np.array([self.size(block) for block in blocks], dtype=np.int64)
        sets = connected_sets(
            self.block_neighbours, weights, self.lower, upper, deadline=deadline, limit=limit
        )
        spread = self._spread(Candidates(np.arange(len(blocks), dtype=np.int64), sets))
        kept = keeping_rules(spread, self.question)
        own = kept.onto(self.members).after([one.part for one in self.exempt])
        exempt = len(self.exempt)
        counted = np.ones(len(own), dtype=np.bool_)
        counted[:exempt] = [one.counted for one in self.exempt]
        return ListedParts(own, own.sums(self.weight[own.municipalities]), counted, exempt)

    def _spread(self, sets: Candidates) -> Candidates:
        """Write sets of blocks as sets of municipalities, those left out that are not connected."""
        municipalities = np.array(sorted(i for block in self.blocks for i in block), dtype=np.int64)
        if len(municipalities) == len(self.blocks):
            return Candidates(municipalities, sets.words)
        by_block = np.array([i for block in self.blocks for i in block], dtype=np.int64)
        place = np.searchsorted(municipalities, by_block)
        block_of = np.repeat(np.arange(len(self.blocks)), [len(block) for block in self.blocks])
        order = block_of[np.argsort(place)]
        width = max(1, (len(municipalities) + 63) // 64)
        words = np.zeros((len(sets), width), dtype=np.uint64)
        for rows in sets.chunks():
            bits = np.zeros((len(words[rows]), 64 * width), dtype=np.uint8)
            bits[:, : len(municipalities)] = sets.dense(rows)[:, order]
            words[rows] = np.packbits(bits, axis=1, bitorder="little").view(np.uint64)
        spread = Candidates(municipalities, words)
        torn = [block for block in self.blocks if not is_connected(block, self.neighbours)]
        if not torn:
            return spread
        some = np.isin(municipalities, [i for block in torn for i in block]).astype(np.int64)
        keep = spread.sums(some) == 0
        for row in np.flatnonzero(~keep).tolist():
            keep[row] = is_connected(spread.members(row), self.neighbours)
        return spread.take(keep)


@dataclass(frozen=True, eq=False)
class ListedParts:
    """Parts that a plan may be made of.

    Attributes
    ----------
    candidates : Candidates
        Exempt parts first.
    size : ndarray of int64
        Inhabitants as the bounds count them.
    counted : ndarray of bool
    exempt : int
        How many are exempt.
    """

    candidates: Candidates
    size: IntArray
    counted: np.ndarray[tuple[int], np.dtype[np.bool_]]
    exempt: int

    def between(self, lower: int, upper: int) -> ListedParts:
        """Keep exempt parts, and those of a size."""
        keep = (self.size >= lower) & (self.size <= upper)
        keep[: self.exempt] = True
        return ListedParts(self.candidates.take(keep), self.size[keep], self.counted[keep], self.exempt)


def sides_of(level: RelaxedLevel, listed: ListedParts) -> list[SideConstraint]:
    """Bound the number of parts, and keep zones whole as far as none of them is exempt."""
    fewest, most = level.count
    sides = []
    if fewest > 0 or most is not None:
        upper = len(level.members) if most is None else most
        sides.append(SideConstraint(listed.counted.astype(np.int64), fewest, upper))
    municipalities = listed.candidates.municipalities
    for pair in level.choices:
        holding = listed.candidates.sums(np.isin(municipalities, pair).astype(np.int64)) > 0
        holding[: listed.exempt] = False
        sides.append(SideConstraint(holding.astype(np.int64), 0, 1))
    return sides


def is_connected(part: Iterable[int], neighbours: tuple[tuple[int, ...], ...]) -> bool:
    """Tell whether municipalities are connected."""
    members = set(part)
    return len(connected_to(next(iter(members)), members, neighbours)) == len(members)


def connected_to(i: int, among: Collection[int], neighbours: tuple[tuple[int, ...], ...]) -> set[int]:
    """Find the municipalities connected to one among some of them, itself included."""
    left, waiting = set(among) - {i}, [i]
    component = {i}
    while waiting:
        near = left.intersection(neighbours[waiting.pop()])
        left -= near
        component |= near
        waiting += near
    return component
