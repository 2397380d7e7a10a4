"""The search space: the free municipalities of a component, and which sets of them may be a part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ....instances.common.arrays import IntArray
from ....instances.common.connected import pieces_of
from ....models.programmes.set_partition import SideConstraint
from ....models.question.constraints import NUMBER, PlanConstraint, plan_constraints
from ....models.question.question import Question
from ....models.scoring.model import Model
from ....models.scoring.scorer import Scorer
from ...candidates.constraints import amounts_of, side_constraint
from ...candidates.enumeration import keeping_rules
from ...candidates.scoring import score_all
from ...candidates.sets import Candidates, Part, bit_sets
from ...engines import Engine
from .params import HeuristicParams


@dataclass(frozen=True, eq=False)
class SearchSpace:
    """A component to search in. Municipalities are named by their index in the instance.

    Attributes
    ----------
    model : Model
        Of one level.
    region : int
    municipalities : ndarray of int64, shape (m,)
        Municipalities whose place is open, ascending; they need not hold together.
    engine : Engine
        Solves the integer programmes of windows.
    seed : int
    params : HeuristicParams
    """

    model: Model
    region: int
    municipalities: IntArray
    engine: Engine
    seed: int = 0
    params: HeuristicParams = field(default_factory=HeuristicParams)
    limits: tuple[int, int] | None = field(init=False)
    """Bounds on the number of free parts that count; None when any will do."""
    sums: tuple[PlanConstraint, ...] = field(init=False)
    """Other bounded sums over the free parts, such as budgets: what the fixed parts leave of each."""

    def __post_init__(self) -> None:
        count = self.question.count(self.region)
        if count is not None:
            fixed = [part for part, _ in self.question.fixed_parts(self.region)]
            held = sum(self.question.is_counted(part) for part in fixed)
            most = len(self.municipalities) if count[1] is None else count[1] - held
            count = (max(0, count[0] - held), most)
        object.__setattr__(self, "limits", count)
        asked = [one for one in plan_constraints(self.question, self.region) if one.name != NUMBER]
        object.__setattr__(self, "sums", tuple(asked))
        spent = self.amounts([part for part, _ in self.question.fixed_parts(self.region)]).sum(axis=0)
        object.__setattr__(self, "sums", self.left(spent))

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.model.question

    @property
    def scorer(self) -> Scorer:
        """How parts are scored."""
        return self.model.scorer

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """Hard bounds on a part, in inhabitants as `Question.bounded` counts them."""
        population = self.question.scenario.population
        return population.lowest, population.highest

    @cached_property
    def near(self) -> dict[int, tuple[int, ...]]:
        """Free neighbours of each free municipality, ascending."""
        free = set(self.municipalities.tolist())
        return {
            i: tuple(j for j in self.question.neighbours[i] if j in free)
            for i in self.municipalities.tolist()
        }

    @cached_property
    def inhabitants(self) -> dict[int, int]:
        """Inhabitants as the bounds count them."""
        return {i: int(self.question.bounded[i]) for i in self.municipalities.tolist()}

    @cached_property
    def atom(self) -> dict[int, int]:
        """Group of municipalities that no tree is cut within: a `together` group that is connected in itself.

        Other groups are left to `keeping_rules`.
        """
        atoms = {i: -1 - i for i in self.municipalities.tolist()}
        for number, group in enumerate(self.question.together):
            inside = [i for i in group if i in atoms]
            if len(inside) == len(group) > 1 and len(self.pieces(group)) == 1:
                atoms |= dict.fromkeys(group, number)
        return atoms

    def pieces(self, members: Iterable[int]) -> list[Part]:
        """Connected parts of a set of municipalities, each ascending, by first member."""
        return [tuple(piece) for piece in pieces_of(members, self.near.__getitem__)]

    def sizes(self, members: Iterable[int]) -> int:
        """Inhabitants of a set, as the bounds count them."""
        return sum(self.inhabitants[i] for i in members)

    def is_admissible(self, part: Part) -> bool:
        """Whether a set of municipalities may be a part of a plan, numbers aside."""
        lowest, highest = self.bounds
        if not lowest <= self.sizes(part) <= highest or len(self.pieces(part)) > 1:
            return False
        # only members matter to the rules: groups that reach beyond them are broken all the same
        return len(keeping_rules(self.sets([part], part), self.question)) == 1

    def sets(self, parts: Sequence[Part], municipalities: Sequence[int]) -> Candidates:
        """Sets of municipalities as bit sets over some that hold them all."""
        place = {i: k for k, i in enumerate(municipalities)}
        bits = [[place[i] for i in part] for part in parts]
        return Candidates(np.array(municipalities, dtype=np.int64), bit_sets(bits, len(municipalities)))

    def score(self, parts: Sequence[Part]) -> list[int]:
        """Scores of some sets in nano-points."""
        if not parts:
            return []
        municipalities = sorted({i for part in parts for i in part})
        scores: list[int] = score_all(self.scorer, self.sets(parts, municipalities)).tolist()
        return scores

    def counted(self, part: Part) -> int:
        """How many of those whose number is limited a part stands for: one, or none."""
        return int(self.limits is not None and self.question.is_counted(part))

    def amounts(self, parts: Sequence[Part]) -> IntArray:
        """Work out what some sets add to each of the bounded sums, shape (p, c)."""
        if not self.sums or not parts:
            return np.zeros((len(parts), len(self.sums)), dtype=np.int64)
        candidates = self.sets(parts, sorted({i for part in parts for i in part}))
        return np.stack([amounts_of(one.amounts, candidates) for one in self.sums], axis=1)

    def left(self, spent: IntArray) -> tuple[PlanConstraint, ...]:
        """Give the bounded sums less what is chosen elsewhere, shape (c,)."""
        return tuple(
            replace(one, lower=one.lower - used, upper=None if one.upper is None else one.upper - used)
            for one, used in zip(self.sums, spent.tolist(), strict=True)
        )

    def beyond(self, totals: IntArray) -> list[int]:
        """How far each sum is above its upper bound, or (below 0) under its lower one."""
        return [
            max(0, total - (total if one.upper is None else one.upper)) + min(0, total - one.lower)
            for one, total in zip(self.sums, totals.tolist(), strict=True)
        ]

    def constraints(
        self,
        candidates: Candidates,
        outside: int,
        limits: tuple[int, int] | None,
        sums: Sequence[PlanConstraint] = (),
    ) -> tuple[SideConstraint, ...]:
        """Write what binds the parts of a window together.

        Parameters
        ----------
        candidates : Candidates
        outside : int
            Parts that count and are chosen elsewhere.
        limits : tuple of (int, int) or None
            Bounds on the number of all parts that count.
        sums : sequence of PlanConstraint
            What the parts chosen elsewhere leave of other sums; see `left`.
        """
        others = tuple(side_constraint(one, candidates) for one in sums)
        if limits is None:
            return others
        counted = np.ones(len(candidates), dtype=np.int64)
        for i in self.question.uncounted & set(candidates.municipalities.tolist()):
            counted[candidates.within([i])] = 0
        return (SideConstraint(counted, limits[0] - outside, limits[1] - outside), *others)
