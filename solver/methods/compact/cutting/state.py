"""From solutions and bounds of programmes to plans and whole nano-points."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from .....instances.common.arrays import FloatArray
from .....models.formulations.compact import Compact
from .....models.scoring.scorer import NANO, Scorer
from ....deadline import Deadline
from ....incumbents import bound_found, plan_found
from ....partition.answer import ComponentAnswer

TOLERANCE = 1e-6
"""What engines tell apart, in costs."""
_OFF = 1e-4
"""Costs by which the bound of an engine may be off: a hundred-millionth of the largest cost."""
_PRECISION = 1e-9
"""The same relative to the objective, whose sums are in double precision."""
_MARGIN = 1e-2
"""Costs within which plans are looked for that may score more than the best one: far more than the above."""


@dataclass
class SearchState:
    """What is known of a component while it is being solved.

    Attributes
    ----------
    compact : Compact
    scorer : Scorer
    answer : ComponentAnswer
        Filled in as things become known.
    most : int
        Most parts that a plan can have.
    seed : int
    deadline : Deadline
    seen : list of list of tuple of int
        Plans that were found, by places in the component.
    cost : float
        Of the best of them.
    is_whole : bool
        Whether plans and bounds are those of the component as it is asked, and not of a part of the search.
    """

    compact: Compact
    scorer: Scorer
    answer: ComponentAnswer
    most: int
    seed: int
    deadline: Deadline
    seen: list[list[tuple[int, ...]]] = field(default_factory=list)
    cost: float = np.inf
    is_whole: bool = True

    def take(self, values: FloatArray) -> None:
        """Note the plan of a solution, and its score if there is no better one."""
        programme = self.compact.programme
        self.seen.append(self.compact.members(values))
        # behind the columns of the formulation there may be others
        self.cost = min(self.cost, programme.value(values[: programme.shape[1]]))
        self.note(self.seen[-1])

    def note(self, plan: Sequence[tuple[int, ...]]) -> int:
        """Score a plan, and keep it if there is no better one.

        Parameters
        ----------
        plan : sequence of tuple of int
            Places in the component of the members of each part.

        Returns
        -------
        int
            Its score in nano-points.
        """
        of, answer = self.compact.parts.municipalities, self.answer
        members = np.zeros((len(plan), len(of)))
        for k, part in enumerate(plan):
            members[k, list(part)] = 1.0
        score = int(self.scorer.score(members, of).nano.sum())
        if answer.bound is not None and score > answer.bound:
            # an engine was further off than engines are allowed to be: it has proved nothing
            answer.bound, answer.within_tolerance = None, False
        parts = tuple(sorted(tuple(of[list(part)].tolist()) for part in plan))
        # of equal plans the first in order, whichever was found first
        if answer.score is None or (-score, parts) < (-answer.score, answer.mergers):
            answer.score, answer.mergers = score, parts
            if self.is_whole:
                plan_found(lambda: parts, score)
        return score

    def bounded(self, cost: float | None) -> None:
        """Tell a lower bound on the cost while the search goes on."""
        if self.is_whole and cost is not None and np.isfinite(cost):
            bound_found(self.bound_in_nano(cost))

    def conclude(self, bound: int | None, *, within_tolerance: bool = False) -> None:
        """Note how a search ended.

        Parameters
        ----------
        bound : int or None
            In nano-points, with what engines may be off: what is below the score of a plan says that it is
            the best.
        within_tolerance : bool
            Whether the engine calls the plan optimal.
        """
        answer = self.answer
        if bound is not None and answer.score is not None:
            bound = max(bound, answer.score)
        answer.bound, answer.within_tolerance = bound, within_tolerance

    def rule_out(self) -> None:
        """Note that there is no plan."""
        self.answer.infeasible, self.answer.bound = True, None

    def settle(self) -> None:
        """Note that no plan scores more than the best one found."""
        self.answer.bound = self.answer.score

    def bound_in_nano(self, cost: float) -> int:
        """Give the most nano-points that a plan can score, from an engine's lower bound on the cost."""
        if not self.compact.programme.cost.any():
            return 0
        off = _OFF + _PRECISION * abs(cost)
        return int(np.floor((off - cost) / self.compact.scale * NANO + self.most / 2))

    @property
    def nearly(self) -> float:
        """Cost up to which a plan could score more than the best one, with room to spare."""
        if not self.seen:
            return np.inf
        rounding = self.most / NANO * self.compact.scale
        return self.cost + max(_MARGIN, rounding, 10 * _PRECISION * abs(self.cost))

    def timed(self, stage: str, work: Callable[[], None]) -> None:
        """Do something, and add the seconds that it takes to a stage."""
        begun = time.perf_counter()
        work()
        stages = self.answer.stages
        stages[stage] = stages.get(stage, 0.0) + time.perf_counter() - begun
