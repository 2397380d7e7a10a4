"""What a wish costs, in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from refzones.app.terminal.whatif import show_prices, show_wish, verdict
from refzones.instances.groups import Grouping
from refzones.models import Scenario
from refzones.solver import Result, WhatIf, WhatIfAnswer, solve, what_if
from refzones.solver.review.merger_prices import price_mergers
from support.build import build_instance

ROW = build_instance([20_000, 30_000, 40_000, 30_000], pairwise(range(4)))
BASE = solve(
    ROW, Scenario.from_dict({"population": {"min": 30_000, "max": 70_000}, "weights": {"distance": 1}})
)


def unproved(bound: int | None) -> Result:
    """The plan with a bound that does not prove it."""
    (region,) = BASE.by_region
    assert region.score_nano is not None
    most = None if bound is None else region.score_nano + bound
    return replace(BASE, by_region=(replace(region, bound_nano=most),))


def said(answer: WhatIfAnswer) -> list[str]:
    return list(verdict(answer))


def test_the_same_mergers_score_otherwise() -> None:
    """With a border more M0 and M2 do not enclose the town M1 any more, and all mergers stay."""
    borders = [(0, 1), (0, 2), (1, 2), (2, 3)]
    ring = build_instance([30_000, 60_000, 30_000, 60_000], borders, classes=["c2", "a0", "c2", "c2"])
    asked = {"population": {"min": 60_000, "max": 60_000}, "rules": {"enclosed": "priced"}}
    base = solve(ring, Scenario.from_dict(asked | {"weights": {"detached": 1}}))
    first, second, *_ = said(what_if(ring, base, WhatIf(added=(("M1", "M3"),))))
    assert first.startswith("the wish gains 0.333 points")
    assert second == "no merger changes"
    assert "no merger changes" not in said(what_if(ROW, BASE, WhatIf(together=(("M2", "M3"),))))


def test_what_no_bound_says() -> None:
    last = said(what_if(ROW, unproved(None), WhatIf(together=(("M2", "M3"),))))[-1]
    assert last.startswith("not proved: held against the bounds, the wish costs at least 0.")
    held = said(what_if(ROW, unproved(None), WhatIf(together=(("M0", "M1"),))))
    assert held[0] == "the plan has it already: it costs 0"
    assert held[-1] == "not proved: held against the bounds, the wish costs at least 0 points"


def test_a_wished_plan_that_is_not_proved() -> None:
    answer = what_if(ROW, BASE, WhatIf(together=(("M2", "M3"),)))
    assert answer.result is not None
    (region,) = answer.result.by_region
    for bound, words in ((None, "at most 0."), ((region.bound_nano or 0) + 7, "from 0.")):
        after = replace(region, bound_nano=bound)
        found = WhatIfAnswer(
            answer.scenario, BASE, replace(answer.result, by_region=(after,)), ("R0",), ("R0",)
        )
        lines = said(found)
        assert not any("the plan is not proved" in line for line in lines)
        assert f"the wish costs {words}" in lines[-1]
    both = WhatIfAnswer(
        answer.scenario, unproved(None), replace(answer.result, by_region=(after,)), ("R0",), ("R0",)
    )
    assert said(both)[-1].startswith("not proved: held against the bounds, the wish costs at least")
    nothing = replace(answer.result, by_region=(replace(after, bound_nano=None),))
    unknown = WhatIfAnswer(answer.scenario, unproved(None), nothing, ("R0",), ("R0",))
    assert said(unknown)[-1] == "not proved: held against the bounds, the wish costs what no bound says"


def test_a_wish_that_is_free(capsys: pytest.CaptureFixture[str]) -> None:
    """Another rule for the same merger: solved again where the plan is altered, and the same."""
    answer = what_if(ROW, BASE, WhatIf(alone=("M2",)))
    assert answer.held
    same = replace(answer, solved=("R0",))
    lines = said(same)
    assert lines[0].startswith("the wish costs 0 (score -")
    assert lines[1] == "no merger changes"
    show_wish(same)
    output = capsys.readouterr().out
    assert "distance" in output
    assert " 0 " in output


def test_footnotes_of_prices(capsys: pytest.CaptureFixture[str]) -> None:
    grouping = Grouping(
        "list.csv", (("M0", "M1"), ("M2", "M3"), ("M1", "M2", "M3")), ((2, 2), (3, 3), (4,) * 3), ("",) * 3
    )
    show_prices(ROW, price_mergers(ROW, BASE, grouping))
    output = capsys.readouterr().out
    assert "*" not in output
    assert "exactly" in output
    show_prices(ROW, price_mergers(ROW, unproved(5), grouping))
    output = capsys.readouterr().out
    assert "0*" in output
    assert "*: not proved, held against the plan as it is" in output


def test_a_merger_below_the_bounds_may_gain(capsys: pytest.CaptureFixture[str]) -> None:
    scenario = Scenario.from_dict({"population": {"min": 55_000, "max": 200_000}, "weights": {"distance": 1}})
    prices = price_mergers(ROW, solve(ROW, scenario), Grouping("", (("M0", "M1"),), ((2, 2),), ("",)))
    assert prices[0].exactly is not None
    assert (prices[0].exactly.cost_nano or 0) < 0
    show_prices(ROW, prices)
    assert "below 0: a merger that is kept as it is need not keep the bounds" in capsys.readouterr().out
