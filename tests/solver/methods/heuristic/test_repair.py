"""Budgets over components that are not listed: the search agrees with brute force as far as it can say."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, event, given, settings
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.deadline import Limits
from refzones.solver.methods.heuristic.params import HeuristicParams, PairParams, WindowParams
from refzones.solver.verification.verifier import verify
from support.budgets import Drawn, drawn_budgets, keeps, table_of, whole_plans
from support.strategies import questions
from support.unlisted import unlisted

SMALL = HeuristicParams(
    limits=(2, 3), pairs=PairParams(listed=2), windows=WindowParams(size=2, smallest=2, few=2, listed=2)
)
"""Windows of two parts, so that no window holds a whole component."""


def check(
    question: tuple[Instance, Scenario], budgets: list[Drawn], searching: HeuristicParams | None
) -> str:
    """Compare an answer with brute force; say what it came to."""
    instance, scenario = question
    try:
        solve(instance, scenario, workers=1)
    except InputError:
        assume(False)
    every = whole_plans(instance, scenario)
    tables = table_of(instance, scenario, [plan for _, plan in every], budgets)
    assume(tables)
    asked = scenario.overlaid({"budgets": tables})
    with unlisted(searching):
        result = solve(instance, asked, workers=1, limits=Limits(2))
    kept = [score for score, plan in every if keeps(instance, asked, plan)]
    if result.bound_nano is not None and kept:
        assert kept[0] <= result.bound_nano
    if {region.status for region in result.by_region} == {"infeasible"}:
        assert not kept
        return "infeasible, proved"
    if result.score_nano is None:
        return "not found" if kept else "none to be found"
    assert result.plan is not None
    assert verify(instance, asked, result.plan) == ()
    assert result.score_nano <= kept[0]
    if result.status == "optimal":
        assert result.score_nano == kept[0]
        return "optimal"
    return "best" if result.score_nano == kept[0] else "found"


drawn = questions(largest=8, agreed=True, numbers=(1, 2, 2))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(drawn, drawn_budgets)
def test_all_searches(question: tuple[Instance, Scenario], budgets: list[Drawn]) -> None:
    event(check(question, budgets, None))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(drawn, drawn_budgets)
def test_small_windows(question: tuple[Instance, Scenario], budgets: list[Drawn]) -> None:
    event(check(question, budgets, SMALL))
