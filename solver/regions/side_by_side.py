"""Regions answered side by side: in threads of this process, or on a cluster."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from ...instances.instance import Instance
from ...models.scoring.model import Model
from ..deadline import Deadline
from ..engines import Engine
from ..executing.executor import Executor
from ..incumbents import Live
from ..memory import budget
from ..methods.contract import Method
from ..methods.inner import InnerMergers
from ..partition.answer import lower
from ..progress import Progress, Step
from ..results.region_result import RegionResult
from .elsewhere import DECIDING, Asked, answered_elsewhere
from .region import RegionSolver
from .together import Block, divided


class Keeper:
    """What may be taken over from earlier answers for the same instance: by itself nothing."""

    def methods(self, methods: Sequence[Method]) -> Sequence[Method]:
        """Give the methods that answer components in place of others."""
        return methods

    def inner(self, model: Model, region: int, deadline: Deadline) -> InnerMergers:
        """Make what finds the mergers inside zones."""
        return InnerMergers(model, region, deadline)

    def recall(self, solver: RegionSolver) -> RegionResult | None:
        """Give the answer for a region whose question was answered before; None where it is not known."""

    def keep(self, solver: RegionSolver, result: RegionResult) -> None:
        """Take note of an answer."""


@dataclass
class SideBySide:
    """The work on all regions.

    Attributes
    ----------
    instance : Instance
    methods : sequence of Method
    engine : Engine
    seed : int
    deadline : Deadline
    workers : int
        Regions worked on at a time in this process.
    formulation : str
    memory : float or None
        Bytes that a process may take for lists and graphs.
    decided : bool
        Whether each part of a plan that is proved is priced too.
    live : callable, optional
    keeper : Keeper
    executor : Executor, optional
        What answers in place of this process.
    """

    instance: Instance
    methods: Sequence[Method]
    engine: Engine
    seed: int
    deadline: Deadline
    workers: int
    formulation: str
    memory: float | None
    decided: bool
    live: Live | None
    keeper: Keeper
    executor: Executor | None
    _tell: Progress = field(default=lambda step: None)
    _total: int = 0
    _done: dict[Block, RegionResult] = field(default_factory=dict)
    _waiting: set[Block] = field(default_factory=set)
    _solvers: dict[Block, RegionSolver] = field(default_factory=dict)

    def of(self, blocks: Sequence[Block], tell: Progress) -> dict[Block, RegionResult]:
        """Answer blocks, and tell of each region that is done."""
        begun, deadline, done = time.perf_counter(), self.deadline, self._done
        self._tell, self._total = tell, sum(len(block.regions) for block in blocks)
        self._waiting.update(blocks)
        # several workers: large regions first, so that none is left alone with one at the end; one: small
        # regions first, which are told at once and leave the others what they do not need of their share
        sign = -1 if self.workers > 1 or self.executor is not None else 1
        order = sorted(blocks, key=lambda one: sign * len(one.levels[-1].question.free_members(one.region)))
        memory = budget().within(self.memory).among(min(self.workers, len(blocks)))
        with ThreadPoolExecutor(max_workers=self.workers, initializer=memory.begin) as pool:
            self._answer(order, pool)
            # a share of the time was too little for these, but others have left some
            again = [block for block in order if done[block].status in ("feasible", "no plan within limit")]
            if deadline.at is not None and not deadline.passed and len(blocks) > self.workers:
                self._waiting.update(again)
                self._answer(again, pool)
            at_most = deadline.at_most(max(DECIDING, time.perf_counter() - begun))
            wanted = [block for block in order if block in self._solvers]
            list(pool.map(lambda block: self._decide(block, at_most), wanted))
        return done

    def _answer(self, blocks: Sequence[Block], pool: ThreadPoolExecutor) -> None:
        if self.executor is None:
            list(pool.map(self._run, blocks))
            return
        engine, solvers = self.engine.name, {place: self._asking(block) for place, block in enumerate(blocks)}
        asked = Asked(tuple(blocks), self.formulation, engine, self.seed, self.memory, self.decided)
        for place, result in answered_elsewhere(self.executor, asked, solvers, self.deadline, self.live):
            self._note(blocks[place], solvers[place], result)

    def _asking(self, block: Block) -> RegionSolver:
        # what is known of regions that are answered together is a plan of all of them, and told at the end
        told = self.live if len(block.regions) == 1 else None
        return RegionSolver(
            block.levels,
            block.region,
            self.methods,
            self.engine,
            self.seed,
            self.deadline,
            self._share,
            told,
            self.keeper.inner,
        )

    def _share(self) -> float:
        return min(1.0, self.workers / max(1, len(self._waiting)))

    def _run(self, block: Block) -> None:
        solver = self._asking(block)
        result = None if block in self._done else self.keeper.recall(solver)
        if result is None:
            result = solver.solve()
            self.keeper.keep(solver, result)
        self._note(block, solver, result)

    def _note(self, block: Block, solver: RegionSolver, result: RegionResult) -> None:
        done = self._done
        if self.decided and result.status == "optimal":
            self._solvers[block] = solver
        self._waiting.discard(block)
        if block not in done:
            before = sum(len(other.regions) for other in done)
            for place, one in enumerate(divided(self.instance, block.regions, result), before + 1):
                self._tell(Step(one.name, place, self._total, one.seconds, one))
        done[block] = _better(done.get(block), result)

    def _decide(self, block: Block, at_most: Deadline) -> None:
        self._done[block] = self._solvers.pop(block).decide(self._done[block], at_most)


def _better(first: RegionResult | None, second: RegionResult) -> RegionResult:
    """Take the better of two answers for a region, with the lower bound."""
    if first is None or second.status in ("optimal", "infeasible"):
        return second
    best = max(first, second, key=_rank)
    bound = lower(first.bound_nano, second.bound_nano)
    # what ended each of the two is no matter where they meet
    reason = "" if best.score_nano is not None and best.score_nano == bound else best.reason
    return replace(best, bound_nano=bound, reason=reason, seconds=first.seconds + second.seconds)


def _rank(result: RegionResult) -> tuple[bool, int]:
    """Any plan is better than none; of plans the higher score."""
    return (False, 0) if result.score_nano is None else (True, result.score_nano)


__all__ = ["DECIDING", "Keeper", "SideBySide"]
