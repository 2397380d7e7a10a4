"""Plans side by side: terms under one scenario, municipalities that change partners, similarity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ...instances.common.activity import doing
from ...instances.common.deprecated import Renamed
from ...instances.common.problems import Problems, reject
from ...instances.instance import Instance
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..results.mergers import Merger
from ..results.plan import Plan
from ..results.terms import TermRecord
from ..verification.verifier import Violation, verify
from .evaluation import scored
from .findings import EvaluatedMerger, evaluated_levels, of_the_whole
from .plan_groups import check_touched
from .similarity import Parts, Similarity, similarity
from .transfers import Transfer, transfers

PartLevel = Literal["mergers", "zones"]


@dataclass(frozen=True)
class ComparedPlan:
    """One of the plans.

    Attributes
    ----------
    name : str
    plan : Plan
        Scored under the scenario of the comparison.
    violations : tuple of Violation
        The rules of that scenario that it breaks.
    terms : mapping of str to TermRecord
        By term; at the nested level those of the zones follow, as ``zones.coverage``.
    """

    name: str
    plan: Plan
    violations: tuple[Violation, ...]
    terms: Mapping[str, TermRecord]

    @property
    def by_merger(self) -> tuple[EvaluatedMerger, ...]:
        """Each merger of the plan, with its terms and the rules that it keeps or breaks; see `Evaluation`."""
        return self._by_level[0]

    @property
    def by_zone(self) -> tuple[EvaluatedMerger, ...]:
        """Each zone around the mergers likewise; none where the scenario has one level."""
        return self._by_level[1]

    @property
    def evaluated(self) -> tuple[EvaluatedMerger, ...]:
        """Its zones around mergers, then its mergers."""
        return (*self.by_zone, *self.by_merger)

    @property
    def of_the_whole(self) -> tuple[Violation, ...]:
        """The rules that no merger breaks, but the plan as a whole."""
        return of_the_whole(self.violations)

    @cached_property
    def _by_level(self) -> tuple[tuple[EvaluatedMerger, ...], tuple[EvaluatedMerger, ...]]:
        return evaluated_levels(self.plan, self.violations)

    def parts(self, level: PartLevel) -> tuple[Merger, ...]:
        """Give the parts of the plan at one of the levels of the comparison."""
        return self.plan.zones if level == "zones" and self.plan.zones else self.plan.mergers


@dataclass(frozen=True)
class LevelComparison:
    """The parts of all plans at one level.

    Attributes
    ----------
    level : {'mergers', 'zones'}
    transfers : tuple of tuple of Transfer
        For each plan, what differs from the first one; empty for the first itself.
    similarity : tuple of tuple of Similarity
        Square and symmetric: by plan, then by plan.
    """

    level: PartLevel
    transfers: tuple[tuple[Transfer, ...], ...]
    similarity: tuple[tuple[Similarity, ...], ...]

    changes = Renamed("transfers")


@dataclass(frozen=True)
class Comparison:
    """Plans side by side.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    regions : tuple of str
        Reference regions that all plans are for.
    plans : tuple of ComparedPlan
        At least two; the others are held against the first.
    levels : tuple of LevelComparison
        One, or mergers and then zones where the scenario has both.
    """

    instance: Instance
    scenario: Scenario
    regions: tuple[str, ...]
    plans: tuple[ComparedPlan, ...]
    levels: tuple[LevelComparison, ...]

    def __repr__(self) -> str:
        names = ", ".join(plan.name for plan in self.plans)
        return f"<Comparison '{self.scenario.name}' on {self.instance.name}: {names}>"


@doing("comparing the plans")
def compare(
    instance: Instance,
    scenario: Scenario,
    plans: Mapping[str, Plan | tuple[Parts, Parts]],
    *,
    regions: Sequence[str] | None = None,
) -> Comparison:
    """Compare plans under one scenario, whether they keep its rules or not.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    plans : mapping of str to Plan
        By name, whatever scenarios they were made for. The others are held against the first. Pairs of groups
        of municipalities, mergers and zones around them, are taken for one release more.
    regions : sequence of str, optional
        Compare these regions only, which all plans must hold; by default those that the plans are for.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        There are fewer than two plans, or they do not hold the same regions.

    Examples
    --------
    >>> best = solve(instance, scenario).plan
    >>> mine = Plan.of(instance, scenario, read_parts(path, instance))
    >>> comparison = compare(instance, scenario, {"best": best, "mine": mine})
    >>> comparison.levels[0].similarity[0][1].adjusted_rand
    """
    instance = framed(instance, scenario)
    if len(plans) < 2:
        reject("there is nothing to compare: one plan only", "name two plans or more")
    own = {}
    for name, plan in plans.items():
        groups, zones = (plan, ()) if isinstance(plan, Plan) else plan
        own[name] = scored(instance, scenario, groups, zones, "compare")
    if regions is not None:
        regions = [instance.regions[k] for k in sorted(set(instance.region_indices(regions)))]
        for plan in own.values():
            check_touched(regions, plan.regions)
        own = {name: plan.within(regions) for name, plan in own.items()}
        _check_inside(instance, own, regions)
    regions = _common_regions(instance, own)
    compared = tuple(
        ComparedPlan(name, plan, verify(instance, scenario, plan, regions=regions), plan.terms)
        for name, plan in own.items()
    )
    names: list[PartLevel] = ["zones" if level.level == "zones" else "mergers" for level in scenario.levels]
    levels = tuple(_level(name, instance, compared) for name in names)
    return Comparison(instance, scenario, tuple(regions), compared, levels)


def _level(level: PartLevel, instance: Instance, plans: Sequence[ComparedPlan]) -> LevelComparison:
    partitions = [[part.members for part in plan.parts(level)] for plan in plans]
    people = instance.population
    changed = [transfers(partitions[0], partition, people) for partition in partitions]
    alike = [[similarity(one, other, people) for other in partitions] for one in partitions]
    return LevelComparison(level, tuple(changed), tuple(tuple(row) for row in alike))


def _check_inside(instance: Instance, plans: Mapping[str, Plan], regions: Sequence[str]) -> None:
    """Check that no merger crosses the border of the regions, beyond which plans are not compared."""
    problems = Problems()
    for name, plan in plans.items():
        beyond = [region for region in plan.regions if region not in regions]
        crossing = [
            part.name(instance)
            for part in plan.mergers
            if any(instance.regions[instance.region[i]] in beyond for i in part.members)
        ]
        if crossing:
            problems.add(
                f"mergers of plan '{name}' lie in {', '.join(beyond)} too: {', '.join(crossing)}",
                "compare these regions as well",
            )
    problems.raise_if_any()


def _common_regions(instance: Instance, plans: Mapping[str, Plan]) -> Sequence[str]:
    """Regions that all plans hold in full; those of others are problems."""
    problems = Problems()
    first, *others = plans
    regions = {name: plan.regions for name, plan in plans.items()}
    for name in others:
        if regions[name] != regions[first]:
            more = sorted(set(regions[name]) - set(regions[first]))
            fewer = sorted(set(regions[first]) - set(regions[name]))
            differs = [f"it lacks {', '.join(fewer)}"] if fewer else []
            differs += [f"it has {', '.join(more)} besides"] if more else []
            problems.add(
                f"plan '{name}' is for other regions than plan '{first}': {'; '.join(differs)}",
                _remedy(set(regions[name]) & set(regions[first])),
            )
    for name, plan in plans.items():
        wanted = instance.region_indices(regions[name])
        scope = {i for region in wanted for i in instance.members(region).tolist()}
        if any(_held(parts) != scope for parts in (plan.mergers, plan.zones or plan.mergers)):
            problems.add(f"plan '{name}' does not hold every municipality of its regions once", "complete it")
    problems.raise_if_any()
    return regions[first]


def _remedy(common: Set[str]) -> str:
    names = ", ".join(sorted(common))
    return "compare plans of the same regions" + (f"; both have {names}" if names else "")


def _held(parts: Sequence[Merger]) -> set[int]:
    return {i for part in parts for i in part.members}
