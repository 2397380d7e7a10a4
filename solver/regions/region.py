"""Answering one region: its frames, their candidates and proofs, summed up."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

import numpy as np

from ...instances.common.activity import doing
from ...instances.common.arrays import IntArray
from ...instances.instance import Instance
from ...models.programmes.set_partition import SideConstraint
from ...models.question.constraints import beyond_number, plan_constraints
from ...models.question.question import Question
from ...models.scorer import Scorer
from ..candidates.components import Component, components_of, split
from ..candidates.constraints import side_constraints
from ..candidates.region import list_component
from ..candidates.scoring import score_all
from ..candidates.sets import MOST_CANDIDATES, Candidates, TooManyCandidatesError
from ..deadline import Deadline, TimeUpError
from ..engines import Engine, EngineError
from ..methods.nested import Inside
from ..partition.fixing import IMPOSSIBLE, PartitionAnswer, Worth, solve_partition
from ..partition.problem import PartitionProblem
from ..results.mergers import Merger, make_parts
from ..results.region_result import RegionResult

_TOO_MANY = "there are too many candidates to list; narrow the bounds"
_OUT_OF_TIME = "the time limit passed before all candidates were listed"
_NO_PLAN = "the time limit passed before a plan was found"
_SEARCHED = "the plan was searched for and not proved"
_UNPROVED = "a limit ended the proof"
_LISTING = 0.2  # share of the time in which candidates are listed; the rest is for a search without them
_PROVING = 0.7  # share of the time left in which a large frame is proved, before it is searched
_LARGE = 100_000  # candidates of a large frame
_MOST_WORDS = 40_000_000  # of 64 bits that listed sets may fill: some 2 GB with what listing needs beside
_MANY_MEMBERS = (
    10.0  # of a part of the largest size; the number of connected sets grows exponentially with it
)
_WORTH_LISTING = 1_000_000  # candidates up to which such a frame is listed all the same
_SOME_MEMBERS = 5.0  # the same where sets of seats, which need no list, can answer
_SMALL = 20  # municipalities up to which a frame is listed there all the same
_WORDS = {"candidates": "listing candidates", "score": "scoring candidates", "search": "searching for a plan"}
_T = TypeVar("_T")
Part = tuple[int, ...]


@dataclass(frozen=True)
class _Posed:
    """The problem of a component.

    Attributes
    ----------
    problem : PartitionProblem
        Of the level that is chosen: zones where mergers are nested in them. Scores are without those of
        mergers nested in them unless side constraints bind these.
    sums : ndarray of int64, shape (k, c)
        Sums of the side constraints over the mergers inside each candidate; a candidate then stands once for
        each combination of sums.
    """

    problem: PartitionProblem
    sums: IntArray

    @property
    def candidates(self) -> Candidates:
        """Candidates of the problem."""
        return self.problem.candidates


@dataclass
class RegionSolver:
    """The work on one region.

    Where mergers are nested in zones, `question` and `scorer` are those of the zones, and `inside` knows the
    best mergers of each zone; the score of a candidate zone is its own and that of its mergers. `share` is
    the part of the time left that a region may take when its frames are too large; the rest is for others.
    """

    question: Question
    scorer: Scorer
    region: int
    engine: Engine
    seed: int
    deadline: Deadline
    inside: Inside | None = None
    most_candidates: int = MOST_CANDIDATES
    share: Callable[[], float] = lambda: 1.0
    stages: dict[str, float] = field(default_factory=dict)
    parts: list[Merger] = field(default_factory=list)
    inner: list[Merger] = field(default_factory=list)
    bound: int | None = 0
    infeasible: bool = False
    lacking: bool = False
    reasons: list[str] = field(default_factory=list)
    candidates: int = 0
    kept: int = 0

    def solve(self) -> RegionResult:
        """Answer for every frame of the region and sum up."""
        begun = time.perf_counter()
        with doing(f"{self.question.instance.regions[self.region]}:"):
            frames = components_of(self.question, self.region, bound_together=self._is_bound)
            for frame, settled in () if self._lies_apart() else frames:
                self._solve_frame(frame, settled)
        has_plan = not self.infeasible and not self.lacking
        parts, inner = (_in_order(found) if has_plan else () for found in (self.parts, self.inner))
        nested = self.inside is not None
        score = sum(part.score_nano for part in (*parts, *inner)) if has_plan else None
        bound = None if self.infeasible else self.bound
        return RegionResult(
            name=self.question.instance.regions[self.region],
            municipalities=len(self.question.instance.members(self.region)),
            mergers=inner if nested else parts,
            score_nano=score,
            bound_nano=bound,
            seconds=time.perf_counter() - begun,
            candidates=self.candidates,
            kept=self.kept,
            # limits may have ended one way where another one came to a proof
            reason="" if has_plan and score == bound else "; ".join(dict.fromkeys(self.reasons)),
            stages=self.stages,
            zones=parts if nested else (),
            infeasible=self.infeasible,
        )

    def _lies_apart(self) -> bool:
        """Note who hangs together and is too few for a part, if anybody: the rest need not be answered."""
        levels = [self.question] if self.inside is None else [self.inside.question, self.question]
        for question in levels:
            for frame in split(question, self.region):
                if int(question.bounded[frame.municipalities].sum()) < question.scenario.population.lowest:
                    who = _first(question.instance, frame.municipalities.tolist())
                    self._rule_out(f"no {_kind(question)} can hold {who}")
                    return True
        return False

    @property
    def _is_bound(self) -> bool:
        """Whether side constraints bind the parts of the region together at any level."""
        inner = self.inside is not None and self.inside.constraints
        return bool(inner or plan_constraints(self.question, self.region))

    def _solve_frame(self, frame: Component, settled: list[Part]) -> None:
        """Candidates, scores, partition model; note status, plan and bound."""
        try:
            candidates = self._timed("candidates", lambda: self._list(frame, settled))
            choice = self._timed("score", lambda: self._score(candidates))
            self.deadline.check()
        except TimeUpError:
            self._search(frame, settled, _OUT_OF_TIME)
            return
        except TooManyCandidatesError:
            self._search(frame, settled, _TOO_MANY)
            return
        try:
            answer = self._answer(choice)
        except EngineError as error:
            self._counted(choice, settled)
            self._give_up(str(error))
            return
        except TooManyCandidatesError:
            self._search(frame, settled, _TOO_MANY)
            return
        except TimeUpError:
            self._search(frame, settled, _NO_PLAN)
            return
        self._counted(choice, settled)
        if answer.score is None and not answer.infeasible:
            self._search(frame, settled, _NO_PLAN, answer.bound)
            return
        if answer.status == "feasible":
            self.reasons.append(_UNPROVED)
        self._note(frame, choice, answer)

    def _counted(self, choice: _Posed, settled: list[Part]) -> None:
        self.candidates += len(choice.candidates) - len(settled)
        self.kept -= len(settled)  # they are part of the answer's, but nothing is open about them

    def _search(self, frame: Component, settled: list[Part], why: str, bound: int | None = None) -> None:
        """Answer for a frame whose candidates cannot be listed or combined within the limits."""
        if self.inside is not None or self.deadline.passed:
            self._give_up(why, bound)
            return
        if beyond := beyond_number(self.question, self.region):
            self._give_up(f"{why}; a search knows no bound on the {', '.join(beyond)}", bound)
            return
        from ..methods.portfolio import LargeFrame

        large = LargeFrame(self.question, self.scorer, frame, settled, self.engine, self.seed)
        deadline = self.deadline.part(self.share())
        try:
            found = self._timed("search", lambda: large.solve(deadline))
        except EngineError as error:
            self._give_up(f"{why}; {error}", bound)
            return
        bounds = [b for b in (bound, found.answer.bound) if b is not None]
        answer = replace(found.answer, bound=min(bounds) if bounds else None)
        if answer.infeasible:
            self._rule_out(self._indivisible(frame))
            return
        if answer.score is None:
            self._give_up(f"{why}; a search found no plan", answer.bound)
            return
        if answer.status == "feasible":
            self.reasons.append(f"{why}; {_SEARCHED}")
        none = np.zeros((len(found.candidates), 0), dtype=np.int64)
        self._note(frame, _Posed(PartitionProblem(found.candidates, found.nano), none), answer)

    def _list(self, frame: Component, settled: list[Part]) -> Candidates:
        """List the candidates of a frame, as many as are worth it."""
        free = frame.without(settled).municipalities
        most = min(self.most_candidates, 64 * _MOST_WORDS // max(64, len(free)))
        members = 0.0 if self.inside is not None else self._members_of_the_largest(free)
        if members > _MANY_MEMBERS:
            most = min(most, _WORTH_LISTING)
        if members > _SOME_MEMBERS and len(free) > _SMALL and self._seats_will_do:
            raise TooManyCandidatesError
        deadline = self.deadline if self.inside is not None else self.deadline.part(_LISTING * self.share())
        return list_component(self.question, frame, settled, deadline, most)

    @property
    def _seats_will_do(self) -> bool:
        """Whether the number of parts is fixed and seats alone are scored: districting as it is published."""
        from ..methods.compact.centres import only_seat_term

        limits = self.question.count(self.region)
        return limits is not None and limits[0] == limits[1] and only_seat_term(self.scorer) is not None

    def _members_of_the_largest(self, free: IntArray) -> float:
        """Municipalities of mean size that a part with as many inhabitants as it may have would hold."""
        inhabitants = int(self.question.bounded[free].sum())
        return len(free) * self.question.scenario.population.highest / max(1, inhabitants)

    def _score(self, candidates: Candidates) -> _Posed:
        """Score candidates, with the best mergers inside each where side constraints bind these."""
        nano = score_all(self.scorer, candidates)
        sums = np.zeros((len(candidates), 0), dtype=np.int64)
        if self.inside is not None and self._is_bound:
            rows, worth, sums = self.inside.worth(candidates)
            candidates, nano = candidates.take(rows), nano[rows] + worth
        constraints = list(side_constraints(self.question, self.region, candidates))
        for k, one in enumerate(self.inside.constraints if self.inside is not None else ()):
            constraints.append(SideConstraint(sums[:, k], one.lower, one.upper))
        return _Posed(PartitionProblem(candidates, nano, tuple(constraints)), sums)

    def _answer(self, choice: _Posed) -> PartitionAnswer:
        if self.inside is not None and not self._is_bound:
            own, inside = choice.problem.scores, self.inside
            if not inside.is_possible:
                return PartitionAnswer(infeasible=True, proof="relaxation")
            most, worth = (
                own + inside.at_most(choice.candidates),
                partial(_worth, inside, choice.candidates, own),
            )
            return self._choose(choice.problem.rescore(most), worth)
        return self._choose(choice.problem)

    def _choose(self, problem: PartitionProblem, worth: Worth | None = None) -> PartitionAnswer:
        deadline = self._proving(problem)
        return solve_partition(problem, self.engine, worth=worth, seed=self.seed, deadline=deadline)

    def _proving(self, problem: PartitionProblem) -> Deadline:
        """Leave time to regions that wait, and set some aside for a search where a frame is large."""
        if self.inside is not None:
            return self.deadline
        large = len(problem) > _LARGE
        return self.deadline.part((_PROVING if large else 1.0) * self.share())

    def _note(self, frame: Component, choice: _Posed, answer: PartitionAnswer) -> None:
        for stage, seconds in answer.stages.items():
            self.stages[stage] = self.stages.get(stage, 0.0) + seconds
        self.kept += answer.kept
        if answer.infeasible:
            self._rule_out(self._why(frame, choice))
        elif answer.score is None:
            self._give_up(_NO_PLAN, answer.bound)
        else:
            self._take(choice, answer)

    def _take(self, choice: _Posed, answer: PartitionAnswer) -> None:
        """Make mergers, and zones, of the candidates chosen."""
        chosen = [choice.candidates.members(row) for row in answer.chosen]
        self.parts += make_parts(self.question, self.scorer, chosen)
        if self.inside is not None:
            sums = [tuple(row) for row in choice.sums[list(answer.chosen)].tolist()]
            inner = [
                part for zone, some in zip(chosen, sums, strict=True) for part in self.inside.best(zone, some)
            ]
            self.inner += make_parts(self.inside.question, self.inside.scorer, inner)
        if self.bound is not None:
            self.bound = None if answer.bound is None else self.bound + answer.bound

    def _timed(self, stage: str, work: Callable[[], _T]) -> _T:
        begun = time.perf_counter()
        with doing(_WORDS[stage]):
            result = work()
        self.stages[stage] = self.stages.get(stage, 0.0) + time.perf_counter() - begun
        return result

    def _rule_out(self, reason: str) -> None:
        """Note that it is proved that a frame has no plan, so that the region has none."""
        self.infeasible = True
        self.reasons.append(reason)

    def _give_up(self, reason: str, bound: int | None = None) -> None:
        """Note that no plan of a frame was found."""
        self.lacking = True
        self.reasons.append(reason)
        self.bound = None if bound is None or self.bound is None else self.bound + bound

    def _why(self, frame: Component, choice: _Posed) -> str:
        """Say in words why a frame has no plan."""
        instance = self.question.instance
        what = _kind(self.question)
        if self.inside is not None:
            if self.inside.lost:
                return f"no {_holder(self.inside.question)} can hold {_first(instance, self.inside.lost)}"
            what += ", itself divided into mergers,"
        if lost := choice.candidates.uncovered:
            holder = _holder(self.question)
            holder += ", itself divided into mergers," if self.inside is not None and holder in what else ""
            return f"no {holder} can hold {_first(instance, lost)}"
        return self._indivisible(frame, what)

    def _indivisible(self, frame: Component, what: str = "") -> str:
        what = what or _kind(self.question)
        inhabitants = int(self.question.instance.population[frame.municipalities].sum())
        return (
            f"{len(frame.municipalities)} municipalities with {inhabitants:,} inhabitants cannot be divided "
            f"{self._numbers()}under these rules and locks: each piece must be a {what.removesuffix(',')}"
        )

    def _numbers(self) -> str:
        """Say how many parts are asked for, where their number is limited."""
        found = []
        for question in (self.question, *([self.inside.question] if self.inside is not None else [])):
            if (limits := question.count(self.region)) is not None:
                least, most = limits
                more = " or more" if most is None else f" to {most}" if most > least else ""
                found.append(f"{least}{more} {question.scenario.level}")
        return f"into {' and '.join(found)} " if found else ""


def _kind(question: Question) -> str:
    bounds = question.scenario.population
    noun = question.scenario.level.removesuffix("s")
    return f"connected {noun} of {bounds.lowest:,} to {bounds.highest:,} inhabitants"


def _holder(question: Question) -> str:
    """What somebody is in: said by its bounds where these are all that it has to keep."""
    locked = question.together or question.apart or question.seats or question.required
    return f"{question.scenario.level.removesuffix('s')} that keeps all rules" if locked else _kind(question)


def _first(instance: Instance, members: Sequence[int]) -> str:
    """Name some municipalities, if not all."""
    return ", ".join(instance.label(i) for i in members[:5]) + (" and others" if len(members) > 5 else "")


def _worth(inside: Inside, zones: Candidates, own: IntArray, rows: IntArray) -> IntArray:
    """Score some zones with the best mergers inside them."""
    found = np.full(len(rows), IMPOSSIBLE, dtype=np.int64)
    divisible, worth, _ = inside.worth(zones.take(rows))
    found[divisible] = own[rows[divisible]] + worth
    return found


def _in_order(parts: Sequence[Merger]) -> tuple[Merger, ...]:
    return tuple(sorted(parts, key=lambda part: part.members))
