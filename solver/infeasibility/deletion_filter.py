"""An irreducible infeasible subset of the rules of a region, by a deletion filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...models.scenario.scenario import Scenario
from ..deadline import TimeUpError
from .feasibility import Feasibility, RuleKey
from .rules import Rule


@dataclass(frozen=True)
class InfeasibleSubset:
    """Rules that leave a region without a plan, whatever other rules are dropped.

    Attributes
    ----------
    rules : tuple of Rule
        In the order of all rules.
    unsure : tuple of Rule
        Those of which it could not be told in time whether they are needed. The subset is irreducible where
        there are none: without any one of its rules the others leave the region a plan.
    """

    rules: tuple[Rule, ...]
    unsure: tuple[Rule, ...]


def infeasible_subset(
    test: Feasibility,
    scenario: Scenario,
    rules: Sequence[Rule],
    starts: Sequence[frozenset[RuleKey]],
) -> InfeasibleSubset:
    """Find an infeasible subset of the rules of a region, as small as a deletion filter makes it.

    Rules are dropped one after the other (Chinneck and Dravnieks 1991): a rule without which there is still
    no plan is not needed, and stays dropped. Dropping a rule never takes a plan away (see `RelaxedLevel`),
    so what remains is irreducible. The filter goes through the rules in both orders, and takes what is
    smaller.

    Parameters
    ----------
    test : Feasibility
    scenario : Scenario
        Infeasible for the region.
    rules : sequence of Rule
        All that matter to the region.
    starts : sequence of frozenset of RuleKey
        Infeasible subsets that are known, which the filter begins with.
    """
    every = {rule.named for rule in rules}
    subsets = []
    for start in starts:
        some = [rule for rule in rules if rule.named in start]
        for order in (some, some[::-1]):
            # exemptions come last, so that a subset names as few of them as can be
            ordered = [rule for rule in order if not rule.exempts] + [r for r in order if r.exempts]
            subsets.append(_filtered(test, scenario, ordered, every))
        if any(not unsure for _, unsure in subsets):
            break
    remaining, unsure = min(subsets, key=lambda subset: (len(subset[1]), len(subset[0])))
    place = {rule.named: k for k, rule in enumerate(rules)}
    return InfeasibleSubset(tuple(sorted(remaining, key=lambda rule: place[rule.named])), tuple(unsure))


def _filtered(
    test: Feasibility, scenario: Scenario, some: Sequence[Rule], every: set[RuleKey]
) -> tuple[list[Rule], list[Rule]]:
    """Drop rules as long as there is no plan; give those that remain, and those that are unsure."""
    left = {rule.named for rule in some}
    unsure = []
    for rule in some:
        try:
            answer = test(scenario, every - (left - {rule.named}))
        except TimeUpError:
            answer = None
        if answer is False:
            left.discard(rule.named)
        elif answer is None:
            unsure.append(rule)
    return [rule for rule in some if rule.named in left], unsure
