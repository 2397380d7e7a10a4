"""Why a component has no plan, in words."""

from __future__ import annotations

from collections.abc import Sequence

from ...instances.instance import Instance
from ...models.question.question import Question
from .contract import Task

OUT_OF_TIME = "the time limit passed before all candidates were listed"
TOO_MANY = "there are too many candidates to list; narrow the bounds"
NO_PLAN = "the time limit passed before a plan was found"
UNPROVED = "a limit ended the proof"
SEARCHED = "the plan was searched for and not proved"
NOT_FOUND = "a search found no plan"


def kind(question: Question) -> str:
    """Say what a part of a level is: a merger or zone within its bounds."""
    bounds = question.scenario.population
    noun = question.scenario.level.removesuffix("s")
    text = f"connected {noun} of {bounds.lowest:,} to {bounds.highest:,} inhabitants"
    return f"{text} (under {' and '.join(bounds.also)} too)" if bounds.also else text


def named(instance: Instance, members: Sequence[int]) -> str:
    """Name some municipalities, if not all."""
    return ", ".join(instance.label(i) for i in members[:5]) + (" and others" if len(members) > 5 else "")


def cannot_hold(question: Question, lost: Sequence[int], more: str = "", *, by_bounds: bool = False) -> str:
    """Say that no part can hold some municipalities.

    Parameters
    ----------
    question : Question
    lost : sequence of int
    more : str
        What a part has to keep beside its bounds.
    by_bounds : bool
        Whether the bounds are the cause; otherwise they are said where they are all that a part has to keep.
    """
    regions = {int(question.instance.region[i]) for i in lost}
    locks = (*question.together, *question.apart, question.seats)
    # what is agreed elsewhere is no reason here
    agreed = any(int(question.instance.region[i]) in regions for group in locks for i in group)
    rules = agreed or question.required or question.unenclosed
    locked = rules and not by_bounds
    holder = f"{question.scenario.level.removesuffix('s')} that keeps all rules" if locked else kind(question)
    return f"no {holder}{'' if locked else more} can hold {named(question.instance, lost)}"


def cannot_be_divided(task: Task, more: str = "") -> str:
    """Say that the candidates of a component hold all its municipalities, and no plan."""
    names = [budget.name for model in reversed(task.levels) for budget in model.question.budgets]
    if names:
        several = " and ".join(names)
        if len(names) > 1:
            return f"no plan keeps the budgets of {several} under these rules and locks"
        return f"no plan keeps the budget of {several} under these rules and locks"
    members = task.component.municipalities
    inhabitants = int(task.question.instance.population[members].sum())
    number = "1 municipality" if len(members) == 1 else f"{len(members)} municipalities"
    return (
        f"{number} with {inhabitants:,} inhabitants cannot be divided "
        f"{_numbers(task)}under these rules and locks: each piece must be a "
        f"{kind(task.question)}{more.removesuffix(',')}"
    )


def no_partition(task: Task, uncovered: Sequence[int]) -> str:
    """Say why listed candidates hold no plan.

    Parameters
    ----------
    task : Task
    uncovered : sequence of int
        Municipalities that no candidate holds.
    """
    more = ""
    if task.inner is not None:
        if task.inner.lost:
            return cannot_hold(task.inner.question, task.inner.lost)
        more = ", itself divided into mergers,"
    return cannot_hold(task.question, uncovered, more) if uncovered else cannot_be_divided(task, more)


def _numbers(task: Task) -> str:
    """Say how many parts are asked for, where their number is limited."""
    asked = []
    for model in reversed(task.levels):
        if (limits := model.question.count(task.component.region)) is not None:
            least, most = limits
            more = " or more" if most is None else f" to {most}" if most > least else ""
            asked.append(f"{least}{more} {model.scenario.level}")
    return f"into {' and '.join(asked)} " if asked else ""
