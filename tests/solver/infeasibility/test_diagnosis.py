"""Diagnoses: of any scenario, whether there is a plan, and remedies that brute force agrees with."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given, settings
from refzones.instances import Instance, load
from refzones.models import Scenario, locks_of, scenario_differences, without_lock
from refzones.solver import Diagnosis, Limits, diagnose, solve
from support.build import build_instance
from support.explained import has_plan, questions, refusals


def check(instance: Instance, scenario: Scenario) -> None:
    (found,) = diagnose(instance, scenario, limits=Limits(60))
    event(f"{found.verdict}, {'some' if found.remedies else 'no'} remedies")
    refused = refusals(instance, scenario)
    assert set(found.problems) == set(refused)
    if has_plan(instance, scenario):
        assert found.verdict == "plan"
        assert (found.problems, found.rules, found.remedies, found.text) == ((), (), (), "")
        return
    assert found.verdict == ("contradiction" if refused else "no plan")
    assert found.text
    for remedy in found.remedies:
        assert has_plan(instance, Scenario.from_dict(remedy.scenario.model_dump())), remedy.text
        assert remedy.differences == scenario_differences(instance, scenario, remedy.scenario)
        assert remedy.differences
    free = scenario
    for lock in locks_of(instance, scenario):
        free = without_lock(instance, free, lock)
    if has_plan(instance, Scenario.from_dict(free.model_dump())):
        assert found.remedies, "without its locks there is a plan, so that some remedy is enough"


@given(questions(largest=6, nested=False))
@settings(max_examples=60, deadline=None)
def test_any_scenario(question: tuple[Instance, Scenario]) -> None:
    check(*question)


@given(questions(largest=5, nested=True))
@settings(max_examples=15, deadline=None)
def test_any_scenario_of_two_levels(question: tuple[Instance, Scenario]) -> None:
    check(*question)


def found_in(region: str, **tables: Any) -> Diagnosis:
    (found,) = diagnose(load("flanders-2025"), Scenario.from_dict({"preset": "mergers", **tables}), [region])
    return found


KEPT = {"mode": "keep", "mergers": [["Tielt", "Pittem"]]}
CONTRADICTIONS: list[tuple[str, dict[str, Any], int]] = [
    ("Denderregio", {"locks": {"together": [["Aalst", "Leuven"]]}}, 1),
    ("Oost-Brabant", {"locks": {"together": [["Aalst", "Leuven"]]}}, 1),
    ("Denderregio", {"locks": {"together": [["Aalst", "Lede"]], "alone": ["Lede"]}}, 2),
    ("Denderregio", {"locks": {"together": [["Aalst", "Lede"]], "apart": [["Lede", "Aalst"]]}}, 2),
    ("Denderregio", {"locks": {"together": [["Aalst", "Lede"]], "seat": ["Aalst", "Lede"]}}, 3),
    ("Vlaamse Ardennen", {"locks": {"together": [["Ronse", "Kluisbergen"]]}}, 2),
    ("Regio Gent", {"locks": {"together": [["Gent", "Destelbergen"]]}}, 2),
    ("Midwest", {"existing": {"mode": "keep", "mergers": [["Tielt", "Aalst"]]}}, 1),
    ("Midwest", {"existing": {"mode": "keep", "mergers": [["Izegem", "Wingene"]]}}, 1),
    ("Midwest", {"existing": KEPT, "locks": {"alone": ["Tielt"]}}, 2),
    ("Midwest", {"rules": {"joined": ["Tielt"]}}, 1),
    ("Midwest", {"borders": {"added": [["Tielt", "Aalst"]]}}, 1),
]


@pytest.mark.parametrize(("region", "tables", "least"), CONTRADICTIONS)
def test_every_contradiction_has_a_remedy(region: str, tables: dict[str, Any], least: int) -> None:
    """A planner takes one of them, and the region is answered."""
    found = found_in(region, **tables)
    assert found.verdict == "contradiction"
    assert found.problems
    assert found.locks
    assert len(found.remedies) >= least
    for remedy in found.remedies:
        assert solve(load("flanders-2025"), remedy.scenario, regions=[region]).status == "optimal"


def test_two_towns_that_no_plan_can_hold() -> None:
    found = found_in("Limburg", locks={"together": [["Hasselt", "Genk"]]})
    assert found.verdict == "no plan"
    assert [(rule.kind, rule.lock) for rule in found.rules] == [("together", found.locks[0]), ("high", None)]
    dropped, higher = (remedy.differences for remedy in found.remedies)
    assert [(one.kind, one.lock) for one in dropped] == [("unlocked", found.locks[0])]
    assert [(one.key, one.before, one.after) for one in higher] == [("population.ceiling", 150_000, 158_307)]
    assert found.remedies[1].least


def test_one_of_three_is_taken_out() -> None:
    found = found_in("Vlaamse Ardennen", locks={"together": [["Ronse", "Kluisbergen", "Maarkedal"]]})
    taken = [remedy for remedy in found.remedies if remedy.text.startswith("take ")]
    assert [remedy.text for remedy in taken] == [
        "take Ronse out of the lock together: Ronse, Kluisbergen, Maarkedal"
    ]
    (gone, new) = taken[0].differences
    assert (gone.kind, new.kind) == ("unlocked", "locked")
    assert set(gone.municipalities) - set(new.municipalities) == {load("flanders-2025").find("Ronse")}


def test_several_contradictions_at_once() -> None:
    """No single change is enough: what has to go together is one remedy."""
    locks = {"together": [["Aalst", "Lede"], ["Ninove", "Haaltert"]], "alone": ["Lede", "Ninove"]}
    found = found_in("Denderregio", locks=locks)
    (remedy,) = found.remedies
    assert [one.kind for one in remedy.differences] == ["unlocked"] * 2
    assert remedy.text.startswith("drop 2 locks: ")
    assert solve(load("flanders-2025"), remedy.scenario, regions=["Denderregio"]).status == "optimal"


def test_a_plan() -> None:
    (found,) = diagnose(load("flanders-2025"), Scenario.preset("mergers"), ["Midwest"])
    assert (found.verdict, found.text, found.remedies) == ("plan", "", ())


def test_all_regions_in_their_order() -> None:
    instance = build_instance([10] * 4, [(0, 1), (2, 3)], region=[0, 0, 1, 1])
    scenario = Scenario.from_dict(
        {"population": {"min": 15, "max": 30}, "locks": {"apart": [["M2", "M3"]]}, "weights": {"distance": 1}}
    )
    told = [(found.region, found.verdict) for found in diagnose(instance, scenario)]
    assert told == [("R0", "plan"), ("R1", "no plan")]
