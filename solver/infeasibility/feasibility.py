"""Whether a region has a plan at all, told fast or not at all; also when some rules are dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ...instances.common.connected import pieces_of
from ...instances.instance import Instance
from ...models.programmes.set_partition import SideConstraint
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import Scorer
from ..candidates.enumeration import TooManyCandidatesError
from ..candidates.scoring import score_all
from ..candidates.sets import Candidates, Part
from ..deadline import Deadline, TimeUpError
from ..engines import EngineError, engine
from ..partition.fixing import solve_partition
from ..partition.problem import PartitionProblem
from .dropped_rules import relax_level
from .params import ExplanationParams
from .relaxed_level import Key, ListedParts, RelaxedLevel, connected_to, sides_of
from .unbounded import Division, Parts, divide

RuleKey = tuple[str, Key]
"""A rule: of which level ('zones' for those of the zones of a nested scenario, else ''), and which."""
PlanParts = tuple[Parts, ...]
"""The parts of each level, mergers first."""
Answer = PlanParts | bool | None
"""A plan; False where there is none, which is proved; None where it cannot be told."""


@dataclass
class Feasibility:
    """Says whether a region has a plan under a scenario; objective and other regions do not matter.

    Attributes
    ----------
    instance : Instance
    region : str
    deadline : Deadline
    params : ExplanationParams
    """

    instance: Instance
    region: str
    deadline: Deadline
    params: ExplanationParams = field(default_factory=ExplanationParams)

    def __call__(self, scenario: Scenario, dropped: Collection[RuleKey] = ()) -> bool | None:
        """True, False, or None where it cannot be told in time.

        Raises
        ------
        TimeUpError
            The deadline has passed.
        """
        answer = self.plan(scenario, dropped)
        return answer if answer is None or answer is False else True

    def plan(self, scenario: Scenario, dropped: Collection[RuleKey] = ()) -> Answer:
        """Find a plan that keeps all rules of a scenario but those that are dropped.

        `RelaxedLevel` says what it means to drop a rule: it never takes a plan away.

        Raises
        ------
        TimeUpError
            The deadline has passed.
        """
        self.deadline.check()
        return self.cover(self.levels(scenario, dropped))

    def levels(self, scenario: Scenario, dropped: Collection[RuleKey] = ()) -> tuple[RelaxedLevel, ...]:
        """Give the rules of each level that are left, those of mergers first."""
        region = self.instance.regions.index(self.region)
        return tuple(
            relax_level(self.instance, one, region, [key for name, key in dropped if name == level])
            for one, level in zip(scenario.levels, ("", "zones"), strict=False)
        )

    def cover(self, levels: Sequence[RelaxedLevel]) -> Answer:
        """Find parts for levels.

        Raises
        ------
        TimeUpError
            The deadline has passed.
        """
        deadline = self.within_time()
        try:
            alone = [self._one(level, deadline) for level in levels]
            if any(division is False for division in alone):
                return False
            if len(levels) == 1:
                return (alone[0],) if isinstance(alone[0], list) else None
            return self._both(levels, alone, deadline)
        except TimeUpError:
            self.deadline.check()
            return None

    def infeasible_at_sight(self, scenario: Scenario, dropped: Collection[RuleKey] = ()) -> bool:
        """Tell whether it shows without a search that no plan keeps the rules that are left."""
        return any(is_infeasible_at_sight(level) for level in self.levels(scenario, dropped))

    def within_time(self) -> Deadline:
        """Give the deadline of one question."""
        return self.deadline.at_most(self.params.question_seconds)

    # One level

    def _one(self, level: RelaxedLevel, deadline: Deadline) -> Division:
        if is_infeasible_at_sight(level):
            return False
        if level.upper is None:
            division = self._unbounded(level, deadline)
            if division is not None:
                return division
        for upper, is_all in self._uppers(level):
            listed = self.listed(level, upper, deadline)
            if listed is None:
                return None
            division = self.cover_listed(level, listed, deadline)
            if division is None or division is not False or is_all:
                return division
        return None

    def _unbounded(self, level: RelaxedLevel, deadline: Deadline) -> Division:
        """Divide where parts may be of any size; None where the sets for that are too many."""

        def cover(sets: Candidates, sides: list[SideConstraint]) -> Division:
            return self._chosen(sets, sides, deadline)

        try:
            return divide(level, cover, deadline, self.params)
        except TooManyCandidatesError:
            return None

    def _uppers(self, level: RelaxedLevel) -> list[tuple[int, bool]]:
        """Sizes up to which parts are listed, and whether larger ones are out of the question."""
        if level.upper is not None:
            return [(level.upper, True)]
        total = level.size(level.free)
        usual = level.scenario.population.highest
        growing = [size for factor in self.params.growth if (size := int(factor * usual)) < total]
        return [(size, False) for size in growing] + [(total, True)]

    def listed(self, level: RelaxedLevel, upper: int, deadline: Deadline) -> ListedParts | None:
        """List the parts of a level up to a size; None where they are too many."""
        try:
            return level.listed(upper, deadline, self.params.most_candidates)
        except TooManyCandidatesError:
            return None

    def cover_listed(self, level: RelaxedLevel, listed: ListedParts, deadline: Deadline) -> Division:
        """Choose among the parts that were listed."""
        return self._chosen(listed.candidates, sides_of(level, listed), deadline, level.members.tolist())

    def _chosen(
        self, sets: Candidates, sides: list[SideConstraint], deadline: Deadline, of: list[int] | None = None
    ) -> Division:
        """Choose sets that hold each municipality once; the most compact choice is found soonest."""
        if not len(sets) or sets.uncovered:
            return False if len(sets.municipalities) or any(side.lower > 0 for side in sides) else []
        scores = np.zeros(len(sets), dtype=np.int64) if of is None else score_all(self._scorer, sets)
        try:
            answer = solve_partition(
                PartitionProblem(sets, scores, tuple(sides)), engine(), deadline=deadline
            )
        except EngineError:
            return None
        if answer.status == "infeasible":
            return False
        return [sets.members(row) for row in answer.chosen] if answer.chosen else None

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self.instance, Scenario(weights={"distance": 1.0}))

    # Two levels

    def _both(self, levels: Sequence[RelaxedLevel], alone: list[Division], deadline: Deadline) -> Answer:
        """Find mergers inside zones."""
        inner, outer = levels
        if isinstance(alone[0], list) and isinstance(alone[1], list) and _fit(alone[0], alone[1]):
            return (alone[0], alone[1])
        if isinstance(alone[0], list):
            whole = self._one_zone(outer)
            if whole is not None and _fit(alone[0], whole):
                return (alone[0], whole)
        sizes = [self._uppers(level) for level in levels]
        lists: list[ListedParts | None] = [None, None]
        for step in range(max(map(len, sizes))):
            steps = [size[min(step, len(size) - 1)] for size in sizes]
            for k, level in enumerate(levels):
                if step < len(sizes[k]):
                    lists[k] = self.listed(level, steps[k][0], deadline)
            if lists[0] is None or lists[1] is None:
                return None
            from .nested_cover import cover_both  # loads CP-SAT, which most questions do not need

            answer = cover_both((inner, lists[0]), (outer, lists[1]), deadline)
            if answer is None or answer is not False or all(is_all for _, is_all in steps):
                return answer
        return None

    def _one_zone(self, outer: RelaxedLevel) -> Parts | None:
        """The whole region as one zone, where that may be."""
        whole = tuple(outer.members.tolist())
        if not outer.free.issuperset(whole) or len(outer.exempt) > 0:
            return None
        upper = outer.size(whole)
        fits = outer.lower <= upper and (outer.upper is None or upper <= outer.upper)
        fewest, most = outer.count
        fits = fits and fewest <= 1 and (most is None or most >= 1)
        for bounds in outer.also:
            people = int(bounds.counted[outer.members].sum())
            fits = fits and bounds.lower <= people and (bounds.upper is None or people <= bounds.upper)
        fits = fits and all(has[list(whole)].any() for _, has in outer.required)
        lone = outer.apart or outer.seats or not is_one_piece(outer)
        return [whole] if fits and not lone else None


def is_infeasible_at_sight(level: RelaxedLevel) -> bool:
    """Tell whether it shows without a search that a municipality fits in no part, or numbers do not."""
    optional = {i for one in level.exempt for i in one.part}
    placed = optional | {i for block in level.blocks for i in block}
    if len(placed) < len(level.members):
        return True
    if level.lower > 0 and _most_parts(level) < level.count[0]:
        return True
    if any(falls_between(level, piece) and not optional.intersection(piece) for piece in pieces(level)):
        return True
    return any(
        level.size(reach) < level.lower for block, reach in reaches(level) if not optional.intersection(block)
    )


def falls_between(level: RelaxedLevel, piece: Sequence[int]) -> bool:
    """Tell whether a connected piece has too many inhabitants for some number of parts, too few for more."""
    if level.upper is None or level.lower <= 0:
        return False
    size = level.size(piece)
    return 0 < size // level.lower < -(-size // level.upper)


def pieces(level: RelaxedLevel) -> list[list[int]]:
    """Give the connected pieces of what is in some block."""
    return pieces_of((i for block in level.blocks for i in block), level.neighbours.__getitem__)


def _most_parts(level: RelaxedLevel) -> int:
    """No plan has more parts that count than this."""
    return sum(one.counted for one in level.exempt) + level.size(level.free) // level.lower


def reaches(level: RelaxedLevel) -> Iterator[tuple[Part, list[int]]]:
    """Give each block with all that it could be in one part with; nothing where it is torn itself."""
    piece_of = {i: whole for piece in pieces(level) for whole in [(piece, frozenset(piece))] for i in piece}
    partners: dict[int, set[int]] = {}
    for a, b in level.apart:
        partners.setdefault(a, set()).add(b)
        partners.setdefault(b, set()).add(a)
    for block in level.blocks:
        barred = {j for i in block for j in partners.get(i, ())}
        piece, inside = piece_of[block[0]]
        if barred:
            inside = frozenset(connected_to(block[0], {*inside - barred, block[0]}, level.neighbours))
            piece = sorted(inside)
        whole = inside.issuperset(block) and not barred.intersection(block)
        yield block, piece if whole else []


def is_one_piece(level: RelaxedLevel) -> bool:
    """Tell whether the blocks of a level are connected and hold every municipality."""
    from .unbounded import block_components

    held = sum(len(block) for block in level.blocks)
    return held == len(level.members) and len(block_components(level)) == 1


def _fit(mergers: Parts, zones: Parts) -> bool:
    zone_of = {i: k for k, zone in enumerate(zones) for i in zone}
    return all(len({zone_of[i] for i in merger}) == 1 for merger in mergers)


__all__ = ["Answer", "Feasibility", "Part", "PlanParts", "RuleKey"]
