"""Prices of the mergers of a list, one by one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from refzones.instances import InputError, load
from refzones.instances.groups import Grouping
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.progress import Step
from refzones.solver.results.record import record_of
from refzones.solver.review.merger_prices import PRICE_COLUMNS, MergerPrice, price_mergers, price_rows
from refzones.solver.review.whatif import what_if
from refzones.solver.review.whatif_locks import WhatIf
from support.build import build_instance

# two regions of four in a row, the last one a facility municipality
ROW = build_instance(
    [20_000, 30_000, 40_000, 30_000] * 2, pairwise(range(8)), region=[0] * 4 + [1] * 4, facility=[7]
)
BASE = solve(
    ROW, Scenario.from_dict({"population": {"min": 30_000, "max": 70_000}, "weights": {"distance": 1}})
)


def listed(*groups: tuple[str, ...], names: tuple[str, ...] = ()) -> Grouping:
    rows = tuple((k,) * len(group) for k, group in enumerate(groups, start=2))
    return Grouping("list.csv", groups, rows, names or ("",) * len(groups), "merger")


def prices(*groups: tuple[str, ...], **options: object) -> tuple[MergerPrice, ...]:
    return price_mergers(ROW, BASE, listed(*groups), **options)  # type: ignore[arg-type]


def test_where_the_plan_has_it() -> None:
    assert [merger.members for merger in BASE.mergers] == [(0, 1), (2,), (3,), (4, 5), (6,), (7,)]
    exactly, no = prices(("M1", "10000"), ("M2", "M3"))
    assert (exactly.in_plan, exactly.within, exactly.members) == ("exactly", (0, 1), (0, 1))
    assert (no.in_plan, no.within) == ("no", ())
    for price in (exactly, no):
        assert price.together is not None
        assert price.exactly is not None
        codes = (tuple(ROW.codes[i] for i in price.members),)
        assert price.together.cost_nano == what_if(ROW, BASE, WhatIf(together=codes)).cost_nano
        assert price.exactly.cost_nano == what_if(ROW, BASE, WhatIf(mergers=codes)).cost_nano
    assert exactly.together is not None
    assert no.together is not None
    assert exactly.together.cost_nano == 0
    assert (no.together.cost_nano or 0) > 0


def test_within_a_larger_merger() -> None:
    wide = Scenario.from_dict({"population": {"min": 90_000, "max": 130_000}, "weights": {"distance": 1}})
    (price,) = price_mergers(ROW, solve(ROW, wide), listed(("M1", "M2")))
    assert (price.in_plan, price.within) == ("within", (0, 1, 2, 3))
    assert price.together is not None
    assert price.together.held
    assert price.exactly is not None
    assert price.reasons(price.exactly) == price.exactly.reasons
    assert "existing.mergers (keep): M1, M2" in price.exactly.reasons[0]


def test_what_cannot_be_asked_or_has_no_plan() -> None:
    rule, two_regions, elsewhere, none = prices(("M6", "M7"), ("M3", "M4"), ("Gent", "99999"), ("M0", "M2"))
    assert rule.together is not None
    assert rule.together.result is None
    assert "is a facility municipality" in rule.reasons(rule.together)[0]
    assert rule.exactly is not None
    assert rule.exactly.possible
    assert two_regions.problems == two_regions.reasons(two_regions.together) == two_regions.reasons(None)
    assert "are in different regions (R0, R1)" in two_regions.problems[0]
    assert (elsewhere.name, elsewhere.members) == ("Gent + 99999", ())
    assert elsewhere.problems == ("instance 'small' has none of these municipalities",)
    assert none.together is not None
    assert none.reasons(none.together)[0].startswith("R0: infeasible")
    assert none.exactly is not None
    assert "are not contiguous" in none.reasons(none.exactly)[0]
    for price in (two_regions, elsewhere):
        assert (price.in_plan, price.within, price.together, price.exactly) == ("", (), None, None)


def test_a_plan_of_some_regions() -> None:
    part = record_of(solve(ROW, BASE.scenario, regions=["R1"]))
    first, second = price_mergers(ROW, part, listed(("M0", "M1"), ("M4", "M5")))
    assert first.problems == ("the plan is not for region 'R0'; it is for R1",)
    assert second.in_plan == "exactly"


def test_order_progress_and_groups_of_one() -> None:
    seen: list[Step] = []
    grouping = listed(("M2",), ("M4", "M5"), ("M3",), ("M0", "M1"), names=("", "Later", "", "Early"))
    found = price_mergers(ROW, BASE, grouping, progress=seen.append)
    assert [price.name for price in found] == ["Later", "Early"]
    assert tuple(step.answer for step in seen) == found
    assert [(step.name, step.done, step.total) for step in seen] == [("Later", 1, 2), ("Early", 2, 2)]


@pytest.mark.parametrize(
    ("groups", "messages"),
    [
        ((("M0",), ("M1",)), ["list.csv: the file has no merger of two municipalities or more"]),
        (
            (("M0", "Halle"), ("M1", "M0", "10001")),
            [
                "row 2, column 'merger', value 'Halle': no municipality has this name; known: M0",
                "row 3, column 'merger', value '10001': the municipality stands already in row 3",
            ],
        ),
        ((("A", "B"),), ["value 'A': no municipality has this name", "value 'B': no municipality"]),
    ],
)
def test_bad_lists(groups: tuple[tuple[str, ...], ...], messages: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        prices(*groups)
    assert len(caught.value.problems) == len(messages)
    for problem, message in zip(caught.value.problems, messages, strict=True):
        assert message in str(problem)


def test_rows() -> None:
    found = prices(("M0", "M1"), ("M2", "M3"), ("M6", "M7"), ("M3", "M4"))
    rows = [dict(zip(PRICE_COLUMNS, row, strict=True)) for row in price_rows(ROW, found)]
    assert rows[0] == {
        "merger": "", "members": "M0; M1", "member_nis": "10000; 10001", "region": "R0",
        "population": 50_000, "in_plan": "exactly", "within": "M0; M1",
        "together_nano": 0, "together": 0.0, "together_proved": "yes", "together_reason": "",
        "exactly_nano": 0, "exactly": 0.0, "exactly_proved": "yes", "exactly_reason": "",
    }  # fmt: skip
    assert rows[1]["together_nano"] == found[1].together.cost_nano  # type: ignore[union-attr]
    assert rows[1]["together"] == found[1].together.cost_nano / 1e9  # type: ignore[union-attr, operator]
    assert (rows[2]["together_nano"], rows[2]["together"], rows[2]["together_proved"]) == ("", "", "")
    assert "is a facility municipality" in str(rows[2]["together_reason"])
    assert (rows[3]["region"], rows[3]["together_reason"]) == ("R0; R1", rows[3]["exactly_reason"])


def test_mergers_of_2025_in_the_municipalities_of_2024() -> None:
    """Real mergers under the default scenario; each price is that of the scenario with it, solved afresh."""
    before, regions = load("flanders-2024"), ["Waasland", "Midwest"]
    base = solve(before, Scenario.preset("mergers"), regions=regions)
    grouping = listed(("Lokeren", "Moerbeke"), ("Meulebeke", "Tielt"), ("Beveren", "Kruibeke", "Zwijndrecht"))
    for price, texts in zip(price_mergers(before, base, grouping), grouping.groups, strict=True):
        assert price.together is not None
        assert price.exactly is not None
        for answer, table in (
            (price.together, {"locks": {"together": [texts]}}),
            (price.exactly, {"existing": {"mode": "keep", "mergers": [texts]}}),
        ):
            truth = solve(before, Scenario.from_dict({"preset": "mergers", **table}), regions=regions)
            assert base.score_nano is not None
            assert truth.score_nano is not None
            assert answer.cost_nano == base.score_nano - truth.score_nano
            assert answer.proved
