"""Set partitioning over candidates that were listed before: weights change scores, locks bar candidates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import InputError
from ...models.question.question import Question
from ...models.question.region_key import region_key
from ...models.question.surroundings import forbids_enclosed_mergers
from ...models.scoring.scorer import Scorer
from ..candidates.constraints import side_constraints
from ..candidates.enumeration import TooManyCandidatesError, respect_locks
from ..candidates.scoring import score_all, values_of_terms
from ..candidates.sets import Candidates
from ..deadline import Deadline
from ..partition.fixing import PartitionAnswer
from ..partition.params import RepeatParams, SiftingParams
from ..partition.problem import PartitionProblem
from ..partition.relaxation import Relaxation, Relaxing, WarmRelaxation, relax
from ..partition.repeated import RepeatedComponent
from ..recent import Recent
from .contract import Method, Task
from .inner import InnerMergers
from .listed import Listed, Nested

_EACH_COMPONENT = 300_000
_EACH_CANDIDATE = 200
"""Bytes, about, of a component with its restricted programme, and beside that of each candidate: its bits,
its value in some ten terms, its score and its reduced cost."""
_MOST_COLUMNS = RepeatParams().most_columns

Key = tuple[object, ...]


@dataclass
class Listing:
    """What a component may be made of, with the value of each candidate in the terms that were asked for.

    Attributes
    ----------
    candidates : Candidates
    together, apart : frozenset
        The locks under which they were listed.
    """

    candidates: Candidates
    together: frozenset[tuple[int, ...]]
    apart: frozenset[tuple[int, int]]
    _values: dict[str, FloatArray] = field(default_factory=dict)
    _repeated: RepeatedComponent | None = None
    _relaxed: WarmRelaxation | None = None

    def holds_all_of(self, question: Question) -> bool:
        """Whether the candidates of a question are among these: what these respect holds there too."""
        within = [set(group) for group in question.together]
        return self.apart <= set(question.apart) and all(
            any(group >= set(own) for group in within) for own in self.together
        )

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
        return scorer.nano(np.column_stack(values) if values else np.zeros((len(self.candidates), 0)))

    def repeated(self, task: Task, params: RepeatParams) -> RepeatedComponent:
        """Give what is known of partitions into these candidates."""
        if self._repeated is None:
            constraints = side_constraints(task.question, task.component.region, self.candidates)
            nothing = np.zeros(len(self.candidates), dtype=np.int64)
            problem = PartitionProblem(self.candidates, nothing, constraints)
            self._repeated = RepeatedComponent(problem, task.engine, params)
        return self._repeated

    def relax(self, problem: PartitionProblem, deadline: Deadline, params: SiftingParams) -> Relaxation:
        """Relax a problem over some of these candidates, from what is known of it under other scores."""
        if self._relaxed is None or not self._relaxed.problem.is_but_for_scores(problem):
            self._relaxed = WarmRelaxation(problem, _MOST_COLUMNS, params)
        return self._relaxed.relax(problem.scores, deadline)

    @property
    def size(self) -> int:
        """Bytes, about."""
        return _EACH_COMPONENT + _EACH_CANDIDATE * len(self.candidates)


@dataclass(frozen=True)
class Share:
    """The candidates of a listing that a question leaves.

    Attributes
    ----------
    listing : Listing
    rows : ndarray of int64
        Ascending.
    candidates : Candidates
        These rows.
    """

    listing: Listing
    rows: IntArray
    candidates: Candidates

    @classmethod
    def of(cls, listing: Listing, asked: _Asked) -> Share:
        """Bar what breaks a lock."""
        keep = respect_locks(listing.candidates, asked.question)
        keep[: asked.fixed] = True
        rows = np.flatnonzero(keep)
        return cls(listing, rows, listing.candidates if keep.all() else listing.candidates.take(rows))

    def scores(self, scorer: Scorer, deadline: Deadline) -> IntArray:
        """Score them; see `Listing.scores`."""
        try:
            return self.listing.scores(scorer, deadline)[self.rows]
        except InputError:  # which is about the heaviest candidate, be it barred or not
            return score_all(scorer, self.candidates, deadline)


class Listings:
    """Listings by what is asked of a region beside weights and locks; the oldest are forgotten.

    Parameters
    ----------
    most : int
        Bytes, about.
    """

    def __init__(self, most: int) -> None:
        self._known: Recent[Key, Listing] = Recent(most, lambda listing: listing.size)
        self._shares: WeakKeyDictionary[Task | InnerMergers, Share] = WeakKeyDictionary()

    def share(self, of: Task | InnerMergers) -> Share | None:
        """Give candidates, where they are among those that are known."""
        if of not in self._shares:
            asked = _asked(of)
            listing = self._known.get(asked.key)
            if listing is None or not listing.holds_all_of(asked.question):
                return None
            self._shares[of] = Share.of(listing, asked)
        return self._shares[of]

    def keep(self, of: Task | InnerMergers, candidates: Candidates) -> Share:
        """Remember candidates."""
        asked = _asked(of)
        question = asked.question
        listing = Listing(candidates, frozenset(question.together), frozenset(question.apart))
        self._known.put(asked.key, listing)
        self._shares[of] = share = Share.of(listing, asked)
        return share

    def found(self, of: Task | InnerMergers, candidates: Callable[[], Candidates]) -> Share:
        """Give candidates, and list and remember them where they are not known."""
        return self.share(of) or self.keep(of, candidates())

    def given(self, of: Task | InnerMergers) -> Share | None:
        """Give candidates where they were given before to the same."""
        return self._shares.get(of)

    def clear(self) -> None:
        """Forget everything."""
        self._known.clear()
        self._shares.clear()


@dataclass(frozen=True)
class _Asked:
    """What candidates are asked for.

    Attributes
    ----------
    question : Question
    key : Key
        Of all that decides which they are, but for locks.
    fixed : int
        How many of them are in every plan; these come first.
    """

    question: Question
    key: Key
    fixed: int


def _asked(of: Task | InnerMergers) -> _Asked:
    if isinstance(of, InnerMergers):
        key: Key = ("inside", region_key(of.question, of.region, locks=False))
        return _Asked(of.question, key, len(of.fixed))
    asked = region_key(of.question, of.component.region, locks=False)
    key = (asked, of.component.municipalities.tobytes(), of.fixed, of.engine.name)
    return _Asked(of.question, key, len(of.fixed))


@dataclass(frozen=True)
class _Again(Listed):
    """Keeps candidates and values for other weights and locks.

    Attributes
    ----------
    listings : Listings
    repeating : RepeatParams
    """

    listings: Listings = field(default_factory=lambda: Listings(0))
    repeating: RepeatParams = field(default_factory=RepeatParams)

    narrows = False  # candidates are kept with their values for other locks

    def _listed(self, task: Task, most: int, states: int | None, deadline: Deadline) -> Candidates:
        listed = super()._listed
        share = self.listings.found(task, lambda: listed(task, most, states, deadline))
        if len(share.rows) - len(task.fixed) > most:
            raise TooManyCandidatesError
        return share.candidates

    def _scores(self, task: Task, candidates: Candidates, deadline: Deadline) -> IntArray:
        share = self.listings.share(task)
        assert share is not None, "they were listed just now"
        return share.scores(task.scorer, deadline)


@dataclass(frozen=True)
class ListedAgain(_Again):
    """Does what `Listed` does, and keeps candidates, values and relaxation for other weights and locks."""

    def _solve(self, problem: PartitionProblem, task: Task, deadline: Deadline) -> PartitionAnswer:
        share = self.listings.share(task)
        if share is None or forbids_enclosed_mergers(task.question.scenario):
            return super()._solve(problem, task, deadline)
        repeated = share.listing.repeated(task, self.repeating)
        return repeated.solve(problem.scores, task.seed, deadline, share.rows)


@dataclass(frozen=True)
class NestedAgain(_Again, Nested):
    """Does what `Nested` does, and keeps zones, their values and their relaxation; they are bounded anew."""

    def _relaxing(self, task: Task) -> Relaxing:
        share = self.listings.share(task)
        return relax if share is None else share.listing.relax


@dataclass(eq=False)
class InnerAgain(InnerMergers):
    """Finds the best mergers inside zones, and keeps which there are and their values."""

    listings: Listings = field(default_factory=lambda: Listings(0))

    @cached_property
    def listed(self) -> Candidates:
        """See `InnerMergers.listed`."""
        return self.listings.found(self, self._list).candidates

    def scores(self) -> IntArray:
        """See `InnerMergers.scores`."""
        share = self.listings.found(self, self._list)
        return share.scores(self.model.scorer, Deadline())

    def _relax(self, problem: PartitionProblem) -> Relaxation:
        share = self.listings.given(self)
        if share is None:  # for some municipalities or at some prices: another problem each time
            return super()._relax(problem)
        return share.listing.relax(problem, self.deadline, SiftingParams())


AGAIN: dict[type[Method], type[_Again]] = {Listed: ListedAgain, Nested: NestedAgain}
"""What does the same as a method, and keeps what it can."""


__all__ = ["AGAIN", "InnerAgain", "ListedAgain", "Listing", "Listings", "NestedAgain", "Share"]
