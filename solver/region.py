"""Answering one region: its frames, their candidates and proofs, summed up."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from ..instances.arrays import FloatArray, IntArray
from ..models.question import Question
from ..models.scorer import Scorer
from .candidates import Candidates, TooManyCandidatesError, enumerate_candidates
from .engines import Engine, EngineError
from .frames import Frame, split
from .limits import Deadline, TimeUpError
from .partition import FrameAnswer, solve_partition, uncovered
from .result import SEVERITY, Merger, RegionResult, Status

_T = TypeVar("_T")


@dataclass
class RegionSolver:
    """The work on one region."""

    question: Question
    scorer: Scorer
    region: int
    engine: Engine
    seed: int
    deadline: Deadline
    stages: dict[str, float] = field(default_factory=dict)
    mergers: list[Merger] = field(default_factory=list)
    bound: int | None = 0
    statuses: list[Status] = field(default_factory=lambda: ["optimal"])
    reasons: list[str] = field(default_factory=list)
    candidates: int = 0
    kept: int = 0

    def solve(self) -> RegionResult:
        """Answer for every frame of the region and sum up."""
        begun = time.perf_counter()
        self._add_standalone()
        for frame in split(self.question, self.region):
            self._solve_frame(frame)
        status = max(self.statuses, key=SEVERITY.index)
        has_plan = status in ("optimal", "feasible")
        mergers = tuple(sorted(self.mergers, key=lambda merger: merger.members)) if has_plan else ()
        return RegionResult(
            name=self.question.instance.regions[self.region],
            municipalities=len(self.question.instance.members(self.region)),
            status=status,
            mergers=mergers,
            score_nano=sum(merger.score_nano for merger in mergers) if has_plan else None,
            bound_nano=None if status == "infeasible" else self.bound,
            seconds=time.perf_counter() - begun,
            candidates=self.candidates,
            kept=self.kept,
            reason="; ".join(self.reasons),
            stages=self.stages,
        )

    def _add_standalone(self) -> None:
        """Municipalities that stand alone by rule are mergers of one."""
        of = self.question.instance.members(self.region)
        alone = of[np.isin(of, list(self.question.standalone))]
        rules = [self.question.standalone[i] for i in alone.tolist()]
        self._take(self._mergers(np.eye(len(alone)), alone, rules))

    def _take(self, mergers: list[Merger], bound: int | None = None) -> None:
        self.mergers += mergers
        if self.bound is not None:
            self.bound += sum(m.score_nano for m in mergers) if bound is None else bound

    def _mergers(self, members: FloatArray, of: IntArray, rules: Sequence[str]) -> list[Merger]:
        """Score sets of municipalities and make mergers of them."""
        if not len(members):
            return []
        scores = self.scorer.score(members, of)
        seats = self.scorer.seats(members, of)
        return [
            Merger(
                members=tuple(of[row > 0].tolist()),
                seat=int(seats[k]),
                standalone=rules[k],
                values=tuple(scores.values[k].tolist()),
                score_nano=int(scores.nano[k]),
            )
            for k, row in enumerate(members)
        ]

    def _solve_frame(self, frame: Frame) -> None:
        """Candidates, scores, partition model; note status, plan and bound."""
        try:
            candidates = self._timed(
                "candidates", lambda: enumerate_candidates(self.question, frame.of, self.deadline)
            )
            nano = self._timed("score", lambda: score_all(self.scorer, candidates))
            self.deadline.check()
        except TimeUpError:
            self._fail("no plan within limit", "the time limit passed before all candidates were listed")
            return
        except TooManyCandidatesError:
            self._fail("no plan within limit", "there are too many candidates to list; narrow the bounds")
            return
        self.candidates += len(candidates)
        try:
            answer = solve_partition(candidates, nano, self.engine, seed=self.seed, deadline=self.deadline)
        except EngineError as error:
            self._fail("no plan within limit", str(error))
            return
        self._note(frame, candidates, answer)

    def _note(self, frame: Frame, candidates: Candidates, answer: FrameAnswer) -> None:
        for stage, seconds in answer.stages.items():
            self.stages[stage] = self.stages.get(stage, 0.0) + seconds
        self.kept += answer.kept
        if answer.status == "infeasible":
            self._fail("infeasible", self._why(frame, candidates))
        elif answer.status == "no plan within limit":
            self._fail("no plan within limit", "the time limit passed before a plan was found", answer.bound)
        else:
            self.statuses.append("optimal" if answer.status == "optimal" else "feasible")
            chosen = candidates.dense(np.array(answer.chosen, dtype=np.int64))
            self._take(self._mergers(chosen, frame.of, [""] * len(chosen)), answer.bound)

    def _timed(self, stage: str, work: Callable[[], _T]) -> _T:
        begun = time.perf_counter()
        result = work()
        self.stages[stage] = self.stages.get(stage, 0.0) + time.perf_counter() - begun
        return result

    def _fail(self, status: Status, reason: str, bound: int | None = None) -> None:
        self.statuses.append(status)
        self.reasons.append(reason)
        self.bound = None if bound is None or self.bound is None else self.bound + bound

    def _why(self, frame: Frame, candidates: Candidates) -> str:
        """Say in words why a frame has no plan."""
        instance = self.question.instance
        bounds = self.question.scenario.population
        lost = uncovered(candidates)
        if lost:
            names = ", ".join(instance.label(i) for i in lost[:5]) + (" and others" if len(lost) > 5 else "")
            return f"no connected merger of {bounds.min:,} to {bounds.max:,} inhabitants can hold {names}"
        inhabitants = int(instance.population[frame.of].sum())
        return (
            f"{len(frame.of)} municipalities with {inhabitants:,} inhabitants cannot be divided into "
            f"connected mergers of {bounds.min:,} to {bounds.max:,} inhabitants under these locks"
        )


def score_all(scorer: Scorer, candidates: Candidates) -> IntArray:
    """Score every candidate, a slice at a time; nano-points, shape (k,)."""
    nano = [scorer.score(candidates.dense(rows), candidates.of).nano for rows in candidates.chunks()]
    return np.concatenate(nano) if nano else np.zeros(0, dtype=np.int64)
