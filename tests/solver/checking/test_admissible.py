"""Parts that the rules allow, against all sets and the rules written once more."""

from __future__ import annotations

from hypothesis import assume, given, settings
from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver.checking.admissible import Region
from refzones.solver.results.plan import Plan
from refzones.solver.verification.level import levels_of, scope_of
from support.admissible import Rules
from support.brute import admissible_parts, members_of
from support.strategies import questions


@given(questions(agreed=True, largest=8))
@settings(max_examples=150, deadline=None)
def test_no_part_of_a_plan_is_missing_and_none_breaks_a_rule(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    rules = Rules(instance, scenario)
    assume(not rules.refused())
    (level,) = levels_of(instance, scenario, Plan(()), scope_of(instance, None))
    assume(not level.agreed.unclear)
    for number in range(len(instance.regions)):
        region = Region(level, number)
        admitted = admissible_parts(rules, region.members)
        # what contradicts a part that is in every plan is told elsewhere, so those are left aside
        fixed = set(region.fixed)
        free = {part for part in map(members_of, admitted) if fixed.isdisjoint({part})}
        listed = region.parts()
        assert len(listed) == len(set(listed))
        assert {part for part in listed if part not in fixed} == free
        for part in listed:
            assert region.counts(part) == rules.counts(part)
