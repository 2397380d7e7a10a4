"""Evaluated plans merger by merger, against the plan as a whole and against rules checked by hand."""

from __future__ import annotations

from typing import get_args

import networkx as nx
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import Evaluation, Plan, evaluate, verify
from refzones.solver.review.findings import RULE_NAMES, Rule, evaluated_levels
from refzones.solver.verification.violation import Kind, Violation
from support.build import build_instance
from support.strategies import nested_questions, questions

Groups = list[tuple[int, ...]]


def groups_by(places: list[int]) -> Groups:
    """Groups of municipalities by the place that each has."""
    return sorted(
        tuple(i for i, place in enumerate(places) if place == number) for number in sorted(set(places))
    )


@st.composite
def partitions(draw: st.DrawFn, number: int) -> Groups:
    """Draw any partition: most of them break rules."""
    few = st.integers(0, draw(st.integers(0, max(0, number - 1))))
    return groups_by([draw(few) for _ in range(number)])


def judged(instance: Instance, scenario: Scenario, groups: list[Groups]) -> Evaluation | None:
    """Evaluate a plan; nothing where the scenario itself contradicts the instance."""
    try:
        return evaluate(instance, scenario, Plan.of(instance, scenario, *groups))
    except InputError:
        return None


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_mergers_add_up_to_the_plan(data: st.DataObject) -> None:
    nested = data.draw(st.booleans())
    drawn = nested_questions(largest=6, agreed=True) if nested else questions(largest=7, agreed=True)
    instance, scenario = data.draw(drawn)
    groups = [data.draw(partitions(len(instance))) for _ in scenario.levels]
    found = judged(instance, scenario, groups)
    if found is None:
        return
    everything = (*found.by_merger, *found.by_zone)
    assert sum(one.score_nano for one in everything) == found.plan.score_nano
    for prefix, some in (("", found.by_merger), ("zones.", found.by_zone)):
        for name in some[0].terms if some else ():
            points = sum(one.terms[name].points for one in some)
            assert points == pytest.approx(found.plan.terms[prefix + name].points, abs=1e-9)
    for some, parts in ((found.by_merger, found.plan.mergers), (found.by_zone, found.plan.zones)):
        assert tuple(one.merger for one in some) == parts
        assert [one.population for one in some] == [part.population(found.instance) for part in parts]


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_what_mergers_break_is_what_the_verifier_finds(data: st.DataObject) -> None:
    nested = data.draw(st.booleans())
    drawn = nested_questions(largest=6, agreed=True) if nested else questions(largest=7, agreed=True)
    instance, scenario = data.draw(drawn)
    groups = [data.draw(partitions(len(instance))) for _ in scenario.levels]
    found = judged(instance, scenario, groups)
    if found is None:
        return
    everything = (*found.by_merger, *found.by_zone)
    told = {id(violation) for one in everything for violation in one.broken}
    told |= {id(violation) for violation in found.of_the_whole}
    assert told == {id(violation) for violation in found.violations}
    assert all(not violation.parts for violation in found.of_the_whole)
    for one in everything:
        for rule in one.rules:
            assert (rule.state == "broken") == bool(rule.broken)
            assert rule.text
            assert all(set(v.municipalities) & set(one.merger.members) for v in rule.broken)
    _check_by_hand(found)


def _check_by_hand(found: Evaluation) -> None:
    """Bounds, contiguity and regions of each merger, without the verifier."""
    instance, scenario = found.instance, found.scenario
    borders: nx.Graph[int] = nx.Graph()
    borders.add_nodes_from(range(len(instance)))
    borders.add_edges_from(instance.borders.pairs.tolist())
    levels = zip(scenario.levels, (found.by_merger, found.by_zone), strict=False)
    for asked, some in levels:
        plain = asked.rules.above_max == "alone" and not asked.population.also
        unchanged = not (asked.borders.added or asked.borders.removed or asked.borders.min_length)
        for one in some:
            kinds = {violation.kind for violation in one.broken}
            people = sum(int(instance.population[i]) for i in one.merger.members)
            if plain and not one.merger.standalone:
                assert ("too_small" in kinds) == (people < asked.population.lowest)
                assert ("too_large" in kinds) >= (people > asked.population.highest)
            if unchanged:
                whole = nx.is_connected(borders.subgraph(one.merger.members))
                assert ("disconnected" in kinds) == (not whole)
            assert len(one.regions) == len({int(instance.region[i]) for i in one.merger.members})
            assert ("region" in kinds) == (len(one.regions) > 1)
            event(f"breaks {len(kinds)} kinds")


ROW = build_instance(
    [20_000, 30_000, 40_000, 9_000, 70_000, 15_000],
    [(0, 1), (1, 2), (2, 3), (4, 5)],
    region=[0, 0, 0, 0, 1, 1],
    facility=[3],
    classes=["c2", "a1", "c2", "c2", "c2", "c2"],
)
ASKED = {"population": {"min": 30_000, "max": 75_000}, "weights": {"distance": 1, "size": 2}}


def rules_of(groups: Groups, **more: object) -> list[dict[str, str]]:
    scenario = Scenario.from_dict(ASKED | more)
    found = evaluate(ROW, scenario, Plan.of(ROW, scenario, groups))
    return [{rule.rule: f"{rule.state}: {rule.text}" for rule in one.rules} for one in found.by_merger]


def test_rules_in_words() -> None:
    apart, alone, facility, large = rules_of([(0, 2), (1,), (3,), (4, 5)])
    assert apart == {
        "inhabitants": "kept: 60,000 inhabitants: within the bounds",
        "connected": "broken: not connected: M0 lies apart",
        "region": "kept: inside R0",
    }
    assert alone["inhabitants"] == "kept: 30,000 inhabitants: within the bounds"
    assert "connected" not in alone
    assert facility == {
        "inhabitants": "exempt: 9,000 inhabitants: exempt from the bounds",
        "region": "kept: inside R0",
        "alone": "kept: stands alone: it is a facility municipality",
    }
    assert large["inhabitants"] == "broken: 85,000 inhabitants: 10,000 above the maximum of 75,000"


def test_rules_that_a_scenario_adds() -> None:
    small, across, merged = rules_of(
        [(0,), (2, 3), (1, 4, 5)],
        requires={"classes": ["a1"]},
        locks={"apart": [["M4", "M5"]]},
        rules={"enclosed": "forbidden"},
        frames={"within": []},
    )
    assert small["inhabitants"] == "broken: 20,000 inhabitants: 10,000 below the minimum of 30,000"
    assert small["requirements"] == "broken: holds no municipality of class a1"
    assert small["enclosed"] == "kept: encloses nobody"
    assert small["agreements"] == "kept: keeps what is agreed"
    assert merged["alone"] == "broken: M3 stands alone: it is a facility municipality"
    assert across["region"] == "broken: lies in 2 regions: R0, R1"
    assert across["agreements"].startswith("broken: M4 (10004) and M5 (10005) are locked apart")
    assert across["requirements"] == "kept: holds what it must"


def test_soft_bounds_are_told() -> None:
    soft = {"population": {"min": 50_000, "max": 55_000, "floor": 20_000, "ceiling": 90_000}}
    soft["weights"] = {"distance": 1, "shortfall": 0.001}
    found = rules_of([(0,), (1, 2), (3,), (4, 5)], **soft)
    assert [one["inhabitants"] for one in found] == [
        "kept: 20,000 inhabitants: 30,000 below 50,000, a soft bound",
        "kept: 70,000 inhabitants: 15,000 above 55,000, a soft bound",
        "exempt: 9,000 inhabitants: exempt from the bounds",
        "kept: 85,000 inhabitants: 30,000 above 55,000, a soft bound",
    ]


def test_who_is_enclosed_breaks_nothing() -> None:
    """M0 and M2 merge around M1 and M3, which have no other neighbours."""
    ring = build_instance([40_000] * 4, [(0, 1), (0, 2), (1, 2), (2, 3)])
    scenario = Scenario.from_dict({"weights": {"distance": 1}, "rules": {"enclosed": "forbidden"}})
    found = evaluate(ring, scenario, Plan.of(ring, scenario, [(0, 2), (1,), (3,)]))
    assert [len(one.broken) for one in found.by_merger] == [2, 0, 0]
    words = "encloses M1, which may not be; encloses M3, which may not be"
    assert found.by_merger[0].rules[-1].text == words


def test_what_no_merger_breaks_is_of_the_whole() -> None:
    scenario = Scenario.from_dict(ASKED | {"count": {"min": 4}})
    found = evaluate(ROW, scenario, Plan.of(ROW, scenario, [(0, 1), (2,), (3,), (4,), (5,)]))
    assert [violation.kind for violation in found.of_the_whole] == ["count", "count"]
    assert all(violation.kind != "count" for one in found.by_merger for violation in one.broken)


def test_own_names() -> None:
    scenario = Scenario.from_dict(ASKED)
    plan = Plan.of(ROW, scenario, [(0, 1), (2,), (3,), (4, 5)]).labelled({(0, 1): "West", (4, 5): "B"})
    found = evaluate(ROW, scenario, plan)
    assert [one.name for one in found.by_merger] == ["West", "M2", "M3", "B (M4 +1)"]
    other = Scenario.from_dict(ASKED | {"name": "other"})
    assert [one.name for one in evaluate(ROW, other, plan).by_merger] == ["West", "M2", "M3", "B (M4 +1)"]


def test_regions_asked_for() -> None:
    scenario = Scenario.from_dict(ASKED)
    plan = Plan.of(ROW, scenario, [(0, 1), (2,), (3,), (4, 5)])
    found = evaluate(ROW, scenario, plan, regions=["R1"])
    assert found.regions == ("R1",)
    assert [one.name for one in found.by_merger] == ["M4 +1"]
    assert found.plan.terms["distance"].divisor == 85_000
    assert [violation.kind for violation in found.violations] == ["too_large"]
    alone = evaluate(ROW, scenario, plan.within(["R1"]))
    assert (found.plan, found.violations) == (alone.plan, alone.violations)
    with pytest.raises(InputError, match="the plan has no municipality of R0; it is for R1"):
        evaluate(ROW, scenario, plan.within(["R1"]), regions=["R0", "R1"])
    with pytest.raises(InputError, match="there is no such region"):
        evaluate(ROW, scenario, plan, regions=["R2"])


def test_a_merger_across_the_border_of_what_is_asked_for() -> None:
    """It is kept whole, and counts in the region that is asked for."""
    scenario = Scenario.from_dict(ASKED)
    plan = Plan.of(ROW, scenario, [(0, 1), (2, 4), (3,), (5,)])
    found = evaluate(ROW, scenario, plan, regions=["R0"])
    crossing = found.by_merger[1]
    assert (crossing.merger.members, crossing.regions) == ((2, 4), ("R0", "R1"))
    assert {violation.kind for violation in crossing.broken} == {"region", "disconnected", "too_large"}
    assert {violation.kind for violation in found.violations} == {"region", "disconnected", "too_large"}
    assert [region.score_nano for region in found.by_region] == [found.plan.score_nano]


def test_every_kind_of_violation_has_its_rule() -> None:
    assert set(RULE_NAMES) == set(get_args(Rule))
    scenario = Scenario.from_dict(ASKED)
    plan = Plan.of(ROW, scenario, [(0, 1)])
    for kind in get_args(Kind):
        violation = Violation(kind, "so", (0,), level="mergers", parts=(0,))
        (one,), _ = evaluated_levels(plan, [violation])
        assert one.broken == (violation,)


def test_parts_of_a_plan_that_holds_somebody_twice() -> None:
    scenario = Scenario.from_dict(ASKED)
    parts = Plan.of(ROW, scenario, [(0, 1), (2,), (3,), (4, 5)]).mergers
    twice = Plan((*parts, parts[0]), (), ROW, scenario)
    found = {violation.kind: violation for violation in verify(ROW, scenario, twice)}
    assert found["twice"].parts == (0, 4)
    assert found["twice"].level == "mergers"
