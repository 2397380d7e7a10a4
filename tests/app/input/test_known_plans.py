"""Plans that every instance has."""

from __future__ import annotations

from refzones.app.input.known_plans import AS_IS, known_plans, year_of
from refzones.instances import load


def test_the_mergers_of_2025_are_those_that_the_next_instance_has() -> None:
    before, after = load("flanders-2024"), load("flanders-2025")
    plan = known_plans(before)["mergers-2025"]
    assert sorted(i for group in plan for i in group) == list(range(len(before)))
    assert sum(len(group) > 1 for group in plan) == 13
    assert len(plan) == len(after) == 285
    names = {before.names[i] for group in plan for i in group if before.find("Tielt") in group}
    assert names == {"Tielt", "Meulebeke"}


def test_what_has_merged_already_is_no_plan_any_more() -> None:
    instance = load("flanders-2025")
    assert known_plans(instance) == {AS_IS: tuple((i,) for i in range(285))}


def test_the_year_is_in_the_key() -> None:
    assert year_of("mergers-2025") == 2025
    assert year_of(AS_IS) is None
