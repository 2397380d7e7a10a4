"""The search: windows of growing size, the pool's best combinations, and kicks by recombination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ...deadline import Deadline, TimeUpError
from .first import first_plan
from .ground import Ground, Part
from .pool import Pool
from .small import improve_pairs
from .tree_partition import carve
from .windows import Windows, grow

_LIMITS = (1_000, 4_000, 16_000)  # sets listed in a window, stage by stage
_POOLED = 110  # municipalities in a window that is divided with sets of the pool
_TREES = 30  # drawn where two parts have too many sets to list
_KICKS = 3  # for each part of the plan
_KICKED = 50  # municipalities that are carved afresh


@dataclass
class Found:
    """What a search came to.

    Attributes
    ----------
    parts : tuple of tuple of int
        The best plan, by first member; None when none was found.
    score : int
        In nano-points.
    windows, listed : int
        Windows divided, and sets looked at in them.
    finished : bool
        False when the time limit ended it.
    trace : list of (str, int)
        Score after each stage.
    pool : Pool
        Promising sets that the windows held.
    """

    parts: tuple[Part, ...] | None = None
    score: int = 0
    windows: int = 0
    listed: int = 0
    finished: bool = False
    trace: list[tuple[str, int]] = field(default_factory=list)
    pool: Pool = field(default_factory=Pool)


def search(
    ground: Ground,
    deadline: Deadline = Deadline(),
    *,
    limits: Sequence[int] | None = None,
    kicks: int | None = None,
) -> Found:
    """Search a frame for a good plan.

    Local search by exact windows (POPMUSIC: Taillard and Voss 2002; a few neighbouring parts, all their
    admissible sets, the partition model), in stages of growing windows, until no window can be bettered.
    Where two parts have too many sets to list, the sets are those that cuts of random spanning trees give
    (DeFord, Duchin and Solomon 2021). The most promising sets of all windows are kept, and combined again in
    windows too large to list. Then kicks: a neighbourhood is carved afresh and searched again, and taken
    back unless it is better.

    Parameters
    ----------
    ground : Ground
    deadline : Deadline
    limits : sequence of int, optional
        Sets listed in a window at most, stage by stage.
    kicks : int, optional
        By default three for each part of the plan; none where the last windows hold the whole frame.

    Returns
    -------
    Found
        The same for the same ground, limits and kicks, unless the deadline ends it.
    """
    work = _Search(ground, deadline)
    try:
        work.run(limits or _LIMITS, kicks)
        work.found.finished = True
    except TimeUpError:
        work.keep()
    return work.found


class _Search:
    """The state of a search."""

    def __init__(self, ground: Ground, deadline: Deadline) -> None:
        self.ground, self.deadline = ground, deadline
        self.rng = np.random.default_rng([ground.seed, ground.region, len(ground.of)])
        self.found = Found()
        self.windows: Windows | None = None

    def run(self, limits: Sequence[int], kicks: int | None) -> None:
        """Search; see `search`."""
        draft = first_plan(self.ground, self.rng, self.deadline)
        if draft is None:
            return
        self.windows = Windows(self.ground, draft, self.found.pool, self.deadline)
        self.keep("first")
        self._sweep(0, list(draft.parts))
        self.keep("pairs")
        for limit in limits:
            if self._is_seen():
                return
            self._sweep(limit, list(draft.parts))
            self.keep(f"windows of {limit} sets")
            self._recombine(list(draft.parts))
            self.keep("pool")
        for _ in range(_KICKS * len(draft.parts) if kicks is None else kicks):
            if self._is_seen():
                return
            self._kick(limits[-1])
            self.keep()
        self.keep("kicks")

    def _is_seen(self) -> bool:
        """Whether the whole frame was divided in the best way."""
        assert self.windows is not None
        everybody = tuple(self.ground.of.tolist()), self.windows.draft.counted
        return everybody in self.windows.seen

    def keep(self, stage: str = "") -> None:
        """Keep the draft if it is the best so far."""
        if self.windows is None:
            return
        draft, found = self.windows.draft, self.found
        if found.parts is None or draft.score > found.score:
            found.parts, found.score = draft.in_order(), draft.score
        found.windows, found.listed = self.windows.solved, self.windows.listed
        if stage:
            found.trace.append((stage, found.score))

    def _sweep(self, limit: int, todo: list[int]) -> None:
        """Better windows around some parts, and around what changes, until none can be bettered."""
        assert self.windows is not None
        draft = self.windows.draft
        queue = dict.fromkeys(todo[k] for k in self.rng.permutation(len(todo)).tolist())
        while queue:
            number = next(iter(queue))
            del queue[number]
            if number not in draft.parts:
                continue
            new = self._improve(number, limit)
            if new:
                queue.update(dict.fromkeys(new))
                queue.update(dict.fromkeys(near for n in new for near in draft.near(n)))

    def _improve(self, number: int, limit: int) -> list[int]:
        assert self.windows is not None
        if not limit:
            return improve_pairs(self.windows, number, self.rng)
        return self.windows.improve(number, limit, self.rng, _TREES)

    def _recombine(self, todo: list[int]) -> None:
        """Combine sets of the pool in wide windows."""
        assert self.windows is not None
        draft = self.windows.draft
        left = dict.fromkeys(todo)
        while left:
            number = next(iter(left))
            del left[number]
            if number not in draft.parts:
                continue
            window = grow(draft, number, _POOLED, self.rng)
            self.windows.recombine(window)
            for n in window[: len(window) // 2]:
                left.pop(n, None)

    def _kick(self, limit: int) -> None:
        """Carve a neighbourhood afresh and search it again; take it back unless the plan is better."""
        assert self.windows is not None
        draft = self.windows.draft
        before, numbers = draft.copy(), sorted(draft.parts)
        window = grow(draft, numbers[int(self.rng.integers(len(numbers)))], _KICKED, self.rng)
        members = draft.members(window)
        parts = carve(self.ground, members, self.rng, len(window))
        if not all(map(self.ground.is_admissible, parts)):
            return
        new = draft.swap(window, parts)
        if self.ground.limits is not None and draft.counted != before.counted:
            draft.restore(before)
            return
        self._sweep(limit, new)
        if draft.score < before.score:
            draft.restore(before)
        middle = draft.holding(members)[0]
        self.windows.recombine(grow(draft, middle, _POOLED, self.rng))
