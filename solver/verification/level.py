"""The parts of a plan at one level, and what they must keep, read from the scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...instances import Instance
from .agreed import Agreed, read_agreed
from .exempt import stands_by_rule
from .words import listed

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario
    from ..results.mergers import Merger
    from ..results.plan import Plan

Part = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Level:
    """Parts of a plan at one level, mergers or zones, and the rules that hold there.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
        What is asked at this level.
    noun : str
        'merger' or 'zone'.
    stated : tuple of Merger
        The parts as the plan states them.
    scope : frozenset of int
        Municipalities that must be in the plan.
    parts : tuple of tuple of int
        Members of each part that the instance knows, ascending, each once.
    smallest, largest : int
        Hard bounds on the inhabitants of a part, both included.
    standalone : dict of int to str
        Municipalities that stand alone by rule and are exempt from the bounds, with the rule.
    agreed : Agreed
    """

    instance: Instance
    scenario: Scenario
    noun: str
    stated: tuple[Merger, ...]
    scope: frozenset[int]
    parts: tuple[Part, ...]
    smallest: int
    largest: int
    standalone: dict[int, str]
    agreed: Agreed

    def reason(self, part: Part) -> str:
        """Rule by which a part is in every plan, exempt from bounds and requirements; or empty."""
        if len(part) == 1:
            return self.standalone.get(part[0], "")
        return "locked" if frozenset(part) in self.agreed.kept else ""

    def named(self, part: Part) -> str:
        """Name a part in a sentence."""
        if not part:
            return f"a {self.noun} without known members"
        if len(part) == 1:
            alone = self.instance.label(part[0])
            return f"the zone of {alone}" if self.noun == "zone" else alone
        return f"the {self.noun} of {listed(self.instance, part)}"


def scope_of(instance: Instance, regions: Sequence[str] | None) -> frozenset[int]:
    """Municipalities that the plan is to hold."""
    wanted = set(instance.region_indices(instance.regions if regions is None else regions))
    return frozenset(i for i, region in enumerate(instance.region.tolist()) if region in wanted)


def levels_of(instance: Instance, scenario: Scenario, plan: Plan, scope: frozenset[int]) -> tuple[Level, ...]:
    """Read the rules of each level out of the scenario, those of zones around mergers first."""
    stated = zip(scenario.levels, (plan.mergers, plan.zones), strict=False)
    return tuple(_level(instance, asked, parts, scope) for asked, parts in stated)[::-1]


def rules_of(instance: Instance, scenario: Scenario, scope: frozenset[int]) -> Level:
    """Read the rules of a scenario of one level, without a plan."""
    return _level(instance, scenario, (), scope)


def _level(
    instance: Instance, scenario: Scenario, stated: tuple[Merger, ...], scope: frozenset[int]
) -> Level:
    n, bounds = len(instance), scenario.population
    agreed = read_agreed(instance, scenario)
    return Level(
        instance,
        scenario,
        "zone" if scenario.level == "zones" else "merger",
        stated,
        scope,
        tuple(tuple(sorted({i for i in part.members if 0 <= i < n})) for part in stated),
        smallest=bounds.min if bounds.floor is None else bounds.floor,
        largest=bounds.max if bounds.ceiling is None else bounds.ceiling,
        standalone={i: reason for i in range(n) if (reason := _stands_alone(i, instance, scenario, agreed))},
        agreed=agreed,
    )


def _stands_alone(i: int, instance: Instance, scenario: Scenario, agreed: Agreed) -> str:
    """Rule by which a municipality stands alone: what is agreed first, then what it is; or empty."""
    if i in agreed.alone or i in agreed.kept_alone:
        return "locked"
    return "" if i in agreed.merged else stands_by_rule(i, instance, scenario)
