"""The partition model of one frame: relaxation, fixing by reduced cost, integer programme, proof."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ...instances.common.activity import doing
from ...instances.common.arrays import BoolArray, IntArray
from ...models.programmes.programme import Programme
from ...models.programmes.set_partition import SideConstraint, partition_programme
from ..candidates.sets import Candidates
from ..deadline import Deadline, TimeUpError
from ..engines import Answer, Engine, engine
from ..results.status import Status, status_of
from .cpsat_proof import Closing
from .exact_cover import ExactCover, SearchLimitError
from .relaxation import Relaxation, relax
from .subset_rows import strengthen

_FIRST = 300  # candidates that the first integer programme may choose from, at least
# by which the allowed slack grows when they hold no partition; 8 made the second programme of one region
# twenty times as large as needed, and a thousand times as slow
_WIDER = 2
_MANY = 1_500  # candidates that could be in a better plan above which cuts are worth their while
_AT_ONCE = 1_000  # scores that are worked out together, beside those in the solution of the relaxation
_BASIC = 1_000  # nano-points of slack up to which a candidate counts as part of that solution
_NEVER = np.iinfo(np.int64).max
_SEARCHABLE = 6_000  # candidates up to which the exact search is tried before CP-SAT


IMPOSSIBLE = -(1 << 60)
"""Score of a candidate that may not be chosen: below any sum of scores that a `Scorer` gives."""

Worth = Callable[[IntArray], IntArray]
"""Gives the scores of candidates, by index."""


@dataclass
class Scores:
    """Scores of candidates in nano-points, some of them only bounded from above until they are worked out."""

    nano: IntArray
    worth: Worth | None = None
    exact: BoolArray = field(init=False)

    def __post_init__(self) -> None:
        self.exact = np.full(len(self.nano), self.worth is None)

    @property
    def all_exact(self) -> bool:
        """Whether nothing is left to work out."""
        return bool(self.exact.all())

    def work_out(self, rows: IntArray) -> None:
        """Make the scores of some candidates exact."""
        rows = rows[~self.exact[rows]]
        if self.worth is not None and len(rows):
            self.nano[rows] = self.worth(rows)
            self.exact[rows] = True


@dataclass
class FrameAnswer:
    """What is known of a frame.

    Attributes
    ----------
    chosen : tuple of int
        Candidates of the plan, by index; empty without a plan.
    score, bound : int or None
        In nano-points.
    kept : int
        Candidates that could still be in an optimum when the proof was closed.
    proof : str
        What closed the proof: 'relaxation', 'search' or 'cpsat'.
    stages : dict of str to float
        Seconds by stage.
    infeasible : bool
        Whether it is proved that there is no plan.
    """

    chosen: tuple[int, ...] = ()
    score: int | None = None
    bound: int | None = None
    kept: int = 0
    proof: str = ""
    stages: dict[str, float] = field(default_factory=dict)
    infeasible: bool = False

    @property
    def status(self) -> Status:
        """What follows from score and bound, and from the proof that there is no plan."""
        return status_of(self.score, self.bound, infeasible=self.infeasible)


@doing("proving the optimum")
def solve_partition(
    candidates: Candidates,
    nano: IntArray,
    by: Engine,
    *,
    sides: Sequence[SideConstraint] = (),
    worth: Worth | None = None,
    seed: int = 0,
    deadline: Deadline = Deadline(),
) -> FrameAnswer:
    """Find the partition with the highest score and prove that none scores more.

    With the whole-number duals y of the relaxation, a partition scores ``sum(y)`` less the slack of its
    mergers (side rows add what they bind; see `Relaxation`). So a plan of score s proves that no candidate
    with more slack than ``sum(y) - s`` is in a better one (reduced-cost fixing). The integer programme is
    given only candidates with little slack, more of them until its answer proves that those left out do not
    matter. A search in whole numbers over the candidates that then remain closes the proof, whatever the
    tolerance of the engine, and chooses among equal plans by rule.

    Parameters
    ----------
    candidates : Candidates
    nano : ndarray of int64, shape (k,)
        Score of each candidate.
    by : Engine
        Solves the integer programmes.
    sides : sequence of SideConstraint
        Bounds on sums over the candidates chosen.
    worth : callable, optional
        Where `nano` only bounds the scores from above: gives the scores of some candidates, by index. A score
        of `IMPOSSIBLE` or less means that a candidate may not be chosen. Asked for candidates that matter
        only.
    seed : int
    deadline : Deadline

    Returns
    -------
    FrameAnswer
        The plan is the lexicographically smallest among those of the highest score: the merger of the first
        municipality comes first, as a sorted tuple, then that of the next one not in it.

    Raises
    ------
    EngineError
        The engine broke down.
    """
    begun = time.perf_counter()
    if uncovered(candidates) or any(side.upper < max(0, side.lower) for side in sides):
        return FrameAnswer(infeasible=True, proof="relaxation", stages={"relaxation": 0.0})
    if len(candidates) == 1 and not sides and worth is None:
        score = int(nano[0])
        return FrameAnswer((0,), score, score, kept=1)
    scores = Scores(nano.copy(), worth)
    try:
        relaxed = _relax_exactly(candidates, scores, sides, deadline)
    except TimeUpError:
        return FrameAnswer(stages={"relaxation": time.perf_counter() - begun})
    stages = {"relaxation": time.perf_counter() - begun}
    if not relaxed.feasible:
        return FrameAnswer(infeasible=True, proof="relaxation", stages=stages)
    answer = _Fixing(candidates, scores, tuple(sides), relaxed, by, seed, deadline).run()
    answer.stages = stages | {"integer": time.perf_counter() - begun - stages["relaxation"]}
    return answer


def _relax_exactly(
    candidates: Candidates, scores: Scores, sides: Sequence[SideConstraint], deadline: Deadline
) -> Relaxation:
    """Solve the relaxation until the scores of all candidates in its solution are exact."""
    while True:
        relaxed = _relax_possible(candidates, scores.nano, sides, deadline)
        if scores.all_exact or not relaxed.feasible:
            return relaxed
        rank = np.where(scores.exact, _NEVER, relaxed.slack)
        if deadline.passed or int(rank.min()) > _BASIC:
            return relaxed
        some = min(_AT_ONCE, len(rank) - 1)
        scores.work_out(np.flatnonzero(rank <= np.partition(rank, some)[some]))


def uncovered(candidates: Candidates) -> list[int]:
    """Municipalities (instance indices) that are in no candidate."""
    covered = np.bitwise_or.reduce(candidates.words, axis=0, initial=0)
    bits = np.unpackbits(covered.view(np.uint8), bitorder="little", count=len(candidates.municipalities))
    return [int(i) for i in candidates.municipalities[bits == 0]]


def _relax_possible(
    candidates: Candidates, nano: IntArray, sides: Sequence[SideConstraint], deadline: Deadline
) -> Relaxation:
    """Solve the relaxation over the candidates that may be chosen; others get more slack than any plan."""
    may = nano > IMPOSSIBLE
    if may.all():
        return relax(candidates, nano, deadline, sides)
    relaxed = relax(candidates.take(may), nano[may], deadline, [side.take(may) for side in sides])
    slack = np.full(len(nano), -IMPOSSIBLE, dtype=np.int64)
    slack[may] = relaxed.slack
    return replace(relaxed, slack=slack)


@dataclass
class _Fixing:
    """Integer programmes over growing sets of candidates with little slack."""

    candidates: Candidates
    scores: Scores
    sides: tuple[SideConstraint, ...]
    relaxed: Relaxation
    engine: Engine
    seed: int
    deadline: Deadline
    incumbent: tuple[int, ...] = ()
    strengthened: bool = False

    def __post_init__(self) -> None:
        self._bounded = self.scores.nano.copy()

    def run(self) -> FrameAnswer:
        """Widen until the best plan found needs no candidate that was left out; then close the proof."""
        slack = self.slack
        allowed = int(np.partition(slack, min(_FIRST, len(slack) - 1))[min(_FIRST, len(slack) - 1)])
        while not self.deadline.passed:
            kept = self._within(allowed)
            answer = self._solve(kept)
            if answer.x is not None:
                self._offer(kept[answer.x > 0.5])
            if answer.status not in ("optimal", "infeasible"):
                break
            if self.incumbent and self._spent() <= allowed:
                return self._close()
            if self.incumbent and not self.strengthened and self._open() > _MANY:
                return self._strengthened()
            if allowed >= self._widest and not self.incumbent:
                return self._nothing(kept)
            allowed = self._spent() if self.incumbent else _WIDER * allowed + 1
        return self._unfinished()

    @property
    def slack(self) -> IntArray:
        """What the duals of a candidate leave over its score; it grows where a score was only bounded."""
        return self.relaxed.slack + (self._bounded - self.scores.nano)

    @cached_property
    def _widest(self) -> int:
        """Slack beyond which nothing is left to find."""
        return int(self.slack[self.scores.nano > IMPOSSIBLE].max(initial=0))

    def _within(self, allowed: int) -> IntArray:
        """Candidates with no more slack than allowed, once their scores are exact."""
        rows = np.flatnonzero(self.slack <= allowed)
        self.scores.work_out(rows)
        return rows[(self.slack[rows] <= allowed) & (self.scores.nano[rows] > IMPOSSIBLE)]

    def _solve(self, kept: IntArray) -> Answer:
        return self.engine.solve(self._programme(kept), seconds=self.deadline.remaining, seed=self.seed)

    def _programme(self, kept: IntArray) -> Programme:
        cost = self._cost[kept].astype(np.float64)
        return partition_programme(self.candidates.dense(kept), cost, self._sides(kept))

    @property
    def _cost(self) -> IntArray:
        """What choosing a candidate adds to what a plan lacks to the bound, up to a constant."""
        cost = self.slack
        for side, price in zip(self.sides, self.relaxed.prices, strict=True):
            cost -= price * side.coefficients.astype(np.int64)
        return cost

    def _sides(self, kept: IntArray) -> list[SideConstraint]:
        return [side.take(kept) for side in self.sides]

    def _offer(self, chosen: IntArray) -> None:
        """Take a partition as the incumbent if it is better."""
        if not self.incumbent or self._lacks(chosen) < self._spent():
            self.incumbent = tuple(chosen.tolist())

    def _spent(self) -> int:
        """What the score of the incumbent lacks to the bound; none of its mergers has more slack."""
        return self._lacks(np.array(self.incumbent, dtype=np.int64))

    def _lacks(self, chosen: IntArray) -> int:
        return self.relaxed.bound - int(self.scores.nano[chosen].sum())

    def _open(self) -> int:
        """Number of candidates that could be in a better plan, as far as is known."""
        return int((self.slack <= self._spent()).sum())

    def _strengthened(self) -> FrameAnswer:
        """Go on with the candidates that could be in a better plan, and cuts in the relaxation."""
        kept = self._within(self._spent())
        some, nano = self.candidates.take(kept), self.scores.nano[kept]
        reached = self.relaxed.bound - self._spent()
        relaxed, rows = strengthen(some, nano, self._sides(kept), reached, self.deadline)
        sides = (*self._sides(kept), *rows)
        rest = _Fixing(some, Scores(nano), sides, relaxed, self.engine, self.seed, self.deadline)
        rest.strengthened = True
        rest.incumbent = tuple(np.searchsorted(kept, self.incumbent).tolist())
        answer = rest.run()
        return replace(answer, chosen=tuple(kept[list(answer.chosen)].tolist()))

    def _close(self) -> FrameAnswer:
        """Prove the incumbent or better it, and choose among equals, in whole numbers."""
        kept = self._within(self._spent())
        try:
            return self._proved(self._search(kept), len(kept), "search")
        except SearchLimitError:
            best = self._exact(kept)
        except TimeUpError:
            best = None
        return self._unfinished() if best is None else self._proved(best, len(kept), "cpsat")

    def _search(self, kept: IntArray) -> IntArray:
        if len(kept) > _SEARCHABLE:
            raise SearchLimitError
        members = [tuple(np.flatnonzero(row).tolist()) for row in self.candidates.dense(kept)]
        cover = ExactCover(
            len(self.candidates.municipalities),
            members,
            self.slack[kept].tolist(),
            self._sides(kept),
            self.relaxed.prices,
            deadline=self.deadline,
        )
        found = cover.best(self._spent())
        assert found is not None, "the incumbent itself is within its slack"
        return kept[list(found[1])]

    def _exact(self, kept: IntArray) -> IntArray | None:
        """Do the same with CP-SAT: the least slack, then the first in order, merger by merger."""
        closing = Closing(
            self.candidates,
            self.slack,
            kept,
            self.sides,
            self.relaxed.prices,
            self._spent(),
            self.deadline,
        )
        best = closing.least(self.seed)
        if best is None:
            return None
        self._offer(best)
        return replace(closing, budget=self._spent()).first_in_order()

    def _proved(self, chosen: IntArray, kept: int, proof: str) -> FrameAnswer:
        """Give a plan of which it is proved that none scores more."""
        score = int(self.scores.nano[chosen].sum())
        return FrameAnswer(tuple(chosen.tolist()), score, score, kept, proof)

    def _nothing(self, kept: IntArray) -> FrameAnswer:
        """All candidates together hold no partition, says the engine; CP-SAT makes it certain."""
        programme = replace(self._programme(kept), cost=np.zeros(len(kept)))
        answer = engine("cpsat").solve(programme, seconds=self.deadline.remaining, seed=self.seed)
        if answer.status == "infeasible":
            return FrameAnswer(infeasible=True, kept=len(kept), proof="cpsat")
        if answer.x is not None:
            self._offer(kept[answer.x > 0.5])
            return self._close()
        return self._unfinished()

    def _unfinished(self) -> FrameAnswer:
        if not self.incumbent:
            return FrameAnswer(bound=self.relaxed.bound, kept=len(self.scores.nano))
        score = int(self.scores.nano[list(self.incumbent)].sum())
        return FrameAnswer(self.incumbent, score, self.relaxed.bound, len(self.scores.nano))
