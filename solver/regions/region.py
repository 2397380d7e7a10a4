"""Answering one region: its components, each by a chain of methods, summed up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ...instances.common.activity import doing
from ...instances.instance import Instance
from ...models.question.constraints import binds_together
from ...models.question.question import Question
from ...models.scoring.model import Model
from ..candidates.components import Component, components_of, split
from ..candidates.enumeration import TooManyCandidatesError
from ..candidates.sets import Part
from ..deadline import Deadline, TimeUpError
from ..engines import Engine, EngineError
from ..incumbents import Live, Watch, watching
from ..methods.contract import Method, Task
from ..methods.inner import InnerMergers
from ..methods.portfolio import in_turn
from ..methods.reasons import cannot_hold
from ..partition.answer import BestWithout, ComponentAnswer, Decisions
from ..results.decided import NOT_KNOWN, Decided
from ..results.mergers import Merger, make_parts, part_key
from ..results.region_result import RegionResult
from ..results.ways import Way, of_component


@dataclass(frozen=True)
class RegionSolver:
    """The work on one region.

    Attributes
    ----------
    levels : tuple of Model
        What is asked at each level: of mergers, then of zones around them.
    region : int
    methods : sequence of Method
        Tried one after the other for each component.
    engine : Engine
    seed : int
    deadline : Deadline
    share : callable
        The part of the time left that the region may take; the rest is for others.
    live : callable, optional
        Told of better plans and bounds while the region is worked on.
    inner : callable
        Makes what finds the mergers inside zones.
    """

    levels: tuple[Model, ...]
    region: int
    methods: Sequence[Method]
    engine: Engine
    seed: int = 0
    deadline: Deadline = field(default_factory=Deadline)
    share: Callable[[], float] = lambda: 1.0
    live: Live | None = None
    inner: Callable[[Model, int, Deadline], InnerMergers] = InnerMergers
    _decisions: list[Decisions] = field(default_factory=list)

    def solve(self) -> RegionResult:
        """Answer for every component of the region and sum up."""
        begun = time.perf_counter()
        with doing(f"{self.name}:"):
            answers = self.at_sight() or self._answered([*self._tasks()])
        return self.summed(answers, time.perf_counter() - begun)

    def components(self) -> list[Component]:
        """List the components, fixed parts included."""
        return [component for component, _ in self._components()]

    def answer_component(self, place: int) -> ComponentAnswer:
        """Answer the component at a place of `components` by itself."""
        with doing(f"{self.name}:"):
            (answer,) = self._answered([*self._tasks((place,))])
        answer.ways = tuple(replace(way, component=place + 1) for way in answer.ways)
        return answer

    def summed(self, answers: Sequence[ComponentAnswer], seconds: float) -> RegionResult:
        """Sum up the answers for all components, which took so many seconds."""
        instance = self._question.instance
        self._decisions[:] = [answer.decisions for answer in answers if answer.decisions is not None]
        infeasible = any(answer.infeasible for answer in answers)
        has_plan = not infeasible and all(answer.score is not None for answer in answers)
        zones, mergers = self._plan(answers) if has_plan else ((), ())
        score = sum(part.score_nano for part in (*zones, *mergers)) if has_plan else None
        bounds = [answer.bound for answer in answers]
        bound = None if infeasible or None in bounds else sum(bound for bound in bounds if bound is not None)
        return RegionResult(
            name=self.name,
            municipalities=len(instance.members(self.region)),
            mergers=mergers,
            score_nano=score,
            bound_nano=bound,
            seconds=seconds,
            candidates=sum(answer.candidates for answer in answers),
            kept=sum(answer.kept for answer in answers),
            # limits may have ended one method where another one came to a proof
            reason="" if has_plan and score == bound else _joined(answers),
            stages=_stages(answers),
            zones=zones,
            infeasible=infeasible,
            ways=_ways(answers),
        )

    def _answered(self, tasks: Sequence[Task]) -> list[ComponentAnswer]:
        """Answer each component, and tell meanwhile what is known of all of them."""
        watch = None if self.live is None else Watch(self.name, len(tasks), self.live)
        answers = []
        for place, task in enumerate(tasks):
            with watching(watch, place, task.fixed, task.score_of_fixed), self.deadline.in_force():
                answers.append(in_turn(task, self.methods, self.deadline))
            open_ones = len(task.free.municipalities)
            answers[-1].ways = of_component(answers[-1].ways, place + 1, open_ones)
            if watch is not None:
                watch.answered(place, answers[-1].mergers, answers[-1].score, answers[-1].bound)
        return answers

    def decide(self, result: RegionResult, deadline: Deadline) -> RegionResult:
        """Say of each part of the plan of the region, as `solve` gave it, how decided it is."""
        if result.status != "optimal":
            return result
        called = part_key(self.levels[-1].question.scenario.level)
        with doing(f"{result.name}: pricing plans without each {called}"):
            levels = (result.mergers, result.zones)[: len(self.levels)]
            decided = [
                tuple(replace(part, decided=self._decided(level, part, deadline)) for part in parts)
                for level, parts in enumerate(levels)
            ]
        return replace(result, mergers=decided[0], zones=decided[-1] if len(decided) > 1 else ())

    def _decided(self, level: int, part: Merger, deadline: Deadline) -> Decided:
        return self._priced(
            part, lambda decisions: BestWithout(decisions.of(level, part.members, deadline))
        ).decided

    def best_without(
        self, result: RegionResult, level: int, part: Merger, deadline: Deadline
    ) -> tuple[Decided, RegionResult | None]:
        """Give the best plan of the region in which a part of the plan is none, and how decided the part is.

        Parameters
        ----------
        result : RegionResult
            As `solve` gave it, or with another plan that scores the same.
        level : int
            0 for a merger; the last level is that of zones.
        part : Merger
            Of its plan.
        deadline : Deadline

        Returns
        -------
        tuple of Decided and RegionResult
            None in place of the latter where there is no such plan, or none is known.
        """
        found = self._priced(part, lambda decisions: decisions.best_without(level, part.members, deadline))
        nano = found.decided.price_nano
        if nano is None or result.score_nano is None:
            return found.decided, None
        there = {i for some in found.mergers for i in some}
        zones, mergers = (
            _made(model, [*new, *(one.members for one in old if there.isdisjoint(one.members))])
            for model, new, old in (
                (self.levels[-1], found.zones, result.zones),
                (self.levels[0], found.mergers, result.mergers),
            )
        )
        score = result.score_nano - nano
        return found.decided, replace(
            result, mergers=mergers, zones=zones, score_nano=score, bound_nano=score, stages={}, reason=""
        )

    def _priced(self, part: Merger, ask: Callable[[Decisions], BestWithout]) -> BestWithout:
        """Ask the component that a part lies in; one that is settled by a rule is not asked about."""
        if part.standalone:
            return BestWithout(Decided("rule"))
        for decisions in self._decisions:
            if decisions.holds(part.members):
                try:
                    return ask(decisions)
                except (TimeUpError, TooManyCandidatesError, EngineError):
                    return BestWithout(NOT_KNOWN)
        return BestWithout(NOT_KNOWN)

    @property
    def instance(self) -> Instance:
        """What is given, with the reference regions."""
        question = self._question
        return question.instance if question.each is None else question.each.instance

    @property
    def name(self) -> str:
        """Name of the region."""
        return self._question.instance.regions[self.region]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the reference regions that are worked on: one, or several that are answered as one."""
        return self._question.regions_in(self.region)

    @property
    def _question(self) -> Question:
        """What is asked of the outermost level."""
        return self.levels[-1].question

    @property
    def covering(self) -> tuple[Model, ...]:
        """The levels at which every municipality whose place is open is in a part within the bounds."""
        return self.levels

    def at_sight(self) -> list[ComponentAnswer]:
        """Name connected municipalities that are too few for a part: the rest need not be answered."""
        for model in self.covering:
            question = model.question
            for component in split(question, self.region):
                members = component.municipalities
                if int(question.bounded[members].sum()) < question.scenario.population.lowest:
                    reason = cannot_hold(question, members.tolist(), by_bounds=True)
                    return [ComponentAnswer(infeasible=True, reason=reason)]
        return []

    def _components(self) -> list[tuple[Component, list[Part]]]:
        """List the components; one where side constraints of any level bind them together."""
        bound = any(binds_together(model.question, self.region) for model in self.levels)
        return components_of(self._question, self.region, bound_together=bound)

    def _tasks(self, places: Sequence[int] | None = None) -> Iterator[Task]:
        """Give the components, or those at some places, as tasks."""
        inner = None
        for model in self.levels[:-1]:
            inner = self.inner(model, self.region, self.deadline)
        for place, (component, fixed) in enumerate(self._components()):
            if places is None or place in places:
                yield Task(self.levels, component, tuple(fixed), self.engine, self.seed, self.share, inner)

    def _plan(self, answers: Sequence[ComponentAnswer]) -> tuple[tuple[Merger, ...], tuple[Merger, ...]]:
        """Give the zones and mergers of all components, by first member."""
        zones = [zone for answer in answers for zone in answer.zones]
        mergers = [merger for answer in answers for merger in answer.mergers]
        return _made(self.levels[-1], zones), _made(self.levels[0], mergers)


def _made(model: Model, parts: Sequence[Part]) -> tuple[Merger, ...]:
    made = make_parts(model, parts)
    return tuple(sorted(made, key=lambda part: part.members))


def _joined(answers: Sequence[ComponentAnswer]) -> str:
    return "; ".join(dict.fromkeys(answer.reason for answer in answers if answer.reason))


def _ways(answers: Sequence[ComponentAnswer]) -> tuple[Way, ...]:
    """The ways of the components in which anything is open."""
    return tuple(way for answer in answers for way in answer.ways if way.municipalities)


def _stages(answers: Sequence[ComponentAnswer]) -> dict[str, float]:
    stages: dict[str, float] = {}
    for answer in answers:
        for stage, seconds in answer.stages.items():
            stages[stage] = stages.get(stage, 0.0) + seconds
    return stages


__all__ = ["RegionSolver"]
