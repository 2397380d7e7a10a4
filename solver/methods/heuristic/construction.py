"""Construction of a first plan that keeps all rules: by recursive tree partition, then repaired."""

from __future__ import annotations

import numpy as np

from ...candidates.enumeration import TooManyCandidatesError, enumerate_candidates
from ...candidates.scoring import score_all
from ...candidates.sets import Part
from ...deadline import Deadline
from ...partition.fixing import solve_partition
from ...partition.problem import PartitionProblem
from .current_plan import CurrentPlan
from .pool import Pool
from .repair import SumsRepair
from .space import SearchSpace
from .tight import TightConstruction
from .tree_partition import partition_by_trees
from .windows import Windows, grow


def construct_plan(
    space: SearchSpace, rng: np.random.Generator, deadline: Deadline = Deadline()
) -> CurrentPlan | None:
    """Find a plan that keeps all rules.

    Where the number of parts is limited, or the bounds are tight, trees are cut with backtracking and what is
    beyond the bounds is mended by moves across boundaries (`TightConstruction`). Where that finds nothing,
    the component is partitioned by random trees as well as they allow. Around each part that breaks a rule,
    windows of growing size are divided again, exactly where their sets can be listed; where that does not
    help, the widest of them is partitioned again, so that what is wrong moves on and meets other neighbours.
    At last the number of parts is brought within its limits, then the sums that are bounded (`SumsRepair`).

    Parameters
    ----------
    space : SearchSpace
    rng : numpy Generator
    deadline : Deadline

    Returns
    -------
    CurrentPlan or None
        None when none was found; there may be one all the same.

    Raises
    ------
    TimeUpError
    """
    members = tuple(space.municipalities.tolist())
    if not members:
        empty = CurrentPlan(space)
        fits = space.limits is None or space.limits[0] <= 0 <= space.limits[1]
        return empty if fits and not any(empty.beyond) else None
    tight = TightConstruction(space, rng, deadline)
    for parts in tight.plans():
        current = CurrentPlan.of(space, parts)
        if SumsRepair(current, rng, deadline).run():
            return current
    number = None if space.limits is None else _aim(space)
    for _ in range(space.params.construction.starts):
        current = CurrentPlan.of(space, partition_by_trees(space, members, rng, number))
        if _Repair(current, rng, deadline).run() and SumsRepair(current, rng, deadline).run():
            return current
    return None


def _aim(space: SearchSpace) -> int | None:
    """Give the number of parts to aim at where it is limited."""
    assert space.limits is not None
    lowest, most = space.limits
    usual = (
        len(space.municipalities)
        if space.bounds[0] < 1
        else max(1, space.sizes(space.municipalities.tolist()) // space.bounds[0])
    )
    return max(1, lowest, min(most, (usual + 1) // 2))


class _Repair:
    """Makes the parts of a plan admissible, and their number right."""

    def __init__(self, current: CurrentPlan, rng: np.random.Generator, deadline: Deadline) -> None:
        self.current, self.rng, self.deadline = current, rng, deadline
        self.space, self.params = current.space, current.space.params.construction
        self.windows = Windows(current.space, current, Pool(), deadline)
        self.bad = self._bad(list(current.parts))

    def run(self) -> bool:
        """Repair; whether everything is right in the end."""
        for _ in range(10 * len(self.current.parts) + 40):
            self.deadline.check()
            if not self.bad:
                break
            self._mend(self.bad[int(self.rng.integers(len(self.bad)))])
        return not self.bad and self._number_is_right()

    def _bad(self, numbers: list[int]) -> list[int]:
        return [n for n in numbers if not self.space.is_admissible(self.current.parts[n])]

    def _mend(self, number: int) -> None:
        window: list[int] = []
        for size in self.params.window_sizes:
            wider = grow(self.current, number, size, self.rng, spread=0.9)
            if wider == window:
                continue
            window = wider
            parts = self._divided(self.current.members(window))
            if parts is not None:
                self._swap(window, parts)
                return
        # what cannot be mended here is partitioned again, and may be mended with other neighbours
        self._swap(window, partition_by_trees(self.space, self.current.members(window), self.rng))

    def _swap(self, window: list[int], parts: list[Part]) -> None:
        self.bad = [n for n in self.bad if n not in window]
        self.bad += self._bad(self.current.swap(window, parts))

    def _divided(self, members: Part, least: int = 0, most: int | None = None) -> list[Part] | None:
        """Divide some municipalities into admissible parts, so many of which count; None if unknown."""
        municipalities = np.array(members, dtype=np.int64)
        try:
            candidates = enumerate_candidates(
                self.space.question, municipalities, self.deadline, self.params.listed
            )
        except TooManyCandidatesError:
            candidates = self.windows.from_trees(members, self.rng, self.params.trees)
        limits = None if most is None else (least, most)
        if not len(candidates) or candidates.uncovered:
            return None
        constraints = self.space.constraints(candidates, 0, limits)
        problem = PartitionProblem(candidates, score_all(self.space.scorer, candidates), constraints)
        answer = solve_partition(problem, self.space.engine, seed=self.space.seed, deadline=self.deadline)
        return [candidates.members(row) for row in answer.chosen] if answer.chosen else None

    def _number_is_right(self) -> bool:
        """Bring the number of parts within its limits, one window and one part at a time."""
        if self.space.limits is None:
            return True
        lower, upper = self.space.limits
        for _ in range(8 * len(self.current.parts) + 40):
            self.deadline.check()
            counted = self.current.counted
            if lower <= counted <= upper:
                return True
            numbers = sorted(self.current.parts)
            size = self.params.window_sizes[int(self.rng.integers(len(self.params.window_sizes)))]
            window = grow(
                self.current, numbers[int(self.rng.integers(len(numbers)))], size, self.rng, spread=0.9
            )
            held = sum(self.space.counted(self.current.parts[n]) for n in window)
            span = (
                (held + 1, held + lower - counted + 0)
                if counted < lower
                else (held + upper - counted, held - 1)
            )
            parts = self._divided(self.current.members(window), max(0, span[0]), max(0, span[1]))
            if parts is not None:
                self.current.swap(window, parts)
        return lower <= self.current.counted <= upper
