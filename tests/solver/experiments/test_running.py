"""The whole experiment, against enumeration of all plans and against its definition."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from refzones.instances import Function, InputError, Instance, load
from refzones.models import Scenario
from refzones.solver.deadline import Limits
from refzones.solver.experiments import StepsExperiment, steps_experiment
from refzones.solver.experiments.cells import CORRELATIONS, DRAWS, NINETY, STABILITY, TODAY
from refzones.solver.experiments.statistics import kendall, weighted_kappa
from refzones.solver.experiments.steps import DIFFERENCES, STEPS, InhabitantSteps
from refzones.solver.experiments.tables import (
    STATISTIC_COLUMNS,
    municipality_columns,
    municipality_rows,
    statistic_rows,
)
from support.all_plans import all_plans
from support.build import build_instance

BOUNDS = InhabitantSteps(title="t", source="s", below=(15, 30, 45))
CLASSES = ("a0", "c3", "c1", "c3", "b0", "c2", "c0", "c3")
ORDER = {"a0": 7, "c0": 4, "b0": 3, "c1": 2, "c2": 1, "c3": 0}


def small() -> tuple[Instance, Scenario]:
    population = [40, 10, 21, 12, 33, 14, 25, 16]
    borders = [(i, i + 1) for i in range(7)] + [(0, 2), (1, 3), (4, 6), (5, 7)]
    instance = build_instance(
        population, borders, classes=CLASSES, layers={"police": ["A", "A", "B", "B", "C", "C", "D", "D"]}
    )
    beds = Function("beds", np.array([90.0, 0, 0, 20, 40, 0, 0, 5]), "hospital", "beds", 10.0)
    scenario = {"population": {"min": 20, "max": 90}, "weights": {"distance": 1}}
    return replace(instance, functions={"beds": beds}), Scenario.from_dict(scenario)


def by_hand(instance: Instance, plan: tuple[tuple[int, ...], ...]) -> dict[tuple[str, ...], float]:
    """Compute some statistics of a plan in another way."""
    people = [sum(int(instance.population[i]) for i in part) for part in plan]
    beds = [sum(float(instance.functions["beds"].amount[i]) for i in part) for part in plan]
    best = [max(ORDER[CLASSES[i]] for i in part) for part in plan]
    fixed = [sum(one >= bound for bound in BOUNDS.below) for one in people]
    order = sorted(range(len(plan)), key=lambda k: people[k])
    ranked = dict(zip(order, sorted(best), strict=True))
    steps = {
        "inhabitants": fixed,
        "ranked_inhabitants": [ranked[k] for k in range(len(plan))],
        "equipment": best,
    }
    found = {
        ("kendall", "beds", name): float(kendall(np.array([own], float), np.array([beds]))[0, 0])
        for name, own in steps.items()
    }
    before = np.array([ORDER[one] for one in CLASSES])
    after = np.array([best[next(k for k, part in enumerate(plan) if i in part)] for i in range(len(CLASSES))])
    found["kappa", "equipment"] = weighted_kappa(before, after)
    moved = sum(int(instance.population[i]) for i in range(len(CLASSES)) if before[i] != after[i])
    found["changed_inhabitants", "equipment"] = moved / sum(people)
    return found


def test_draws_have_the_mean_of_all_plans() -> None:
    """Within four Monte Carlo errors of the mean over all plans, and with their spread."""
    instance, scenario = small()
    every = [by_hand(instance, plan) for _, plan in all_plans(instance, scenario)]
    found = steps_experiment(instance, scenario, draws=4000, seed=3, bounds=BOUNDS)
    assert found.plans == len(every) > 20
    over = found.of(DRAWS)
    for key in every[0]:
        values = [one[key] for one in every if math.isfinite(one[key])]
        cell = over.correlations[key] if len(key) == 3 else over.stability[key]  # type: ignore[index]
        assert cell.error == pytest.approx(cell.sd / cell.defined**0.5)
        assert abs(cell.value - np.mean(values)) <= 4 * cell.error + 1e-12
        assert cell.sd == pytest.approx(np.std(values), rel=0.15, abs=1e-9)
        assert cell.low <= np.median(values) <= cell.high
        assert min(values) - 1e-12 <= cell.low <= cell.high <= max(values) + 1e-12


def test_maps_are_those_by_hand_and_errors_are_the_jackknife() -> None:
    instance, scenario = small()
    found = steps_experiment(instance, scenario, draws=0, bounds=BOUNDS)
    assert [one.name for one in found.maps] == ["today", "police", "optimum"]
    assert found.plans is None
    assert found.missing == ("primary_care",)
    best = all_plans(instance, scenario)[0][1]
    plans = {
        "today": tuple((i,) for i in range(8)),
        "police": ((0, 1), (2, 3), (4, 5), (6, 7)),
        "optimum": best,
    }
    for one in found.maps:
        for key, value in by_hand(instance, plans[one.name]).items():
            if len(key) == 3:
                assert one.correlations[key].value == pytest.approx(value)  # type: ignore[index]
            elif one.name != TODAY:
                assert one.stability[key].value == pytest.approx(value)  # type: ignore[index]
    today = found.of("today")
    cell = today.correlations["kendall", "beds", "equipment"]
    steps = np.array([ORDER[one] for one in CLASSES], float)[None, :]
    beds = instance.functions["beds"].amount[None, :]
    without = [kendall(np.delete(steps, i, 1), np.delete(beds, i, 1))[0, 0] for i in range(8)]
    error = (7 / 8 * sum((one - np.mean(without)) ** 2 for one in without)) ** 0.5
    assert cell.error == pytest.approx(error)
    assert cell.low == pytest.approx(max(-1.0, cell.value - NINETY * error))
    assert cell.high == pytest.approx(min(1.0, cell.value + NINETY * error))


def test_differences_are_differences() -> None:
    instance, scenario = small()
    found = steps_experiment(instance, scenario, draws=50, bounds=BOUNDS)
    compared = 0
    for one in found.maps:
        for statistic in CORRELATIONS:
            for measure in found.measures:
                cells = [one.correlations[statistic, measure.name, s] for s in (*STEPS, *DIFFERENCES)]
                if len({cell.defined for cell in cells}) > 1:
                    continue  # over draws in which both are defined, which are fewer than those of each
                fixed, ranked, own, less, fair = (cell.value for cell in cells)
                compared += 1
                assert less == pytest.approx(own - fixed, nan_ok=True)
                assert fair == pytest.approx(own - ranked, nan_ok=True)
    assert compared > 20


def rows(found: StepsExperiment) -> list[tuple[object, ...]]:
    return statistic_rows(found.maps)


def towns(found: StepsExperiment) -> list[tuple[object, ...]]:
    return municipality_rows(found.instance, found.municipalities, found.maps)


def test_the_same_seed_gives_the_same_table() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    regions = ["Midwest", "Waasland"]
    first, again, other = (
        steps_experiment(instance, scenario, regions=regions, draws=40, seed=seed) for seed in (1, 1, 2)
    )
    assert rows(first) == rows(again)
    assert towns(first) == municipality_rows(again.instance, again.municipalities, again.maps)
    assert rows(first) != rows(other)
    assert {len(row) for row in rows(first)} == {len(STATISTIC_COLUMNS)}
    assert {len(row) for row in towns(first)} == {len(municipality_columns(first.measures))}
    assert len(rows(first)) == 5 * (len(CORRELATIONS) * 5 * len(first.measures)) + 4 * len(STABILITY) * 5
    assert first.proved
    assert first.draws == 40


def test_a_region_without_plans_takes_no_part() -> None:
    instance = build_instance(
        [10, 10, 10, 1, 1],
        [(0, 1), (1, 2), (3, 4)],
        region=[0, 0, 0, 1, 1],
        classes=("a0", "c3", "c3", "c3", "c2"),
    )
    beds = Function("beds", np.array([9.0, 0, 2, 1, 0]), "hospital", "beds")
    instance = replace(instance, functions={"beds": beds})
    scenario = Scenario.from_dict({"population": {"min": 10, "max": 30}, "weights": {"distance": 1}})
    found = steps_experiment(instance, scenario, draws=10, bounds=BOUNDS)
    assert found.regions == ("R0",)
    assert found.left_out == (("R1", "no plan keeps all rules"),)
    assert found.municipalities.tolist() == [0, 1, 2]
    nothing = steps_experiment(instance, scenario, regions=["R1"], bounds=BOUNDS)
    assert nothing.maps == nothing.regions == ()
    assert nothing.left_out == found.left_out
    assert not nothing.proved


def test_too_little_time_is_told_for_each_region() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    found = steps_experiment(instance, scenario, regions=["Kempen", "Limburg"], limits=Limits(seconds=0.001))
    assert found.maps == ()
    assert [region for region, _ in found.left_out] == ["Kempen", "Limburg"]
    assert all("too little time" in note for _, note in found.left_out)


def test_bad_numbers_of_draws() -> None:
    instance, scenario = small()
    with pytest.raises(InputError, match="0 or more"):
        steps_experiment(instance, scenario, draws=-1)


def test_where_the_time_is_up_fewer_plans_are_drawn() -> None:
    instance, scenario = small()
    found = steps_experiment(instance, scenario, draws=10**7, bounds=BOUNDS, limits=Limits(seconds=3))
    assert 0 < found.draws < 10**7
    assert found.of(DRAWS).plans == found.draws
