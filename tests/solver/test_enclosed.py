"""Towns that can be enclosed: allowed, priced and forbidden, by every route, against brute force."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import best_plans, census, pareto_front, solve, sweep, verify
from refzones.solver.deadline import Deadline
from refzones.solver.infeasibility.explanation import explain
from refzones.solver.methods.generation.pricing import is_available
from refzones.solver.methods.heuristic.solve import Heuristic
from refzones.solver.verification.enclosed import enclosed_by
from support.admissible import Rules
from support.all_plans import all_plans, dominates
from support.brute import brute_force
from support.brute_nested import brute_force_nested
from support.build import build_instance
from support.regions import UNLISTED, answer_region
from support.strategies import questions

SEEDS = range(14)
MODES = ("allowed", "priced", "forbidden")
FORMULATIONS = ("flow", "multiflow", "cut", "cpsat")


@cache
def towns(seed: int) -> Instance:
    """Two towns that are too large for most of what lies around them, and others that must merge."""
    draw = Random(seed)
    n = draw.choice((6, 7, 8))
    around = draw.randint(1, 4)
    borders = {(0, i) for i in range(1, around + 1)} | set(pairwise(range(1, n - 1)))
    borders |= {tuple(sorted(draw.sample(range(1, n - 1), 2))) for _ in range(draw.randint(0, 3))}
    borders |= {(i, n - 1) for i in draw.sample(range(1, n - 1), draw.randint(1, 2))}
    people = [1000 * draw.randint(30, 45), *(1000 * draw.randint(9, 21) for _ in range(n - 2))]
    return build_instance(
        [*people, 1000 * draw.randint(30, 45)],
        borders,
        points=[(1000.0 * draw.randint(0, 20), 1000.0 * draw.randint(0, 20)) for _ in range(n)],
        classes=["a1", *[draw.choice(("c2", "a2")) for _ in range(n - 2)], "a0"],
        facility=[draw.randrange(1, n)] if draw.random() < 0.2 else [],
    )


def asked(mode: str, weights: dict[str, float] | None = None, **others: Any) -> Scenario:
    terms = {"distance": 3.0, "size": 2.0} if weights is None else weights
    price = {"detached": 20.0} if mode == "priced" else {}
    return Scenario.from_dict(
        {
            "population": {"min": 25_000, "max": 75_000},
            "weights": terms | price,
            **others,
            "rules": {"enclosed": mode} | others.get("rules", {}),
        }
    )


def rings(instance: Instance, scenario: Scenario, parts: Any) -> list[int]:
    return sorted(i for part in parts for i in enclosed_by(instance, scenario, part))


def check(instance: Instance, scenario: Scenario, found: Any, *, proved: bool = True) -> None:
    truth = brute_force(instance, scenario)
    if truth is None:
        assert found.status == "infeasible"
        return
    assert found.score_nano == truth.score_nano
    assert not proved or found.status == "optimal"


def test_the_instances_have_rings_to_avoid() -> None:
    """Otherwise nothing would be tested here."""
    differ = avoided = 0
    for seed in SEEDS:
        best = {mode: brute_force(towns(seed), asked(mode)) for mode in MODES}
        if best["allowed"] is None:
            continue
        chosen = {mode: one and one.chosen for mode, one in best.items()}
        differ += chosen["forbidden"] != chosen["allowed"]
        avoided += chosen["priced"] != chosen["allowed"]
        assert not chosen["forbidden"] or rings(towns(seed), asked("forbidden"), chosen["forbidden"]) == []
    assert differ >= 5
    assert avoided >= 3


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", SEEDS)
def test_listed(seed: int, mode: str) -> None:
    instance, scenario = towns(seed), asked(mode)
    result = solve(instance, scenario, workers=1)
    check(instance, scenario, result)
    if result.plan is not None:
        truth = brute_force(instance, scenario)
        assert truth is not None
        assert [merger.members for merger in result.plan.mergers] == truth.chosen
        assert verify(instance, scenario, result.plan) == ()


@pytest.mark.parametrize("formulation", FORMULATIONS)
@pytest.mark.parametrize("seed", SEEDS[::2])
def test_compact_formulations(seed: int, formulation: str) -> None:
    instance = towns(seed)
    for mode in ("priced", "forbidden"):
        scenario = asked(mode, {"distance": 3.0})
        check(instance, scenario, solve(instance, scenario, formulation=formulation, workers=1))


@pytest.mark.parametrize("mode", ["priced", "forbidden"])
@pytest.mark.parametrize("formulation", ["partition", *FORMULATIONS])
def test_an_only_neighbour_that_stands_alone_too_is_no_ring(formulation: str, mode: str) -> None:
    row = build_instance([30_000] * 3, [(0, 1), (1, 2)], classes=["a1", "a1", ""])
    result = solve(row, asked(mode, {"distance": 3.0}), formulation=formulation, workers=1)
    assert [merger.members for merger in result.mergers] == [(0,), (1,), (2,)]
    assert result.score_nano == 0
    pair = build_instance([30_000, 20_000, 20_000], [(0, 1), (1, 2)], classes=["a1", "", ""])
    result = solve(pair, asked(mode, {"distance": 3.0}), formulation=formulation, workers=1)
    assert [merger.members for merger in result.mergers] == [(0, 1, 2)]


def test_by_sets_of_centres() -> None:
    """Seats alone are scored and the number of mergers is fixed."""
    for seed in SEEDS:
        scenario = asked("forbidden", {"distance": 3.0}, count={"min": 3, "max": 3})
        check(towns(seed), scenario, solve(towns(seed), scenario, formulation="cut", workers=1))


@pytest.mark.parametrize("mode", ["priced", "forbidden"])
@pytest.mark.parametrize("seed", SEEDS[:8])
def test_heuristic_search(seed: int, mode: str) -> None:
    """It proves little, but no plan of it breaks the rule or bounds too low."""
    instance, scenario = towns(seed), asked(mode)
    found = answer_region(instance, scenario, methods=[Heuristic()], deadline=Deadline.after(10))
    truth = brute_force(instance, scenario)
    if truth is None:
        assert found.score_nano is None
        return
    assert found.bound_nano is None or found.bound_nano >= truth.score_nano
    assert found.score_nano is None or found.score_nano <= truth.score_nano
    parts = [merger.members for merger in found.mergers]
    assert mode == "priced" or rings(instance, scenario, parts) == []


@pytest.mark.skipif(not is_available(), reason="column generation needs the extra 'large'")
@pytest.mark.parametrize("mode", ["priced", "forbidden"])
@pytest.mark.parametrize("seed", SEEDS[:8])
def test_column_generation(seed: int, mode: str) -> None:
    instance, scenario = towns(seed), asked(mode)
    found = answer_region(
        instance, scenario, listing=UNLISTED, deadline=Deadline.after(600)
    )  # compiling counts
    check(instance, scenario, found)


@pytest.mark.parametrize("mode", MODES)
def test_lists_and_counts_of_plans(mode: str) -> None:
    pytest.importorskip("numba")
    for seed in SEEDS[::3]:
        instance, scenario = towns(seed), asked(mode)
        truth = all_plans(instance, scenario)
        assert census(instance, scenario).count == len(truth)
        if truth:
            (best,) = best_plans(instance, scenario, 1000).by_region
            assert [(plan.score_nano, plan.parts) for plan in best.plans] == truth


@pytest.mark.parametrize("mode", ["priced", "forbidden"])
def test_fronts(mode: str) -> None:
    terms = ("distance", "detached" if mode == "priced" else "size")
    for seed in SEEDS[::3]:
        instance, scenario = towns(seed), asked(mode)
        plans = [parts for _, parts in all_plans(instance, scenario)]
        if not plans:
            continue
        front = pareto_front(instance, scenario, terms, precision=0.0)
        own = [scenario.model_copy(update={"weights": {term: 1.0}}) for term in terms]
        by_term = [{parts: score for score, parts in all_plans(instance, one)} for one in own]
        values = {tuple(scores[parts] for scores in by_term) for parts in plans}
        truth = sorted(value for value in values if not any(dominates(other, value) for other in values))
        assert sorted(map(tuple, front.by_region[0].nano.tolist())) == truth


def test_sweeps() -> None:
    for seed in SEEDS[::4]:
        instance = towns(seed)
        base = asked("priced").model_dump()
        spec = {"scenario": base, "grid": {"weights": {"detached": [0.0, 5.0, 50.0]}}}
        found = sweep(spec, instances=[instance])
        for setting, weight in enumerate((0.0, 5.0, 50.0)):
            scenario = found.scenario(setting)
            assert scenario.weights["detached"] == weight
            truth = brute_force(instance, scenario)
            if truth is not None:
                assert found.plan(setting, instance).score_nano == truth.score_nano


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", SEEDS)
def test_nested(seed: int, mode: str) -> None:
    zones = {
        "population": {"min": 30_000, "max": 110_000},
        "rules": {"enclosed": mode},
        "weights": {"distance": 1.0} | ({"detached": 20.0} if mode == "priced" else {}),
    }
    instance = towns(seed)
    scenario = asked(mode, level="nested", zones=zones)
    truth, found = brute_force_nested(instance, scenario), solve(instance, scenario, workers=1)
    if truth is None:
        assert found.status == "infeasible"
        return
    assert (found.status, found.score_nano) == ("optimal", truth.score_nano)
    assert found.plan is not None
    assert [zone.members for zone in found.plan.zones] == truth.zones
    assert verify(instance, scenario, found.plan) == ()


@pytest.mark.parametrize("weights", [{"distance": 1.0}, {"distance": 1.0, "detached": 0.0}])
def test_explanations_name_the_rule(weights: dict[str, float]) -> None:
    """Three that have to merge lie around a town that has room for one of them."""
    ring = build_instance(
        [60_000, 15_000, 15_000, 15_000], [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3)], classes=["a1", "", "", ""]
    )
    scenario = asked("forbidden", weights, population={"min": 40_000, "max": 75_000})
    assert brute_force(ring, asked("allowed", population={"min": 40_000, "max": 75_000})) is not None
    assert solve(ring, scenario, workers=1).status == "infeasible"
    explanation = explain(ring, scenario, "R0")
    assert explanation is not None
    assert [rule.text for rule in explanation.rules] == [
        'rules.enclosed = "forbidden"',
        "population.max = 75000",
        "population.min = 40000",
    ]
    instead = "priced" if "detached" in weights else "allowed"
    texts = [repair.text for repair in explanation.repairs]
    assert texts[0] == f'let mergers enclose a municipality (rules.enclosed = "{instead}")'


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"rules": {"enclosed": "priced"}}, 'rules.enclosed = "priced": give the inhabitants around'),
        ({"weights": {"detached": 1}}, 'the detached term has a weight but rules.enclosed is "allowed"'),
    ],
)
def test_rule_and_price_belong_together(parts: dict[str, Any], text: str) -> None:
    with pytest.raises(InputError, match=text):
        Scenario.from_dict({"weights": {"distance": 1}} | parts)


def test_a_term_that_weighs_nothing_is_reported_under_any_rule() -> None:
    for mode in MODES:
        scenario = asked(mode, {"distance": 3.0, "detached": 0.0})
        assert "detached" in scenario.weights


# Mergers that must not be enclosed either


def ringed(instance: Instance, scenario: Scenario, plan: Any) -> bool:
    """Tell whether some merger of two or more has one other merger beside it, which has others beside it."""
    rules, kept = Rules(instance, scenario), [tuple(group) for group in Rules(instance, scenario)._kept]
    near = [rules.around(i) for i in range(len(instance))]
    beside = {part: {j for i in part for j in near[i]} - set(part) for part in plan}
    for inner, around in beside.items():
        rings = [outer for outer in plan if around & set(outer)]
        if len(inner) < 2 or len(rings) != 1 or len(rings[0]) < 2 or rings[0] in kept:
            continue
        if beside[rings[0]] - set(inner):
            return True
    return False


def unringed(instance: Instance, scenario: Scenario, region: int = 0) -> list[tuple[int, Any]]:
    plans = all_plans(instance, scenario, region)
    return [(score, plan) for score, plan in plans if not ringed(instance, scenario, plan)]


ALL = {"enclosed": "forbidden", "enclosed_parts": "all"}


def check_all(instance: Instance, scenario: Scenario) -> int:
    """Check `solve` where no merger may be enclosed; give the number of regions where that matters."""
    result = solve(instance, scenario, workers=1)
    matters = 0
    for region, answer in enumerate(result.by_region):
        truth = unringed(instance, scenario, region)
        matters += truth[:1] != all_plans(instance, scenario, region)[:1]
        if not truth:
            assert answer.status == "infeasible"
            continue
        assert (answer.status, answer.score_nano) == ("optimal", truth[0][0])
        assert tuple(merger.members for merger in answer.mergers) == truth[0][1]
    if result.plan is not None:
        assert verify(instance, scenario, result.plan, regions=result.plan.regions) == ()
    return matters


@given(questions(largest=8, agreed=True))
@settings(max_examples=150, deadline=None)
def test_no_merger_is_enclosed(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    rules = scenario.rules.model_copy(update=ALL)
    scenario = scenario.model_copy(update={"rules": rules})
    try:
        event("matters" if check_all(instance, scenario) else "does not matter")
    except InputError:
        assume(False)


def test_it_matters_which_parts_count() -> None:
    scenario = asked("forbidden", rules=ALL)
    assert sum(check_all(towns(seed), scenario) for seed in SEEDS) >= 3


def test_lists_counts_fronts_and_sweeps_where_no_merger_is_enclosed() -> None:
    pytest.importorskip("numba")
    scenario, terms = asked("forbidden", rules=ALL), ("distance", "size")
    for seed in SEEDS[::2]:
        instance = towns(seed)
        truth = unringed(instance, scenario)
        assert census(instance, scenario).count == len(truth)
        if not truth:
            continue
        (best,) = best_plans(instance, scenario, 1000).by_region
        assert [(plan.score_nano, plan.parts) for plan in best.plans] == truth
        own = [scenario.model_copy(update={"weights": {term: 1.0}}) for term in terms]
        by_term = [{parts: score for score, parts in all_plans(instance, one)} for one in own]
        values = {tuple(scores[parts] for scores in by_term) for _, parts in truth}
        front = sorted(value for value in values if not any(dominates(other, value) for other in values))
        found = pareto_front(instance, scenario, terms, precision=0.0)
        assert sorted(map(tuple, found.by_region[0].nano.tolist())) == front
        spec = {"scenario": scenario.model_dump(), "grid": {"weights": {"size": [0.0, 9.0]}}}
        settings_of = sweep(spec, instances=[instance])
        for setting in range(2):
            best_score = unringed(instance, settings_of.scenario(setting))[0][0]
            assert settings_of.plan(setting, instance).score_nano == best_score


@pytest.mark.parametrize("formulation", FORMULATIONS)
def test_what_cannot_know_enclosed_mergers_says_so(formulation: str) -> None:
    scenario = asked("forbidden", {"distance": 3.0}, rules=ALL)
    with pytest.raises(InputError, match="knows no bound on the number of enclosed mergers"):
        solve(towns(0), scenario, formulation=formulation)
    zones = {"population": {"min": 30_000, "max": 110_000}, "rules": ALL, "weights": {"distance": 1.0}}
    with pytest.raises(
        InputError, match="zones and mergers together know no bound on the number of enclosed"
    ):
        solve(towns(0), asked("allowed", level="nested", zones=zones))
    found = answer_region(towns(0), scenario, listing=UNLISTED)
    assert found.reason.endswith("a search knows no bound on the number of enclosed mergers")
