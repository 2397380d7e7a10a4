"""Compact formulations as methods, and which scenarios they can ask."""

from __future__ import annotations

from dataclasses import dataclass, field

from ....instances.common.problems import Problems, reject, suggest
from ....models.formulations.budgets import amount_of_fixed
from ....models.scenario.scenario import Scenario
from ....models.scoring.scorer import Scorer
from ...deadline import Deadline
from ...memory import budget
from ...partition.answer import ComponentAnswer
from ..contract import Method, Task
from ..reasons import cannot_be_divided
from .centres import is_about_centres
from .centres.params import CentreParams
from .solve import FORMULATIONS, solve_compact

_FLOWS = ("flow", "multiflow")  # formulations with columns that need not be whole
_TIME = "no plan was found within the time limit"
_OPEN = "the engine ended before it was proved"
_TOLERANCE = "optimal within the tolerance of the engine; its last billionths of a point are not proved"


@dataclass(frozen=True)
class Formulation(Method):
    """A compact formulation; see `solve_compact`.

    A plan that is optimal only within the tolerance of an engine is 'feasible', with the reason beside it:
    'optimal' is said of scores that meet their bound.
    """

    formulation: str = "cut"
    centres: CentreParams = field(default_factory=CentreParams)
    name = "formulation"
    doing = "solving a compact formulation"

    def accepts(self, task: Task) -> str | None:
        """See `Method.accepts`."""
        if reason := self.refusal(task, budgets=True):
            return reason
        for term in task.scorer.terms:
            if task.scorer.scenario.weights[term.name] > 0 and not term.is_linear:
                return f"the term '{term.name}' cannot be written as a linear expression"
        return None

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        """See `Method.solve`."""
        if not len(task.free.municipalities):
            return self._all_fixed(task)
        if _is_torn(task):
            return ComponentAnswer(infeasible=True, reason=cannot_be_divided(task))
        if deadline.passed:
            return ComponentAnswer(reason=_TIME)
        answer = solve_compact(
            task.model,
            task.free,
            self.formulation,
            task.engine,
            count=task.count,
            seed=task.seed,
            deadline=deadline.part(task.share()),
            centres=self.centres,
            started=task.started,
        )
        answer = task.with_fixed(answer)
        if answer.infeasible:
            answer.reason = cannot_be_divided(task)
        elif answer.score is None:
            answer.reason = "" if budget().lacked else _TIME
        elif answer.status == "feasible":
            answer.reason = _TOLERANCE if answer.is_proved_to_tolerance else _OPEN
        return answer

    @staticmethod
    def _all_fixed(task: Task) -> ComponentAnswer:
        """Nothing is open: there is one plan, or none where it breaks a number of parts or a budget."""
        limits = task.question.count(task.component.region)
        number = sum(task.question.is_counted(part) for part in task.fixed)
        budgets = task.question.budgets
        broken = any(not one.is_kept(amount_of_fixed(one, task.question)) for one in budgets)
        few_or_many = limits is not None and not (
            limits[0] <= number <= (number if limits[1] is None else limits[1])
        )
        if broken or few_or_many:
            return ComponentAnswer(infeasible=True, reason=cannot_be_divided(task))
        answer = task.with_fixed(ComponentAnswer(score=0, bound=0))
        return answer


@dataclass(frozen=True)
class Cuts(Formulation):
    """The cut formulation where the number of parts is limited: districting asks for few and large parts."""

    name = "cuts"
    doing = "proving by cuts"
    proves = True

    def accepts(self, task: Task) -> str | None:
        """See `Method.accepts`."""
        if task.count is None:
            return "the number of mergers is not limited"
        return super().accepts(task)

    def works_alone(self, task: Task) -> bool:
        """See `Method.works_alone`. The search by centres begins with plans."""
        fixed = task.count is not None and task.count[0] == task.count[1]
        budgets = task.question.budgets
        return fixed and not budgets and is_about_centres(task.model, task.free.municipalities)


def _is_torn(task: Task) -> bool:
    """Whether a group that must be in one part is only half in the component."""
    inside = set(task.free.municipalities.tolist())
    return any(0 < len(inside & set(group)) < len(group) for group in task.question.together)


def check_formulation(formulation: str, scenario: Scenario, scorer: Scorer, engine_name: str) -> None:
    """Make sure that a compact formulation can ask what a scenario asks, of this engine.

    Raises
    ------
    InputError
        There is no such formulation, or the engine cannot solve it, or the scenario is nested, or terms that
        weigh something have no linear form; each of them is named.
    """
    if formulation not in FORMULATIONS:
        reject(
            "there is no such formulation",
            suggest(formulation, ["partition", *FORMULATIONS]),
            value=formulation,
        )
    problems = Problems()
    if formulation in _FLOWS and engine_name.lower() == "cpsat":
        problems.add(
            f"the engine 'cpsat' takes only whole numbers, and the flows of '{formulation}' may be broken",
            "use highs, scip or cbc, or the formulation 'cpsat'",
        )
    if len(scenario.levels) > 1:
        problems.add(
            "compact formulations decide one level at a time, and this scenario nests mergers in zones",
            "use the formulation 'partition', or a scenario of one level",
            value=formulation,
        )
    for term in scorer.terms:
        if scorer.scenario.weights[term.name] > 0 and not term.is_linear:
            problems.add(
                f"{term.name}: this term cannot be written as a linear expression, as the formulation "
                f"'{formulation}' needs",
                "leave it out, give it the weight 0, or use the formulation 'partition'",
            )
    problems.raise_if_any()
