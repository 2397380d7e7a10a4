"""A region under many weightings: what is kept from one to the next changes no answer."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario, Scorer, ask
from refzones.solver import solve
from refzones.solver.candidates.region import list_region
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.plan_sets.sweep.params import SweepParams
from refzones.solver.plan_sets.sweep.repeated import RepeatedRegion
from support.brute import brute_force
from support.demands import LIGHTER
from support.strategies import questions

Weightings = list[dict[str, float]]


def region_of(
    instance: Instance, scenario: Scenario, region: int, params: SweepParams = SweepParams()
) -> RepeatedRegion:
    listing = list_region(ask(instance, scenario), Scorer(instance, scenario), region)
    return RepeatedRegion(listing, engine(), params)


@st.composite
def weighted(draw: st.DrawFn) -> tuple[Instance, Scenario, Weightings]:
    """Draw a question, and weights of its terms; now and then the same ones twice."""
    instance, scenario = draw(questions(largest=8, agreed=True))
    rows = st.tuples(*(st.sampled_from((0.0, 1.0, 5.0, 0.37, 70.0)) for _ in scenario.weights))
    units = {term: LIGHTER.get(term, 1.0) for term in scenario.weights}
    return (
        instance,
        scenario,
        [
            {term: unit * weight for (term, unit), weight in zip(units.items(), row, strict=True)}
            for row in draw(st.lists(rows, min_size=2, max_size=4))
        ],
    )


@given(weighted())
@settings(max_examples=60, deadline=None)
def test_answers_are_those_of_brute_force(drawn: tuple[Instance, Scenario, Weightings]) -> None:
    instance, scenario, weightings = drawn
    try:
        regions = [region_of(instance, scenario, r) for r in range(len(instance.regions))]
    except InputError:
        assume(False)
    for weights in weightings:
        asked = scenario.model_copy(update={"weights": weights})
        truth = brute_force(instance, asked)
        answers = [region.solve(weights) for region in regions]
        if truth is None:
            assert "infeasible" in [answer.status for answer in answers]
            continue
        assert {answer.status for answer in answers} == {"optimal"}
        assert sorted(part for answer in answers for part in answer.mergers) == truth.chosen
        assert sum(answer.score or 0 for answer in answers) == truth.score_nano
        assert [answer.bound for answer in answers] == [answer.score for answer in answers]


WEIGHTS: Weightings = [
    {"coverage": 70.0, "distance": 5.0, "straddle(police)": 20.0},
    {"coverage": 71.0, "distance": 5.0, "straddle(police)": 20.0},
    {"coverage": 140.0, "distance": 1.0},
    {"distance": 10.0},
    {"straddle(police)": 1.0},
    {},
    {"coverage": 70.0, "distance": 5.0, "straddle(police)": 20.0},
]


@pytest.mark.parametrize(
    "params",
    [SweepParams(), SweepParams(most_searched=5), SweepParams(most_columns=0), SweepParams(most_plans=1)],
)
def test_limits_on_what_is_kept_change_nothing(params: SweepParams) -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    at = instance.regions.index("Rivierenland")
    region = region_of(instance, scenario, at, params)
    for weights in WEIGHTS:
        asked = scenario.model_copy(update={"weights": dict.fromkeys(scenario.weights, 0.0) | weights})
        (single,) = solve(instance, asked, regions=["Rivierenland"], workers=1).by_region
        answer = region.solve(weights)
        assert (answer.status, answer.score, answer.bound) == (
            "optimal",
            single.score_nano,
            single.score_nano,
        )
        assert answer.mergers == tuple(part.members for part in single.mergers)


def test_out_of_time_a_known_plan_is_given_with_a_bound() -> None:
    """Under new weights the plan of the old ones is still a plan; it is not called proved."""
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    at = instance.regions.index("Westhoek")
    over = Deadline(0.0)
    region = region_of(instance, scenario, at)
    first = region.solve(WEIGHTS[0], deadline=over)
    assert (first.status, first.score, first.mergers) == ("no plan within limit", None, ())
    known, truth = region.solve(WEIGHTS[0]), region.solve(WEIGHTS[3])
    fresh = region_of(instance, scenario, at)
    fresh.solve(WEIGHTS[0])
    late = fresh.solve(WEIGHTS[3], deadline=over)
    assert late.status in ("feasible", "optimal")
    assert late.score is not None
    assert late.bound is not None
    assert truth.score is not None
    assert late.score <= truth.score <= late.bound
    assert late.status == "optimal" or late.mergers == known.mergers


def test_infeasible_under_any_weights() -> None:
    instance = load("flanders-2025")
    scenario = Scenario.from_dict({"preset": "mergers", "count": {"regions": {"Waasland": [7, 7]}}})
    region = region_of(instance, scenario, instance.regions.index("Waasland"))
    for weights in WEIGHTS[:2]:
        answer = region.solve(weights)
        assert (answer.status, answer.mergers, answer.score, answer.bound) == ("infeasible", (), None, None)
