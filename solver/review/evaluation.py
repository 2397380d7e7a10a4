"""Plans that exist, scored and compared with the proved optimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ...instances.common.activity import doing
from ...instances.common.deprecated import renamed_parameters, warn_renamed
from ...instances.instance import Instance
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..deadline import Limits
from ..regions.solving import solve
from ..results.counts import Counts, count_parts, number_of
from ..results.mergers import Merger
from ..results.plan import Plan
from ..results.result import Result
from ..results.status import relative_gap
from ..verification.verifier import Violation, verify
from .findings import EvaluatedMerger, evaluated_levels, of_the_whole
from .plan_groups import check_touched
from .similarity import Parts

_DEPTH = 3  # calls between a warning and the line of the user


@dataclass(frozen=True)
class RegionGap:
    """What a plan lacks in one region.

    Attributes
    ----------
    name : str
    counts : Counts
        Of the mergers with their seat in the region; at the level of zones, of the zones.
    zones : int
        Zones around the mergers, at the nested level.
    score_nano : int
        Their score, in nano-points.
    best_nano : int or None
        Score of the best plan of the region; None where no plan keeps all rules.
    """

    name: str
    counts: Counts
    zones: int
    score_nano: int
    best_nano: int | None

    @property
    def loss_nano(self) -> int | None:
        """What the plan lacks to the best, in nano-points."""
        return None if self.best_nano is None else self.best_nano - self.score_nano


@dataclass(frozen=True)
class Evaluation:
    """What a plan is worth under a scenario.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    plan : Plan
        With seats, term values and scores computed here.
    violations : tuple of Violation
        Every rule that it breaks.
    optimum : Result
        The proved best plan of the same regions under the same scenario.

    See Also
    --------
    EvaluatedMerger : what `by_merger` and `by_zone` hold
    """

    instance: Instance
    scenario: Scenario
    plan: Plan
    violations: tuple[Violation, ...]
    optimum: Result

    def __repr__(self) -> str:
        told = f"{self.plan.score:,.4f} points, {number_of(len(self.violations), 'violation')}"
        return f"<Evaluation '{self.scenario.name}' on {self.instance.name}: {told}>"

    @property
    def loss_nano(self) -> int | None:
        """What the plan lacks to the best, in nano-points; below zero only when it breaks rules."""
        best = self.optimum.score_nano
        return None if best is None else best - self.plan.score_nano

    @property
    def gap(self) -> float | None:
        """Relative gap to the proved bound: 0 when no plan is better, below 0 only with broken rules."""
        return relative_gap(self.plan.score_nano, self.optimum.bound_nano)

    @property
    def regions(self) -> tuple[str, ...]:
        """Names of the regions that the plan is evaluated for."""
        return tuple(region.name for region in self.optimum.by_region)

    @property
    def by_merger(self) -> tuple[EvaluatedMerger, ...]:
        """Each merger of the plan, with its terms and the rules that it keeps or breaks.

        Each zone where the scenario asks for zones alone.
        """
        return self._by_level[0]

    @property
    def by_zone(self) -> tuple[EvaluatedMerger, ...]:
        """Each zone around the mergers likewise; none where the scenario has one level."""
        return self._by_level[1]

    @cached_property
    def _by_level(self) -> tuple[tuple[EvaluatedMerger, ...], tuple[EvaluatedMerger, ...]]:
        return evaluated_levels(self.plan, self.violations)

    @property
    def of_the_whole(self) -> tuple[Violation, ...]:
        """The rules that no merger breaks, but the plan as a whole, such as the number of mergers."""
        return of_the_whole(self.violations)

    @property
    def by_region(self) -> tuple[RegionGap, ...]:
        """What the plan lacks in each region; a merger that crosses regions counts where its seat is.

        If its seat lies outside the regions, it counts in the first of them that it touches.
        """
        gaps = []
        for best in self.optimum.by_region:
            mergers, zones = (
                [part for part in parts if self.region_of(part) == best.name]
                for parts in (self.plan.mergers, self.plan.zones)
            )
            score = sum(part.score_nano for part in (*mergers, *zones))
            counts = count_parts(mergers)
            gaps.append(RegionGap(best.name, counts, len(zones), score, best.score_nano))
        return tuple(gaps)

    def region_of(self, merger: Merger) -> str:
        """Name the region that a merger, or a zone, of the plan counts in; see `by_region`."""
        instance = self.instance
        touched: list[str] = [instance.regions[instance.region[i]] for i in (merger.seat, *merger.members)]
        return next(name for name in touched if name in self.regions)


def scored(instance: Instance, scenario: Scenario, plan: Plan | Parts, zones: Parts, function: str) -> Plan:
    """Score a plan under a scenario, whether it keeps the rules or not.

    Groups of municipalities are taken for one release more; `function` is what users gave them to.
    """
    if not isinstance(plan, Plan):
        new = "a plan: Plan.of(instance, scenario, groups, zones)"
        warn_renamed(f"what {function} takes as groups of municipalities", new, depth=_DEPTH)
        return Plan.of(instance, scenario, plan, zones)
    is_scored = plan.instance is instance and plan.scenario is scenario
    return plan if is_scored else plan.under(scenario, instance)


@renamed_parameters(parts="plan")
@doing("evaluating the plan")
def evaluate(
    instance: Instance,
    scenario: Scenario,
    plan: Plan | Parts,
    zones: Parts = (),
    *,
    regions: Sequence[str] | None = None,
    limits: Limits = Limits(),
) -> Evaluation:
    """Score a plan that exists, list the rules that it breaks, and prove the best plan beside it.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    plan : Plan
        Whatever scenario it was made for; the regions that it touches are those compared.
    zones : sequence of tuple of int
        Not for a plan: groups of municipalities, as `plan` and `zones`, are taken for one release more.
    regions : sequence of str, optional
        Evaluate these regions only, and leave out mergers of others; by default those that the plan touches.
    limits : Limits
        For the best plan.

    Returns
    -------
    Evaluation

    Examples
    --------
    >>> instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    >>> mine = Plan.of(instance, scenario, read_parts(Path("mine.csv"), instance))
    >>> evaluation = evaluate(instance, scenario, mine)
    >>> evaluation.loss_nano, evaluation.gap, [str(broken) for broken in evaluation.violations]
    >>> {merger.name: [str(rule) for rule in merger.rules] for merger in evaluation.by_merger}
    """
    instance = framed(instance, scenario)
    plan = scored(instance, scenario, plan, zones, "evaluate")
    if regions is None:
        regions = plan.regions
    else:
        plan, regions = _within(instance, plan, regions)
    return Evaluation(
        instance,
        scenario,
        plan,
        verify(instance, scenario, plan, regions=regions),
        solve(instance, scenario, regions=regions, limits=limits),
    )


def _within(instance: Instance, plan: Plan, regions: Sequence[str]) -> tuple[Plan, list[str]]:
    """Leave out what is in none of some regions, which the plan must touch."""
    names = [instance.regions[k] for k in sorted(set(instance.region_indices(regions)))]
    check_touched(names, plan.regions)
    return plan.within(names), names
