"""Repair of a plan that keeps the rules, until the sums over it are within their bounds too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ....instances.common.arrays import IntArray
from ....models.question.constraints import PlanConstraint
from ....models.scoring.scorer import NANO
from ...candidates.constraints import amounts_of
from ...candidates.enumeration import TooManyCandidatesError, enumerate_candidates
from ...candidates.scoring import score_all
from ...candidates.sets import Candidates, Part
from ...deadline import Deadline
from ...partition.fixing import solve_partition
from ...partition.problem import PartitionProblem
from .current_plan import CurrentPlan
from .pool import Pool
from .windows import Windows, grow

_FEWEST = 2  # parts of a window


class SumsRepair:
    """Brings the bounded sums of a plan, such as budgets, within their bounds.

    Windows of growing size are divided anew: in the best way that leaves all sums within their bounds, and
    where there is none, in a way that is nearer to the bound of one of them, at a high price on it. No
    other sum gets further beyond its bounds meanwhile.

    Parameters
    ----------
    current : CurrentPlan
        One that keeps all else.
    rng : numpy Generator
    deadline : Deadline
    """

    def __init__(self, current: CurrentPlan, rng: np.random.Generator, deadline: Deadline) -> None:
        self.current, self.rng, self.deadline = current, rng, deadline
        self.space, self.params = current.space, current.space.params.construction
        self.windows = Windows(current.space, current, Pool(), deadline)

    def run(self) -> bool:
        """Repair; whether all sums are within their bounds in the end."""
        if not self.space.sums:
            return True
        sizes = self.params.window_sizes
        for step in range(8 * len(self.current.parts) + 40):
            self.deadline.check()
            if not any(self.current.beyond):
                return True
            numbers = sorted(self.current.parts)
            first = numbers[int(self.rng.integers(len(numbers)))]
            # small windows first, for what they can do takes little time
            size = sizes[min(step // (2 * len(numbers) + 4), len(sizes) - 1)]
            window = grow(self.current, first, size, self.rng, spread=0.9)
            if self.windows.key(window) not in self.windows.seen:
                self._better(*self._listed(window))
        return not any(self.current.beyond)

    def _better(self, window: list[int], candidates: Candidates) -> None:
        """Divide a window anew, so that the plan is nearer to its bounds."""
        key = self.windows.key(window)
        if key in self.windows.seen or not len(candidates) or candidates.uncovered:
            return
        scores = score_all(self.space.scorer, candidates)
        left = self.space.left(self.current.outside(window))
        parts = self._divided(window, candidates, scores, left)
        if not parts:
            beyond = self.current.beyond
            broken = [k for k, away in enumerate(beyond) if away]
            parts = self._nearer(window, candidates, scores, broken[int(self.rng.integers(len(broken)))])
        if parts:
            self.current.swap(window, parts)
        else:
            self.windows.seen.add(key)

    def _listed(self, window: list[int]) -> tuple[list[int], Candidates]:
        """List the sets of a window, which is made smaller until they are few."""
        question, most = self.space.question, self.params.few
        while True:
            members = self.current.members(window)
            try:
                municipalities = np.array(members, dtype=np.int64)
                return window, enumerate_candidates(question, municipalities, self.deadline, most)
            except TooManyCandidatesError:
                if len(window) <= _FEWEST:
                    return window, self.windows.from_trees(members, self.rng, self.params.trees)
            window = window[:-1]

    def _nearer(self, window: list[int], candidates: Candidates, scores: IntArray, k: int) -> list[Part]:
        """Bring one sum nearer to the bound that it is beyond, the others no further from theirs."""
        now, away = self.current.added(window), self.current.beyond[k]
        bounds = []
        for one, held in zip(self.space.left(self.current.outside(window)), now.tolist(), strict=True):
            most = None if one.upper is None else max(one.upper, held)
            bounds.append(replace(one, lower=min(one.lower, held), upper=most))
        amounts = amounts_of(self.space.sums[k].amounts, candidates)
        # dear enough that scores decide between nearly equal amounts alone: exact ties would take long
        price = max(NANO, int(np.abs(scores).max(initial=0))) / max(1, int(amounts.max()))
        nano = np.rint(scores / self.params.price - np.sign(away) * price * amounts).astype(np.int64)
        parts = self._divided(window, candidates, nano, bounds)
        reached = int(self.space.amounts(parts)[:, k].sum())
        return parts if (now[k] - reached) * np.sign(away) > 0 else []

    def _divided(
        self, window: list[int], candidates: Candidates, scores: IntArray, sums: Sequence[PlanConstraint]
    ) -> list[Part]:
        """Divide a window in the way that scores most under some bounds; nothing where none is known."""
        outside = self.current.counted - sum(self.space.counted(self.current.parts[n]) for n in window)
        constraints = self.space.constraints(candidates, outside, self.space.limits, sums)
        problem = PartitionProblem(candidates, scores, constraints)
        if problem.infeasible_at_sight:
            return []
        within = self.deadline.at_most(self.params.patience)
        answer = solve_partition(problem, self.space.engine, seed=self.space.seed, deadline=within)
        return [candidates.members(row) for row in answer.chosen]
