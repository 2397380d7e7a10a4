"""A question with its contradictions: what is asked of an instance, whether it can all be kept or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from ...instances.common.arrays import IntArray
from ...instances.common.connected import pieces_of
from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ..scenario.framing import framed
from ..scenario.scenario import Scenario
from .each_lock import Lock, locks_of
from .exemptions import LOCKED, exempt_by_rule
from .layers import known_layers, own_zones
from .neighbours import Neighbours, find_neighbours

Group = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Unchecked:
    """What a scenario of one level asks of an instance, for questions that are asked before it is solved.

    `ask` refuses a scenario that contradicts itself; this does not look. Names that mean nothing are passed
    over.

    Attributes
    ----------
    instance : Instance
        With the regions that the scenario asks for.
    scenario : Scenario
        Of one level.
    """

    instance: Instance
    scenario: Scenario

    @classmethod
    def of(cls, instance: Instance, scenario: Scenario, level: str = "") -> Unchecked:
        """Take one level of a scenario: 'zones' for the zones of a nested one, else empty."""
        return cls(framed(instance, scenario), scenario.levels_by_prefix[level])

    @cached_property
    def locks(self) -> tuple[Lock, ...]:
        """The locks of the level, as `locks_of` lists them."""
        return locks_of(self.instance, self.scenario)

    @cached_property
    def alone(self) -> dict[int, str]:
        """Municipalities that stand alone by what they are, with the rule; see `exempt_by_rule`."""
        return exempt_by_rule(self.instance, self.scenario)

    @cached_property
    def kept(self) -> tuple[Lock, ...]:
        """Existing mergers that are kept as they are."""
        is_kept = self.scenario.existing.mode == "keep"
        return tuple(lock for lock in self.locks if lock.kind == "existing" and is_kept)

    @cached_property
    def together(self) -> tuple[Lock, ...]:
        """Groups that stay together, existing mergers that others may join included."""
        is_open = self.scenario.existing.mode == "extend"
        return tuple(
            lock for lock in self.locks if lock.kind == "together" or (lock.kind == "existing" and is_open)
        )

    @cached_property
    def parted(self) -> dict[tuple[int, int], Lock]:
        """Pairs that stay apart, the lower index first, with the lock."""
        return {
            pair: lock
            for lock in self.locks
            if lock.kind == "apart"
            for pair in combinations(lock.municipalities, 2)
        }

    @cached_property
    def lone(self) -> tuple[Lock, ...]:
        """Locks by which one municipality stands alone: those of kept plans, then those that say so."""
        kept = [lock for lock in self.kept if len(lock.municipalities) == 1]
        return (*kept, *(lock for lock in self.locks if lock.kind == "alone"))

    @cached_property
    def alone_by_lock(self) -> dict[int, Lock]:
        """Municipalities that stand alone by a lock, with one of them."""
        return {lock.municipalities[0]: lock for lock in self.lone}

    @cached_property
    def standing(self) -> dict[int, str]:
        """Municipalities that stand alone, with the rule, as `Question.standalone` has them."""
        merged = {i for lock in self.kept for i in lock.municipalities if len(lock.municipalities) > 1}
        named = {lock.municipalities[0] for lock in self.locks if lock.kind == "alone"}
        found = self.alone | dict.fromkeys(self.alone_by_lock, LOCKED)
        return {i: rule for i, rule in found.items() if i not in merged or i in named}

    @cached_property
    def neighbours(self) -> Neighbours:
        """Which others each municipality may be joined to directly, as `Question.neighbours`."""
        unheard = Problems()
        own = own_zones(self.instance, self.scenario, unheard)
        return find_neighbours(self.instance, self.scenario, own, unheard)

    @cached_property
    def frames(self) -> tuple[tuple[str, IntArray], ...]:
        """Layers that no part may cross, and zones of the scenario itself, under the name 'frames.zones'."""
        unheard = Problems()
        layers = self.instance.layers
        within = known_layers(self.instance, self.scenario.frames.within, unheard)
        own = own_zones(self.instance, self.scenario, unheard)
        found = [(name, layers[name].separate()) for name in within]
        return (*found, *([] if own is None else [("frames.zones", own)]))

    def inhabitants(self, members: Collection[int]) -> int:
        """Inhabitants of some municipalities."""
        return int(self.instance.population[list(members)].sum())

    def counted(self, members: Collection[int]) -> int:
        """Inhabitants as the hard bounds count them; see `Question.bounded`."""
        bounds, rules = self.scenario.population, self.scenario.rules
        room = bounds.highest - rules.absorb_up_to
        people = (int(self.instance.population[i]) for i in members)
        return sum(room if rules.above_max == "absorb" and size > bounds.max else size for size in people)

    def pieces(self, members: Iterable[int]) -> list[Group]:
        """Connected pieces of some municipalities, each ascending, by first member."""
        return [tuple(piece) for piece in pieces_of(members, self.neighbours.__getitem__)]

    def reach(self, start: int, inside: Collection[int]) -> set[int]:
        """Municipalities of a set that can be reached from one of them without leaving it."""
        reached, waiting = {start}, [start]
        while waiting:
            near = [j for j in self.neighbours[waiting.pop()] if j in inside and j not in reached]
            reached.update(near)
            waiting += near
        return reached

    def between(self, members: Iterable[int], through: Collection[int]) -> Group | None:
        """Municipalities that would join the pieces of a group, few of them; None where none do.

        Pieces are joined one after the other by a shortest path from what is joined already to the nearest of
        the others; the number is not always the least.
        """
        first, *others = self.pieces(members)
        joined, added = set(first), set[int]()
        left = [set(piece) for piece in others]
        while left:
            path = self._path(joined, set().union(*left), through)
            if path is None:
                return None
            added |= set(path[:-1])
            met = next(piece for piece in left if path[-1] in piece)
            left.remove(met)
            joined |= met | set(path)
        return tuple(sorted(added))

    def _path(self, start: set[int], goal: set[int], through: Collection[int]) -> list[int] | None:
        """Find a shortest path from one set to another: the steps outside the first, its end included."""
        before: dict[int, int] = {}
        seen, layer = set(start), sorted(start)
        while layer:
            following = []
            for i in layer:
                for j in self.neighbours[i]:
                    if j not in seen and (j in through or j in goal):
                        seen.add(j)
                        before[j] = i
                        following.append(j)
                        if j in goal:
                            return list(self._back(before, j))[::-1]
            layer = following
        return None

    @staticmethod
    def _back(before: dict[int, int], end: int) -> Iterator[int]:
        at: int | None = end
        while at is not None and at in before:
            yield at
            at = before[at]
