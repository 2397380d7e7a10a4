"""A first plan that keeps all rules: carved, then repaired."""

from __future__ import annotations

import numpy as np

from ...candidates.scoring import score_all
from ...candidates.sets import TooManyCandidatesError, enumerate_candidates
from ...deadline import Deadline
from ...partition.fixing import solve_partition, uncovered
from .construction import Draft
from .ground import Ground, Part
from .pool import Pool
from .tree_partition import carve
from .windows import Windows, grow

_STARTS = 4  # frames carved from scratch
_SIZES = (12, 20, 30, 45)  # municipalities in a window around a bad part
_LISTED = 30_000  # sets listed in a window at most
_TREES = 25  # drawn where they are more


def first_plan(ground: Ground, rng: np.random.Generator, deadline: Deadline = Deadline()) -> Draft | None:
    """Find a plan that keeps all rules.

    The frame is carved by random trees. Around each part that breaks a rule, windows of growing size are
    divided again, exactly where their sets can be listed; where that does not help, the widest of them is
    carved again, so that what is wrong moves on and meets other neighbours.

    Parameters
    ----------
    ground : Ground
    rng : numpy Generator
    deadline : Deadline

    Returns
    -------
    Draft or None
        None when none was found; there may be one all the same.

    Raises
    ------
    TimeUpError
    """
    members = tuple(ground.of.tolist())
    if not members:
        return Draft(ground) if ground.limits is None or ground.limits[0] <= 0 <= ground.limits[1] else None
    number = None if ground.limits is None else _aim(ground)
    for _ in range(_STARTS):
        draft = Draft.of(ground, carve(ground, members, rng, number))
        if _Repair(draft, rng, deadline).run():
            return draft
    return None


def _aim(ground: Ground) -> int | None:
    """Number of parts to carve where it is limited."""
    assert ground.limits is not None
    lowest, most = ground.limits
    usual = (
        len(ground.of)
        if ground.bounds[0] < 1
        else max(1, ground.sizes(ground.of.tolist()) // ground.bounds[0])
    )
    return max(1, lowest, min(most, (usual + 1) // 2))


class _Repair:
    """Makes the parts of a draft admissible, and their number right."""

    def __init__(self, draft: Draft, rng: np.random.Generator, deadline: Deadline) -> None:
        self.draft, self.rng, self.deadline = draft, rng, deadline
        self.ground = draft.ground
        self.windows = Windows(draft.ground, draft, Pool(), deadline)
        self.bad = self._bad(list(draft.parts))

    def run(self) -> bool:
        """Repair; whether everything is right in the end."""
        for _ in range(10 * len(self.draft.parts) + 40):
            self.deadline.check()
            if not self.bad:
                break
            self._mend(self.bad[int(self.rng.integers(len(self.bad)))])
        return not self.bad and self._number_is_right()

    def _bad(self, numbers: list[int]) -> list[int]:
        return [n for n in numbers if not self.ground.is_admissible(self.draft.parts[n])]

    def _mend(self, number: int) -> None:
        window: list[int] = []
        for size in _SIZES:
            wider = grow(self.draft, number, size, self.rng, spread=0.9)
            if wider == window:
                continue
            window = wider
            parts = self._divided(self.draft.members(window))
            if parts is not None:
                self._swap(window, parts)
                return
        # what cannot be mended here is carved again, and may be mended with other neighbours
        self._swap(window, carve(self.ground, self.draft.members(window), self.rng))

    def _swap(self, window: list[int], parts: list[Part]) -> None:
        self.bad = [n for n in self.bad if n not in window]
        self.bad += self._bad(self.draft.swap(window, parts))

    def _divided(self, members: Part, least: int = 0, most: int | None = None) -> list[Part] | None:
        """Divide some municipalities into admissible parts, so many of which count; None if unknown."""
        of = np.array(members, dtype=np.int64)
        try:
            candidates = enumerate_candidates(self.ground.question, of, self.deadline, _LISTED)
        except TooManyCandidatesError:
            candidates = self.windows.from_trees(members, self.rng, _TREES)
        limits = None if most is None else (least, most)
        if not len(candidates) or uncovered(candidates):
            return None
        nano = score_all(self.ground.scorer, candidates)
        sides = self.ground.side(candidates, 0, limits)
        answer = solve_partition(
            candidates, nano, self.ground.engine, sides=sides, seed=self.ground.seed, deadline=self.deadline
        )
        return [candidates.members(row) for row in answer.chosen] if answer.chosen else None

    def _number_is_right(self) -> bool:
        """Bring the number of parts within its limits, one window and one part at a time."""
        if self.ground.limits is None:
            return True
        lower, upper = self.ground.limits
        for _ in range(8 * len(self.draft.parts) + 40):
            self.deadline.check()
            counted = self.draft.counted
            if lower <= counted <= upper:
                return True
            numbers = sorted(self.draft.parts)
            size = _SIZES[int(self.rng.integers(len(_SIZES)))]
            window = grow(
                self.draft, numbers[int(self.rng.integers(len(numbers)))], size, self.rng, spread=0.9
            )
            held = sum(self.ground.counted(self.draft.parts[n]) for n in window)
            span = (
                (held + 1, held + lower - counted + 0)
                if counted < lower
                else (held + upper - counted, held - 1)
            )
            parts = self._divided(self.draft.members(window), max(0, span[0]), max(0, span[1]))
            if parts is not None:
                self.draft.swap(window, parts)
        return lower <= self.draft.counted <= upper
