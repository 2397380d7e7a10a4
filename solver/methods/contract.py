"""The contract for methods: what each is asked about a component, and what it answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Self

from ...models.formulations.assignment import Count
from ...models.formulations.budgets import amount_of
from ...models.question.constraints import beyond_number, plan_constraints
from ...models.question.question import Question
from ...models.scoring.model import Model
from ...models.scoring.scorer import Scorer
from ..candidates.components import Component
from ..candidates.scoring import score_all
from ..candidates.sets import Candidates, Part, bit_sets
from ..deadline import Deadline, Limits
from ..engines import Engine
from ..partition.answer import ComponentAnswer
from .inner import InnerMergers


@dataclass(frozen=True, eq=False)
class Task:
    """A component to answer.

    Attributes
    ----------
    levels : tuple of Model
        What is asked at each level: of mergers, then of zones around them.
    component : Component
        Fixed parts included.
    fixed : tuple of tuple of int
        Parts of the component that are in every plan.
    engine : Engine
    seed : int
    share : callable
        The part of the time left that this component may take; the rest is for others.
    inner : InnerMergers, optional
        The mergers inside zones, where there are two levels; shared by all components of a region.
    start : ComponentAnswer, optional
        What other methods know already.
    """

    levels: tuple[Model, ...]
    component: Component
    fixed: tuple[Part, ...]
    engine: Engine
    seed: int = 0
    share: Callable[[], float] = lambda: 1.0
    inner: InnerMergers | None = None
    start: ComponentAnswer | None = None

    @property
    def model(self) -> Model:
        """What is asked of the outermost level, and how its parts are scored."""
        return self.levels[-1]

    @property
    def question(self) -> Question:
        """What is asked of the outermost level."""
        return self.model.question

    @property
    def scorer(self) -> Scorer:
        """How parts of the outermost level are scored."""
        return self.model.scorer

    @cached_property
    def free(self) -> Component:
        """The component without its fixed parts; it need not be connected."""
        return self.component.without(self.fixed)

    @cached_property
    def count(self) -> Count | None:
        """Bounds on the number of parts beside those that are fixed; None where any will do."""
        limits = self.question.count(self.component.region)
        if limits is None:
            return None
        fixed = sum(self.question.is_counted(part) for part in self.fixed)
        least, most = limits
        return max(0, least - fixed), None if most is None else most - fixed

    @cached_property
    def is_bound(self) -> bool:
        """Whether side constraints bind the parts of the region together, at any level."""
        region = self.component.region
        return any(plan_constraints(model.question, region) for model in self.levels)

    @cached_property
    def beyond_sums(self) -> tuple[str, ...]:
        """Names of the side constraints that are no sums over the parts of a plan, which no search knows."""
        return beyond_number(self.question, self.component.region, sums=True)

    @property
    def started(self) -> tuple[Part, ...] | None:
        """The open part of the plan that is known already; None without one."""
        if self.start is None or self.start.score is None:
            return None
        fixed = set(self.fixed)
        return tuple(part for part in self.start.mergers if part not in fixed)

    @property
    def without_budgets(self) -> Task:
        """The same task without budgets: a relaxation, whose bound holds for this one."""
        free = tuple(replace(one, question=replace(one.question, budgets=())) for one in self.levels)
        return replace(self, levels=free)

    def keeps_budgets(self, parts: Iterable[Part]) -> bool:
        """Whether a plan of the component, fixed parts included, keeps the budgets."""
        made = list(parts)
        return all(one.is_kept(sum(amount_of(one, part) for part in made)) for one in self.question.budgets)

    def with_fixed(self, answer: ComponentAnswer) -> ComponentAnswer:
        """Add the fixed parts to a plan, if there is one, and their score to what is known."""
        fixed = self.score_of_fixed()
        if answer.score is not None:
            answer.mergers = (*self.fixed, *answer.mergers)
            answer.score = self.score_of(answer.mergers)
        answer.bound = None if answer.bound is None else answer.bound + fixed
        return answer

    def score_of_fixed(self) -> int:
        """Score of the fixed parts, in nano-points."""
        return self.score_of(self.fixed)

    def score_of(self, parts: Iterable[Part]) -> int:
        """Score of some parts of the component, in nano-points."""
        place = {i: k for k, i in enumerate(self.component.municipalities.tolist())}
        bits = [[place[i] for i in part] for part in parts]
        words = bit_sets(bits, len(place))
        return int(score_all(self.scorer, Candidates(self.component.municipalities, words)).sum())


class Method(ABC):
    """Answers a component. It keeps nothing between tasks: regions are answered side by side.

    A method ends by itself when the deadline passes, with what it knows by then; it raises only what is an
    error.
    """

    name: ClassVar[str]
    doing: ClassVar[str]
    """What the program is doing meanwhile, for people."""
    proves: ClassVar[bool] = False
    """Whether it works towards a proof, and is given time for it where there is no limit."""
    wants_plan: ClassVar[bool] = False
    """Whether its proof lives on a plan to start from: where there is none, others go first."""
    of_levels: ClassVar[int | None] = None
    """The number of levels that it is made for; None where it is for any, or says itself why not."""

    @staticmethod
    def refusal(task: Task, *, budgets: bool = False, sums: bool = False) -> str | None:
        """Say why a method of one level, which knows no side constraint but the number of parts, refuses.

        With `budgets` it knows those of indicators with a linear expression too, with `sums` all sums over
        the parts of a plan.
        """
        if len(task.levels) > 1:
            return "mergers are nested in zones"
        beyond = beyond_number(task.question, task.component.region, budgets=budgets, sums=sums)
        if beyond:
            return f"it knows no bound on the {', '.join(beyond)}"
        return None

    def within(self, limits: Limits) -> Self:
        """Give the method with no more room than the limits leave; by default what it takes is little."""
        return self

    def leads(self, task: Task) -> bool:
        """Say whether other proofs come after that of this method, which accepts the task."""
        return False

    def begins(self, task: Task) -> bool:
        """Tell, in no time, whether `begin` is worth asking whether the task is accepted."""
        return True

    def begin(self, task: Task, deadline: Deadline) -> ComponentAnswer:
        """Give a plan to start from, if it can be had in little time; by default none.

        The answer is without a bound.
        """
        return ComponentAnswer()

    def works_beside(self, task: Task) -> bool:
        """Say whether `improve` may run in a thread beside a proof, which it leaves the interpreter to."""
        return False

    def works_alone(self, task: Task) -> bool:
        """Say whether `solve` looks for plans by itself, and needs the interpreter too much to share it."""
        return False

    def improve(self, task: Task, deadline: Deadline) -> ComponentAnswer:
        """Look for a better plan than that which the task starts from until time is up; it need not.

        The answer is without a bound.
        """
        return ComponentAnswer()

    @abstractmethod
    def accepts(self, task: Task) -> str | None:
        """Say why a task cannot be answered, or is not worth trying; None where it is."""

    @abstractmethod
    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        """Answer a task that is accepted, fixed parts included.

        Raises
        ------
        EngineError
            The engine broke down.
        InputError
            The engine cannot solve the programme that the task leads to.
        """


__all__ = ["ComponentAnswer", "Method", "Part", "Task"]
