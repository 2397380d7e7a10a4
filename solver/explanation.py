"""Why a region has no plan: the smallest set of rules that clash, and the nearest relaxations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..instances.activity import doing
from ..instances.instance import Instance
from ..models.scenario import Scenario
from .feasibility import Feasibility
from .limits import Deadline, TimeUpError
from .result import Result
from .rules import Relaxation, Rule, Test, rules_of


@dataclass(frozen=True)
class Explanation:
    """Why a region has no plan.

    Attributes
    ----------
    region : str
    rules : tuple of Rule
        They cannot hold together.
    unsure : tuple of Rule
        Those of which it could not be told in time whether the clash needs them. Of each other one it is
        proved that without it the rest of the clash leaves the region a plan.
    municipalities : tuple of int
        Whom the rules name, or who is in no admissible merger.
    relaxations : tuple of Relaxation
        One for each rule, the bounds by the least amount (to 50 inhabitants) that is enough by itself.
    """

    region: str
    rules: tuple[Rule, ...]
    unsure: tuple[Rule, ...]
    municipalities: tuple[int, ...]
    relaxations: tuple[Relaxation, ...]

    @property
    def minimal(self) -> bool:
        """Whether no rule of the clash can be spared, proved."""
        return not self.unsure

    def in_words(self) -> str:
        """Say it in a sentence or three."""
        text = "these rules cannot hold together: " + "; ".join(rule.text for rule in self.rules)
        if self.unsure:
            text += " (not told in time whether all are needed: "
            text += "; ".join(rule.text for rule in self.unsure) + ")"
        changes = " or ".join(relaxation.text for relaxation in self.relaxations)
        return f"{text}. Enough by itself: {changes or 'no single change'}"


@doing("looking for the rules that clash")
def explain(
    instance: Instance, scenario: Scenario, region: str, deadline: Deadline = Deadline()
) -> Explanation | None:
    """Find a smallest set of rules that leaves a region without a plan.

    A deletion filter (Chinneck and Dravnieks 1991): rules are dropped one after the other; one whose loss
    leaves the region without a plan is not part of the clash and stays dropped. One proved answer a rule.
    What remains is minimal; the filter runs once with the bounds tried last and once with them tried first,
    and the smaller clash is given.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Infeasible for the region.
    region : str
    deadline : Deadline

    Returns
    -------
    Explanation or None
        None when the region has a plan, or when the deadline passes.
    """
    test = Feasibility(instance, region, deadline)
    try:
        if test(scenario) is not False:
            return None
        rules = rules_of(instance, scenario, region)
        filtered = [_deletion_filter(order, scenario, test) for order in (rules, rules[::-1])]
        clash, unsure = min(filtered, key=lambda found: (len(found[1]), len(found[0])))
        relaxations = tuple(filter(None, (rule.nearest(scenario, test) for rule in clash)))
    except TimeUpError:
        return None
    named = sorted({i for rule in clash for i in rule.municipalities})
    return Explanation(region, tuple(clash), tuple(unsure), tuple(named), relaxations)


def with_explanations(result: Result, seconds: float = 30.0) -> Result:
    """Give a result whose infeasible regions say which rules clash, as far as that is found in time.

    Parameters
    ----------
    result : Result
    seconds : float
        For each region.
    """
    regions = []
    for region in result.by_region:
        found = None
        if region.status == "infeasible":
            found = explain(result.instance, result.scenario, region.name, Deadline.after(seconds))
        regions.append(replace(region, reason=f"{region.reason}. {found.in_words()}") if found else region)
    return replace(result, by_region=tuple(regions))


def _deletion_filter(rules: Sequence[Rule], scenario: Scenario, test: Test) -> tuple[list[Rule], list[Rule]]:
    """Drop rules as long as the region stays without a plan; give those that remain, and the unsure ones."""
    clash, unsure = [], []
    current = scenario
    for rule in rules:
        without = rule.without(current)
        answer = test(without)
        if answer is False:
            current = without
        else:
            clash.append(rule)
        if answer is None:
            unsure.append(rule)
    return clash, unsure
