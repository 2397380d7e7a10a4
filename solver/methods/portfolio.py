"""Which methods are tried for a component, and what they say together."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial

from ...instances.common.activity import doing
from ...instances.common.problems import InputError
from ..deadline import Deadline
from ..engines import EngineError
from ..incumbents import bound_found, plans_unheard
from ..limit_errors import OutOfMemoryError, TimeUpError
from ..memory import budget
from ..partition.answer import ComponentAnswer, best_answer, lower
from ..results.ways import Way, with_answer
from .beside import improved, improving_beside, unless_lacking
from .contract import Method, Task
from .priced import relaxed_for
from .reasons import NO_PLAN, NOT_FOUND, SEARCHED, cannot_be_divided
from .trail import refused, ways_of


def in_turn(task: Task, methods: Sequence[Method], deadline: Deadline) -> ComponentAnswer:
    """Answer a task by the first method that comes to a plan, or to a proof that there is none.

    Parameters
    ----------
    task : Task
    methods : sequence of Method
        Those that do not accept the task are passed over.
    deadline : Deadline

    Returns
    -------
    ComponentAnswer
        With the lowest bound, and the reasons of the methods that came to nothing. A method that would not
        fit into the memory is given up, or ended, and the next one answers.
    """
    known: ComponentAnswer | None = None
    ways: list[Way] = []
    started = _begun(task, methods, deadline)
    task = replace(task, start=started) if started.score is not None else task
    for method in methods:
        if (why := method.accepts(task)) is not None:
            if method.of_levels in (None, len(task.levels)):
                ways.append(refused(method.doing, why))
            continue
        if known is not None and deadline.passed:
            break
        begun = time.perf_counter()
        answer = ComponentAnswer()
        with suppress(OutOfMemoryError), budget().attempt() as tried:
            try:
                answer = method.solve(task, deadline)
            except EngineError as error:
                answer = ComponentAnswer(reason=str(error), is_final=True)
            except OutOfMemoryError:
                raise
            except TimeUpError as error:
                answer = ComponentAnswer(reason=str(error) or NO_PLAN)
        answer = with_lacks(answer, tried.lacked)
        ways += ways_of(method.doing, answer, time.perf_counter() - begun)
        known = answer if known is None else _after(known, answer)
        if known.score is not None or known.infeasible or known.is_final:
            break
    known = known or ComponentAnswer()
    if started.score is not None and known.score is None and not known.infeasible:
        reason = known.reason if known.is_final else SEARCHED
        plan = replace(known, mergers=started.mergers, zones=started.zones, score=started.score)
        known = replace(plan, reason=reason)
    return replace(known, ways=with_answer(ways, known.score, infeasible=known.infeasible))


def _begun(task: Task, methods: Sequence[Method], deadline: Deadline) -> ComponentAnswer:
    """Give a plan to start from, before anything that may take long."""
    for method in methods:
        if method.begins(task) and method.accepts(task) is None:
            begun = unless_lacking(partial(method.begin, task, deadline))
            if begun.score is not None:
                return begun
    return ComponentAnswer()


def with_lacks(answer: ComponentAnswer, lacked: Sequence[str]) -> ComponentAnswer:
    """Say in an answer that is no proof what the memory did not suffice for."""
    if not lacked or answer.is_proved or answer.infeasible:
        return answer
    return replace(answer, reason="; ".join(filter(None, (answer.reason, *lacked))))


def _after(before: ComponentAnswer, answer: ComponentAnswer) -> ComponentAnswer:
    """Give the answer of a method after one that came to nothing."""
    both = replace(
        answer,
        bound=None if answer.infeasible else lower(before.bound, answer.bound),
        candidates=before.candidates + answer.candidates,
        kept=before.kept + answer.kept,
        stages=before.stages | answer.stages,
    )
    if not answer.infeasible:
        both.reason = "" if both.is_proved else "; ".join(filter(None, (before.reason, answer.reason)))
    return both


@dataclass(frozen=True)
class PortfolioParams:
    """How a portfolio shares out the time.

    Attributes
    ----------
    patience : float
        Seconds for proofs where no time limit is given.
    searching : float
        Share of the time for a plan that a proof can start from.
    searching_budgets : float
        The same where budgets bind the plan, of which proofs know a relaxation alone.
    searching_number : float
        The same where the number of parts is limited, and a proof has been tried.
    begun, begun_any : int
        Municipalities of a component from which on a plan is sought before anything is listed, where the
        number of parts is limited, and where it is not.
    proving, proving_nothing : float
        Share of the time for a proof that others come after, with a plan and without one.
    """

    patience: float = 120.0
    searching: float = 0.15
    searching_budgets: float = 0.5
    searching_number: float = 0.6
    begun: int = 60
    begun_any: int = 150
    proving: float = 0.85
    proving_nothing: float = 0.6


@dataclass(frozen=True)
class Portfolio(Method):
    """Several methods for a component whose candidates are too many to list, and the best of their answers.

    Where the number of parts is given, a first plan is made, and then the cut formulation is tried:
    districting asks for few and large parts, which no list can hold. Before it, sets with short borders are
    listed where cut edges alone are scored and there is a plan to better. Where many mergers are asked for,
    column generation comes before both, after a search. Otherwise a plan is searched for,
    for a short time, and column generation starts from it and from the sets that the search came upon. Where
    that cannot be, for want of numba or because of a term that its pricing does not know, the search has all
    the time. Each method's bound holds for all plans, so the least of them does, and the best plan of any
    method is given. What time a limit leaves when all have had their turn goes into better plans.

    Budgets are known to the search, and to the cut formulation where their indicators are linear. Column
    generation is given a price for each instead, or nothing: its bound holds, and its plan counts if it keeps
    them.

    Attributes
    ----------
    makers : tuple of callable
        Make the methods, when one is first needed: most runs list all candidates and need none.
    params : PortfolioParams
    """

    makers: tuple[Callable[[], Method], ...]
    params: PortfolioParams = PortfolioParams()
    name = "portfolio"
    doing = "searching for a plan"

    @cached_property
    def methods(self) -> tuple[Method, ...]:
        """The methods, in the order in which they are tried."""
        return tuple(make() for make in self.makers)

    def accepts(self, task: Task) -> str | None:
        """See `Method.accepts`."""
        if len(task.levels) == 1 and task.beyond_sums:
            return None  # to say so in the answer
        refusals = [method.accepts(task) for method in self.methods]
        return None if None in refusals else "; ".join(dict.fromkeys(filter(None, refusals)))

    def begins(self, task: Task) -> bool:
        """See `Method.begins`; to accept a task, all methods would have to be loaded."""
        least = self.params.begun_any if task.count is None else self.params.begun
        return len(task.free.municipalities) >= least and not task.beyond_sums

    def begin(self, task: Task, deadline: Deadline) -> ComponentAnswer:
        """See `Method.begin`."""
        if not self.begins(task):
            return ComponentAnswer()
        return next(
            (one.begin(task, deadline) for one in self.methods if _takes(one, task)), ComponentAnswer()
        )

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        """See `Method.solve`."""
        if task.beyond_sums:
            return ComponentAnswer(reason=f"a search knows no bound on the {', '.join(task.beyond_sums)}")
        begun = time.perf_counter()
        with doing(self.doing):
            best = self._best(replace(task, share=lambda: 1.0), deadline.part(task.share()))
        reason = ""
        if best.infeasible:
            reason = cannot_be_divided(task)
        elif not best.is_proved:
            reason = NOT_FOUND if best.score is None else SEARCHED
        # stages are those of the plan: of what came to none, the whole time is known
        stages, kept = ({}, 0) if best.score is None else (best.stages, len(task.fixed))
        searched = {"search": time.perf_counter() - begun}
        return replace(best, kept=kept, reason=reason, stages=searched | stages)

    def _share(self, task: Task, left: Sequence[Method]) -> float:
        """Share of the time for a search, before the methods that are left."""
        if not left:
            return 1.0
        if task.count is not None and not any(one.leads(task) for one in left):
            return self.params.searching_number
        return self.params.searching_budgets if task.question.budgets else self.params.searching

    @staticmethod
    def _answer(method: Method, task: Task, best: ComponentAnswer, deadline: Deadline) -> ComponentAnswer:
        """Answer a task, or its relaxation where a method does not know the budgets."""
        if _takes(method, task):
            return method.solve(replace(task, start=best), deadline)
        relaxed = relaxed_for(method, task, best.prices)
        with plans_unheard():
            return relaxed.of(task, method.solve(relaxed.starting(best), deadline))

    def _best(self, task: Task, deadline: Deadline) -> ComponentAnswer:
        proving = deadline.at_most(self.params.patience) if deadline.at is None else deadline
        free = task.without_budgets
        relaxed = bool(task.question.budgets) and len(task.levels) == 1
        left = [one for one in self.methods if _takes(one, task) or (relaxed and _takes(one, free))]
        ways = [refused(one.doing, one.accepts(task) or "") for one in self.methods if one not in left]
        left = in_order(left, task)
        best = ComponentAnswer() if task.started is None else _plan_of(task)
        while left and not best.is_proved:
            ready = (one for one in left if best.score is not None or not one.wants_plan)
            method = next(ready, left[0])
            left.remove(method)
            within = deadline.part(self._share(task, left))
            if method.proves:
                share = self.params.proving if best.score is not None else self.params.proving_nothing
                within = proving.part(share) if left else proving
            answer, best = self._tried(method, task, best, within, ways)
            if answer is None:
                continue
            bound_found(None)  # what was found just now is told before the next method begins
            # of equal plans that of the method which proves
            best = best_answer(answer, best) if method.proves else best_answer(best, answer)
        if not best.is_proved and deadline.at is not None:
            best = self._improved(task, best, deadline, ways)
        return replace(best, ways=tuple(ways))

    def _tried(
        self, method: Method, task: Task, best: ComponentAnswer, deadline: Deadline, ways: list[Way]
    ) -> tuple[ComponentAnswer | None, ComponentAnswer]:
        """Answer by a method, and better the plan beside it where it proves; None where it is given up."""
        begun = time.perf_counter()
        is_helped = method.proves and _takes(method, task) and not method.works_alone(task)
        beside = self.methods if is_helped else ()
        answer: ComponentAnswer | None = None
        found: list[ComponentAnswer] = []
        try:
            with (
                doing(method.doing),
                budget().attempt(),
                improving_beside(beside, replace(task, start=best), deadline) as found,
            ):
                answer = self._answer(method, task, best, deadline)
            ways += ways_of(method.doing, answer, time.perf_counter() - begun)
        except InputError as error:  # it has written its programme, and the engine does not take that
            ways.append(refused(method.doing, error.problems[0].what))
        except TimeUpError as error:  # for want of memory, or of time to compile a search
            ways.append(refused(method.doing, str(error) or NO_PLAN))
        for better in found:
            if better.score is not None:
                spent = time.perf_counter() - begun
                ways += ways_of(self.doing, replace(better, ways=()), spent)
            best = replace(best_answer(best, better), pool=best.pool, prices=best.prices)
        return answer, best

    def _improved(
        self, task: Task, best: ComponentAnswer, deadline: Deadline, ways: list[Way]
    ) -> ComponentAnswer:
        """Look for better plans in the time that is left."""
        for method in self.methods:
            if _takes(method, task) and not deadline.passed:
                begun = time.perf_counter()
                with doing(method.doing):
                    answer = improved(method, replace(task, start=best), deadline)
                if answer.score is not None:
                    ways += ways_of(method.doing, replace(answer, ways=()), time.perf_counter() - begun)
                best = replace(best_answer(best, answer), pool=best.pool)
        return best


def in_order(methods: Sequence[Method], task: Task) -> list[Method]:
    """Put what searches for plans first, and then the proof that leads, if one does."""
    if not any(one.leads(task) for one in methods):
        return list(methods)
    return sorted(methods, key=lambda one: one.proves and not one.leads(task))


def _plan_of(task: Task) -> ComponentAnswer:
    """Give the plan that a task starts from, as an answer."""
    assert task.start is not None
    return ComponentAnswer(task.start.mergers, task.start.score, zones=task.start.zones)


def _takes(method: Method, task: Task) -> bool:
    return method.accepts(task) is None


__all__ = ["Portfolio", "PortfolioParams", "in_order", "in_turn"]
