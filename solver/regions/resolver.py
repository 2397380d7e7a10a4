"""One scenario after the other for one instance: what did not change is not answered again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from threading import RLock

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ..candidates.region import wanted_regions
from ..deadline import Deadline, Limits
from ..engines import DEFAULT, engine
from ..incumbents import Live
from ..progress import Progress, Step, telling
from ..results.region_result import RegionResult
from ..results.result import PARTITION, Result
from .answering import Work, answer
from .keeping import Answers, RegionKeeper, ResolverParams
from .region import RegionSolver
from .side_by_side import DECIDING
from .together import blocks_of, divided, joined


class Resolver:
    """Answers scenarios for one instance, and takes over what did not change since earlier ones.

    Every answer is the one that `solve` gives: the same plan, scores, bounds and statuses, whatever was asked
    before. A region of which the scenario asks what it asked before is not answered again, so that taking an
    edit back takes no time. Every plan that is new passes the independent verifier before it is given.

    May be used from several threads; answers are found one at a time, so callbacks must not ask it again.

    Parameters
    ----------
    instance : Instance
    params : ResolverParams
        How much is kept.

    Examples
    --------
    >>> resolver = Resolver(load("flanders-2025"))
    >>> scenario = Scenario.preset("mergers")
    >>> resolver.solve(scenario).status
    'optimal'
    >>> lock = {"locks": {"together": [["Aalst", "Lede"]]}}
    >>> resolver.solve(scenario.overlaid(lock)).status
    'optimal'
    """

    def __init__(self, instance: Instance, params: ResolverParams = ResolverParams()) -> None:
        self.instance = instance if instance.given is None else instance.given
        self._answers = Answers(params)
        self._lock = RLock()

    def solve(
        self,
        scenario: Scenario,
        *,
        regions: Sequence[str] | None = None,
        engine_name: str = DEFAULT,
        formulation: str = PARTITION,
        workers: int = 1,
        limits: Limits = Limits(),
        seed: int = 0,
        progress: Progress | None = None,
        live: Live | None = None,
        decided: bool = False,
    ) -> Result:
        """Find the best plan and prove that none is better; see `solve`, which gives the same answer.

        Parameters
        ----------
        scenario : Scenario
        regions, engine_name, formulation, seed : optional
            See `solve`.
        workers : int
            Regions worked on at a time.
        limits : Limits
            An answer that is not proved is taken over only where the limits are the same.
        progress : callable, optional
            Called for each region as soon as its answer is there, with a `Step`.
        live : callable, optional
            See `solve`.
        decided : bool
            Say how decided each part of the plan is when all regions are answered; `decide` does so later.

        Returns
        -------
        Result
            Seconds and stages of a region are those of when it was answered.

        Raises
        ------
        InputError, EngineError
            See `solve`.
        DefectError
            A plan does not pass verification.
        """
        begun, deadline = time.perf_counter(), limits.start()
        with self._lock:
            keeper = RegionKeeper(self._answers, scenario, formulation, limits)
            result = answer(
                self.instance,
                scenario,
                regions=regions,
                engine_name=engine_name,
                formulation=formulation,
                workers=workers,
                limits=limits,
                seed=seed,
                progress=progress,
                live=live,
                keeper=keeper,
            )
            if decided:
                spent = max(DECIDING, time.perf_counter() - begun)
                result = self._decided(result, deadline.at_most(spent), None)
        return replace(result, seconds=time.perf_counter() - begun)

    def decide(
        self, result: Result, *, limits: Limits = Limits(DECIDING), progress: Progress | None = None
    ) -> Result:
        """Say of each part of a plan that is proved how decided it is, as ``solve(..., decided=True)`` does.

        Parameters
        ----------
        result : Result
            An answer of this resolver, or of `solve`, for the same instance.
        limits : Limits
        progress : callable, optional
            Called for each region as soon as its prices are there, with a `Step`.

        Returns
        -------
        Result
            The same plan; what was not proved in time is not known.
        """
        with self._lock:
            return self._decided(result, limits.start(), progress)

    def _decided(self, result: Result, deadline: Deadline, progress: Progress | None) -> Result:
        names = [region.name for region in result.by_region]
        work = Work.of(result.instance, result.scenario, result.formulation, result.engine, names)
        tell, by = telling(progress), engine(result.engine)
        done: dict[str, RegionResult] = {}
        known = {region.name: region for region in result.by_region}
        for block in blocks_of(work.levels, wanted_regions(result.instance, names)):
            begun = time.perf_counter()
            solver = RegionSolver(block.levels, block.region, work.methods, by, result.seed, deadline)
            regions = [known[result.instance.regions[region]] for region in block.regions]
            answer = joined(solver.name, regions)
            answer = self._decided_region(solver, answer, result.formulation, deadline)
            for one in divided(result.instance, block.regions, answer):
                done[one.name] = one
                tell(Step(one.name, len(done), len(names), time.perf_counter() - begun, one))
        return replace(result, by_region=tuple(done[name] for name in names))

    def _decided_region(
        self, solver: RegionSolver, result: RegionResult, formulation: str, deadline: Deadline
    ) -> RegionResult:
        key = self._answers.key(solver, formulation)
        known = self._answers.decided(key)
        if known is not None and known == result:
            return known
        proof = self._answers.proof(key)
        if proof is None and result.status == "optimal" and result.candidates and not deadline.passed:
            solver.solve()
        decided = (proof or solver).decide(result, deadline)
        self._answers.keep_decided(key, decided)
        return decided

    def clear(self) -> None:
        """Forget all earlier answers."""
        with self._lock:
            self._answers.clear()
