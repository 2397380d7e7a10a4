"""What plans, sets of plans and reviews show of themselves: one line."""

from __future__ import annotations

from refzones.models import Scenario
from refzones.solver import (
    Loss,
    Plan,
    WhatIf,
    agreement,
    best_plans,
    census,
    compare,
    diverse_plans,
    evaluate,
    pareto_front,
    solve,
    stability,
    what_if,
)
from support.build import build_instance

INSTANCE = build_instance(
    [10, 20, 30, 40, 50],
    [(0, 1), (1, 2), (3, 4)],
    region=[0, 0, 0, 1, 1],
)
SCENARIO = Scenario.from_dict(
    {"population": {"min": 20, "max": 100}, "weights": {"distance": 2, "cut_edges": 1}}
)


def test_sets_of_plans() -> None:
    question, half = (INSTANCE, SCENARIO), Loss.read("50%")
    sets = [
        best_plans(*question, 2),
        diverse_plans(*question, 2, half),
        agreement(*question, half),
        census(*question),
        pareto_front(*question, ["distance", "cut_edges"]),
    ]
    for one in sets:
        assert repr(one) == f"<{type(one).__name__} 'scenario' on small, 2 regions>"
    for one in (*sets, stability(*question)):
        for region in one.by_region:
            assert "\n" not in repr(region)
            assert len(repr(region)) < 160


def test_reviews() -> None:
    result = solve(INSTANCE, SCENARIO, workers=1)
    plan = Plan.of(INSTANCE, SCENARIO, [[0, 1], [2], [3, 4]])
    evaluation = evaluate(INSTANCE, SCENARIO, plan)
    assert repr(evaluation) == f"<Evaluation 'scenario' on small: {plan.score:,.4f} points, 0 violations>"
    comparison = compare(INSTANCE, SCENARIO, {"best": result.plan, "mine": plan})
    assert repr(comparison) == "<Comparison 'scenario' on small: best, mine>"
    answer = what_if(INSTANCE, result, WhatIf(apart=(("M0", "M1"),)), workers=1)
    assert repr(answer).startswith("<WhatIfAnswer 'scenario' on small: ")
