"""Proving again: prices of plans without a part that are not those that are found again."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from refzones.models import Scenario
from refzones.solver import Limits, PlanRecord, record_of, solve
from refzones.solver.audit.claims import unfounded
from refzones.solver.audit.consistency import inconsistencies
from refzones.solver.audit.reproof import prove_again
from support.build import build_instance

ROW = build_instance(
    [10_000] * 5, pairwise(range(5)), points=[(1000.0 * km, 0.0) for km in (0, 1, 2, 3.01, 4.01)]
)
ASKED = Scenario.from_dict({"population": {"min": 20_000, "max": 30_000}, "weights": {"distance": 1.0}})
RECORD = record_of(solve(ROW, ASKED, decided=True, workers=1))


def altered(record: PlanRecord = RECORD, **changed: Any) -> PlanRecord:
    """Alter the first merger of a record, as somebody would who mends the digest."""
    first, *others = record.mergers
    mergers = [first.model_copy(update=changed), *others]
    return record.model_copy(update={"mergers": mergers}).sealed()


def test_what_was_written_is_proved_again() -> None:
    assert [part.price_without_nano for part in RECORD.mergers] == [2_000_000, 2_000_000]
    assert unfounded(RECORD, ROW) == []
    assert inconsistencies(RECORD, ROW) == []
    again = prove_again(RECORD, ROW, 30.0)
    assert (again.violations, again.proved, again.open) == ((), ("R0",), ())


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"price_without_nano": 2_000_001, "price_without": 0.002000001},
            "is 2000001 (proved); it is 2000000",
        ),
        ({"price_without_nano": 0, "price_without": 0.0}, "is 0 (proved); it is 2000000"),
        (
            {"price_status": "no plan", "price_without_nano": None, "price_without": None},
            "is 'no plan'; it is 2000000",
        ),
    ],
)
def test_a_forged_price_is_found(changed: dict[str, Any], told: str) -> None:
    forged = altered(**changed)
    assert unfounded(forged, ROW) == []
    assert inconsistencies(forged, ROW) == []
    (violation,) = prove_again(forged, ROW, 30.0).violations
    assert told in violation


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"price_status": "no plan"}, "price_status is 'no plan', but the price without it is 2000000"),
        ({"price_without_nano": None}, "price_status is 'proved', but the price without it is None"),
        ({"price_without_nano": -1}, "price_without_nano is -1"),
        ({"price_status": "rule", "price_without_nano": None}, "the rule that it is settled by is none"),
        ({"price_status": "not known"}, "price_status is 'not known', but the price"),
    ],
)
def test_what_cannot_be_is_told_without_a_proof(changed: dict[str, Any], told: str) -> None:
    assert any(told in text for text in unfounded(altered(**changed), ROW))


def test_nothing_is_proved_of_plans_that_are_not_listed() -> None:
    other = RECORD.model_copy(update={"formulation": "flow"})
    assert any("where nothing is proved by listing" in text for text in unfounded(other, ROW))


def test_what_a_rule_settles_needs_no_list() -> None:
    with_facility = build_instance([20_000, 20_000, 5_000], pairwise(range(3)), facility=[2])
    for formulation in ("partition", "flow"):
        answer = solve(with_facility, ASKED, formulation=formulation, decided=True, workers=1)
        record = record_of(answer)
        assert [part.price_status for part in record.mergers if part.standalone] == ["rule"]
        assert list(unfounded(record, with_facility)) == []


def test_points_follow_from_nano_points() -> None:
    assert any("price_without is 0.5" in text for text in inconsistencies(altered(price_without=0.5), ROW))


def test_prices_of_a_tie_hold_for_each_of_the_plans() -> None:
    """The plan that is found again is the first in order; the parts of another one cost 0."""
    even = build_instance([10_000] * 5, pairwise(range(5)), points=[(1000.0 * k, 0.0) for k in range(5)])
    record = record_of(solve(even, ASKED, decided=True, workers=1))
    assert [part.price_without_nano for part in record.mergers] == [0, 0]
    groups = [("M0", "M1", "M2"), ("M3", "M4")]
    from refzones.solver.results.plan import Plan

    other = Plan.of(even, ASKED, groups).mergers
    swapped = record.model_copy(
        update={
            "mergers": [
                part.model_copy(
                    update={
                        "members": [even.codes[i] for i in merger.members],
                        "name": merger.name(even),
                        "seat": even.codes[merger.seat],
                    }
                )
                for part, merger in zip(record.mergers, other, strict=True)
            ]
        }
    )
    assert prove_again(swapped, even, 30.0).violations == ()
    false = altered(swapped, price_without_nano=1)
    assert len(prove_again(false, even, 30.0).violations) == 1


def test_without_time_open_prices_are_named() -> None:
    again = prove_again(RECORD, ROW, Limits(1e-9).seconds or 0.0)
    assert again.violations == ()
    assert again.proved == () or "R0 (prices of mergers)" in again.open
