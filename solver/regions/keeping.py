"""What is kept of the answers for regions, so that the same question is not answered twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...models.question.region_key import region_key
from ...models.scenario.scenario import Scenario
from ...models.scoring.model import Model
from ..deadline import Deadline, Limits
from ..methods.contract import Method
from ..methods.inner import InnerMergers
from ..methods.listed import Listed
from ..methods.listed_again import AGAIN, InnerAgain, Listings
from ..recent import Recent
from ..results.plan import Plan
from ..results.region_result import RegionResult
from ..verification.defects import check_own_plan
from .region import RegionSolver
from .side_by_side import Keeper

Key = tuple[object, ...]

_EACH_PROOF = 300_000
_EACH_CANDIDATE = 64
"""Bytes, about, that a proof takes, and beside that for each candidate."""


@dataclass(frozen=True)
class ResolverParams:
    """How much is kept from one answer to the next; none of it changes an answer.

    Attributes
    ----------
    answers : int
        Answers for regions: some kilobytes each, so that a few hundred edits can be taken back at once.
    proofs : int
        Bytes, about, of the proofs that are kept to say how decided mergers are.
    listings : int
        Bytes, about, of the candidates that are kept with their values, so that new weights are answered
        without listing them again.
    """

    answers: int = 2_000
    proofs: int = 32_000_000
    listings: int = 48_000_000


@dataclass(frozen=True)
class _Kept:
    """An answer for a region, and what it may be recalled for."""

    result: RegionResult
    limits: Limits


@dataclass(frozen=True)
class _Proof:
    """The work on a region that is done, for questions about its plan."""

    solver: RegionSolver
    size: int


class Answers:
    """Answers for regions by their questions; those used least recently are forgotten."""

    def __init__(self, params: ResolverParams) -> None:
        self.listings = Listings(params.listings)
        self._results: Recent[Key, _Kept] = Recent(params.answers)
        self._proofs: Recent[Key, _Proof] = Recent(params.proofs, lambda proof: proof.size)

    def key(self, solver: RegionSolver, formulation: str) -> Key:
        """Give what an answer depends on: the question of the region at each level, weights, and the way."""
        levels = [
            (region_key(model.question, solver.region), tuple(model.scenario.weights.items()))
            for model in solver.levels
        ]
        return (tuple(levels), formulation, solver.engine.name, solver.seed)

    def recall(self, key: Key, limits: Limits) -> RegionResult | None:
        """Give a proved answer, or one that the same limits led to."""
        kept = self._results.get(key)
        if kept is None:
            return None
        is_proved = kept.result.status in ("optimal", "infeasible")
        return kept.result if is_proved or _same(kept.limits, limits) else None

    def keep(self, key: Key, limits: Limits, solver: RegionSolver, result: RegionResult) -> None:
        """Remember an answer, unless it was ended before its time, or came to nothing."""
        is_proved = result.status in ("optimal", "infeasible")
        if is_proved or (result.score_nano is not None and not solver.deadline.ended):
            self._results.put(key, _Kept(result, limits))

        if result.status == "optimal":
            size = len(solver.levels) * (_EACH_PROOF + _EACH_CANDIDATE * result.candidates)
            self._proofs.put(key, _Proof(solver, size))

    def decided(self, key: Key) -> RegionResult | None:
        """Give an answer that says of each part of its plan how decided it is."""
        kept = self._results.get(("decided", *key))
        return None if kept is None else kept.result

    def keep_decided(self, key: Key, result: RegionResult) -> None:
        """Remember such an answer, where it says so of each."""
        if all(part.decided.status != "not known" for part in (*result.mergers, *result.zones)):
            self._results.put(("decided", *key), _Kept(result, Limits()))

    def proof(self, key: Key) -> RegionSolver | None:
        """Give the work that led to an answer, where it is still there."""
        known = self._proofs.get(key)
        return None if known is None else known.solver

    def clear(self) -> None:
        """Forget everything."""
        self._results.clear()
        self._proofs.clear()
        self.listings.clear()


@dataclass(frozen=True)
class RegionKeeper(Keeper):
    """Takes answers over that were given before, and verifies those that are new.

    Attributes
    ----------
    answers : Answers
    scenario : Scenario
        What is asked now.
    formulation : str
    limits : Limits
    """

    answers: Answers
    scenario: Scenario
    formulation: str
    limits: Limits

    def methods(self, methods: Sequence[Method]) -> Sequence[Method]:
        """See `Keeper.methods`."""
        listings = self.answers.listings
        return [
            AGAIN[type(method)](method.params, listings)
            if isinstance(method, Listed) and type(method) in AGAIN
            else method
            for method in methods
        ]

    def inner(self, model: Model, region: int, deadline: Deadline) -> InnerMergers:
        """See `Keeper.inner`."""
        return InnerAgain(model, region, deadline, listings=self.answers.listings)

    def recall(self, solver: RegionSolver) -> RegionResult | None:
        """See `Keeper.recall`."""
        return self.answers.recall(self.answers.key(solver, self.formulation), self.limits)

    def keep(self, solver: RegionSolver, result: RegionResult) -> None:
        """See `Keeper.keep`.

        Raises
        ------
        DefectError
            The plan does not pass verification.
        """
        if result.score_nano is not None:
            instance = solver.instance
            plan = Plan(result.mergers, result.zones, instance, self.scenario)
            check_own_plan(
                instance,
                self.scenario,
                plan,
                solver.names,
                name=f"the plan of {result.name}",
                score_nano=result.score_nano,
            )
        key = self.answers.key(solver, self.formulation)
        self.answers.keep(key, self.limits, solver, result)


def _same(one: Limits, other: Limits) -> bool:
    return (one.seconds, one.memory) == (other.seconds, other.memory)
