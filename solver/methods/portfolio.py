"""Frames whose candidates cannot be listed: which way is taken, and what the ways say together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...instances.common.activity import doing
from ...instances.common.problems import InputError
from ...models.question.question import Question
from ...models.scorer import Scorer
from ..candidates.components import Component
from ..candidates.scoring import score_all
from ..candidates.sets import Candidates
from ..deadline import Deadline
from ..engines import Engine
from ..partition.fixing import PartitionAnswer
from .heuristic import Searched, search_frame

_PATIENCE = 120.0  # seconds for a proof where no time limit is given
_SEARCHED = 0.15  # share of the time for a plan to generate columns from

Part = tuple[int, ...]


@dataclass(frozen=True)
class LargeFrame:
    """A frame whose candidates are too many to list.

    Attributes
    ----------
    question : Question
        Of one level.
    scorer : Scorer
    frame : Component
        Settled municipalities included.
    settled : list of tuple of int
        Parts of the frame that are in every plan.
    engine : Engine
    seed : int
    """

    question: Question
    scorer: Scorer
    frame: Component
    settled: list[Part]
    engine: Engine
    seed: int

    @property
    def free(self) -> Component:
        """The frame without its settled parts."""
        held = {i for part in self.settled for i in part}
        of = [i for i in self.frame.municipalities.tolist() if i not in held]
        return Component(self.frame.region, np.array(of, dtype=np.int64))

    def solve(self, deadline: Deadline = Deadline()) -> Searched:
        """Find a plan and a bound that meet where that can be had.

        Where the number of parts is given, the cut formulation is tried first: districting asks for few and
        large parts, which no list can hold. Otherwise a plan is searched for, for a short time, and column
        generation starts from it and from the sets that the search came upon. Where that cannot be, for want
        of numba or because of a term that its pricing does not know, the search has all the time. Each way's
        bound holds for all plans, so the least of them does, and the best plan of any way is given.
        """
        exact = Deadline.after(_PATIENCE) if deadline.remaining is None else deadline
        if self.question.count(self.frame.region) is not None:
            first = self._by_cuts(exact)
            if first is not None and first.answer.status in ("optimal", "infeasible"):
                return first
            return _best(first, self._by_search(deadline))
        if not self._can_generate():
            return self._by_search(deadline)
        found = self._by_search(deadline.part(_SEARCHED))
        return _best(self._by_generation(exact, found), found)

    @doing("searching for a plan")
    def _by_search(self, deadline: Deadline) -> Searched:
        where = (self.question, self.scorer, self.frame.region, self.frame.municipalities, self.settled)
        return search_frame(*where, self.engine, self.seed, deadline)

    @doing("proving by cuts")
    def _by_cuts(self, deadline: Deadline) -> Searched | None:
        """Solve the cut formulation; None where a term has no linear form."""
        from .compact.solve import solve_compact

        limits = self.question.count(self.frame.region)
        assert limits is not None, "cuts are tried where the number of mergers is limited"
        fixed = sum(self.question.is_counted(part) for part in self.settled)
        least, most = limits
        count = (max(0, least - fixed), None if most is None else most - fixed)
        try:
            found = solve_compact(
                self.question,
                self.scorer,
                self.free,
                "cut",
                self.engine,
                count=count,
                seed=self.seed,
                deadline=deadline,
            )
        except InputError:
            return None
        has_plan = found.score_nano is not None
        return self._answered(
            found.parts if has_plan else None, found.bound_nano, found.stages, infeasible=found.infeasible
        )

    def _can_generate(self) -> bool:
        """Whether numba is there, and the pricing search knows the question."""
        from .generation.pricing_data import NoKernelError
        from .generation.solve import pricing_data_of

        try:
            pricing_data_of(self.question, self.scorer, self.free)
        except NoKernelError:
            return False
        return True

    @doing("proving by column generation")
    def _by_generation(self, deadline: Deadline, start: Searched) -> Searched:
        """Generate columns, from what a search found."""
        from .generation.solve import solve_by_generation

        parts = [start.candidates.members(row) for row in start.answer.chosen]
        found = solve_by_generation(
            self.question,
            self.scorer,
            self.free,
            self.engine,
            seed=self.seed,
            deadline=deadline,
            start=[part for part in parts if part not in self.settled],
            pool=start.pool,
        )
        has_plan = found.score is not None
        return self._answered(
            found.parts if has_plan else None, found.bound, found.stages, infeasible=found.infeasible
        )

    def _answered(
        self,
        parts: Iterable[Part] | None,
        bound: int | None,
        stages: dict[str, float],
        *,
        infeasible: bool,
    ) -> Searched:
        """Put the settled parts of the frame beside those that were chosen, if any were."""
        own = self._candidates([] if parts is None else [*self.settled, *parts])
        nano = score_all(self.scorer, own)
        fixed = int(score_all(self.scorer, self._candidates(self.settled)).sum())
        answer = PartitionAnswer(
            tuple(range(len(own))),
            None if parts is None else int(nano.sum()),
            None if bound is None else bound + fixed,
            kept=len(self.settled),
            stages=stages,
            infeasible=infeasible,
        )
        return Searched(own, nano, answer)

    def _candidates(self, parts: Sequence[Part]) -> Candidates:
        none = Candidates(
            self.frame.municipalities,
            np.zeros((0, (len(self.frame.municipalities) + 63) // 64), dtype=np.uint64),
        )
        return none.after(parts)


def _best(one: Searched | None, other: Searched) -> Searched:
    """Take the better plan of two answers and the lower bound."""
    if one is None:
        return other
    if one.answer.status in ("optimal", "infeasible"):
        return one
    known = [found for found in (one, other) if found.answer.score is not None]
    best = max(known, key=_score, default=other)
    bounds = [found.answer.bound for found in (one, other) if found.answer.bound is not None]
    bound = min(bounds, default=None)
    return replace(best, answer=replace(best.answer, bound=bound))


def _score(found: Searched) -> int:
    """Score of an answer that has a plan."""
    assert found.answer.score is not None
    return found.answer.score


__all__ = ["LargeFrame"]
