"""What a wish costs, taken apart: terms, changes, and what is not proved."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.models.scenario.tables import Locks
from refzones.models.scoring.scorer import NANO, Scorer
from refzones.solver import Merger, Result, solve
from refzones.solver.deadline import Limits
from refzones.solver.results.plan import Plan
from refzones.solver.review.whatif import what_if
from refzones.solver.review.whatif_answer import WhatIfAnswer, _shares, exchanges
from refzones.solver.review.whatif_locks import WhatIf
from support.build import build_instance
from support.strategies import nested_questions, questions

# six in a row at 0, 1, 3, 4, 6 and 7 km, in two regions of three: pairs 1 km apart are best
PLACES = [(1000.0 * km, 0.0) for km in (0, 1, 3, 10, 11, 13)]
ROW = build_instance(
    [10_000, 20_000, 30_000] * 2,
    pairwise(range(6)),
    points=PLACES,
    region=[0] * 3 + [1] * 3,
    layers={"police": ["A", "A", "A", "B", "B", "B"]},
)
SCENARIO = Scenario.from_dict(
    {"population": {"min": 10_000, "max": 50_000}, "weights": {"distance": 6, "touched(police)": 0.75}}
)
BASE = solve(ROW, SCENARIO)


def loosened(result: Result, region: str, by: int) -> Result:
    """The same result with a bound that does not prove it in one region."""
    regions = tuple(
        replace(r, bound_nano=(r.bound_nano or 0) + by) if r.name == region else r for r in result.by_region
    )
    return replace(result, by_region=regions)


def test_terms_and_changes_by_hand() -> None:
    """Each part touches a zone, at three quarters of a point; a km more for all costs six."""
    assert [merger.members for merger in BASE.mergers] == [(0, 1), (2,), (3, 4), (5,)]
    answer = what_if(ROW, BASE, WhatIf(alone=("M1",)))
    assert [(change.region, change.cost_nano) for change in answer.changed] == [("R0", answer.cost_nano)]
    (change,) = answer.changed
    assert [merger.members for merger in change.before] == [(0, 1)]
    assert [merger.members for merger in change.after] == [(0,), (1,)]
    distance, touched = answer.terms
    # 10,000 of 120,000 lived 1 km from their seat
    assert (distance.name, distance.unit, distance.better) == (
        "distance",
        "km to the seat, mean over inhabitants",
        "less",
    )
    assert (round(distance.before, 9), round(distance.after, 9)) == (round(2 / 12, 9), round(1 / 12, 9))
    assert distance.cost_nano == -NANO // 2
    assert (touched.before, touched.after, touched.cost_nano) == (4, 5, NANO * 3 // 4)
    assert answer.cost_nano == NANO // 4


def test_exchanges_are_small() -> None:
    before = [part((0, 1)), part((2, 3)), part((4,)), part((5, 6))]
    after = [part((0,)), part((1,)), part((2, 3, 4)), part((5, 6))]
    assert [
        ([p.members for p in old], [p.members for p in new]) for old, new in exchanges(before, after)
    ] == [
        ([(0, 1)], [(0,), (1,)]),
        ([(2, 3), (4,)], [(2, 3, 4)]),
        ([(5, 6)], [(5, 6)]),
    ]


def part(members: tuple[int, ...]) -> Merger:
    return Merger(members, members[0], "", (), 0)


# What is not proved


def test_held_against_a_bound() -> None:
    plain = what_if(ROW, BASE, WhatIf(together=(("M1", "M2"),)))
    base = loosened(BASE, "R0", 5)
    answer = what_if(ROW, base, WhatIf(together=(("M1", "M2"),)))
    assert plain.cost_nano is not None
    assert plain.cost_nano > 0
    assert (answer.cost_nano, answer.at_least_nano) == (plain.cost_nano, plain.cost_nano)
    assert answer.at_most_nano == plain.cost_nano + 5
    assert (plain.proved, plain.unproved) == (True, ())
    assert (answer.proved, answer.unproved) == (False, ("R0",))
    assert answer.result is not None
    assert answer.result.status == "optimal"


def test_another_region_does_not_matter() -> None:
    answer = what_if(ROW, loosened(BASE, "R1", 5), WhatIf(together=(("M1", "M2"),)))
    assert (answer.proved, answer.unproved) == (True, ())
    assert answer.result is not None
    assert answer.result.status == "feasible"


def test_what_an_unproved_plan_has_costs_nothing_against_the_plan() -> None:
    answer = what_if(ROW, loosened(BASE, "R0", 7), WhatIf(together=(("M0", "M1"),)))
    assert answer.held
    assert (answer.cost_nano, answer.at_least_nano, answer.at_most_nano) == (0, 0, 7)
    assert (answer.proved, answer.unproved) == (False, ("R0",))


def test_a_plan_that_is_not_the_best_may_gain_by_a_wish() -> None:
    """A plan in which nobody merges, as if found within a limit."""
    alone = SCENARIO.model_copy(update={"locks": Locks(alone=ROW.names)})
    base = loosened(replace(solve(ROW, alone), scenario=SCENARIO), "R0", NANO)
    answer = what_if(ROW, base, WhatIf(together=(("M0", "M1"),)))
    assert (answer.cost_nano, answer.at_least_nano) == (-NANO // 4, -NANO // 4)
    assert (answer.at_most_nano, answer.proved) == (NANO - NANO // 4, False)


def test_without_a_bound() -> None:
    regions = tuple(replace(r, bound_nano=None) for r in BASE.by_region)
    base = replace(BASE, by_region=regions)
    answer = what_if(ROW, base, WhatIf(together=(("M1", "M2"),)))
    assert (answer.at_most_nano, answer.proved) == (None, False)
    assert answer.at_least_nano == answer.cost_nano


def test_no_time() -> None:
    answer = what_if(ROW, BASE, WhatIf(together=(("M1", "M2"),)), limits=Limits(1e-9))
    assert (answer.possible, answer.cost_nano, answer.proved) == (False, None, False)
    assert answer.reasons[0].startswith("R0: no plan within limit: the time limit passed")


# Shares of terms


@given(st.one_of(questions(largest=6, agreed=True), nested_questions(largest=5)))
@settings(max_examples=30, deadline=None)
def test_shares_are_near_the_terms_and_sum_to_the_score(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        result = solve(instance, scenario, workers=1)
    except InputError:
        return
    nested = scenario.level == "nested"
    levels = [(scenario.at("mergers") if nested else scenario, result.mergers)]
    levels += [(scenario.at("zones"), result.zones)] if nested else []
    for asked, parts in levels:
        scorer = Scorer(instance, asked)
        for found in parts:
            shares = _shares(scorer, found)
            assert sum(shares) == found.score_nano
            for share, term, value in zip(shares, scorer.terms, found.values, strict=True):
                exact = NANO * term.sense * asked.weights[term.name] * value / scorer.divisor(term)
                # one unit of rounding, and as much as doubles of this size leave
                assert abs(share - exact) <= 1.001 + 1e-14 * sum(map(abs, shares))
    if result.score_nano is not None:
        answer = WhatIfAnswer(scenario, result, result, tuple(instance.regions), ())
        values = Plan(result.mergers, result.zones, instance, scenario).terms
        assert [(t.name, t.before, t.after, t.cost_nano) for t in answer.terms] == [
            (name, term.value, term.value, 0) for name, term in values.items()
        ]
