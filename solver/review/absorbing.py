"""Cities that may absorb neighbours and that nobody joins: which rule says so, or what a neighbour costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...instances.common.activity import doing
from ...instances.instance import Instance
from ...models.question.builder import ask
from ...models.question.clashes import why_alone
from ...models.question.question import Question
from ..deadline import Deadline, Limits
from ..results.mergers import Merger
from ..results.result import Result
from ..results.status import points_text
from .whatif_answer import WhatIfAnswer
from .whatif_locks import Level, WhatIf

ABSORBING = 10.0
"""Usual seconds for all of them."""

_NAMED = 6
"""How many neighbours a sentence names."""


@dataclass(frozen=True)
class LoneCity:
    """A municipality above the maximum that may absorb neighbours and stands alone in a plan.

    Attributes
    ----------
    municipality : int
    level : {'mergers', 'zones'}
    barred : tuple of (int, str)
        Neighbours which may not join, each with the rule, in words.
    tried : int
        Neighbours which may.
    joined : tuple of int
        Who joins in the best plan found in which somebody does.
    cost_nano : int or None
        What that plan scores less, in nano-points; None where none was found.
    proved : bool
        Whether that is the best such plan, or there is proved to be none.
    """

    municipality: int
    level: str
    barred: tuple[tuple[int, str], ...] = ()
    tried: int = 0
    joined: tuple[int, ...] = ()
    cost_nano: int | None = None
    proved: bool = False


@doing("asking who would join a city")
def lone_cities(result: Result, limits: Limits = Limits(ABSORBING)) -> tuple[LoneCity, ...]:
    """Find the municipalities that may absorb neighbours and that nobody joins, and what a neighbour costs.

    A merger in which somebody joins holds a neighbour. So the best plan in which somebody joins is the best
    of those with one neighbour or another, each of which is a wish (`what_if`).

    Parameters
    ----------
    result : Result
    limits : Limits
        For all together; what is not told by then is said to be open.
    """
    deadline = limits.start()
    found: list[LoneCity] = []
    for number, (question, parts) in enumerate(_levels(result)):
        level: Level | None = None if result.scenario.zones is None else ("zones" if number else "mergers")
        for part in parts:
            city = part.members[0]
            if len(part.members) == 1 and _may_absorb(question, city):
                found += [_of_city(result, question, city, level, deadline)]
    return tuple(found)


def _levels(result: Result) -> Iterator[tuple[Question, Sequence[Merger]]]:
    """What is asked of each level at which cities may absorb, and its parts."""
    answered = [region.name for region in result.by_region if region.score_nano is not None]
    for asked, parts in zip(result.scenario.levels, (result.mergers, result.zones), strict=False):
        above = result.instance.population > asked.population.max
        if answered and asked.rules.above_max == "absorb" and above.any():
            yield ask(result.instance, asked, answered), parts


def _may_absorb(question: Question, i: int) -> bool:
    above = int(question.instance.population[i]) > question.scenario.population.max
    return above and i not in question.fixed


def _of_city(
    result: Result, question: Question, city: int, level: Level | None, deadline: Deadline
) -> LoneCity:
    near = question.neighbours[city]
    barred = tuple((i, why) for i in near if (why := _why_not(question, city, i)))
    open_ones = [i for i in near if i not in dict(barred)]
    codes = result.instance.codes
    from .whatif import what_if  # loads what explains a clash, and there is hardly ever a city alone

    answers: list[WhatIfAnswer] = []
    for i in open_ones:
        if deadline.passed:
            break
        wished = WhatIf(together=((codes[city], codes[i]),), level=level)
        limits = deadline.limits()
        answers.append(what_if(result.instance, result, wished, limits=limits, explain_seconds=0))
    possible = [answer for answer in answers if answer.possible]
    best = min(possible, key=lambda answer: answer.cost_nano or 0, default=None)
    all_told = len(answers) == len(open_ones) and not any(map(_is_open, answers))
    called = question.scenario.level
    if best is None:
        return LoneCity(city, called, barred, len(open_ones), proved=all_told)
    assert best.result is not None
    parts = best.result.zones if level == "zones" else best.result.mergers
    (merger,) = (part for part in parts if city in part.members)
    least = [answer.at_least_nano for answer in possible]
    exact = best.proved and all(bound is not None and bound >= (best.cost_nano or 0) for bound in least)
    joined = tuple(i for i in merger.members if i != city)
    return LoneCity(city, called, barred, len(open_ones), joined, best.cost_nano, all_told and exact)


def _is_open(answer: WhatIfAnswer) -> bool:
    """Whether it is not told if there is a plan with the wish."""
    if answer.possible or answer.result is None:
        return False
    return not any(region.status == "infeasible" for region in answer.result.by_region)


def _why_not(question: Question, city: int, i: int) -> str:
    """Say which rule keeps a neighbour from joining; empty where none does by itself."""
    instance, scenario = question.instance, question.scenario
    most = scenario.rules.absorb_up_to
    if i in question.standalone:
        return why_alone(question, i)[0]
    if i in question.fixed:
        return "is in an existing merger, which is kept"
    if int(instance.population[i]) > scenario.population.max:
        return "is above population.max itself"
    if (min(city, i), max(city, i)) in question.apart:
        return "is kept apart from it by locks.apart"
    group = next((group for group in question.together if i in group), (i,))
    people = int(instance.population[list(group)].sum())
    if people > most:
        what = "has" if group == (i,) else "and those who stay together with it have"
        return f"{what} {people:,} inhabitants, more than rules.absorb_up_to = {most:,}"
    return ""


def lone_city_lines(instance: Instance, cities: Sequence[LoneCity]) -> Iterator[str]:
    """Say of each city why nobody joins, or what the best plan in which somebody does costs.

    Yields
    ------
    str
        A sentence without a full stop.
    """
    for city in cities:
        name = instance.names[city.municipality]
        yield f"{name} may absorb neighbours, and nobody joins: {_reason(instance, city)}"


def _reason(instance: Instance, city: LoneCity) -> str:
    if not city.tried:
        return _rules(instance, city)
    if city.cost_nano is None:
        if city.proved:
            return "no plan in which a neighbour joins keeps all rules"
        return "whether there is a plan in which a neighbour joins was not found out in time"
    names = " and ".join(instance.names[i] for i in city.joined)
    less = f"{points_text(abs(city.cost_nano))} points {'less' if city.cost_nano > 0 else 'more'}"
    scores = f"scores {less if city.cost_nano else 'the same'}"
    which = "the best plan" if city.proved else "the best plan found in time"
    return f"{which} in which somebody does ({names}) {scores}"


def _rules(instance: Instance, city: LoneCity) -> str:
    """Say which rules keep all neighbours away."""
    if not city.barred:
        return "it has no neighbour that a merger with it may reach"
    told = [f"{instance.names[i]} {why}" for i, why in city.barred[:_NAMED]]
    more = len(city.barred) - len(told)
    return "; ".join(told) + (f"; and {more} more neighbours may not join either" if more else "")
