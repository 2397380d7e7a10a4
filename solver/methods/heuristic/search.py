"""The search: windows of growing size, the pool's best combinations, and kicks by recombination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from ....instances.common.arrays import IntArray
from ...candidates.sets import Part
from ...deadline import Deadline, TimeUpError
from ...incumbents import plan_found
from .boundary import BoundarySearch
from .construction import construct_plan
from .current_plan import CurrentPlan
from .division import TreeDivision
from .pairs import improve_pairs
from .pool import Pool
from .space import SearchSpace
from .tree_partition import partition_by_trees
from .windows import Windows, grow


@dataclass
class SearchOutcome:
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
    prices : dict of str to float
        What a unit of each bounded sum is worth where sets of the pool are combined, in points.
    """

    parts: tuple[Part, ...] | None = None
    score: int = 0
    windows: int = 0
    listed: int = 0
    finished: bool = False
    trace: list[tuple[str, int]] = field(default_factory=list)
    pool: Pool = field(default_factory=Pool)
    prices: dict[str, float] = field(default_factory=dict)


def search(
    space: SearchSpace,
    deadline: Deadline = Deadline(),
    *,
    limits: Sequence[int] | None = None,
    kicks: int | None = None,
    start: Sequence[Part] | None = None,
    reach: Literal["plan", "first", "usual", "limit"] = "usual",
) -> SearchOutcome:
    """Search a component for a good plan.

    Local search by exact windows (POPMUSIC: Taillard and Voss 2002; a few neighbouring parts, all their
    admissible sets, the partition model), in stages of growing windows, until no window can be bettered.
    Where two parts have too many sets to list, the sets are those that cuts of random spanning trees give
    (DeFord, Duchin and Solomon 2021). The most promising sets of all windows are kept, and combined again in
    windows too large to list. Then kicks: a neighbourhood is partitioned afresh and searched again, and taken
    back unless it is better. Where parts are large, municipalities move across boundaries first
    (`BoundarySearch`), which takes little time a move.

    Parameters
    ----------
    space : SearchSpace
    deadline : Deadline
    limits : sequence of int, optional
        Sets listed in a window at most, stage by stage.
    kicks : int, optional
        By default three for each part of the plan; none where the last windows hold the whole component.
    start : sequence of tuple of int, optional
        A plan of the component to begin with, in place of one that is constructed.
    reach : {'plan', 'first', 'usual', 'limit'}
        How far to go: a first plan; with moves across boundaries; all stages; or again and again until time
        is up, which needs a deadline.

    Returns
    -------
    Found
        The same for the same space, limits and kicks, unless the deadline ends it.
    """
    work = _Search(space, deadline)
    try:
        if work.begin(start, again=reach == "limit") and reach != "plan":
            work.walk()
            if reach != "first":
                work.run(limits or space.params.limits, kicks)
            if reach == "limit":
                work.go_on()
        work.outcome.finished = True
    except TimeUpError:
        work.keep()
    return work.outcome


class _Search:
    """The state of a search."""

    def __init__(self, space: SearchSpace, deadline: Deadline) -> None:
        self.space, self.deadline = space, deadline
        self.rng = np.random.default_rng([space.seed, space.region, len(space.municipalities)])
        self.outcome = SearchOutcome(pool=Pool(space.params.most_pooled))
        self.windows: Windows | None = None
        self.boundary = BoundarySearch(space, self.rng)

    def begin(self, start: Sequence[Part] | None, *, again: bool) -> bool:
        """Take or construct a first plan; whether there is one."""
        current = None if start is None else CurrentPlan.of(self.space, start)
        for _ in range(self.space.params.again if again else 1):
            if current is None:
                current = construct_plan(self.space, self.rng, self.deadline)
        if current is None:
            return False
        self.windows = Windows(self.space, current, self.outcome.pool, self.deadline)
        self.keep("first")
        return True

    def walk(self, most: int | None = None) -> None:
        """Move municipalities across boundaries until some walks in turn gained nothing."""
        assert self.windows is not None
        current, params = self.windows.current, self.space.params.boundary
        if len(current.parts) < 2 or self._members < params.members:
            return
        idle = turn = 0
        while self.boundary.guides and idle < (most or params.idle):
            self.deadline.check()
            heat = params.heats[turn % len(params.heats)]
            turn, idle = turn + 1, idle + 1
            parts = self.boundary.better(current.in_order(), heat)
            if parts is not None and self._takes(parts):
                idle = 0
                self.keep()

    @property
    def _members(self) -> float:
        """Municipalities in a part, on average."""
        assert self.windows is not None
        return len(self.space.municipalities) / max(1, len(self.windows.current.parts))

    @property
    def _is_large(self) -> bool:
        """Whether parts are so large that windows of them are left alone."""
        return self._members >= self.space.params.boundary.large and self.boundary.guides

    def _jump(self) -> None:
        """Cut a few neighbouring parts anew by trees, and walk; take it back unless the plan is better."""
        assert self.windows is not None
        current, space = self.windows.current, self.space
        before, numbers = current.copy(), sorted(current.parts)
        first = numbers[int(self.rng.integers(len(numbers)))]
        near = current.near(first)
        if not near:
            return
        some = self.rng.permutation(near)[: 1 + int(self.rng.integers(2))].tolist()
        window = sorted({first, *some})
        network, params = self.boundary.network, space.params.tight
        division = TreeDivision(network, self.rng, self.deadline, params.trees, params.trees_a_cut)
        divided = division.divide(network.nodes(current.members(window)), len(window))
        if divided is None:
            return
        parts = [network.members(nodes) for nodes in divided]
        if not all(map(space.is_admissible, parts)):
            return
        current.swap(window, parts)
        if any(current.beyond):
            current.restore(before)
            return
        self.walk(space.params.boundary.after_jump)
        if current.score <= before.score:
            current.restore(before)

    def _takes(self, parts: list[Part]) -> bool:
        """Take another plan of the component, if it keeps all and scores more."""
        assert self.windows is not None
        current, space = self.windows.current, self.space
        gained = sum(space.score(parts)) > current.score
        if not gained or not all(map(space.is_admissible, parts)) or any(space.beyond(_summed(space, parts))):
            return False
        counted = sum(map(space.counted, parts))
        if space.limits is not None and not space.limits[0] <= counted <= space.limits[1]:
            return False
        current.swap(sorted(current.parts), parts)
        return True

    def go_on(self) -> None:
        """Kick and walk again until time is up, unless the whole component was divided in the best way."""
        assert self.windows is not None
        while not self._is_seen() and len(self.windows.current.parts) > 1:
            self.walk()
            for _ in range(len(self.windows.current.parts)):
                self.deadline.check()
                if self._is_large:
                    self._jump()
                else:
                    self._kick(self.space.params.limits[-1])
                self.keep()

    def run(self, limits: Sequence[int], kicks: int | None) -> None:
        """Search by windows and kicks; see `search`."""
        assert self.windows is not None
        current = self.windows.current
        if self._is_large:  # no window of theirs can be listed
            for _ in range(self.space.params.boundary.jumps * len(current.parts) if kicks is None else kicks):
                self.deadline.check()
                self._jump()
                self.keep()
            return
        self._sweep(0, list(current.parts))
        self.keep("pairs")
        for limit in limits:
            if self._is_seen():
                return
            self._sweep(limit, list(current.parts))
            self.keep(f"windows of {limit} sets")
            self._recombine(list(current.parts))
            self.keep("pool")
        for _ in range(self.space.params.kicks * len(current.parts) if kicks is None else kicks):
            if self._is_seen():
                return
            self._kick(limits[-1])
            self.keep()
        self.keep("kicks")

    def _is_seen(self) -> bool:
        """Whether the whole component was divided in the best way."""
        assert self.windows is not None
        return self.windows.key(self.windows.current.parts) in self.windows.seen

    def keep(self, stage: str = "") -> None:
        """Keep the current plan if it is the best so far."""
        if self.windows is None:
            return
        current, outcome = self.windows.current, self.outcome
        if outcome.parts is None or current.score > outcome.score:
            parts = outcome.parts = current.in_order()
            outcome.score = current.score
            plan_found(lambda: parts, outcome.score)
        outcome.windows, outcome.listed = self.windows.solved, self.windows.listed
        if stage:
            outcome.trace.append((stage, outcome.score))

    def _sweep(self, limit: int, todo: list[int]) -> None:
        """Better windows around some parts, and around what changes, until none can be bettered."""
        assert self.windows is not None
        current = self.windows.current
        queue = dict.fromkeys(todo[k] for k in self.rng.permutation(len(todo)).tolist())
        while queue:
            number = next(iter(queue))
            del queue[number]
            if number not in current.parts:
                continue
            new = self._improve(number, limit)
            if new:
                queue.update(dict.fromkeys(new))
                queue.update(dict.fromkeys(near for n in new for near in current.near(n)))

    def _improve(self, number: int, limit: int) -> list[int]:
        assert self.windows is not None
        if not limit:
            return improve_pairs(self.windows, number, self.rng)
        return self.windows.improve(number, limit, self.rng, self.space.params.trees)

    def _recombine(self, todo: list[int]) -> None:
        """Combine sets of the pool in wide windows."""
        assert self.windows is not None
        current = self.windows.current
        left = dict.fromkeys(todo)
        while left:
            number = next(iter(left))
            del left[number]
            if number not in current.parts:
                continue
            window = grow(current, number, self.space.params.pooled, self.rng)
            self.windows.recombine(window)
            for n in window[: len(window) // 2]:
                left.pop(n, None)
        if self.space.sums:  # what one end of the component can spare, the other may use
            self.windows.recombine(sorted(current.parts))
            self.outcome.prices |= self.windows.prices

    def _kick(self, limit: int) -> None:
        """Partition a neighbourhood afresh and search it again; take it back unless the plan is better."""
        assert self.windows is not None
        current = self.windows.current
        before, numbers = current.copy(), sorted(current.parts)
        window = grow(
            current, numbers[int(self.rng.integers(len(numbers)))], self.space.params.kicked, self.rng
        )
        members = current.members(window)
        parts = partition_by_trees(self.space, members, self.rng, len(window))
        if not all(map(self.space.is_admissible, parts)):
            return
        new = current.swap(window, parts)
        numbered = self.space.limits is not None and current.counted != before.counted
        if numbered or any(current.beyond):
            current.restore(before)
            return
        self._sweep(limit, new)
        if current.score < before.score:
            current.restore(before)
        middle = current.holding(members)[0]
        self.windows.recombine(grow(current, middle, self.space.params.pooled, self.rng))


def _summed(space: SearchSpace, parts: Sequence[Part]) -> IntArray:
    return np.asarray(space.amounts(parts).sum(axis=0), dtype=np.int64)
