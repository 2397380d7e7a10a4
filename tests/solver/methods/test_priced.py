"""Prices in place of budgets: whatever they are, the bound holds for all plans that keep the budgets."""

from __future__ import annotations

import pytest

pytest.importorskip("numba")

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver.methods.generation.solve import Generation
from refzones.solver.methods.priced import relaxed_for
from refzones.solver.partition.answer import ComponentAnswer
from support.budgets import Drawn, drawn_budgets, keeps, sum_of, table_of, whole_plans
from support.build import build_instance
from support.regions import task_of_region
from support.strategies import questions


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    questions(largest=8, agreed=True, numbers=(1,)), drawn_budgets, st.sampled_from((0.0, 0.003, 0.1, 2.0))
)
def test_bounds_hold_at_any_price(
    question: tuple[Instance, Scenario], budgets: list[Drawn], price: float
) -> None:
    instance, scenario = question
    weights = {name: w for name, w in scenario.weights.items() if name not in ("cut_edges", "moment")}
    scenario = scenario.model_copy(update={"weights": weights})
    try:
        every = whole_plans(instance, scenario)
        tables = table_of(instance, scenario, [plan for _, plan in every], budgets)
        assume(tables)
        asked = scenario.overlaid({"budgets": tables})
        task = task_of_region(instance, asked)
    except InputError:
        assume(False)
    method = Generation()
    assume(method.accepts(task.without_budgets) is None)
    relaxed = relaxed_for(method, task, dict.fromkeys(asked.budgets, price))
    start = ComponentAnswer(pool={(i,): 0 for i in task.free.municipalities.tolist()})
    found = relaxed.of(task, method.solve(relaxed.starting(ComponentAnswer() if price else start)))
    kept = [score for score, plan in every if keeps(instance, asked, plan)]
    if found.infeasible:
        assert not every
    elif kept:
        assert found.bound is not None
        assert found.bound >= kept[0]
    if found.score is not None:
        assert found.score <= kept[0]


def test_a_price_makes_the_bound_tighter() -> None:
    points = [(1e3 * x, 0.0) for x in (0, 1, 3, 4, 6, 8)]
    row = build_instance([20_000] * 6, [(k, k + 1) for k in range(5)], points=points)
    free = Scenario.from_dict({"population": {"min": 20_000, "max": 60_000}, "weights": {"distance": 1}})
    most = sum_of(row, free, ((0, 1), (2, 3), (4, 5)), "councillors")
    asked = free.overlaid({"budgets": {"councillors": {"max": most}}})
    task, method = task_of_region(row, asked), Generation()
    bounds = []
    for price in (0.0, 0.002, 0.01):
        relaxed = relaxed_for(method, task, {"councillors": price})
        bounds.append(relaxed.of(task, method.solve(relaxed.starting(ComponentAnswer()))).bound)
    kept = [score for score, plan in whole_plans(row, asked) if keeps(row, asked, plan)]
    assert None not in bounds
    assert bounds[0] > min(bounds[1:]) >= kept[0]
