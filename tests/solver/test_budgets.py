"""Budgets over the whole plan: every way agrees with brute force over the plans of all regions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario, ask
from refzones.solver import solve
from refzones.solver.candidates.constraints import side_constraints
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import TimeUpError
from refzones.solver.infeasibility.budgets import repairs_of_budgets
from refzones.solver.infeasibility.explanation import with_explanations
from refzones.solver.methods.by_region import pose_by_region
from refzones.solver.methods.listed import ListingParams, Nested
from refzones.solver.methods.posed import Posed
from refzones.solver.methods.registry import METHODS, Entry
from refzones.solver.plan_sets.alternatives import best_plans
from refzones.solver.plan_sets.census import census
from refzones.solver.plan_sets.pareto import pareto_front
from refzones.solver.regions.resolver import Resolver
from refzones.solver.results.budgets import budget_records
from refzones.solver.results.plan import Plan
from refzones.solver.results.result import Result
from refzones.solver.verification.verifier import verify
from support.budgets import Drawn, alone, drawn_budgets, keeps, sum_of, table_of, whole_plans
from support.build import build_instance
from support.proving import proving
from support.strategies import nested_questions, questions
from support.unlisted import unlisted

drawn = questions(largest=7, agreed=True, numbers=(1, 2, 2, 3))


def laid(instance: Instance, scenario: Scenario, budgets: list[Drawn]) -> Scenario:
    """Lay drawn budgets on a scenario; questions that are refused without them are passed over."""
    try:
        solve(instance, scenario, workers=1)
    except InputError:
        assume(False)
    plans = [plan for _, plan in whole_plans(instance, scenario)]
    tables = table_of(instance, scenario, plans, budgets)
    assume(tables)
    return scenario.overlaid({"budgets": tables})


def check(instance: Instance, asked: Scenario, result: Result) -> None:
    """Compare an answer with brute force: score, plan, proof, and what the verifier says."""
    every = whole_plans(instance, asked)
    kept = [(score, plan) for score, plan in every if keeps(instance, asked, plan)]
    event("all" if len(kept) == len(every) else "some" if kept else "none")
    if not kept:
        assert {region.status for region in result.by_region} == {"infeasible"}
        return
    assert (result.status, result.score_nano, result.bound_nano) == ("optimal", kept[0][0], kept[0][0])
    assert tuple(merger.members for merger in result.mergers) == kept[0][1]
    assert result.plan is not None
    assert verify(instance, asked, result.plan) == ()


@settings(deadline=None, max_examples=40)
@given(drawn, drawn_budgets)
def test_best_plans_are_those_of_brute_force(
    question: tuple[Instance, Scenario], budgets: list[Drawn]
) -> None:
    instance, scenario = question
    asked = laid(instance, scenario, budgets)
    check(instance, asked, solve(instance, asked, workers=1))


@settings(deadline=None, max_examples=40)
@given(drawn, drawn_budgets)
def test_proofs_closed_by_cpsat(question: tuple[Instance, Scenario], budgets: list[Drawn]) -> None:
    instance, scenario = question
    asked = laid(instance, scenario, budgets)
    with proving(searchable=0, first=1):
        check(instance, asked, solve(instance, asked, workers=1))


@settings(deadline=None, max_examples=40)
@given(drawn, drawn_budgets)
def test_proofs_through_cuts(question: tuple[Instance, Scenario], budgets: list[Drawn]) -> None:
    instance, scenario = question
    asked = laid(instance, scenario, budgets)
    with proving(cuts_above=-1, first=1):
        check(instance, asked, solve(instance, asked, workers=1))


@settings(deadline=None, max_examples=40)
@given(drawn, drawn_budgets)
def test_a_resolver_tells_budgets_apart(question: tuple[Instance, Scenario], budgets: list[Drawn]) -> None:
    instance, scenario = question
    asked = laid(instance, scenario, budgets)
    resolver = Resolver(instance)
    before = resolver.solve(scenario)
    check(instance, asked, resolver.solve(asked))
    assert resolver.solve(scenario).score_nano == before.score_nano
    check(instance, asked, resolver.solve(asked))


@settings(deadline=None, max_examples=40)
@given(drawn, drawn_budgets, st.integers(0, 50))
def test_the_verifier_adds_budgets_up(
    question: tuple[Instance, Scenario], budgets: list[Drawn], place: int
) -> None:
    """A plan that breaks a budget breaks it and nothing else."""
    instance, scenario = question
    asked = laid(instance, scenario, budgets)
    every = whole_plans(instance, asked)
    assume(every)
    _, parts = every[place % len(every)]
    kinds = {violation.kind for violation in verify(instance, asked, Plan.of(instance, asked, parts))}
    assert kinds == (set() if keeps(instance, asked, parts) else {"budget"})


# Several regions

TWO = build_instance(
    [8_000] * 8,
    [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)],
    region=[0] * 4 + [1] * 4,
    points=[(float(k), 0.0) for k in range(4)] + [(3.0 * k, 5_000.0) for k in range(4)],
)
ASKED: dict[str, Any] = {"population": {"min": 8_000, "max": 40_000}, "weights": {"distance": 1}}


def test_one_budget_over_two_regions() -> None:
    """8 councils of 19; two merge where that costs least, and the other region stays as it is."""
    asked = Scenario.from_dict({**ASKED, "budgets": {"councillors": {"most_change": -13}}})
    result = solve(TWO, asked)
    assert result.status == "optimal"
    assert sum_of(TWO, asked, alone(TWO), "councillors") == 8 * 19
    parts = tuple(merger.members for merger in result.mergers)
    assert sum_of(TWO, asked, parts, "councillors") <= 8 * 19 - 13
    by_region = {region.name: region for region in result.by_region}
    assert all(region.together and region.gap == 0 for region in by_region.values())
    assert [len(by_region[name].mergers) for name in ("R0", "R1")] == [3, 4]


def test_a_region_that_is_asked_for_alone_has_the_whole_budget() -> None:
    asked = Scenario.from_dict({**ASKED, "budgets": {"councillors": {"most_change": -13}}})
    result = solve(TWO, asked, regions=["R1"])
    (region,) = result.by_region
    assert (region.status, region.together, len(region.mergers)) == ("optimal", False, 3)


@pytest.mark.parametrize(
    ("budgets", "message"),
    [
        ({"councilors": {"max": 9}}, "budgets: unknown indicator 'councilors'; did you mean 'councillors'?"),
        ({"executives": {"max": 9}}, r"budgets: unknown indicator 'executives'; write executives\(term\)"),
        ({"executives(x)": {"max": 9}}, r"budgets: executives\(x\): there is no such term of office"),
        ({"inhabitants_per_councillor": {"max": 9}}, "is no sum over mergers, so it is shown and cannot be"),
        ({"councillors": {"min": 9, "max": 8}}, r"budgets.councillors: min \(9\) is above max \(8\)"),
        ({"councillors": {"least_change": 9, "most_change": 8}}, r"least_change \(9\) is above most_change"),
        ({"councillors": {}}, "budgets.councillors: it bounds nothing"),
        ({"councillors": {"most": 3}}, "budgets.councillors.most"),
        ({"councillors": {"max": 1.5}}, "budgets.councillors.max"),
    ],
)
def test_bad_budgets(budgets: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        solve(TWO, Scenario.from_dict({**ASKED, "budgets": budgets}))


# Budgets that no plan can keep


def test_the_nearest_budget_is_told() -> None:
    """Two mergers of 4 x 8,000 have a council of 31 each: fewer than 62 is out of reach."""
    asked = Scenario.from_dict({**ASKED, "budgets": {"councillors": {"max": 40}}})
    result = with_explanations(solve(TWO, asked))
    assert result.status == "infeasible"
    first, second = (region.reason for region in result.by_region)
    assert second == "no plan keeps the budget of councillors under these rules and locks"
    told = "budgets.councillors.max is 40; the least that a plan can have is 62, so 62 is enough"
    assert first == f"{second}. {told}"
    assert solve(TWO, asked.overlaid({"budgets": {"councillors": {"max": 62}}})).status == "optimal"
    assert solve(TWO, asked.overlaid({"budgets": {"councillors": {"max": 61}}})).status == "infeasible"


@settings(deadline=None, max_examples=40)
@given(drawn, drawn_budgets)
def test_repairs_of_budgets_are_exact(question: tuple[Instance, Scenario], budgets: list[Drawn]) -> None:
    instance, scenario = question
    asked = laid(instance, scenario, budgets)
    every = [plan for _, plan in whole_plans(instance, asked)]
    assume(not any(keeps(instance, asked, plan) for plan in every))
    repairs = repairs_of_budgets(instance, asked, instance.regions)
    event("plans" if every else "no plan at all")
    if not every:
        assert repairs is None
        return
    assert repairs
    for repair in repairs:
        others = {name: budget for name, budget in asked.budgets.items() if name != repair.name}
        rest = asked.model_copy(update={"budgets": others})
        sums = [sum_of(instance, asked, plan, repair.name) for plan in every if keeps(instance, rest, plan)]
        assert repair.reached == ((min if repair.side == "least" else max)(sums) if sums else None)


# What looks at each region by itself says so


def test_sets_of_plans_refuse_a_budget_over_several_regions() -> None:
    asked = Scenario.from_dict({**ASKED, "budgets": {"councillors": {"most_change": -13}}})
    said = "a set of plans looks at each region by itself, but the budget of councillors binds the plans of 2"
    for ask_for in (
        lambda: best_plans(TWO, asked, 3),
        lambda: pareto_front(TWO, asked, ("distance", "size")),
        lambda: census(TWO, asked),
    ):
        with pytest.raises(InputError, match=said):
            ask_for()


@settings(deadline=None, max_examples=30)
@given(questions(largest=7, agreed=True, numbers=(1,)), drawn_budgets)
def test_sets_of_plans_of_one_region_keep_its_budget(
    question: tuple[Instance, Scenario], budgets: list[Drawn]
) -> None:
    instance, scenario = question
    asked = laid(instance, scenario, budgets)
    kept = [one for one in whole_plans(instance, asked) if keeps(instance, asked, one[1])]
    (best,) = best_plans(instance, asked, 10_000).by_region
    assert [(plan.score_nano, plan.parts) for plan in best.plans] == kept
    (counted,) = census(instance, asked).by_region
    assert counted.count == len(kept)


# Zones and mergers together


def nested_plans(
    instance: Instance, scenario: Scenario
) -> Iterator[tuple[int, tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]]:
    """All plans of two levels of all regions, without budgets: score, zones and mergers."""
    zones, mergers = scenario.at("zones"), scenario.at("mergers")
    inside = whole_plans(instance, mergers)
    for score, plan in whole_plans(instance, zones):
        for more, parts in inside:
            if all(any(set(part) <= set(zone) for zone in plan) for part in parts):
                yield score + more, plan, parts


@settings(deadline=None, max_examples=40)
@given(
    nested_questions(largest=6), drawn_budgets, drawn_budgets, st.sampled_from(("mergers", "zones", "both"))
)
def test_zones_and_mergers(
    question: tuple[Instance, Scenario], first: list[Drawn], second: list[Drawn], where: str
) -> None:
    check_nested(question, first, second, where)


@settings(deadline=None, max_examples=50)
@given(
    nested_questions(largest=7, numbers=(2, 2, 3)),
    drawn_budgets,
    drawn_budgets,
    st.sampled_from(("mergers", "zones", "both")),
)
def test_zones_and_mergers_region_by_region(
    question: tuple[Instance, Scenario], first: list[Drawn], second: list[Drawn], where: str
) -> None:
    with by_region() as found:
        check_nested(question, first, second, where)
        event(f"found region by region: {[one is not None for one in found]}")


def check_nested(
    question: tuple[Instance, Scenario], first: list[Drawn], second: list[Drawn], where: str
) -> None:
    """Compare an answer for two levels with brute force."""
    instance, scenario = question
    try:
        solve(instance, scenario, workers=1)
    except InputError:
        assume(False)
    every = list(nested_plans(instance, scenario))
    tables: dict[str, Any] = {}
    if where != "zones":
        tables["budgets"] = table_of(instance, scenario, [parts for _, _, parts in every], first)
    if where != "mergers":
        tables["zones"] = {"budgets": table_of(instance, scenario, [plan for _, plan, _ in every], second)}
    asked = scenario.overlaid(tables)
    assume(asked.budgeted)
    kept = [
        score
        for score, plan, parts in every
        if keeps(instance, asked.at("mergers"), parts) and keeps(instance, asked.at("zones"), plan)
    ]
    event("all" if len(kept) == len(every) else "some" if kept else "none")
    result = solve(instance, asked, workers=1, decided=True)
    if not kept:
        assert result.status == "infeasible"
        return
    assert (result.status, result.score_nano) == ("optimal", max(kept))
    assert result.plan is not None
    assert verify(instance, asked, result.plan) == ()


@contextmanager
def by_region() -> Iterator[list[Posed | None]]:
    """Let all regions that a budget binds be answered each by itself at prices; gives what comes of it."""
    found: list[Posed | None] = []

    def posed(*asked: Any) -> Posed | None:
        found.append(pose_by_region(*asked))
        return found[-1]

    nested = Entry(lambda: Nested(ListingParams(by_region=-1)), "listing")
    with (
        # the answer without budgets is not asked first
        patch("refzones.solver.regions.answering._free", lambda *_: None),
        patch.dict(METHODS, {"nested": nested}),
        patch("refzones.solver.methods.listed.pose_by_region", posed),
    ):
        yield found


# What the plan lacks without a merger


@settings(deadline=None, max_examples=40)
@given(drawn, drawn_budgets)
def test_prices_without_each_merger(question: tuple[Instance, Scenario], budgets: list[Drawn]) -> None:
    instance, scenario = question
    asked = laid(instance, scenario, budgets)
    kept = [one for one in whole_plans(instance, asked) if keeps(instance, asked, one[1])]
    assume(kept)
    result = solve(instance, asked, workers=1, decided=True)
    for merger in result.mergers:
        others = [score for score, parts in kept if merger.members not in parts]
        if merger.decided.status == "rule":
            continue
        event(merger.decided.status)
        if merger.decided.status == "no plan":
            assert not others
        elif merger.decided.status == "proved":
            assert merger.decided.price_nano == kept[0][0] - others[0]


# Compact formulations


@settings(deadline=None, max_examples=40)
@given(
    questions(largest=6, agreed=True, numbers=(1, 2)),
    drawn_budgets,
    st.sampled_from(("flow", "multiflow", "cut", "cpsat")),
)
def test_compact_formulations(
    question: tuple[Instance, Scenario], budgets: list[Drawn], formulation: str
) -> None:
    instance, scenario = question
    asked = laid(instance, scenario, budgets)
    numbered = bool(asked.count.regions) or asked.count.min > 0 or asked.count.max is not None
    try:
        solve(instance, scenario, formulation=formulation, workers=1)
    except InputError:  # a term or rule that is not linear
        assume(False)
    if numbered and len(instance.regions) > 1:
        with pytest.raises(InputError, match="knows no bound on the number of mergers of R"):
            solve(instance, asked, formulation=formulation, workers=1)
        return
    result = solve(instance, asked, formulation=formulation, workers=1)
    kept = [score for score, plan in whole_plans(instance, asked) if keeps(instance, asked, plan)]
    event("some" if kept else "none")
    if not kept:
        assert result.status == "infeasible"
        return
    assert result.score_nano == kept[0]
    assert result.bound_nano is not None
    assert result.bound_nano >= kept[0]
    assert result.plan is not None
    assert verify(instance, asked, result.plan) == ()


# Flanders


def test_flanders_within_a_budget() -> None:
    """At most 2,900 councillors, where the best plan has more: one proof over all 15 regions."""
    flanders = load("flanders-2025")
    scenario = Scenario.preset("mergers")
    asked = scenario.overlaid({"budgets": {"councillors": {"max": 2_900}}})
    result = solve(flanders, asked)
    free = solve(flanders, scenario)
    (record,) = budget_records(flanders, asked, result.mergers, ())
    assert (result.status, record.after <= 2_900, record.before) == ("optimal", True, 7_263)
    assert budget_records(flanders, asked, free.mergers, ())[0].after > 2_900
    assert result.plan is not None
    assert free.score_nano is not None
    assert result.score_nano is not None
    assert result.score_nano < free.score_nano
    assert verify(flanders, asked, result.plan) == ()


def test_flanders_in_zones_within_a_budget() -> None:
    """The same for mergers inside zones: each region by itself at a price of a councillor, then combined."""
    flanders = load("flanders-2025")
    scenario = Scenario.preset("nested")
    asked = scenario.overlaid({"budgets": {"councillors": {"max": 2_900}}})
    result, free = solve(flanders, asked), solve(flanders, scenario)
    (record,) = budget_records(flanders, asked, result.mergers, result.zones)
    assert (result.status, record.after <= 2_900) == ("optimal", True)
    assert budget_records(flanders, asked, free.mergers, free.zones)[0].after > 2_900
    assert result.plan is not None
    assert result.score_nano is not None
    assert free.score_nano is not None
    assert result.score_nano < free.score_nano
    assert verify(flanders, asked, result.plan) == ()


ROW = build_instance(
    [8_000] * 12,
    [(k, k + 1) for k in range(12 - 1) if k != 5],
    region=[0] * 6 + [1] * 6,
    points=[(float(k), 0.0) for k in range(6)] + [(3.0 * k, 5_000.0) for k in range(6)],
)
IN_ZONES: dict[str, Any] = {
    "level": "nested",
    **ASKED,
    "zones": {"population": {"min": 16_000, "max": 48_000}, "weights": {"distance": 1}},
}


@pytest.mark.parametrize("change", [-1, -13, -26, -40, -60])
def test_regions_by_themselves_and_as_one_agree(change: int) -> None:
    asked = Scenario.from_dict({**IN_ZONES, "budgets": {"councillors": {"most_change": change}}})
    together = solve(ROW, asked)
    with by_region() as found:
        apart = solve(ROW, asked)
    assert (found[0] is not None) == (together.status == "optimal")
    assert (apart.status, apart.score_nano) == (together.status, together.score_nano)


def test_a_plan_and_a_bound_where_time_is_up() -> None:
    """Once prices gave a plan, it is the answer whatever becomes of the proof."""
    asked = Scenario.from_dict({**IN_ZONES, "budgets": {"councillors": {"most_change": -26}}})
    best = solve(ROW, asked).score_nano
    assert best is not None
    with by_region(), patch("refzones.solver.methods.by_region.OneRegion.near", side_effect=TimeUpError):
        result = solve(ROW, asked)
    assert result.score_nano is not None
    assert result.bound_nano is not None
    assert result.score_nano <= best <= result.bound_nano
    assert result.plan is not None
    assert verify(ROW, asked, result.plan) == ()


def test_a_component_too_large_to_be_listed_keeps_a_budget() -> None:
    """Without a budget there are more mergers, each with its council, than two of three municipalities."""
    points = [(1e3 * x, 0.0) for x in (0, 1, 3, 4, 6, 8)]
    row = build_instance([20_000] * 6, [(k, k + 1) for k in range(5)], points=points)
    asked = {"population": {"min": 20_000, "max": 60_000}, "weights": {"distance": 1}}
    free = Scenario.from_dict({**asked, "budgets": {"councillors": {"max": 1_000}}})
    most = sum_of(row, free, ((0, 1, 2), (3, 4, 5)), "councillors")
    binding = Scenario.from_dict({**asked, "budgets": {"councillors": {"max": most}}})
    beyond = Scenario.from_dict({**asked, "budgets": {"councillors": {"max": 1}}})
    with unlisted():
        kept, bound, broken = (solve(row, one) for one in (free, binding, beyond))
    assert kept.score_nano == solve(row, free.without_budgets()).score_nano
    assert bound.score_nano == solve(row, binding).score_nano
    assert bound.score_nano < kept.score_nano
    assert bound.bound_nano is not None
    assert bound.bound_nano >= bound.score_nano
    assert verify(row, binding, bound.plan) == ()
    assert (broken.status, broken.score_nano) == ("no plan within limit", None)
    assert "a search found no plan" in broken.by_region[0].reason


def test_amounts_are_counted_in_units_of_what_divides_them() -> None:
    """Bounds that lie between two multiples of the unit allow what they allowed before."""
    asked = Scenario.from_dict({**ASKED, "budgets": {"councillors": {"min": 1, "max": 39}}})
    candidates = Candidates(np.arange(3, dtype=np.int64), np.array([[1], [2], [4]], dtype=np.uint64))
    (side,) = side_constraints(ask(TWO, asked, ["R0"]), 0, candidates)
    assert (side.coefficients.tolist(), side.lower, side.upper) == ([1, 1, 1], 1, 2)
