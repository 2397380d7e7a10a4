"""What a lock costs is what the scenario without it, solved afresh, scores more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given, settings
from refzones.instances import InputError, Instance, load
from refzones.models import Lock, Scenario, locks_of
from refzones.solver import Limits, Result, Step, price_locks, solve
from support.build import build_instance
from support.strategies import nested_questions, questions

TABLES = {"existing": "existing", "joined": "rules", "added": "borders", "removed": "borders"}


def rewritten(instance: Instance, scenario: Scenario, lock: Lock) -> Scenario:
    """Write the scenario without a lock as a file would, entry by entry."""
    data = scenario.model_dump(mode="json")
    table: dict[str, Any] = data["zones"] if lock.level else data
    listed = table[TABLES.get(lock.kind, "locks")]
    key = "mergers" if lock.kind == "existing" else lock.kind
    single = lock.kind in ("alone", "seat", "joined")

    def means(entry: Any) -> tuple[int, ...]:
        return tuple(sorted({instance.find(text) for text in ([entry] if single else entry)}))

    listed[key] = [entry for entry in listed[key] if means(entry) != lock.municipalities]
    return Scenario.from_dict(data)


def attempt(instance: Instance, scenario: Scenario) -> Result | None:
    try:
        return solve(instance, scenario, workers=1)
    except InputError:
        return None


def score_of(result: Result, regions: tuple[str, ...]) -> int | None:
    scores = [region.score_nano for region in result.by_region if region.name in regions]
    return None if None in scores else sum(score for score in scores if score is not None)


def check(instance: Instance, scenario: Scenario) -> None:
    held = attempt(instance, scenario)
    if held is None:
        event("a scenario that is refused")
        return
    prices = price_locks(instance, scenario, held, workers=1)
    assert [price.lock for price in prices] == list(locks_of(instance, scenario))
    for price in prices:
        lock = price.lock
        truth = attempt(instance, rewritten(instance, scenario, lock))
        event(f"{lock.kind}: {price.status}")
        assert price.text
        assert price.proved
        if truth is None:
            assert price.status == "needed"
            continue
        before, after = (score_of(result, price.regions) for result in (held, truth))
        if before is None or after is None:
            assert (
                price.status
                == {
                    (True, False): "no plan with it",
                    (False, True): "no plan without it",
                    (True, True): "no plan",
                }[before is None, after is None]
            )
            assert price.cost_nano is None
        else:
            assert price.cost_nano == price.at_least_nano == price.at_most_nano == after - before
            # a border that comes back may also end that somebody is isolated, and may stand alone
            only_forbids = lock.kind in ("together", "apart")
            assert price.cost_nano >= 0 or not only_forbids


@given(questions(largest=7, agreed=True))
@settings(max_examples=40, deadline=None)
def test_prices_are_those_of_fresh_answers(question: tuple[Instance, Scenario]) -> None:
    check(*question)


@given(nested_questions(largest=6))
@settings(max_examples=10, deadline=None)
def test_two_levels(question: tuple[Instance, Scenario]) -> None:
    check(*question)


LOCKS = {
    "preset": "mergers",
    "locks": {"together": [["Aalst", "Lede"], ["Tielt", "Pittem"]], "alone": ["Ninove"]},
    "rules": {"joined": ["Ronse"]},
    "borders": {"removed": [["Leuven", "Bierbeek"]]},
}


def test_flanders() -> None:
    instance, scenario = load("flanders-2025"), Scenario.from_dict(LOCKS)
    steps: list[Step] = []
    prices = price_locks(instance, scenario, progress=steps.append)
    assert [step.answer for step in steps] == list(prices)
    assert all(price.status == "priced" and price.proved for price in prices)
    first = prices[0]
    assert first.regions == ("Denderregio",)
    assert first.cost_nano is not None
    assert first.cost_nano > 0
    assert first.text.startswith("costs ")
    assert "as if everyone in Denderregio were" in first.words
    by_kind = {price.lock.kind: price for price in prices}
    assert by_kind["joined"].cost_nano is not None
    assert by_kind["joined"].cost_nano < 0  # it lets something be
    assert by_kind["joined"].text.startswith("gains ")


def test_only_some_locks_and_only_their_regions() -> None:
    instance, scenario = load("flanders-2025"), Scenario.from_dict(LOCKS)
    lock = next(lock for lock in locks_of(instance, scenario) if lock.kind == "alone")
    known = solve(instance, scenario, regions=["Denderregio"])
    (price,) = price_locks(instance, scenario, known, locks=[lock])
    assert [region.name for region in (*price.held, *price.free)] == ["Denderregio"] * 2


def test_a_lock_that_leaves_no_plan() -> None:
    instance = build_instance([10, 10, 50], [(0, 1), (1, 2)])
    scenario = Scenario.from_dict(
        {
            "population": {"min": 15, "max": 80},
            "locks": {"apart": [["M0", "M1"], ["M1", "M2"]]},
            "weights": {"distance": 1},
        }
    )
    statuses = [(price.status, price.cost_nano) for price in price_locks(instance, scenario)]
    assert statuses == [("no plan with it", None), ("no plan", None)]


def test_a_lock_that_is_needed() -> None:
    instance = build_instance([10, 50], [(0, 1)], region=[0, 1])
    scenario = Scenario.from_dict(
        {"population": {"min": 15, "max": 80}, "locks": {"alone": ["M0"]}, "weights": {"distance": 1}}
    )
    (price,) = price_locks(instance, scenario)
    assert (price.status, price.proved) == ("needed", True)
    assert "no neighbour" in price.text


def test_no_time() -> None:
    instance, scenario = load("flanders-2025"), Scenario.from_dict(LOCKS)
    known = solve(instance, scenario)
    prices = price_locks(instance, scenario, known, limits=Limits(1e-9))
    assert {(price.status, price.proved) for price in prices} == {("not known", False)}


def test_the_answer_of_another_scenario_is_refused() -> None:
    instance = load("flanders-2025")
    other = solve(instance, Scenario.preset("mergers"), regions=["Midwest"])
    with pytest.raises(InputError, match="answers another scenario"):
        price_locks(instance, Scenario.from_dict(LOCKS), other)
