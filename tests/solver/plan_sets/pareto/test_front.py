"""Fronts of two terms against brute force over all plans."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver import solve, verify
from refzones.solver.plan_sets.pareto import Front, pareto_front
from refzones.solver.plan_sets.pareto.params import ParetoParams
from refzones.solver.verification.figures import score_nano
from support.all_plans import Plan, all_plans, dominates, non_dominated
from support.demands import terms_of
from support.scenarios import FUNCTIONS_NEARBY
from support.shown import shown_by_hand
from support.strategies import questions

Question = tuple[Instance, Scenario]


def values_of(instance: Instance, scenario: Scenario, terms: list[str], plan: Plan) -> tuple[int, ...]:
    """Nano-units of a plan in each term, as the verifier reads them."""
    asked = [scenario.model_copy(update={"weights": {term: 1.0}}) for term in terms]
    return tuple(sum(score_nano(instance, one, part) for part in plan) for one in asked)


def check_values(instance: Instance, scenario: Scenario, front: Front, place: int, parts: Plan) -> None:
    """Values are means over those whom the front is for, and counts as they are."""
    shown = [shown_by_hand(instance, scenario, term, parts) for term in front.terms]
    assert front.values[place].tolist() == pytest.approx([value for value, _, _ in shown], rel=1e-9)
    assert front.bases == pytest.approx([base for _, base, _ in shown])
    assert front.inhabitants == sum(int(instance.population[i]) for part in parts for i in part)


@st.composite
def trade_offs(draw: st.DrawFn, largest: int = 8) -> tuple[Instance, Scenario, list[str]]:
    instance, scenario = draw(questions(largest=largest, agreed=True))
    known = terms_of(instance)
    return instance, scenario, draw(st.permutations(known))[:2]


@settings(deadline=None, max_examples=150)
@given(trade_offs())
def test_fronts_are_those_of_brute_force(asked: tuple[Instance, Scenario, list[str]]) -> None:
    instance, scenario, terms = asked
    try:
        found = pareto_front(instance, scenario, terms)
    except InputError:
        event("refused")
        return
    truth = []
    for r, front in enumerate(found.by_region):
        plans = {
            parts: values_of(instance, scenario, terms, parts)
            for _, parts in all_plans(instance, scenario, r)
        }
        points = sorted(p for p in set(plans.values()) if not any(dominates(q, p) for q in plans.values()))
        event(f"{min(len(points), 4)} points")
        assert [tuple(point) for point in front.nano.tolist()] == points
        assert front.is_proved
        # the plan of a point is the first of those with its values
        assert list(front.plans) == [
            min(p for p, value in plans.items() if value == point) for point in points
        ]
        for place, parts in enumerate(front.plans):
            check_values(instance, scenario, front, place, parts)
        truth.append(points)
    if len(truth) > 1 and all(truth):
        sums = {tuple(map(sum, zip(*chosen, strict=True))) for chosen in product(*truth)}
        best = sorted(p for p in sums if not any(dominates(q, p) for q in sums))
        assert found.whole is not None
        assert [tuple(point) for point in found.whole.nano.tolist()] == best
        for place in range(len(best)):
            parts = found.parts_at(place + 1)
            assert verify(instance, scenario, found.plan_of(parts)) == ()
            assert values_of(instance, scenario, terms, parts) == best[place]
            check_values(instance, scenario, found.whole, place, parts)
    else:
        assert found.whole is None


@settings(deadline=None, max_examples=60)
@given(trade_offs(largest=7))
def test_weights_for_which_a_point_is_best(asked: tuple[Instance, Scenario, list[str]]) -> None:
    """At both ends of its interval and between them, and at none beyond."""
    instance, scenario, terms = asked
    try:
        front = pareto_front(instance, scenario, terms).by_region[0]
    except InputError:
        return
    points = [tuple(map(int, point)) for point in front.nano.tolist()]
    for place, (a, b) in enumerate(points):
        low, high = float(front.weight_from[place]), float(front.weight_to[place])

        def lacks(share: float, a: int = a, b: int = b) -> float:
            """What the point lacks to the best one, relative to what rounding may do."""
            worth = share * a + (1 - share) * b
            most = max(share * c + (1 - share) * d for c, d in points)
            return (most - worth) / max(1.0, *(abs(x) for point in points for x in point))

        if np.isnan(low):
            event("not supported")
            assert all(lacks(share) > 0 for share in np.linspace(0, 1, 101))
            continue
        for share in (low, (low + high) / 2, high):
            assert lacks(share) <= 1e-12
        if low > 1e-6:
            assert lacks(low * (1 - 1e-3)) > 0
        if high < 1 - 1e-6:
            assert lacks(high + 1e-3 * (1 - high)) > 0


def test_ends_of_intervals_by_solving_again() -> None:
    instance, scenario, region = load("flanders-2025"), Scenario.preset("mergers"), "Rivierenland"
    front = pareto_front(instance, scenario, ["coverage", "distance"], regions=[region]).of()
    assert front.region == region
    supported = np.flatnonzero(front.supported).tolist()
    assert len(supported) > 2
    for place in supported[1:-1]:
        low, high = front.weight_from[place], front.weight_to[place]
        for share, is_best in (
            (low + 1e-6, True),
            (high - 1e-6, True),
            (low - 1e-6, False),
            (high + 1e-6, False),
        ):
            weights = {"coverage": 100 * share, "distance": 100 * (1 - share)}
            asked = scenario.model_copy(update={"weights": weights})
            best = solve(instance, asked, regions=[region])
            assert (tuple(m.members for m in best.mergers) == front.plans[place]) == is_best


def test_two_regions_of_flanders_are_summed() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    terms = ["straddle(police)", "distance"]
    regions = ["Middenkust", "Waasland"]
    found = pareto_front(instance, scenario, terms, regions=regions)
    for front in found.by_region:
        r = instance.regions.index(front.region)
        truth = non_dominated(instance, scenario, lambda plan: values_of(instance, scenario, terms, plan), r)
        assert [tuple(point) for point in front.nano.tolist()] == truth
    assert found.whole is not None
    for place in (0, len(found.whole) // 2, len(found.whole) - 1):
        plan = found.plan_at(place + 1)
        assert verify(instance, scenario, plan, regions=regions) == ()
        check_values(instance, scenario, found.whole, place, found.parts_at(place + 1))
        # shares in the whole; less is better in both, so they are signed the other way
        share = found.whole.inhabitants / instance.total_population
        assert found.whole.values[place] * share == pytest.approx(-found.whole.nano[place] / 1e9, abs=1e-7)
    frame = found.to_frame()
    assert list(frame.columns) == [
        "region",
        "point",
        "inhabitants",
        *terms,
        "supported",
        "weight_from",
        "weight_to",
    ]
    assert len(frame) == sum(map(len, found.fronts))
    assert frame["weight_from"].notna().equals(frame["supported"])


def test_a_limit_is_told() -> None:
    instance, scenario = load("flanders-2025"), FUNCTIONS_NEARBY
    whole = pareto_front(instance, scenario, ["coverage", "distance"], regions=["Westhoek"]).of()
    short = pareto_front(
        instance,
        scenario,
        ["coverage", "distance"],
        regions=["Westhoek"],
        params=ParetoParams(most_arcs=4_000),
    ).of()
    assert whole.is_proved
    assert not short.is_proved
    truth = whole.nano.tolist()
    for point in short.nano.tolist():
        assert any(p[0] >= point[0] and p[1] >= point[1] for p in truth)


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        (["coverage", "distances"], "did you mean 'distance'"),
        (["coverage", "coverage"], "stands twice"),
        (["coverage"], "between two or three terms"),
        ([], "between two or three terms"),
        (["straddle", "coverage"], r"write straddle\(layer\)"),
    ],
)
def test_bad_input(terms: list[str], what: str) -> None:
    with pytest.raises(InputError, match=what):
        pareto_front(load("flanders-2025"), Scenario.preset("mergers"), terms)


def test_what_there_is_not() -> None:
    found = pareto_front(
        load("flanders-2025"), FUNCTIONS_NEARBY, ["coverage", "distance"], regions=["Waasland"]
    )
    assert found.whole is None
    with pytest.raises(InputError, match="no front of this region"):
        found.of("Midwest")
    for point in (0, 7):
        with pytest.raises(InputError, match="no point of this number; the points are 1 to 6"):
            found.plan_at(point, "Waasland")
    for point in range(6):
        with pytest.warns(DeprecationWarning, match="plan, which counts from 0, is now .*plan_at"):
            assert found.plan(point, "Waasland") == found.plan_at(point + 1, "Waasland")
        with pytest.warns(DeprecationWarning, match="parts_at"):
            assert found.parts(point, "Waasland") == found.parts_at(point + 1, "Waasland")
