"""Checks of explanations against brute force."""

from __future__ import annotations

from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario, ask
from refzones.solver.infeasibility.explanation import Explanation, explain
from refzones.solver.infeasibility.minimal_repair import AmountRepair, Repair
from refzones.solver.infeasibility.repairs import repairs_of
from refzones.solver.infeasibility.rules import rules_of

from .brute import brute_force
from .brute_nested import brute_force_nested
from .brute_relaxed import brute_relaxed
from .strategies import demands, instances, zone_demands

BAD_INPUT = ("not complete", "in two of the", "no facility", "border itself", "twice")
"""Mistakes of a scenario that belong to no rule."""


def refusals(instance: Instance, scenario: Scenario) -> list[str]:
    """List why a scenario is refused; empty where it is not."""
    levels = [scenario] if scenario.zones is None else [scenario.at("mergers"), scenario.at("zones")]
    refused: list[str] = []
    for level in levels:
        try:
            ask(instance, level)
        except InputError as error:
            refused += [problem.what for problem in error.problems]
    return refused


def has_plan(instance: Instance, scenario: Scenario) -> bool:
    """Tell whether brute force finds a plan; a scenario that is refused has none."""
    if refusals(instance, scenario):
        return False
    brute = brute_force if scenario.zones is None else brute_force_nested
    return brute(instance, scenario.model_copy(update={"weights": {}})) is not None


def check_explanation(instance: Instance, scenario: Scenario) -> None:
    """Check all statements of an explanation."""
    region = instance.regions[0]
    explanation = explain(instance, scenario, region)
    if has_plan(instance, scenario):
        assert explanation is None
        return
    assert explanation is not None
    check_infeasible_subset(instance, scenario, explanation)
    check_repairs(instance, scenario, explanation)


def check_infeasible_subset(instance: Instance, scenario: Scenario, explanation: Explanation) -> None:
    """Check that the named rules are an irreducible infeasible subset."""
    assert explanation.irreducible
    every = {rule.named for rule in rules_of(instance, scenario, explanation.region)}
    named = {rule.named for rule in explanation.rules}
    assert not brute_relaxed(instance, scenario, every - named)
    for rule in explanation.rules:
        assert brute_relaxed(instance, scenario, every - (named - {rule.named})), rule.text


def check_repairs(instance: Instance, scenario: Scenario, explanation: Explanation) -> None:
    """Check that each repair gives a plan, that less does not, and that no other change of one rule does."""
    assert not explanation.undecided
    for enough in explanation.repairs:
        assert enough.least
        assert has_plan(instance, Scenario.from_dict(enough.scenario.model_dump())), enough.text
    rules = rules_of(instance, scenario, explanation.region)
    said = {enough.text for enough in explanation.repairs}
    for change in repairs_of(instance, scenario, explanation.region, rules, rules):
        if isinstance(change, AmountRepair):
            for amount in amounts_that_are_not(change, explanation.repairs):
                assert not accepted(instance, change.spans[0].by(amount)), (change.text, amount)
        elif change.text not in said:
            assert not accepted(instance, change.scenario), change.text


def amounts_that_are_not(change: AmountRepair, enough: tuple[Repair, ...]) -> set[int]:
    """List amounts that are not enough: the largest of each span, or the largest below the stated one."""
    amounts = set()
    for span in change.spans:
        said = [
            one.amount
            for one in enough
            if span.first <= one.amount <= span.last and one.scenario == span.by(one.amount)
        ]
        if said and said[0] > span.first:
            amounts |= {said[0] - 1, span.first}
        if said:
            return amounts
        amounts |= {span.first, span.last}
    return amounts


def accepted(instance: Instance, scenario: Scenario) -> bool:
    """Tell whether a scenario is valid as a file and has a plan."""
    try:
        return has_plan(instance, Scenario.from_dict(scenario.model_dump()))
    except InputError:
        return False


@st.composite
def questions(draw: st.DrawFn, *, largest: int, nested: bool) -> tuple[Instance, Scenario]:
    """Draw one region, which may lie in pieces, and a scenario with every kind of rule."""
    connected = draw(st.sampled_from((True, True, False)))
    instance = draw(instances(largest=largest, connected=connected, numbers=(1,)))
    asked = draw(demands(instance, agreed=True, gentle=nested))
    if nested:
        asked = {"level": "nested", **asked, "zones": draw(zone_demands(instance, agreed=True))}
    return instance, Scenario.from_dict(asked)
