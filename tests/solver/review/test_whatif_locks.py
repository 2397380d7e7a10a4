"""Wishes by hand on a row of eight in two regions: what cannot be is refused, or told with its reason."""

from __future__ import annotations

from itertools import pairwise

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.solver import Plan, Result, WhatIf, solve, what_if
from support.build import build_instance

ROW = build_instance(
    [20_000, 30_000, 40_000, 30_000] * 2, pairwise(range(8)), region=[0] * 4 + [1] * 4, facility=[7]
)
BASE = solve(
    ROW, Scenario.from_dict({"population": {"min": 30_000, "max": 70_000}, "weights": {"distance": 1}})
)


def refusal(wished: WhatIf, plan: Result = BASE) -> list[str]:
    with pytest.raises(InputError) as caught:
        what_if(ROW, plan, wished)
    return [str(problem) for problem in caught.value.problems]


def test_a_wish_names_people_of_one_region() -> None:
    assert refusal(WhatIf(together=(("M0", "M9"),), seat=("m10",), alone=("Gent",))) == [
        "value 'M9': together: no municipality has this name; known: M0, M1, M2, M3, M4, M5, M6, M7",
        "value 'Gent': alone: no municipality has this name; known: M0, M1, M2, M3, M4, M5, M6, M7",
        "value 'm10': seat: no municipality has this name; did you mean 'M1'?",
    ]
    assert refusal(WhatIf(together=(("M0", "M5"),), mergers=(("M3", "M4"),))) == [
        "together: M0 (10000), M5 (10005) are in different regions (R0, R1), and no merger crosses one; "
        "name municipalities of one region, or solve with frames.regions = false",
        "mergers: M3 (10003), M4 (10004) are in different regions (R0, R1), and no merger crosses one; "
        "name municipalities of one region, or solve with frames.regions = false",
    ]
    assert refusal(WhatIf(apart=(("M1",),), together=(("M1", "10001"),))) == [
        "together: M1 (10001) stands twice in one group; keep it once"
    ]
    assert refusal(WhatIf(apart=(("M1",),))) == [
        "value 'M1 (10001)': apart: a group needs at least two municipalities; name another"
    ]
    assert refusal(WhatIf()) == [
        "nothing is wished; say who is to be together, apart, alone, the seat, or a merger"
    ]
    assert refusal(WhatIf(alone=("M1",), level="zones")) == [
        "value 'zones': the plan has no zones: it is at level 'mergers'; leave the level out"
    ]


def test_two_of_one_name() -> None:
    from dataclasses import replace

    twins = replace(ROW, names=("M0", "M1", "Halle", "Halle", *ROW.names[4:]))
    base = solve(twins, BASE.scenario)
    with pytest.raises(
        InputError, match=r"more than one municipality has this name; use the code: Halle \(10002\)"
    ):
        what_if(twins, base, WhatIf(alone=("Halle",)))
    answer = what_if(twins, base, WhatIf(together=(("10002", "10003"), ("M0", "10001"))))
    assert answer.possible
    assert answer.scenario.locks.together == (("10002", "10003"), ("M0", "M1"))


def test_apart_in_different_regions_is_what_every_plan_has() -> None:
    answer = what_if(ROW, BASE, WhatIf(apart=(("M0", "M5"),)))
    assert (answer.held, answer.cost_nano, answer.proved, answer.regions) == (True, 0, True, ())


def test_regions_without_a_plan() -> None:
    part = solve(ROW, BASE.scenario, regions=["R0"])
    assert refusal(WhatIf(alone=("M5",)), part) == ["the plan is not for region 'R1'; it is for R0"]
    assert what_if(ROW, part, WhatIf(alone=("M3",))).possible
    locked = Scenario.from_dict({**BASE.scenario.model_dump(), "locks": {"together": [["M0", "M2"]]}})
    none = solve(ROW, locked)
    assert [region.status for region in none.by_region] == ["infeasible", "optimal"]
    assert refusal(WhatIf(alone=("M1",)), none) == [
        "the plan has no answer for region 'R0' (infeasible), so that nothing tells what a wish costs there; "
        "change the scenario until there is one, and solve it again"
    ]
    answer = what_if(ROW, none, WhatIf(mergers=(("M4", "M5", "M6"),)))
    assert (answer.possible, answer.solved) == (True, ("R1",))
    assert sum(term.cost_nano for term in answer.terms) == answer.cost_nano


@pytest.mark.parametrize(
    ("wished", "reason"),
    [
        (WhatIf(together=(("M6", "M7"),)), "M7 (10007) is a facility municipality and stands alone"),
        (WhatIf(together=(("M0", "M1"),), apart=(("M0", "M1"),)), "are locked both together and apart"),
        (WhatIf(alone=("M0",), together=(("M0", "M1"),)), "is in locks.alone"),
        (WhatIf(mergers=(("M0", "M2"),)), "are not contiguous: M0 (10000) | M2 (10002)"),
        (WhatIf(mergers=(("M0", "M1"), ("M1", "M2"))), "M1 (10001) is in two of the mergers"),
        (WhatIf(together=(("M1", "M2"),), seat=("M1", "M2")), "which are in one merger"),
    ],
)
def test_against_a_rule(wished: WhatIf, reason: str) -> None:
    answer = what_if(ROW, BASE, wished)
    assert (answer.result, answer.possible, answer.held, answer.proved) == (None, False, False, False)
    assert (answer.cost_nano, answer.at_least_nano, answer.at_most_nano) == (None, None, None)
    assert (answer.terms, answer.changed, answer.unproved) == ((), (), ())
    assert len(answer.reasons) == 1
    assert reason in answer.reasons[0]


def test_no_plan_has_it() -> None:
    answer = what_if(ROW, BASE, WhatIf(together=(("M0", "M2"),)))
    assert (answer.possible, answer.held, answer.solved) == (False, False, ("R0",))
    (reason,) = answer.reasons
    assert reason.startswith("R0: infeasible: no merger that keeps all rules can hold M0 (10000), M2 (10002)")
    assert "these rules cannot hold together: locks.together: M0, M2; population.max = 70000" in reason
    quick = what_if(ROW, BASE, WhatIf(together=(("M0", "M2"),)), explain_seconds=0)
    assert "these rules cannot hold together" not in quick.reasons[0]


def test_existing_mergers_of_the_plan_stay() -> None:
    """Who wishes for exactly a merger leaves what may be extended together, and what is kept as it is."""
    wished = WhatIf(mergers=(("M4", "M5"),))
    for mode in ("extend", "keep"):
        data = {**BASE.scenario.model_dump(), "existing": {"mode": mode, "mergers": [["M0", "M1"], ["M3"]]}}
        base = solve(ROW, Scenario.from_dict(data))
        answer = what_if(ROW, base, wished)
        assert answer.result is not None
        members = [merger.members for merger in answer.result.mergers]
        assert (4, 5) in members
        assert any({0, 1} <= set(part) for part in members)
        assert answer.scenario.existing.mode == "keep"
        again = what_if(ROW, answer.result, WhatIf(mergers=(("M5", "M4"), ("M1", "M0"))))
        assert again.held or mode == "extend"


def test_of_a_plan_alone_the_cost_is_not_proved() -> None:
    assert BASE.plan is not None
    wished = WhatIf(together=(("M2", "M3"),))
    proved, alone = what_if(ROW, BASE, wished), what_if(ROW, BASE.plan, wished)
    assert (alone.cost_nano, alone.changed) == (proved.cost_nano, proved.changed)
    assert (proved.proved, alone.proved, alone.at_most_nano) == (True, False, None)
    assert alone.unproved == alone.regions == ("R0",)
    with pytest.raises(InputError, match="made for other data than instance"):
        what_if(build_instance([1, 2], [(0, 1)]), BASE.plan, wished)
    with pytest.raises(InputError, match="does not know what it is for"):
        what_if(ROW, Plan(BASE.plan.mergers), wished)
