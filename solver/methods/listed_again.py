"""Set partitioning over candidates that were listed before: weights change scores, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import InputError
from ...models.question.region_key import region_key
from ...models.question.surroundings import forbids_enclosed_mergers
from ...models.scoring.scorer import Scorer
from ..candidates.enumeration import TooManyCandidatesError
from ..candidates.scoring import score_all, values_of_terms
from ..candidates.sets import Candidates
from ..deadline import Deadline
from ..partition.fixing import PartitionAnswer
from ..partition.params import RepeatParams
from ..partition.problem import PartitionProblem
from ..partition.repeated import RepeatedComponent
from ..recent import Recent
from .contract import Task
from .listed import Listed

_EACH_COMPONENT = 300_000
_EACH_CANDIDATE = 200
"""Bytes, about, of a component with its restricted programme, and beside that of each candidate: its bits,
its value in some ten terms, its score and its reduced cost."""

Key = tuple[object, ...]


@dataclass
class Listing:
    """What a component may be made of, with the value of each candidate in the terms that were asked for.

    Attributes
    ----------
    candidates : Candidates
    repeated : RepeatedComponent or None
        What is known of its partitions; None before any was asked for.
    """

    candidates: Candidates
    repeated: RepeatedComponent | None = None
    _values: dict[str, FloatArray] = field(default_factory=dict)

    def scores(self, scorer: Scorer, deadline: Deadline) -> IntArray:
        """Score the candidates: only terms that are new are looked at.

        Raises
        ------
        InputError
            The weights are too heavy for the instance.
        TimeUpError
        """
        new = [term for term in scorer.terms if term.name not in self._values]
        columns = values_of_terms(new, self.candidates, deadline)
        self._values |= {term.name: columns[:, k] for k, term in enumerate(new)}
        values = [self._values[term.name] for term in scorer.terms]
        stacked = np.column_stack(values) if values else np.zeros((len(self.candidates), 0))
        try:
            return scorer.nano(stacked)
        except InputError:  # which is to name the same candidate as it does without what is known
            return score_all(scorer, self.candidates, deadline)

    @property
    def size(self) -> int:
        """Bytes, about."""
        return _EACH_COMPONENT + _EACH_CANDIDATE * len(self.candidates)


class Listings:
    """Listings by what is asked of a region beside weights; those used least recently are forgotten.

    Parameters
    ----------
    most : int
        Bytes, about.
    """

    def __init__(self, most: int) -> None:
        self._known: Recent[Key, Listing] = Recent(most, lambda listing: listing.size)

    def of(self, task: Task) -> Listing | None:
        """Give what is known of a component."""
        return self._known.get(_key(task))

    def keep(self, task: Task, listing: Listing) -> None:
        """Remember a listing."""
        self._known.put(_key(task), listing)

    def clear(self) -> None:
        """Forget everything."""
        self._known.clear()


def _key(task: Task) -> Key:
    asked = region_key(task.question, task.component.region)
    return asked, task.component.municipalities.tobytes(), task.fixed, task.engine.name


@dataclass(frozen=True)
class ListedAgain(Listed):
    """Does what `Listed` does, and keeps candidates, values and relaxation for other weights.

    Attributes
    ----------
    listings : Listings
    repeating : RepeatParams
    """

    listings: Listings = field(default_factory=lambda: Listings(0))
    repeating: RepeatParams = field(default_factory=RepeatParams)

    def _listed(self, task: Task, most: int, deadline: Deadline) -> Candidates:
        known = self.listings.of(task)
        if known is None:
            known = Listing(super()._listed(task, most, deadline))
            self.listings.keep(task, known)
        if len(known.candidates) - len(task.fixed) > most:
            raise TooManyCandidatesError
        return known.candidates

    def _scores(self, task: Task, candidates: Candidates, deadline: Deadline) -> IntArray:
        known = self.listings.of(task)
        if known is None or known.candidates is not candidates:
            return super()._scores(task, candidates, deadline)
        return known.scores(task.scorer, deadline)

    def _solve(self, problem: PartitionProblem, task: Task, deadline: Deadline) -> PartitionAnswer:
        known = self.listings.of(task)
        fits = known is not None and known.candidates is problem.candidates
        if known is None or not fits or forbids_enclosed_mergers(task.question.scenario):
            return super()._solve(problem, task, deadline)
        if known.repeated is None:
            known.repeated = RepeatedComponent(problem, task.engine, self.repeating)
        return known.repeated.solve(problem.scores, task.seed, deadline)


__all__ = ["ListedAgain", "Listing", "Listings"]
