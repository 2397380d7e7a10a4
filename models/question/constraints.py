"""Side constraints of a plan: sums of whole numbers over its mergers, between bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import Problems, reject
from .question import Question
from .surroundings import forbids_enclosed_mergers

NUMBER = "number of mergers"
ENCLOSED = "number of enclosed mergers"

Amounts = Callable[[FloatArray, IntArray], IntArray]
"""Gives a whole number, at least 0, for each set: from membership, shape (k, m), and the municipalities."""


@dataclass(frozen=True)
class PlanConstraint:
    """A sum of whole numbers over the mergers of a region, between bounds.

    Attributes
    ----------
    name : str
        In planners' words.
    amounts : callable
        What a merger adds to the sum.
    lower : int
    upper : int or None
        Both included; None is without limit.
    is_number : bool
        Whether it counts mergers.
    """

    name: str
    amounts: Amounts
    lower: int
    upper: int | None
    is_number: bool = False


def merger_amounts(question: Question) -> Amounts:
    """Count mergers: a set is one, unless it is a municipality alone that counts as none."""

    def amounts(members: FloatArray, municipalities: IntArray) -> IntArray:
        uncounted = np.isin(municipalities, list(question.uncounted)).astype(np.float64)
        counted = (members.sum(axis=1) > 1) | (members @ uncounted == 0)
        return np.asarray(counted, dtype=np.int64)

    return amounts


def number_of_mergers(question: Question, region: int) -> PlanConstraint | None:
    """Bound the number of mergers of a region, where the scenario does."""
    limits = question.count(region)
    if limits is None:
        return None
    least, most = limits
    highest = len(question.instance.members(region)) if most is None else most
    return PlanConstraint(NUMBER, merger_amounts(question), least, highest, is_number=True)


CONSTRAINTS: list[Callable[[Question, int], PlanConstraint | None]] = [number_of_mergers]
"""Each gives the constraint of a question on a region, or None. A new one is entered here."""


def plan_constraints(question: Question, region: int) -> tuple[PlanConstraint, ...]:
    """List the side constraints that a question puts on the plans of a region.

    Raises
    ------
    InputError
        Budgets bind the plans of this region and of others together, and the question is not that of all of
        them as one: see `united`.
    """
    if question.each is not None and question.is_united(region):
        each, names = question.each, question.regions_in(region)
        own = [one for name in names for one in _of_one_of(each, each.instance.regions.index(name))]
    else:
        own = _own_constraints(question, region)
    return (*own, *_budgets(question, region))


def _own_constraints(question: Question, region: int) -> list[PlanConstraint]:
    """Those of one reference region by itself."""
    asked = [constraint(question, region) for constraint in CONSTRAINTS]
    return [one for one in asked if one is not None]


def _of_one_of(each: Question, region: int) -> list[PlanConstraint]:
    """Those of one of several regions that are answered as one: the mergers of the others add nothing."""
    members, name = each.instance.members(region), each.instance.regions[region]

    def inside(amounts: Amounts) -> Amounts:
        def of_this(held: FloatArray, municipalities: IntArray) -> IntArray:
            here = held[:, np.isin(municipalities, members)].any(axis=1)
            return np.where(here, amounts(held, municipalities), 0)

        return of_this

    return [
        replace(one, name=f"{one.name} of {name}", amounts=inside(one.amounts))
        for one in _own_constraints(each, region)
    ]


def _budgets(question: Question, region: int) -> Iterator[PlanConstraint]:
    """Those over the whole plan."""
    members = frozenset(question.instance.members(region).tolist())
    for budget in question.budgets:
        if not budget.municipalities <= members:
            reject(
                f"budgets.{budget.name} binds the plans of all regions together, and here each is looked at "
                "by itself",
                "ask for one region, whose plan then has the whole budget, or leave the budget out",
                value=question.instance.regions[region],
            )
        lower, upper = budget.limits
        yield PlanConstraint(budget.name, budget.amounts, lower, upper)


def binds_together(question: Question, region: int) -> bool:
    """Tell whether the plans of parts of a region that are not connected depend on each other.

    Side constraints bind all of them. So does that no merger may be enclosed where frames divide the region:
    a merger on one side of a frame can lie around one on the other.
    """
    frames = question.scenario.frames
    divided = bool(frames.within or frames.zones)
    return bool(plan_constraints(question, region)) or (
        divided and forbids_enclosed_mergers(question.scenario)
    )


def beyond_number(
    question: Question, region: int, *, budgets: bool = False, sums: bool = False
) -> tuple[str, ...]:
    """Name the side constraints other than the number of mergers, for methods that know that one alone.

    That no merger may be enclosed is one for each that could be, over the candidates that are listed.

    Parameters
    ----------
    question : Question
    region : int
    budgets : bool
        Whether the method knows budgets of indicators with a linear expression beside that number.
    sums : bool
        Whether it knows all sums over the mergers of a plan.
    """
    known = [one.name for one in question.budgets if budgets and one.indicator.is_linear]
    asked = () if sums else plan_constraints(question, region)
    names = [one.name for one in asked if one.name not in (NUMBER, *known)]
    return (*names, ENCLOSED) if forbids_enclosed_mergers(question.scenario) else tuple(names)


def refuse_beyond_number(
    question: Question, regions: Iterable[int], method: str, *, budgets: bool = False
) -> None:
    """Make sure that a method which knows the number of mergers alone can take what is asked.

    With `budgets` it knows those that have a linear expression too.

    Raises
    ------
    InputError
        A region has other side constraints; each of them is named.
    """
    problems = Problems()
    for region in regions:
        for name in beyond_number(question, region, budgets=budgets):
            problems.add(f"{method} knows no bound on the {name}", value=question.instance.regions[region])
    problems.raise_if_any()
