"""What every explanation must hold, checked against brute force."""

from __future__ import annotations

from refzones.instances import InputError, Instance
from refzones.models import Scenario, ask
from refzones.solver.infeasibility.explanation import Explanation, explain
from refzones.solver.infeasibility.minimal_repair import AmountRepair, Repair
from refzones.solver.infeasibility.repairs import repairs_of
from refzones.solver.infeasibility.rules import rules_of

from .brute import brute_force
from .brute_nested import brute_force_nested
from .brute_relaxed import brute_relaxed

BAD_INPUT = ("not complete", "in two of the", "no facility", "border itself", "twice")
"""What is wrong with a scenario that no rule can be blamed for."""


def refusals(instance: Instance, scenario: Scenario) -> list[str]:
    """Why a scenario is refused; empty where it is not."""
    levels = [scenario] if scenario.zones is None else [scenario.at("mergers"), scenario.at("zones")]
    found: list[str] = []
    for level in levels:
        try:
            ask(instance, level)
        except InputError as error:
            found += [problem.what for problem in error.problems]
    return found


def has_plan(instance: Instance, scenario: Scenario) -> bool:
    """Whether brute force finds a plan; a scenario that is refused has none."""
    if refusals(instance, scenario):
        return False
    brute = brute_force if scenario.zones is None else brute_force_nested
    return brute(instance, scenario.model_copy(update={"weights": {}})) is not None


def check_explanation(instance: Instance, scenario: Scenario) -> None:
    """Check everything that an explanation says, all of it against brute force."""
    region = instance.regions[0]
    found = explain(instance, scenario, region)
    if has_plan(instance, scenario):
        assert found is None
        return
    assert found is not None
    check_infeasible_subset(instance, scenario, found)
    check_repairs(instance, scenario, found)


def check_infeasible_subset(instance: Instance, scenario: Scenario, found: Explanation) -> None:
    """Only the rules named leave no plan, whatever else is given up; without any one of them there is one."""
    assert found.irreducible
    every = {rule.named for rule in rules_of(instance, scenario, found.region)}
    named = {rule.named for rule in found.rules}
    assert not brute_relaxed(instance, scenario, every - named)
    for rule in found.rules:
        assert brute_relaxed(instance, scenario, every - (named - {rule.named})), rule.text


def check_repairs(instance: Instance, scenario: Scenario, found: Explanation) -> None:
    """What is enough gives a plan, less of it does not, and no other change of one rule does."""
    assert not found.undecided
    for enough in found.repairs:
        assert enough.least
        assert has_plan(instance, Scenario.from_dict(enough.scenario.model_dump())), enough.text
    rules = rules_of(instance, scenario, found.region)
    said = {enough.text for enough in found.repairs}
    for change in repairs_of(instance, scenario, found.region, rules, rules):
        if isinstance(change, AmountRepair):
            for amount in amounts_that_are_not(change, found.repairs):
                assert not accepted(instance, change.spans[0].by(amount)), (change.text, amount)
        elif change.text not in said:
            assert not accepted(instance, change.scenario), change.text


def amounts_that_are_not(change: AmountRepair, enough: tuple[Repair, ...]) -> set[int]:
    """Amounts that are not said to be enough: the largest of each stretch, the largest below what is said."""
    found = set()
    for span in change.spans:
        said = [
            one.amount
            for one in enough
            if span.first <= one.amount <= span.last and one.scenario == span.by(one.amount)
        ]
        if said and said[0] > span.first:
            found |= {said[0] - 1, span.first}
        if said:
            return found
        found |= {span.first, span.last}
    return found


def accepted(instance: Instance, scenario: Scenario) -> bool:
    """Whether a scenario passes as a file and has a plan."""
    try:
        return has_plan(instance, Scenario.from_dict(scenario.model_dump()))
    except InputError:
        return False
