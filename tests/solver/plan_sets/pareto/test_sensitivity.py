"""How far a weight can move, held against all plans and by solving again at the ends."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import event, given, settings
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.scenario import Scenario
from refzones.models.scoring.model import Model
from refzones.models.scoring.scorer import Scorer
from refzones.solver import solve
from refzones.solver.plan_sets.pareto import ALL, stability
from refzones.solver.results.mergers import make_parts
from refzones.solver.verification.figures import score_nano
from support.all_plans import Plan, all_plans
from support.strategies import questions


def points_of(instance: Instance, scenario: Scenario, plan: Plan) -> dict[str, Fraction]:
    """Points of a plan for a unit of each weight, exactly."""
    scorer = Scorer(instance, scenario)
    from refzones.models.question.builder import ask

    parts = make_parts(Model(ask(instance, scenario), scorer), plan)
    return {
        term.name: term.sense
        * sum((Fraction(part.values[k]) for part in parts), Fraction(0))
        / scorer.divisor(term)
        for k, term in enumerate(scorer.terms)
    }


@settings(deadline=None, max_examples=80)
@given(questions(largest=7, agreed=True))
def test_ends_are_those_of_brute_force(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        found = stability(instance, scenario)
    except InputError:
        event("refused")
        return
    plans = [all_plans(instance, scenario, r) for r in range(len(instance.regions))]
    assert len(found.by_region) == len(scenario.weights) * sum(map(bool, plans))
    assert len(found.whole) == (len(scenario.weights) if all(plans) else 0)
    for one in found.by_region:
        some = plans[instance.regions.index(one.region)]
        points = [points_of(instance, scenario, plan) for _, plan in some]
        best = points[0]
        assert one.is_proved
        assert 0 <= one.lowest <= one.weight == scenario.weights[one.term] <= one.highest

        def lead(weight: float, term: str = one.term, points: list = points) -> Fraction:  # type: ignore[type-arg]
            """How much the best of all plans is ahead of the one that is best now."""
            weights = {**scenario.weights, term: weight}
            return max(
                sum(
                    (Fraction(weights[name]) * (other[name] - points[0][name]) for name in weights),
                    Fraction(0),
                )
                for other in points
            )

        slack = Fraction(len(instance), 10**9) + Fraction(1, 10**13) * int(
            max(abs(v) for v in best.values()) + 1
        )
        event("moves" if one.lowest > 0 or one.highest < math.inf else "does not move")
        assert lead(one.lowest) <= slack
        assert lead(one.weight) <= slack
        if one.lowest > 0:
            assert lead(one.lowest * (1 - 1e-9)) > 0
        if one.highest < math.inf:
            assert lead(one.highest) <= slack * (1 + int(one.highest))
            assert lead(one.highest * (1 + 1e-9) + 1e-12) > 0
        else:
            assert lead(1_000.0) <= slack * 1_000


def test_ends_by_solving_again() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    regions = ["Westhoek", "Regio Gent"]
    found = stability(instance, scenario, ["coverage", "distance"], regions=regions)
    now = {name: solve(instance, scenario, regions=[name]).mergers for name in regions}
    assert {one.region for one in found.by_region} == set(regions)
    for one in found.by_region:
        inside = [(one.lowest + one.weight) / 2, (min(one.highest, 2e3) + one.weight) / 2]
        for weight, stays in [
            *((w, True) for w in inside),
            (one.lowest * (1 - 1e-6), one.lowest == 0),
            (min(one.highest, 1e5) * (1 + 1e-6), one.highest == math.inf),
        ]:
            asked = scenario.model_copy(update={"weights": {**scenario.weights, one.term: weight}})
            again = solve(instance, asked, regions=[one.region]).mergers
            same = [m.members for m in again] == [m.members for m in now[one.region]]
            assert same == stays
    for all_of_them in found.whole:
        some = [one for one in found.by_region if one.term == all_of_them.term]
        assert all_of_them.region == ALL
        assert all_of_them.lowest == max(one.lowest for one in some)
        assert all_of_them.highest == min(one.highest for one in some)
    frame = found.to_frame()
    assert list(frame.columns) == ["region", "term", "weight", "lowest", "highest", "proved"]
    assert len(frame) == 6


def test_a_term_that_is_not_weighed() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    with pytest.raises(InputError, match="no weight to this term"):
        stability(instance, scenario, ["size"])


def test_scores_are_those_of_the_verifier() -> None:
    """What the exact points are held to: the sum of rounded scores of the mergers."""
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    plan = tuple(m.members for m in solve(instance, scenario, regions=["Waasland"]).mergers)
    exact = sum(Fraction(scenario.weights[k]) * v for k, v in points_of(instance, scenario, plan).items())
    assert abs(exact * 10**9 - sum(score_nano(instance, scenario, part) for part in plan)) < len(plan)
