"""The partition model of one frame: relaxation, fixing by reduced cost, integer programme, proof."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

from ..instances.arrays import IntArray
from ..models.formulations.partition import partition_programme
from ..models.programme import with_row
from .candidates import Candidates
from .engines import Answer, Engine, engine
from .limits import Deadline, TimeUpError
from .relaxation import Relaxation, relax
from .search import ExactCover, SearchLimitError

_FIRST = 300  # candidates that the first integer programme may choose from, at least
# by which the allowed slack grows when they hold no partition; 8 made the second programme of one region
# twenty times as large as needed, and a thousand times as slow
_WIDER = 2
_SEARCHABLE = 6_000  # candidates up to which the exact search is tried before CP-SAT


@dataclass
class FrameAnswer:
    """What is known of a frame.

    Attributes
    ----------
    status : str
        'optimal', 'feasible', 'infeasible' or 'no plan within limit'.
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
    """

    status: str
    chosen: tuple[int, ...] = ()
    score: int | None = None
    bound: int | None = None
    kept: int = 0
    proof: str = ""
    stages: dict[str, float] = field(default_factory=dict)


def solve_partition(
    candidates: Candidates, nano: IntArray, by: Engine, *, seed: int = 0, deadline: Deadline = Deadline()
) -> FrameAnswer:
    """Find the partition with the highest score and prove that none scores more.

    With the whole-number duals y of the relaxation, a partition scores ``sum(y)`` less the slack of its
    mergers. So a plan of score s proves that no candidate with more slack than ``sum(y) - s`` is in a better
    one (reduced-cost fixing). The integer programme is given only candidates with little slack, more of them
    until its answer proves that those left out do not matter. A search in whole numbers over the candidates
    that then remain closes the proof, whatever the tolerance of the engine, and chooses among equal plans by
    rule.

    Parameters
    ----------
    candidates : Candidates
    nano : ndarray of int64, shape (k,)
        Score of each candidate.
    by : Engine
        Solves the integer programmes.
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
    if uncovered(candidates):
        return FrameAnswer("infeasible", proof="relaxation", stages={"relaxation": 0.0})
    relaxed = relax(candidates, nano, deadline)
    stages = {"relaxation": time.perf_counter() - begun}
    if not relaxed.feasible:
        return FrameAnswer("infeasible", proof="relaxation", stages=stages)
    answer = _Fixing(candidates, nano, relaxed, by, seed, deadline).run()
    answer.stages = stages | {"integer": time.perf_counter() - begun - stages["relaxation"]}
    return answer


def uncovered(candidates: Candidates) -> list[int]:
    """Municipalities (instance indices) that are in no candidate."""
    covered = np.bitwise_or.reduce(candidates.words, axis=0, initial=0)
    bits = np.unpackbits(covered.view(np.uint8), bitorder="little", count=len(candidates.of))
    return [int(i) for i in candidates.of[bits == 0]]


@dataclass
class _Fixing:
    """Integer programmes over growing sets of candidates with little slack."""

    candidates: Candidates
    nano: IntArray
    relaxed: Relaxation
    engine: Engine
    seed: int
    deadline: Deadline
    incumbent: tuple[int, ...] = ()

    def run(self) -> FrameAnswer:
        """Widen until the best plan found needs no candidate that was left out; then close the proof."""
        slack = self.relaxed.slack
        allowed = int(np.partition(slack, min(_FIRST, len(slack) - 1))[min(_FIRST, len(slack) - 1)])
        while not self.deadline.passed:
            kept = np.flatnonzero(slack <= allowed)
            answer = self._solve(kept, self.engine)
            if answer.x is not None:
                self._offer(kept[answer.x > 0.5])
            if answer.status not in ("optimal", "infeasible"):
                break
            if self.incumbent and self._spent() <= allowed:
                return self._close()
            if len(kept) == len(slack) and not self.incumbent:
                return self._nothing(kept)
            allowed = self._spent() if self.incumbent else _WIDER * allowed + 1
        return self._unfinished()

    def _solve(self, kept: IntArray, by: Engine) -> Answer:
        programme = partition_programme(
            self.candidates.dense(kept), self.relaxed.slack[kept].astype(np.float64)
        )
        return by.solve(programme, seconds=self.deadline.remaining, seed=self.seed)

    def _offer(self, chosen: IntArray) -> None:
        """Take a partition as the incumbent if it is better."""
        if not self.incumbent or int(self.relaxed.slack[chosen].sum()) < self._spent():
            self.incumbent = tuple(chosen.tolist())

    def _spent(self) -> int:
        """Slack of the incumbent: what its score lacks to the bound."""
        return int(self.relaxed.slack[list(self.incumbent)].sum())

    def _close(self) -> FrameAnswer:
        """Prove the incumbent or better it, and choose among equals, in whole numbers."""
        kept = np.flatnonzero(self.relaxed.slack <= self._spent())
        try:
            return self._answer("optimal", self._search(kept), len(kept), "search")
        except SearchLimitError:
            best = self._exact(kept)
        except TimeUpError:
            best = None
        return self._unfinished() if best is None else self._answer("optimal", best, len(kept), "cpsat")

    def _search(self, kept: IntArray) -> IntArray:
        if len(kept) > _SEARCHABLE:
            raise SearchLimitError
        members = [tuple(np.flatnonzero(row).tolist()) for row in self.candidates.dense(kept)]
        cover = ExactCover(
            len(self.candidates.of), members, self.relaxed.slack[kept].tolist(), deadline=self.deadline
        )
        found = cover.best(self._spent())
        assert found is not None, "the incumbent itself is within its slack"
        return kept[list(found[1])]

    def _exact(self, kept: IntArray) -> IntArray | None:
        """Do the same with CP-SAT: the least slack, then the first in order, merger by merger."""
        exact = engine("cpsat")
        answer = self._solve(kept, exact)
        if answer.status != "optimal" or answer.x is None:
            return None
        self._offer(kept[answer.x > 0.5])
        slack, spent = self.relaxed.slack, self._spent()
        return first_in_order(self.candidates, slack, kept, spent, by=exact, deadline=self.deadline)

    def _answer(self, status: str, chosen: IntArray, kept: int, proof: str = "") -> FrameAnswer:
        score = int(self.nano[chosen].sum())
        bound = score if status == "optimal" else self.relaxed.bound
        return FrameAnswer(status, tuple(chosen.tolist()), score, bound, kept, proof)

    def _nothing(self, kept: IntArray) -> FrameAnswer:
        """All candidates together hold no partition, says the engine; CP-SAT makes it certain."""
        answer = self._solve(kept, engine("cpsat"))
        if answer.status == "infeasible":
            return FrameAnswer("infeasible", kept=len(kept), proof="cpsat")
        if answer.x is not None:
            self._offer(kept[answer.x > 0.5])
            return self._close()
        return self._unfinished()

    def _unfinished(self) -> FrameAnswer:
        if self.incumbent:
            return self._answer("feasible", np.array(self.incumbent, dtype=np.int64), len(self.nano))
        return FrameAnswer("no plan within limit", bound=self.relaxed.bound, kept=len(self.nano))


def first_in_order(
    candidates: Candidates, slack: IntArray, kept: IntArray, spent: int, *, by: Engine, deadline: Deadline
) -> IntArray | None:
    """Find the lexicographically smallest partition whose slack is at most `spent`, merger by merger.

    Used where the exact search would take too many branches; one integer programme a merger.

    Returns
    -------
    ndarray of int64 or None
        Candidates by index; None when time runs out.
    """
    members = {j: candidates.members(j) for j in kept.tolist()}
    left = sorted(members, key=members.__getitem__)
    open_rows = np.ones(len(candidates.of), dtype=np.bool_)
    chosen: list[int] = []
    while open_rows.any():
        first = int(candidates.of[open_rows.argmax()])
        # only who holds the first open municipality has a rank, so that the least rank decides
        rank = np.cumsum([members[j][0] == first for j in left]) * [members[j][0] == first for j in left]
        programme = with_row(
            partition_programme(candidates.dense(np.array(left))[:, open_rows], rank.astype(np.float64)),
            slack[left].astype(np.float64),
            spent - int(slack[chosen].sum()),
        )
        answer = by.solve(programme, seconds=deadline.remaining)
        if answer.status != "optimal" or answer.x is None:
            return None
        chosen.append(next(j for j, x, r in zip(left, answer.x, rank, strict=True) if x > 0.5 and r))
        taken = set(members[chosen[-1]])
        open_rows &= ~np.isin(candidates.of, list(taken))
        left = [j for j in left if not taken & set(members[j])]
    return np.array(chosen, dtype=np.int64)
