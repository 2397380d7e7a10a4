"""Set partitioning over all candidates: they are listed, scored, and the best partition is proved."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from typing import ClassVar, Self

import numpy as np

from ...instances.common.activity import doing
from ...instances.common.arrays import IntArray
from ...models.question.surroundings import forbids_enclosed_mergers
from ..candidates.constraints import side_constraints
from ..candidates.enumeration import MOST_CANDIDATES, TooManyCandidatesError
from ..candidates.region import list_component
from ..candidates.rings import Rings
from ..candidates.scoring import score_all
from ..candidates.sets import Candidates, Part
from ..deadline import Deadline, Limits, TimeUpError
from ..engines import EngineError
from ..limit_errors import OutOfMemoryError
from ..partition.answer import ComponentAnswer
from ..partition.bounded import solve_bounded
from ..partition.fixing import PartitionAnswer, solve_partition
from ..partition.params import PartitionParams
from ..partition.problem import PartitionProblem
from ..partition.relaxation import Relaxing, relax
from ..partition.without import Without
from .by_region import pose_by_region
from .contract import Method, Task
from .covering import CoverParams, cover_component
from .decisions import ListedDecisions
from .inner import InnerMergers
from .one_region import worth_inside
from .posed import Posed, pose_divided, pose_nearest
from .reasons import NO_PLAN, OUT_OF_TIME, TOO_MANY, UNPROVED, no_partition
from .trail import Trail

_WORD_BYTES = 50  # for a word of 64 bits of listed sets, with what listing needs beside


@dataclass(frozen=True)
class ListingParams:
    """What is listed, and how much of the time may go into it.

    Attributes
    ----------
    listing : float
        Share of the time in which candidates are listed; the rest is for a search without them.
    scoring, proving : float
        Shares of the time left in which the candidates of a large component are scored, and in which it is
        then proved, before it is searched.
    large : int
        Candidates of a large component.
    most_candidates : int
    most_words : int
        Words of 64 bits that listed sets may fill: some 2 GB with what listing needs beside.
    most_states : int
        States of the search for candidates: some sixty to two hundred million a second. The number of
        connected sets grows exponentially with the size of the parts, and is estimated before it is counted.
    states_beside_centres : int
        The same where sets of centres, or sets with short borders, can answer without this list.
    some_members : float
        Municipalities of a part of the largest size, up to which a list is the better way there too.
    small : int
        Municipalities up to which it is, whatever the parts.
    by_region : int
        Zones, with mergers inside, above which regions that a budget binds together are answered each by
        itself at prices. Fewer are answered as one, which also tells what the plan lacks without each zone.
    cover : CoverParams
        Of the search for candidates that are in no partition.
    partition : PartitionParams
        Of the proof.
    """

    listing: float = 0.2
    scoring: float = 0.5
    proving: float = 0.7
    large: int = 100_000
    most_candidates: int = MOST_CANDIDATES
    most_words: int = 40_000_000
    most_states: int = 400_000_000
    states_beside_centres: int = 40_000_000
    some_members: float = 5.0
    small: int = 20
    by_region: int = 20_000
    cover: CoverParams = field(default_factory=CoverParams)
    partition: PartitionParams = field(default_factory=PartitionParams)


@dataclass(frozen=True)
class Listed(Method):
    """Set partitioning over all candidates of one level (Garfinkel and Nemhauser 1970)."""

    params: ListingParams = ListingParams()
    narrows: ClassVar[bool] = True
    """Whether candidates that are in no partition are dropped before the others are scored."""
    name = "listed"
    doing = "listing candidates"
    of_levels = 1

    def within(self, limits: Limits) -> Self:
        """See `Method.within`."""
        words = limits.room(_WORD_BYTES, self.params.most_words)
        return replace(self, params=replace(self.params, most_words=words))

    def accepts(self, task: Task) -> str | None:
        """See `Method.accepts`."""
        return None if len(task.levels) == 1 else "mergers are nested in zones"

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        """See `Method.solve`."""
        answer, trail = ComponentAnswer(), Trail()
        try:
            self._answer(task, answer, trail, deadline)
        except OutOfMemoryError:
            pass  # what it was not enough for is told by whoever gave the memory
        except TimeUpError:
            answer.reason = NO_PLAN if "candidates" in answer.stages else OUT_OF_TIME
        except TooManyCandidatesError:
            answer.reason = answer.reason or TOO_MANY
        except EngineError as error:
            answer.reason, answer.is_final = str(error), True
        answer.ways = tuple(trail.ways)
        return answer

    def _answer(self, task: Task, answer: ComponentAnswer, trail: Trail, deadline: Deadline) -> None:
        """List, cover, score and prove, as far as that is needed."""
        with _stage(answer, "candidates"), trail.step("listing candidates") as step:
            candidates = self._list(task, deadline)
            step.why = f"{len(candidates) - len(task.fixed):,} candidates"
        answer.candidates = len(candidates) - len(task.fixed)
        with _stage(answer, "candidates"):
            useful = self._useful(task, candidates, answer, trail, deadline)
        if useful is None:
            return
        with trail.step("proving the optimum") as step:
            with _stage(answer, "score"), doing("scoring candidates"):
                posed = self._pose(task, useful, deadline)
            deadline.check()
            self._note(answer, task, posed, self._prove(task, posed, deadline))
            step.take(answer)

    def _useful(
        self, task: Task, candidates: Candidates, answer: ComponentAnswer, trail: Trail, deadline: Deadline
    ) -> Candidates | None:
        """Drop candidates that are in no partition, where that can be told soon; None where there is none."""
        effort = self.params.cover.effort(task, candidates)
        if not effort:
            return candidates
        with trail.step("covering by candidates") as step:
            found = cover_component(task, candidates, effort, deadline)
            if found is None:
                step.outcome, step.why = "nothing", f"more than {effort:,} candidates to look at"
                return candidates
            if not found.partitions:
                answer.infeasible, answer.proof = True, "search"
                answer.reason = no_partition(task, candidates.uncovered)
                step.take(answer)
                return None
            step.why = f"{int(found.rows.sum()) - len(task.fixed):,} candidates are in a partition"
            return candidates.take(found.rows) if self.narrows else candidates

    def _note(self, answer: ComponentAnswer, task: Task, posed: Posed, solved: PartitionAnswer) -> None:
        """Say what a solution of the set partitioning problem means for the component."""
        answer.bound, answer.infeasible, answer.proof = solved.bound, solved.infeasible, solved.proof
        if solved.status == "no plan within limit":
            answer.reason = NO_PLAN
            return
        answer.stages |= solved.stages
        # nothing is open about the fixed ones
        answer.kept = max(0, solved.kept - len(task.fixed))
        if solved.infeasible:
            answer.reason = no_partition(task, posed.candidates.uncovered)
        else:
            answer.score = solved.score
            answer.zones, answer.mergers = self._plan(task, posed, solved)
            if solved.proved is not None:
                without = Without(solved.proved, task.engine, task.seed, self.params.partition)
                answer.decisions = ListedDecisions(
                    without, posed.candidates, posed.own, posed.sums, task.inner, _rings(task, posed.problem)
                )
            answer.reason = UNPROVED if answer.status == "feasible" else ""

    def _list(self, task: Task, deadline: Deadline) -> Candidates:
        """List the candidates of a component, as many as are worth it."""
        states = self.params.states_beside_centres if self._is_left(task) else self.params.most_states
        most = self._most(len(task.free.municipalities))
        return self._listed(task, most, states, deadline.part(self.params.listing * task.share()))

    def _is_left(self, task: Task) -> bool:
        """Whether sets of centres, or of short borders, are the better way, unless candidates are few."""
        free = task.free.municipalities
        inhabitants = int(task.question.bounded[free].sum())
        # municipalities of mean size that a part with as many inhabitants as it may have would hold
        members = len(free) * task.question.scenario.population.highest / max(1, inhabitants)
        large = members > self.params.some_members and len(free) > self.params.small
        return large and (_centres_will_do(task) or _borders_will_do(task))

    def _listed(self, task: Task, most: int, states: int | None, deadline: Deadline) -> Candidates:
        return list_component(task.question, task.component, list(task.fixed), deadline, most, states)

    def _scores(self, task: Task, candidates: Candidates, deadline: Deadline) -> IntArray:
        return score_all(task.scorer, candidates, deadline)

    def _most(self, size: int) -> int:
        return min(self.params.most_candidates, 64 * self.params.most_words // max(64, size))

    def _pose(self, task: Task, candidates: Candidates, deadline: Deadline) -> Posed:
        """Score the candidates; as many as these leave time to a search, like their proof."""
        share = self.params.scoring if len(candidates) > self.params.large else 1.0
        scores = self._scores(task, candidates, deadline.part(share))
        constraints = side_constraints(task.question, task.component.region, candidates)
        none = np.zeros((len(candidates), 0), dtype=np.int64)
        return Posed(PartitionProblem(candidates, scores, constraints), none, scores)

    def _prove(self, task: Task, posed: Posed, deadline: Deadline) -> PartitionAnswer:
        """Leave time to regions that wait, and for a search where a component is large."""
        share = self.params.proving if len(posed.problem) > self.params.large else 1.0
        return self._solve(posed.problem, task, deadline.part(share * task.share()))

    def _solve(self, problem: PartitionProblem, task: Task, deadline: Deadline) -> PartitionAnswer:
        rings = _rings(task, problem)
        params = self.params.partition
        while True:
            answer = solve_partition(problem, task.engine, seed=task.seed, deadline=deadline, params=params)
            broken = rings.broken_by(answer.chosen) if rings else []
            if not broken:
                return answer
            if deadline.passed:  # the bound holds, and no plan is known
                return replace(answer, chosen=(), score=None)
            problem = replace(problem, constraints=(*problem.constraints, *broken))

    def _plan(
        self, task: Task, posed: Posed, solved: PartitionAnswer
    ) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """Give zones and mergers of a solution."""
        return (), tuple(posed.candidates.members(row) for row in solved.chosen)


@dataclass(frozen=True)
class Nested(Listed):
    """Set partitioning over all zones, each worth its own score and that of the best mergers inside it."""

    name = "nested"
    of_levels = 2

    def accepts(self, task: Task) -> str | None:
        """See `Method.accepts`."""
        return None if task.inner is not None else "there is one level"

    def _list(self, task: Task, deadline: Deadline) -> Candidates:
        return self._listed(task, self._most(len(task.free.municipalities)), None, deadline)

    def _pose(self, task: Task, candidates: Candidates, deadline: Deadline) -> Posed:
        """Score zones, with the best mergers inside each where side constraints bind zones or mergers."""
        posed = super()._pose(task, candidates, deadline)
        if not task.is_bound:
            return posed
        if any(model.question.budgets for model in task.levels):
            if task.question.each is not None and len(candidates) > self.params.by_region:
                answered = pose_by_region(posed, _inner(task), task, deadline, self.params.partition)
                if answered is not None:
                    return answered
            params, relaxing = self.params.partition, self._relaxing(task)
            return pose_nearest(posed, _inner(task), task, deadline, params, relaxing)
        return pose_divided(posed, _inner(task))

    def _prove(self, task: Task, posed: Posed, deadline: Deadline) -> PartitionAnswer:
        problem, inner = posed.problem, _inner(task)
        if posed.answer is not None:
            return posed.answer
        if task.is_bound:
            return self._solve(problem, task, deadline)
        if not inner.is_possible:
            return PartitionAnswer(infeasible=True, proof="relaxation")
        bounded = problem.rescore(problem.scores + inner.at_most(problem.candidates))
        worth = partial(worth_inside, inner, problem)
        return solve_bounded(
            bounded,
            worth,
            task.engine,
            seed=task.seed,
            deadline=deadline,
            params=self.params.partition,
            relaxing=self._relaxing(task),
        )

    def _relaxing(self, task: Task) -> Relaxing:
        """Give what relaxes zones under bounds on their scores."""
        return relax

    def _plan(
        self, task: Task, posed: Posed, solved: PartitionAnswer
    ) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        zones = tuple(posed.candidates.members(row) for row in solved.chosen)
        if posed.mergers is not None:
            return zones, posed.mergers
        sums = [tuple(row) for row in posed.sums[list(solved.chosen)].tolist()]
        best = [_inner(task).best(zone, some) for zone, some in zip(zones, sums, strict=True)]
        return zones, tuple(merger for mergers in best for merger in mergers)


def _inner(task: Task) -> InnerMergers:
    assert task.inner is not None, "a task of one level is not accepted"
    return task.inner


def _rings(task: Task, problem: PartitionProblem) -> Rings | None:
    """Look for mergers that others enclose, where a rule forbids that."""
    if not forbids_enclosed_mergers(task.question.scenario):
        return None
    return Rings.of(task.question, problem.candidates, len(task.fixed))


def _centres_will_do(task: Task) -> bool:
    """Whether the number of parts is fixed and seats alone are scored: districting as it is published."""
    return _is_number_fixed(task) and task.scorer.seat_term is not None


def _borders_will_do(task: Task) -> bool:
    """Whether the number of parts is fixed and cut edges alone are scored, which has a method of its own."""
    alone = [term.name for term, _ in task.scorer.active_terms()] == ["cut_edges"]
    return alone and _is_number_fixed(task) and find_spec("numba") is not None


def _is_number_fixed(task: Task) -> bool:
    limits = task.question.count(task.component.region)
    return limits is not None and limits[0] == limits[1]


@contextmanager
def _stage(answer: ComponentAnswer, stage: str) -> Iterator[None]:
    """Note the seconds of a stage that comes to its end."""
    begun = time.perf_counter()
    yield
    answer.stages[stage] = answer.stages.get(stage, 0.0) + time.perf_counter() - begun
