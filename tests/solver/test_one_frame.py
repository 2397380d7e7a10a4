"""`frames.regions = false` wherever a plan is made, judged or counted: as if there were one region."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.scoring.model import Model
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
    explain,
    pareto_front,
    solve,
    stability,
    sweep,
    verify,
    what_if,
)
from refzones.solver.audit.restored import restored
from refzones.solver.results.mergers import make_parts
from refzones.solver.results.record import record_of
from support.agreement import united
from support.build import build_instance
from support.divisions import division
from support.strategies import questions

# Two regions in a row of eight; the best plan crosses from 3 to 4.
ROW = build_instance(
    [20_000, 25_000, 18_000, 12_000, 13_000, 30_000, 21_000, 16_000],
    [(i, i + 1) for i in range(7)],
    region=[0] * 4 + [1] * 4,
    layers={"police": ["A", "A", "B", "C", "C", "D", "D", "E"]},
)
OTHER = ROW.as_one_region("all regions")
WORDS = {
    "population": {"min": 24_000, "max": 60_000},
    "weights": {"distance": 1, "straddle(police)": 3, "cut_edges": 0.01},
}
SCENARIO = Scenario.from_dict(WORDS)
UNITED = Scenario.from_dict({**WORDS, "frames": {"regions": False}})


def told(plan: Plan | None) -> object:
    return None if plan is None else ([part.members for part in plan.mergers], plan.score_nano)


def solved(instance: Instance, scenario: Scenario, **options: str) -> object:
    result = solve(instance, scenario, workers=1, **options)
    return told(result.plan), result.bound_nano, [region.name for region in result.by_region]


def ranked(instance: Instance, scenario: Scenario) -> object:
    found = best_plans(instance, scenario, 9)
    return [(one.region, [(p.score_nano, p.parts) for p in one.plans]) for one in found.by_region]


def different(instance: Instance, scenario: Scenario) -> object:
    found = diverse_plans(instance, scenario, 3, Loss.read("20%"))
    return [(one.region, [(p.score_nano, p.parts) for p in one.plans]) for one in found.by_region]


def agreed(instance: Instance, scenario: Scenario) -> object:
    (found,) = agreement(instance, scenario, Loss.read("20%")).by_region
    return found.region, found.plans, found.pairs.tolist()


def front(instance: Instance, scenario: Scenario) -> object:
    found = pareto_front(instance, scenario, ["distance", "cut_edges"])
    return [(one.region, len(one)) for one in found.by_region], told(found.plan_at(1))


def stable(instance: Instance, scenario: Scenario) -> object:
    found = stability(instance, scenario)
    return [(one.region, one.term, one.lowest, one.highest) for one in found.by_region]


def counted(instance: Instance, scenario: Scenario) -> object:
    return [(one.region, one.count) for one in census(instance, scenario, bins=0).by_region]


def judged(instance: Instance, scenario: Scenario) -> object:
    found = evaluate(instance, scenario, Plan.of(instance, scenario, [(0, 1), (2, 3, 4), (5,), (6, 7)]))
    assert found.violations == ()
    return found.loss_nano, told(found.plan), [(one.name, one.loss_nano) for one in found.by_region]


def compared(instance: Instance, scenario: Scenario) -> object:
    groups = ([(0, 1), (2, 3, 4), (5,), (6, 7)], [(0, 1), (2, 3), (4, 5), (6, 7)])
    plans = {str(k): Plan.of(instance, scenario, parts) for k, parts in enumerate(groups)}
    found = compare(instance, scenario, plans)
    return found.regions, [(told(one.plan), one.violations) for one in found.plans]


def wished(instance: Instance, scenario: Scenario) -> object:
    result = solve(instance, scenario, workers=1)
    before = restored(record_of(result), instance)
    answer = what_if(instance, before, WhatIf(together=(("M3", "M4"),)))
    assert answer.possible
    return answer.cost_nano, answer.regions


def explained(instance: Instance, scenario: Scenario) -> object:
    count = scenario.count.model_copy(update={"min": 7})
    asked = scenario.model_copy(update={"count": count})
    found = explain(instance, asked, "all regions")
    assert found is not None
    return found.in_words()


ROUTES = [solved, ranked, different, agreed, front, stable, counted, judged, compared, wished, explained]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_every_answer_is_that_of_one_region(route: Callable[[Instance, Scenario], object]) -> None:
    assert route(ROW, UNITED) == route(OTHER, SCENARIO)


@pytest.mark.parametrize("formulation", ["flow", "multiflow", "cut", "cpsat"])
def test_by_compact_formulations(formulation: str) -> None:
    asked = UNITED.model_copy(update={"weights": {"distance": 1.0}})
    found = solve(ROW, asked, formulation=formulation, workers=1)
    assert found.plan is not None
    assert (found.score_nano, found.bound_nano) == (solve(ROW, asked).score_nano,) * 2
    assert verify(ROW, asked, found.plan) == ()


def test_a_sweep(tmp_path: Path) -> None:
    spec = {"name": "one", "scenario": UNITED.model_dump(), "grid": {"weights": {"distance": [1, 5]}}}
    found = sweep(spec, tmp_path / "sweep", instances=[ROW], workers=1)
    assert set(found.answers["region"]) == {"all regions"}
    for setting in (0, 1):
        plan = found.plan(setting, ROW)
        assert told(plan) == told(solve(ROW, found.scenario(setting)).plan)
        assert verify(ROW, found.scenario(setting), plan) == ()


def test_the_plan_is_one_of_the_instance() -> None:
    result = solve(ROW, UNITED, workers=1)
    record = record_of(result)
    assert (record.instance.name, record.instance.hash) == (ROW.name, ROW.hash)
    assert record.region_names == ["all regions"]
    assert verify(ROW, UNITED, record.plan(ROW)) == ()
    # under the regions it crosses one
    broken = verify(ROW, SCENARIO, record.plan(ROW).under(SCENARIO, ROW))
    assert "region" in {violation.kind for violation in broken}


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_verifier_reads_it_by_itself(data: st.DataObject) -> None:
    """Of any division of the municipalities it finds what it finds where there is one region."""
    instance, scenario = data.draw(questions(agreed=True, largest=8, numbers=(2, 3)))
    assume(len(instance.regions) > 1)
    plain, asked = united(scenario, regions=True), united(scenario)
    labels = st.lists(st.integers(0, 2), min_size=len(instance), max_size=len(instance))
    parts = division(data.draw(labels))
    try:
        stated = tuple(make_parts(Model.of(instance, asked), parts))
    except ValueError:
        return
    plan = Plan(stated)
    found = verify(instance, asked, plan)
    wanted = verify(instance.as_one_region("all regions"), plain, plan)
    assert [str(violation) for violation in found] == [str(violation) for violation in wanted]
