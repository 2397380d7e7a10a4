"""The problem of a road: mergers of a plan, what each costs by date, and the rules of a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, isnan, lcm

from ...instances.common.problems import InputError, reject
from ...instances.instance import Instance
from ...instances.provinces import province_of
from ...models.indicators import build_indicator
from ...models.road import Road
from ...models.road.milestones import DAYS_IN_4_YEARS
from ...models.scenario.scenario import Scenario
from ..results.mergers import Merger
from ..results.plan import Plan
from .mergers import RoadMerger
from .rules import RoadRule, rules_of

_LARGEST = 2**62
"""Sums of an objective stay below this, so that an engine can count them."""


@dataclass(frozen=True)
class Aim:
    """What is made as small as possible.

    Attributes
    ----------
    key : str
        Of the objective; ``weighted`` for several together.
    costs : tuple of tuple of int
        Of each merger, by date, and last of its not taking effect.
    """

    key: str
    costs: tuple[tuple[int, ...], ...]

    def total(self, when: Sequence[int]) -> int:
        """Add up the costs of a schedule."""
        return sum(row[t] for row, t in zip(self.costs, when, strict=True))


@dataclass(frozen=True)
class RoadProblem:
    """What is asked of a schedule, in whole numbers.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    plan : Plan
    road : Road
    mergers : tuple of RoadMerger
        Those of two municipalities or more, by the code of their first member.
    rules : tuple of RoadRule
    """

    instance: Instance
    scenario: Scenario
    plan: Plan
    road: Road
    mergers: tuple[RoadMerger, ...]
    rules: tuple[RoadRule, ...]

    @property
    def never(self) -> int:
        """The place that stands for not taking effect, behind those of the dates."""
        return len(self.road.milestones)

    @cached_property
    def aims(self) -> tuple[Aim, ...]:
        """What is sought, the most important first.

        Raises
        ------
        InputError
            The bonus is sought, and not known of some merger.
        """
        road = self.road
        if not road.weights:
            return tuple(Aim(key, self._costs(key)) for key in road.objectives)
        return (Aim("weighted", self._weighted()),)

    def _costs(self, key: str) -> tuple[tuple[int, ...], ...]:
        """Give what each merger costs by date: in days x inhabitants or councillors, or euros."""
        if key == "below_minimum":
            return tuple(self._until_then(m.below_before, m.below_after) for m in self.mergers)
        if key == "mandates":
            return tuple(self._until_then(m.councillors_before, m.councillors_after) for m in self.mergers)
        sign = -1 if key == "most_bonus" else 1
        return tuple((*(sign * bonus_at(self, m, t) for t in range(self.never)), 0) for m in self.mergers)

    def _until_then(self, before: int, after: int) -> tuple[int, ...]:
        left = self.road.days
        return (*(before * (left[0] - days) + after * days for days in left), before * left[0])

    def _weighted(self) -> tuple[tuple[int, ...], ...]:
        """Add up objectives by weight, made whole."""
        weights = {key: Fraction(str(weight)) for key, weight in self.road.weights.items() if weight}
        per_day = {key: weight * self._per_year(key) for key, weight in weights.items()}
        scale = lcm(*(weight.denominator for weight in per_day.values()))
        whole = {key: int(weight * scale) for key, weight in per_day.items()}
        common = gcd(*whole.values())
        costs = {key: self._costs(key) for key in whole}
        summed = tuple(
            tuple(
                sum(whole[key] // common * costs[key][m][t] for key in whole) for t in range(self.never + 1)
            )
            for m in range(len(self.mergers))
        )
        if sum(max(map(abs, row)) for row in summed) >= _LARGEST:
            reject("the weights have too many decimals to be counted exactly", "round them")
        return summed

    @staticmethod
    def _per_year(key: str) -> Fraction:
        return Fraction(1) if key.endswith("_bonus") else Fraction(4, DAYS_IN_4_YEARS)


def bonus_at(problem: RoadProblem, merger: RoadMerger, date: int) -> int:
    """Give the bonus of a merger on a date.

    Raises
    ------
    InputError
        It is not known.
    """
    found = merger.bonus[date]
    if found is None:
        milestone = problem.road.milestones[date]
        if not milestone.bonus:
            reject(
                f"no bonus is named for {milestone.date}",
                'name its scheme in the file of dates, as bonus = "2025", or seek something else',
            )
        reject(
            f"the bonus of {merger.name} on {milestone.date} is not known by the scheme '{milestone.bonus}'",
            "name a scheme that says it, or seek something else",
        )
    return found


def road_problem(instance: Instance, scenario: Scenario, plan: Plan, road: Road) -> RoadProblem:
    """Put a road to the mergers of a plan.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Its minimum of inhabitants is the one that municipalities are below.
    plan : Plan
    road : Road

    Raises
    ------
    InputError
        The plan has no mergers, or the road names a merger, a region or a province that is not there; all is
        listed.
    """
    chosen = [merger for merger in plan.mergers if len(merger.members) > 1]
    if not chosen:
        reject("the plan has no merger of two municipalities or more", "name a plan that has")
    chosen.sort(key=lambda merger: instance.codes[merger.members[0]])
    mergers = _known(instance, scenario, chosen, road)
    problem = RoadProblem(instance, scenario, plan, road, mergers, ())
    rules = rules_of(instance, road, mergers, lambda m, t: bonus_at(problem, mergers[m], t))
    return RoadProblem(instance, scenario, plan, road, mergers, rules)


def _known(
    instance: Instance, scenario: Scenario, mergers: Sequence[Merger], road: Road
) -> tuple[RoadMerger, ...]:
    given = instance.given or instance
    minimum = scenario.levels[0].population.min
    council = build_indicator("councillors", instance, scenario.levels[0])
    before = council.of_plan([(i,) for i in range(len(instance))]).numbers.tolist()
    after = council.of_plan([merger.members for merger in mergers]).numbers.tolist()
    bonus = _bonuses(instance, scenario, mergers, road)
    people = instance.population.tolist()
    return tuple(
        RoadMerger(
            merger,
            merger.name(instance),
            given.regions[given.region[merger.seat]],
            province_of(instance.codes[merger.seat]),
            population := sum(people[i] for i in merger.members),
            sum(people[i] for i in merger.members if people[i] < minimum),
            population if population < minimum else 0,
            round(sum(before[i] for i in merger.members)),
            round(after[k]),
            bonus[k],
        )
        for k, merger in enumerate(mergers)
    )


def _bonuses(
    instance: Instance, scenario: Scenario, mergers: Sequence[Merger], road: Road
) -> list[tuple[int | None, ...]]:
    """Give the bonus of each merger by date."""
    by_date: list[list[int | None]] = []
    for milestone in road.milestones:
        if not milestone.bonus:
            by_date.append([None] * len(mergers))
            continue
        try:
            scheme = build_indicator(f"bonus({milestone.bonus})", instance, scenario.levels[0])
        except InputError:
            raise
        except ValueError as error:
            reject(str(error), value=milestone.bonus)
        numbers = scheme.of_plan([merger.members for merger in mergers]).numbers.tolist()
        by_date.append([None if isnan(number) else round(number) for number in numbers])
    return [tuple(row) for row in zip(*by_date, strict=True)]
