"""Whole scenarios by compact formulations: as brute force, as listing, and refused where they cannot ask."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, event, given, settings
from refzones.instances import InputError, Instance, load, synthesise
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.deadline import Deadline, Limits
from refzones.solver.engines import EngineError, engine
from refzones.solver.methods.compact import FORMULATIONS
from refzones.solver.methods.compact import method as method_module
from refzones.solver.methods.listed import Listed, ListingParams
from refzones.solver.methods.registry import METHODS, Entry
from refzones.solver.partition.answer import ComponentAnswer
from refzones.solver.verification.verifier import verify
from support.brute import brute_force
from support.build import build_instance
from support.demands import INCOME, NOT_LINEAR
from support.regions import UNLISTED, answer_region
from support.strategies import questions

ROW = build_instance([10_000, 20_000, 10_000, 20_000], [(0, 1), (1, 2), (2, 3)])
BOUNDS = {"population": {"min": 25_000, "max": 60_000}, "weights": {}}


@pytest.mark.parametrize("formulation", FORMULATIONS)
@given(question=questions(largest=6, agreed=True))
@settings(max_examples=25, deadline=None)
def test_as_brute_force(formulation: str, question: tuple[Instance, Scenario]) -> None:
    """Numbers of mergers, existing plans, seats, own zones and soft bounds included."""
    instance, scenario = question
    assume(not any(scenario.weights.get(name) for name in NOT_LINEAR))
    truth = brute_force(instance, scenario)
    try:
        found = solve(instance, scenario, formulation=formulation, workers=1)
    except InputError:
        event("refused")
        assert truth is None
        return
    assert found.formulation == formulation
    if truth is None:
        event("infeasible")
        assert (found.status, found.score_nano) == ("infeasible", None)
        assert all(region.reason for region in found.by_region if region.status == "infeasible")
        return
    event("solved")
    assert found.plan is not None
    assert verify(instance, scenario, found.plan) == ()
    assert (found.status, found.score_nano, found.bound_nano) == (
        "optimal", truth.score_nano, truth.score_nano,
    )  # fmt: skip


@pytest.mark.parametrize("formulation", FORMULATIONS)
def test_as_listing_on_flanders(formulation: str) -> None:
    """Two regions, with municipalities that stand alone by rule."""
    where = (load("flanders-2025"), Scenario.preset("mergers"))
    listed = solve(*where, regions=["Waasland", "Middenkust"])
    found = solve(*where, regions=["Waasland", "Middenkust"], formulation=formulation)
    assert found.status == listed.status == "optimal"
    assert found.score_nano == found.bound_nano == listed.score_nano
    assert found.engine == ("cpsat" if formulation == "cpsat" else "highs")
    assert (listed.formulation, found.formulation) == ("partition", formulation)


@pytest.mark.parametrize("engine_name", ["scip", "cbc"])
def test_the_engine_is_the_one_that_is_named(engine_name: str) -> None:
    scenario = Scenario.from_dict(BOUNDS | {"weights": {"distance": 1}})
    found = solve(ROW, scenario, formulation="flow", engine_name=engine_name)
    assert (found.status, found.engine) == ("optimal", engine_name)
    assert found.score_nano == solve(ROW, scenario).score_nano
    assert "relaxation" not in found.versions


@pytest.mark.parametrize("engine_name", ["cpsat", "cbc"])
def test_cuts_with_other_engines(engine_name: str) -> None:
    """CBC gives broken points of the linear relaxation, off by some thousandths of an inhabitant."""
    where = (load("flanders-2025"), Scenario.preset("mergers"))
    found = solve(*where, regions=["Middenkust"], formulation="cut", engine_name=engine_name)
    assert found.score_nano == solve(*where, regions=["Middenkust"]).score_nano
    assert found.status == "optimal"


def test_an_engine_of_whole_numbers_is_refused_for_flows() -> None:
    with pytest.raises(InputError, match="'cpsat' takes only whole numbers, and the flows of 'multiflow'"):
        solve(ROW, Scenario.from_dict(BOUNDS), formulation="multiflow", engine_name="CPSAT")


def test_terms_without_a_linear_form_are_refused_by_name() -> None:
    scenario = Scenario.from_dict({"weights": {"size": 1, "distance": 1}})
    with pytest.raises(InputError, match=r"^size: this term cannot be written as a linear expression"):
        solve(ROW, scenario, formulation="cut")
    light = Scenario.from_dict(BOUNDS | {"weights": {"size": 0, "distance": 1}})
    assert solve(ROW, light, formulation="cut").status == "optimal"


def test_nested_scenarios_and_unknown_formulations_are_refused() -> None:
    with pytest.raises(InputError, match="one level at a time, and this scenario nests mergers in zones"):
        solve(load("flanders-2025"), Scenario.preset("nested"), formulation="flow")
    with pytest.raises(InputError, match="there is no such formulation; did you mean 'multiflow'"):
        solve(ROW, Scenario.from_dict(BOUNDS), formulation="multiflo")


def test_numbers_of_parts_count_those_that_are_settled() -> None:
    """M0 is locked alone: three mergers are the two others and itself; one is not to be had."""
    asked = BOUNDS | {"population": {"min": 10_000, "max": 60_000}, "locks": {"alone": ["M0"]}}
    for number, parts in ((3, 3), (2, 2), (1, None)):
        scenario = Scenario.from_dict(asked | {"count": {"min": number, "max": number}})
        found = solve(ROW, scenario, formulation="cut")
        assert (None if found.plan is None else len(found.plan.mergers)) == parts
        assert found.status == ("infeasible" if parts is None else "optimal")


def test_a_region_of_settled_parts_only() -> None:
    scenario = Scenario.from_dict({"locks": {"alone": ["M0", "M1", "M2", "M3"]}, "weights": {"cut_edges": 1}})
    found = solve(ROW, scenario, formulation="flow")
    assert (found.status, found.score, found.bound) == ("optimal", -3.0, -3.0)
    none = scenario.model_copy(update={"count": Scenario.from_dict({"count": {"max": 3}}).count})
    assert solve(ROW, none, formulation="flow").status == "infeasible"


def test_an_engine_that_breaks_down_leaves_other_regions_their_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    real = method_module.solve_compact

    def breaking(model, frame, *more, **options):  # type: ignore[no-untyped-def]
        if frame.region == 0:
            raise EngineError("highs: out of memory")
        return real(model, frame, *more, **options)

    monkeypatch.setattr(method_module, "solve_compact", breaking)
    two = build_instance([30_000] * 4, [(0, 1), (2, 3)], region=[0, 0, 1, 1])
    found = solve(two, Scenario.from_dict({"weights": {"distance": 1}}), formulation="cut")
    assert [region.status for region in found.by_region] == ["no plan within limit", "optimal"]
    assert found.by_region[0].reason == "highs: out of memory"


def test_a_proof_within_tolerance_is_no_proof_to_the_last_nano_point(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ComponentAnswer(((0, 1), (2, 3)), 0, 1, within_tolerance=True)
    monkeypatch.setattr(method_module, "solve_compact", lambda *_, **__: answer)
    found = solve(ROW, Scenario.from_dict(BOUNDS), formulation="flow")
    assert (found.status, found.bound_nano) == ("feasible", 1)
    assert "within the tolerance of the engine" in found.by_region[0].reason


def test_a_limit_that_is_too_short_leaves_no_plan_or_a_bound() -> None:
    where = (load("flanders-2025"), Scenario.preset("mergers"))
    found = solve(*where, regions=["Limburg"], formulation="multiflow", limits=Limits(0.5))
    assert found.status in ("no plan within limit", "feasible")
    assert found.by_region[0].reason


def test_seats_answer_where_listing_is_not_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fixed number of parts scored by seats alone: the same optimum, listed or not."""
    instance = synthesise(18, regions=1, per_merger=6, seed=3)
    third = instance.total_population // 3
    scenario = Scenario.from_dict(
        {
            "population": {"min": third * 9 // 10, "max": third * 11 // 10},
            "rules": {"facility": "free"},
            "count": {"min": 3, "max": 3},
            "weights": {"moment": 1e-6},
        }
    )
    listed = solve(instance, scenario)
    small = Listed(ListingParams(small=10, states_beside_centres=100))
    monkeypatch.setitem(METHODS, "listed", Entry(lambda: small, "listing"))
    found = solve(instance, scenario)
    assert listed.status == found.status == "optimal"
    assert found.score_nano == found.bound_nano == listed.score_nano
    assert ("search" in listed.by_region[0].stages, "search" in found.by_region[0].stages) == (False, True)


@pytest.mark.parametrize("weight", [1.0, 1e5])
def test_broken_columns_are_refused_for_an_engine_of_whole_numbers(weight: float) -> None:
    """Before anything is solved; where cuts are one way among others, another one is taken."""
    people = [20_000, 31_000, 17_000, 23_000]
    row = build_instance(people, pairwise(range(4)), attributes={INCOME: [3e8, 5e8, 1e8, 4e8]})
    asked = {"population": {"min": 17_000, "max": 60_000}, "count": {"min": 2, "max": 3}}
    scenario = Scenario.from_dict({**asked, "weights": {"fiscal": weight, "distance": weight}})
    with pytest.raises(InputError, match="the engine 'cpsat' takes only whole numbers"):
        solve(row, scenario, formulation="cut", engine_name="cpsat")
    best = solve(row, scenario).score_nano
    assert solve(row, scenario, formulation="cpsat", engine_name="cpsat").score_nano == best
    found = answer_region(row, scenario, by=engine("cpsat"), deadline=Deadline.after(30), listing=UNLISTED)
    assert found.score_nano == best
