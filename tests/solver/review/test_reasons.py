"""Reasons against a lock: no plan has it where one is given, and `ask` takes it where none is."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Lock, Scenario, ask, with_lock
from refzones.models.question.each_lock import LockKind
from refzones.solver import Reason, why_not, wished_locks
from support.brute import brute_force
from support.strategies import questions

MEANINGLESS = {"nothing selected", "one selected", "not two selected"}
"""Reasons of selections that nothing can be meant by."""

NO_DIFFERENCE = {
    *("locked already", "stands alone already", "apart by region", "takes part already", "border already"),
    "no border",
}
"""Reasons that say that plans and scores stay what they are."""


@st.composite
def selections(draw: st.DrawFn) -> tuple[Instance, Scenario, LockKind, tuple[int, ...]]:
    instance, scenario = draw(questions(largest=7, agreed=True))
    kind: LockKind = draw(st.sampled_from(get_args(LockKind)))
    some = st.lists(st.integers(0, len(instance) - 1), max_size=4)
    return instance, scenario, kind, tuple(sorted(set(draw(some))))


def problems(instance: Instance, scenario: Scenario) -> set[str]:
    try:
        ask(instance, scenario)
    except InputError as error:
        return {problem.what for problem in error.problems}
    return set()


@given(selections())
@settings(max_examples=300, deadline=None)
def test_reasons_are_true_and_none_is_missing(
    selection: tuple[Instance, Scenario, LockKind, tuple[int, ...]],
) -> None:
    instance, scenario, kind, group = selection
    reason = why_not(instance, scenario, kind, group)
    event(f"{kind}: {reason.kind if reason else 'none'}")
    wished = scenario
    for lock in wished_locks(kind, group) if reason is None or reason.kind not in MEANINGLESS else ():
        wished = with_lock(instance, wished, lock)
    if reason is None:
        assert problems(instance, wished) <= problems(instance, scenario)
        return
    assert reason.text
    if reason.kind in NO_DIFFERENCE:
        # of several, what is said of one keeps the others from nothing
        assert len(group) > 1 or brute_force(instance, wished) == brute_force(instance, scenario)
    elif reason.kind not in MEANINGLESS:
        refused = problems(instance, wished) - problems(instance, scenario)
        assert refused or brute_force(instance, wished.model_copy(update={"weights": {}})) is None


SCENARIO = {
    "preset": "mergers",
    "locks": {
        "together": [["Aalst", "Lede"]],
        "apart": [["Aalst", "Ninove"]],
        "alone": ["Ninove"],
        "seat": ["Lede"],
    },
    "existing": {"mode": "keep", "mergers": [["Tielt", "Pittem"]]},
}


@pytest.mark.parametrize(
    ("kind", "names", "expected"),
    [
        ("together", "", "nothing selected"),
        ("together", "Aalst", "one selected"),
        ("together", "Aalst Leuven", "different regions"),
        ("together", "Gent Destelbergen", "stands alone by rule"),
        ("together", "Ronse Kluisbergen", "stands alone by rule"),
        ("together", "Lede Ninove", "lock"),
        ("together", "Hasselt Genk", "above the maximum"),
        ("together", "Tielt Wingene", "lock"),
        ("together", "Tielt Pittem", "locked already"),
        ("together", "Aalst Lede", "locked already"),
        ("together", "Izegem Ingelmunster", None),
        ("existing", "Izegem Ingelmunster", None),
        ("existing", "Hasselt Genk", None),
        ("existing", "Gent Destelbergen", None),
        ("existing", "Tielt Pittem", "locked already"),
        ("existing", "Tielt Wingene", "lock"),
        ("existing", "Izegem Wingene", "not connected"),
        ("apart", "Aalst Lede", "lock"),
        ("apart", "Aalst Leuven", "apart by region"),
        ("alone", "Aalst", "lock"),
        ("alone", "Gent", "stands alone already"),
        ("alone", "Ninove", "locked already"),
        ("seat", "Aalst", "lock"),
        ("seat", "Lede", "locked already"),
        ("joined", "Ronse", None),
        ("joined", "Aalst", "no facility municipality"),
        ("added", "Aalst Lede", "border already"),
        ("added", "Aalst", "not two selected"),
        ("added", "Aalst Leuven", "different regions"),
        ("removed", "Aalst Lede", None),
        ("removed", "Izegem Wingene", "no border"),
    ],
)
def test_flanders(kind: LockKind, names: str, expected: str | None) -> None:
    instance, scenario = load("flanders-2025"), Scenario.from_dict(SCENARIO)
    reason = why_not(instance, scenario, kind, [instance.find(name) for name in names.split()])
    assert (reason.kind if reason else None) == expected


def reason_of(kind: LockKind, *names: str) -> Reason:
    instance, scenario = load("flanders-2025"), Scenario.from_dict(SCENARIO)
    reason = why_not(instance, scenario, kind, [instance.find(name) for name in names])
    assert reason is not None
    return reason


def test_what_a_reason_says() -> None:
    instance = load("flanders-2025")
    above = reason_of("together", "Hasselt", "Genk")
    assert above.number == int(instance.population[list(above.municipalities)].sum()) - 150_000
    torn = reason_of("existing", "Izegem", "Wingene")
    assert len(torn.pieces) == 2
    assert torn.between
    locked = reason_of("together", "Lede", "Ninove")
    assert locked.lock is not None
    assert (locked.lock.kind, locked.lock.municipalities) == ("alone", (instance.find("Ninove"),))
    assert reason_of("together", "Gent", "Destelbergen").name == "above_max"


def test_locks_of_mergers_and_of_zones_around_them() -> None:
    """Who is in one merger is in one zone."""
    instance, nested = load("flanders-2025"), Scenario.preset("nested")
    pair = tuple(sorted((instance.find("Temse"), instance.find("Sint-Niklaas"))))
    merged = with_lock(instance, nested, Lock("together", pair))
    for kind, group in (("apart", pair), ("alone", pair[:1])):
        reason = why_not(instance, merged, kind, group, level="zones")  # type: ignore[arg-type]
        assert reason is not None
        assert (reason.kind, reason.lock) == ("lock", Lock("together", pair))
    parted = with_lock(instance, nested, Lock("apart", pair, "zones"))
    reason = why_not(instance, parted, "together", pair)
    assert reason is not None
    assert reason.kind == "lock"
    assert why_not(instance, parted, "apart", pair) is None
    assert why_not(instance, merged, "together", pair, level="zones") is None
