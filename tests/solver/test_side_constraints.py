"""A second side constraint beside the number of mergers: every route takes it, or refuses it by name."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario, Scorer, ask
from refzones.models.question.constraints import plan_constraints
from refzones.solver import solve
from refzones.solver.candidates.region import list_region
from refzones.solver.engines import engine
from refzones.solver.infeasibility.explanation import explain
from refzones.solver.methods.listed import ListingParams
from refzones.solver.plan_sets.alternatives import Loss, agreement, best_plans
from refzones.solver.plan_sets.census import census
from refzones.solver.plan_sets.pareto import pareto_front
from refzones.solver.plan_sets.sweep.repeated import RepeatedRegion
from support.admissible import Rules
from support.all_plans import Plan, all_plans, dominates
from support.brute import admissible_parts, members_of, partitions
from support.build import build_instance
from support.new_constraints import NAME, bounded_merging, merging
from support.proving import proving
from support.regions import answer_region
from support.strategies import nested_questions, questions

Bounds = tuple[int, int]
bounds = st.tuples(st.integers(0, 5), st.integers(0, 4)).map(lambda pair: (pair[0], sum(pair)))
drawn = questions(largest=7, agreed=True)


def plans_of(instance: Instance, scenario: Scenario, region: int, limits: Bounds) -> list[tuple[int, Plan]]:
    """All plans of a region that keep the constraint, the best first."""
    plans = all_plans(instance, scenario, region)
    kept = [(score, parts) for score, parts in plans if limits[0] <= merging(parts) <= limits[1]]
    event("all" if len(kept) == len(plans) else "some" if kept else "none")
    return kept


def check_solved(instance: Instance, scenario: Scenario, limits: Bounds, name: str = "highs") -> None:
    try:
        with bounded_merging(*limits):
            result = solve(instance, scenario, engine_name=name, workers=1)
    except InputError:
        assume(False)
    for region, answer in enumerate(result.by_region):
        truth = plans_of(instance, scenario, region, limits)
        if truth:
            assert (answer.status, answer.score_nano) == ("optimal", truth[0][0])
            assert tuple(merger.members for merger in answer.mergers) == truth[0][1]
        else:
            assert answer.status == "infeasible"


@settings(deadline=None, max_examples=80)
@given(drawn, bounds)
def test_best_plans_are_those_of_brute_force(question: tuple[Instance, Scenario], limits: Bounds) -> None:
    check_solved(*question, limits)


@settings(deadline=None, max_examples=40)
@given(drawn, bounds)
def test_proofs_closed_by_cpsat(question: tuple[Instance, Scenario], limits: Bounds) -> None:
    with proving(searchable=0, first=1):
        check_solved(*question, limits)


@settings(deadline=None, max_examples=40)
@given(drawn, bounds)
def test_proofs_through_cuts(question: tuple[Instance, Scenario], limits: Bounds) -> None:
    with proving(cuts_above=-1, first=1):
        check_solved(*question, limits)


@settings(deadline=None, max_examples=40)
@given(drawn, bounds)
def test_lists_and_counts_of_plans(question: tuple[Instance, Scenario], limits: Bounds) -> None:
    instance, scenario = question
    try:
        with bounded_merging(*limits):
            best = best_plans(instance, scenario, 10_000)
            agreed = agreement(instance, scenario, Loss.read("100000"))
    except InputError:
        assume(False)
    number = {pairs.region: pairs.plans for pairs in agreed.by_region}
    for region, plans in enumerate(best.by_region):
        truth = plans_of(instance, scenario, region, limits)
        assert [(plan.score_nano, plan.parts) for plan in plans.plans] == truth
        assert plans.is_all
        good = [score for score, _ in truth if truth[0][0] - score <= 100_000 * 10**9]
        assert number.get(plans.region, 0) == len(good)


@settings(deadline=None, max_examples=40)
@given(drawn, bounds)
def test_censuses(question: tuple[Instance, Scenario], limits: Bounds) -> None:
    pytest.importorskip("numba")
    instance, scenario = question
    try:
        with bounded_merging(*limits):
            counted = census(instance, scenario)
    except InputError:
        assume(False)
    for region, one in enumerate(counted.by_region):
        assert one.count == len(plans_of(instance, scenario, region, limits))


@settings(deadline=None, max_examples=40)
@given(drawn, bounds, st.sampled_from((("size", "distance"), ("size", "distance", "cut_edges"))))
def test_fronts(question: tuple[Instance, Scenario], limits: Bounds, terms: tuple[str, ...]) -> None:
    instance, scenario = question
    try:
        with bounded_merging(*limits):
            front = pareto_front(instance, scenario, terms, precision=0.0)
    except InputError:
        assume(False)
    asked = [scenario.model_copy(update={"weights": {term: 1.0}}) for term in terms]
    for region, one in enumerate(front.by_region):
        by_term = [{parts: score for score, parts in all_plans(instance, own, region)} for own in asked]
        plans = [parts for _, parts in plans_of(instance, scenario, region, limits)]
        values = {tuple(scores[parts] for scores in by_term) for parts in plans}
        truth = sorted(value for value in values if not any(dominates(other, value) for other in values))
        assert sorted(map(tuple, one.nano.tolist())) == truth


@settings(deadline=None, max_examples=40)
@given(drawn, bounds, st.lists(st.sampled_from((0.0, 1.0, 30.0)), min_size=2, max_size=3))
def test_many_weightings(question: tuple[Instance, Scenario], limits: Bounds, factors: list[float]) -> None:
    instance, scenario = question
    assume(scenario.weights)
    first = next(iter(scenario.weights))
    try:
        with bounded_merging(*limits):
            model = ask(instance, scenario), Scorer(instance, scenario)
            regions = [
                RepeatedRegion(list_region(*model, region), engine())
                for region in range(len(instance.regions))
            ]
    except InputError:
        assume(False)
    for factor in factors:
        weights = {**scenario.weights, first: factor * scenario.weights[first]}
        asked = scenario.model_copy(update={"weights": weights})
        for region, repeated in enumerate(regions):
            truth = plans_of(instance, asked, region, limits)
            answer = repeated.solve(weights)
            assert answer.score == (truth[0][0] if truth else None)
            assert answer.mergers == (truth[0][1] if truth else ())


@settings(deadline=None, max_examples=60)
@given(nested_questions(largest=6), bounds)
def test_mergers_inside_zones(question: tuple[Instance, Scenario], limits: Bounds) -> None:
    instance, scenario = question
    try:
        with bounded_merging(*limits):
            result = solve(instance, scenario, workers=1)
    except InputError:
        assume(False)
    outer, inner = Rules(instance, scenario.at("zones")), Rules(instance, scenario.at("mergers"))
    for region, answer in enumerate(result.by_region):
        best = best_of_two_levels(outer, inner, region, limits)
        assert answer.status == ("infeasible" if best is None else "optimal")
        assert answer.score_nano == best


def best_of_two_levels(outer: Rules, inner: Rules, region: int, limits: Bounds) -> int | None:
    """Try all zones with all mergers inside each of them."""
    members = [int(i) for i in outer.instance.members(region)]
    zones, mergers = admissible_parts(outer, members), admissible_parts(inner, members)
    scores = []
    for plan in partitions(sum(1 << i for i in members), zones):
        if not outer.number_is_right(region, sum(zones[zone][1] for zone in plan)):
            continue
        for chosen in product(*(list(partitions(zone, mergers)) for zone in plan)):
            parts = [part for division in chosen for part in division]
            number = sum(mergers[part][1] for part in parts)
            total = merging(tuple(members_of(part) for part in parts))
            if inner.number_is_right(region, number) and limits[0] <= total <= limits[1]:
                own = sum(zones[zone][0] for zone in plan)
                scores.append(own + sum(mergers[part][0] for part in parts))
    event("some" if scores else "none")
    return max(scores, default=None)


# What cannot take it says so by name

ROW = build_instance([20_000] * 6, [(k, k + 1) for k in range(5)])
ASKED = Scenario.from_dict(
    {"population": {"min": 20_000, "max": 60_000}, "weights": {"distance": 1, "size": 1}}
)


def test_constraints_of_a_region_are_named() -> None:
    with bounded_merging(2, 3):
        found = plan_constraints(ask(ROW, ASKED), 0)
        limited = ASKED.model_copy(update={"count": ASKED.count.model_copy(update={"max": 4})})
        both = plan_constraints(ask(ROW, limited), 0)
    assert [(one.name, one.lower, one.upper) for one in found] == [(NAME, 2, 3)]
    assert [one.name for one in both] == ["number of mergers", NAME]
    assert plan_constraints(ask(ROW, ASKED), 0) == ()


@pytest.mark.parametrize("formulation", ["flow", "multiflow", "cut", "cpsat"])
def test_compact_formulations_refuse_it(formulation: str) -> None:
    with (
        bounded_merging(2, 3),
        pytest.raises(InputError, match=f"'{formulation}' knows no bound on the {NAME}"),
    ):
        solve(ROW, ASKED.model_copy(update={"weights": {"distance": 1.0}}), formulation=formulation)


def test_a_search_keeps_it() -> None:
    with bounded_merging(2, 3):
        region = answer_region(ROW, ASKED, listing=ListingParams(most_candidates=3))
    assert region.status == "feasible"
    assert 2 <= merging(tuple(merger.members for merger in region.mergers)) <= 3


def test_an_explanation_refuses_it() -> None:
    with bounded_merging(7, 9):
        result = solve(ROW, ASKED)
        assert result.status == "infeasible"
        with pytest.raises(InputError, match=f"an explanation knows no bound on the {NAME}"):
            explain(ROW, ASKED, "R0", known=True)
