"""Whether a region has a plan at all, told fast or not at all; also when some rules are given up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...instances.instance import Instance
from ...models.programmes.set_partition import SideConstraint
from ...models.scenario.scenario import Scenario
from ...models.scorer import Scorer
from ..candidates.scoring import score_all
from ..candidates.sets import Candidates, TooManyCandidatesError
from ..deadline import Deadline, TimeUpError
from ..engines import EngineError, engine
from ..partition.fixing import solve_partition, uncovered
from .given_up import level_of
from .nested_cover import cover_both
from .region_level import Key, Level, Listed, Part, connected_to, sides_of
from .unbounded import Parts, divide

_SECONDS = 4.0  # for one question of whether there is a plan
_CANDIDATES = 400_000  # most to list for it
_LARGER = (1.0, 1.25, 1.6, 2.5)  # times the maximum up to which parts are listed where none is to hold

RuleKey = tuple[str, Key]
"""A rule: of which level ('zones' for those of the zones of a nested scenario, else ''), and which."""
Plan = tuple[Parts, ...]
"""The parts of each level, mergers first."""
Answer = Plan | bool | None
"""A plan; False where there is none, which is proved; None where it cannot be told."""


@dataclass
class Feasibility:
    """Says whether a region has a plan under a scenario; objective and other regions do not matter.

    Attributes
    ----------
    instance : Instance
    region : str
    deadline : Deadline
    """

    instance: Instance
    region: str
    deadline: Deadline

    def __call__(self, scenario: Scenario, given_up: Collection[RuleKey] = ()) -> bool | None:
        """True, False, or None where it cannot be told in time.

        Raises
        ------
        TimeUpError
            The deadline has passed.
        """
        found = self.plan(scenario, given_up)
        return found if found is None or found is False else True

    def plan(self, scenario: Scenario, given_up: Collection[RuleKey] = ()) -> Answer:
        """Find a plan that keeps all rules of a scenario but those that are given up.

        What giving up a rule means is said by `Level`: it never takes a plan away.

        Raises
        ------
        TimeUpError
            The deadline has passed.
        """
        self.deadline.check()
        return self.cover(self.levels(scenario, given_up))

    def levels(self, scenario: Scenario, given_up: Collection[RuleKey] = ()) -> tuple[Level, ...]:
        """The rules of each level that are left, those of mergers first."""
        region = self.instance.regions.index(self.region)
        asked = [scenario] if scenario.zones is None else [scenario.at("mergers"), scenario.at("zones")]
        return tuple(
            level_of(self.instance, one, region, [key for name, key in given_up if name == level])
            for one, level in zip(asked, ("", "zones"), strict=False)
        )

    def cover(self, levels: Sequence[Level]) -> Answer:
        """Find parts for levels.

        Raises
        ------
        TimeUpError
            The deadline has passed.
        """
        deadline = self.within_time()
        try:
            alone = [self._one(level, deadline) for level in levels]
            if any(found is False for found in alone):
                return False
            if len(levels) == 1:
                return (alone[0],) if isinstance(alone[0], list) else None
            return self._both(levels, alone, deadline)
        except TimeUpError:
            self.deadline.check()
            return None

    def shows(self, scenario: Scenario, given_up: Collection[RuleKey] = ()) -> bool:
        """Whether it shows without a search that no plan keeps the rules that are left."""
        return any(is_hopeless(level) for level in self.levels(scenario, given_up))

    def within_time(self) -> Deadline:
        """When one question is to be answered."""
        left = self.deadline.remaining
        return Deadline.after(_SECONDS if left is None else max(1e-3, min(_SECONDS, left)))

    # One level

    def _one(self, level: Level, deadline: Deadline) -> Parts | bool | None:
        if is_hopeless(level):
            return False
        if level.upper is None:
            found = self._unbounded(level, deadline)
            if found is not None:
                return found
        for upper, is_all in self._uppers(level):
            listed = self.listed(level, upper, deadline)
            if listed is None:
                return None
            found = self.cover_listed(level, listed, deadline)
            if found is None or found is not False or is_all:
                return found
        return None

    def _unbounded(self, level: Level, deadline: Deadline) -> Parts | bool | None:
        """Divide where parts may be of any size; None where the sets for that are too many."""

        def cover(sets: Candidates, sides: list[SideConstraint]) -> Parts | bool | None:
            return self._chosen(sets, sides, deadline)

        try:
            return divide(level, cover, deadline, _CANDIDATES)
        except TooManyCandidatesError:
            return None

    def _uppers(self, level: Level) -> list[tuple[int, bool]]:
        """Sizes up to which parts are listed, and whether larger ones are out of the question."""
        if level.upper is not None:
            return [(level.upper, True)]
        total = level.size(level.free)
        usual = level.scenario.population.highest
        growing = [size for factor in _LARGER if (size := int(factor * usual)) < total]
        return [(size, False) for size in growing] + [(total, True)]

    def listed(self, level: Level, upper: int, deadline: Deadline) -> Listed | None:
        """List the parts of a level up to a size; None where they are too many."""
        try:
            return level.listed(upper, deadline, _CANDIDATES)
        except TooManyCandidatesError:
            return None

    def cover_listed(self, level: Level, listed: Listed, deadline: Deadline) -> Parts | bool | None:
        """Choose among the parts that were listed."""
        return self._chosen(listed.candidates, sides_of(level, listed), deadline, level.members.tolist())

    def _chosen(
        self, sets: Candidates, sides: list[SideConstraint], deadline: Deadline, of: list[int] | None = None
    ) -> Parts | bool | None:
        """Choose sets that hold everybody once; the most compact choice is found soonest."""
        if not len(sets) or uncovered(sets):
            return False if len(sets.municipalities) or any(side.lower > 0 for side in sides) else []
        nano = np.zeros(len(sets), dtype=np.int64) if of is None else score_all(self._scorer, sets)
        try:
            answer = solve_partition(sets, nano, engine(), sides=sides, deadline=deadline)
        except EngineError:
            return None
        if answer.status == "infeasible":
            return False
        return [sets.members(row) for row in answer.chosen] if answer.chosen else None

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self.instance, Scenario(weights={"distance": 1.0}))

    # Two levels

    def _both(self, levels: Sequence[Level], alone: list[Parts | bool | None], deadline: Deadline) -> Answer:
        """Find mergers inside zones."""
        inner, outer = levels
        if isinstance(alone[0], list) and isinstance(alone[1], list) and _fit(alone[0], alone[1]):
            return (alone[0], alone[1])
        if isinstance(alone[0], list):
            whole = self._one_zone(outer)
            if whole is not None and _fit(alone[0], whole):
                return (alone[0], whole)
        sizes = [self._uppers(level) for level in levels]
        lists: list[Listed | None] = [None, None]
        for step in range(max(map(len, sizes))):
            steps = [size[min(step, len(size) - 1)] for size in sizes]
            for k, level in enumerate(levels):
                if step < len(sizes[k]):
                    lists[k] = self.listed(level, steps[k][0], deadline)
            if lists[0] is None or lists[1] is None:
                return None
            found = cover_both((inner, lists[0]), (outer, lists[1]), deadline)
            if found is None or found is not False or all(is_all for _, is_all in steps):
                return found
        return None

    def _one_zone(self, outer: Level) -> Parts | None:
        """The whole region as one zone, where that may be."""
        whole = tuple(outer.members.tolist())
        if not outer.free.issuperset(whole) or len(outer.exempt) > 0:
            return None
        upper = outer.size(whole)
        fits = outer.lower <= upper and (outer.upper is None or upper <= outer.upper)
        fewest, most = outer.count
        fits = fits and fewest <= 1 and (most is None or most >= 1)
        fits = fits and all(has[list(whole)].any() for _, has in outer.required)
        lone = outer.apart or outer.seats or not is_one_piece(outer)
        return [whole] if fits and not lone else None


def is_hopeless(level: Level) -> bool:
    """Whether it shows without a search that somebody can be in no part, or that numbers do not fit."""
    optional = {i for one in level.exempt for i in one.part}
    placed = optional | {i for block in level.blocks for i in block}
    if len(placed) < len(level.members):
        return True
    if level.lower > 0 and _most_parts(level) < level.count[0]:
        return True
    return any(
        level.size(reach) < level.lower for block, reach in reaches(level) if not optional.intersection(block)
    )


def _most_parts(level: Level) -> int:
    """No plan has more parts that count than this."""
    return sum(one.counted for one in level.exempt) + level.size(level.free) // level.lower


def reaches(level: Level) -> Iterator[tuple[Part, list[int]]]:
    """Give each block with whom it could be in one part at most; with nobody where it is torn itself."""
    left = {i for block in level.blocks for i in block}
    piece_of: dict[int, set[int]] = {}
    while left:
        piece = connected_to(min(left), left, level.neighbours)
        left -= piece
        piece_of |= dict.fromkeys(piece, piece)
    pieces = {id(piece): sorted(piece) for piece in piece_of.values()}
    partners: dict[int, set[int]] = {}
    for a, b in level.apart:
        partners.setdefault(a, set()).add(b)
        partners.setdefault(b, set()).add(a)
    for block in level.blocks:
        barred = {j for i in block for j in partners.get(i, ())}
        piece = piece_of[block[0]]
        if barred:
            piece = connected_to(block[0], piece - barred | {block[0]}, level.neighbours)
        whole = piece.issuperset(block) and not barred.intersection(block)
        yield block, (sorted(piece) if barred else pieces[id(piece)]) if whole else []


def is_one_piece(level: Level) -> bool:
    """Whether the blocks of a level hang together and hold everybody."""
    from .unbounded import block_components

    held = sum(len(block) for block in level.blocks)
    return held == len(level.members) and len(block_components(level)) == 1


def _fit(mergers: Parts, zones: Parts) -> bool:
    zone_of = {i: k for k, zone in enumerate(zones) for i in zone}
    return all(len({zone_of[i] for i in merger}) == 1 for merger in mergers)


__all__ = ["Answer", "Feasibility", "Part", "Plan", "RuleKey"]
