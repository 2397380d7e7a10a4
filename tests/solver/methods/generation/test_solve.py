"""Column generation against the listing of all candidates: same plan, and bounds that hold at every step."""

from __future__ import annotations

import pytest

pytest.importorskip("numba")

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario, Scorer, ask
from refzones.models.scenario.tables import Count
from refzones.models.scoring.model import Model
from refzones.models.scoring.scorer import NANO
from refzones.solver.candidates.components import Component, components_of, split
from refzones.solver.candidates.enumeration import enumerate_candidates
from refzones.solver.candidates.scoring import score_all
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.methods.contract import Task
from refzones.solver.methods.generation.solve import Generation, solve_by_generation
from refzones.solver.methods.listed import Listed
from refzones.solver.partition.answer import ComponentAnswer
from refzones.solver.partition.fixing import solve_partition
from refzones.solver.partition.problem import PartitionProblem
from support.brute import brute_force
from support.build import build_instance
from support.demands import terms_of
from support.strategies import questions


def known(scenario: Scenario, *, moment: bool) -> Scenario:
    """Leave out what the pricing search does not know."""
    left_out = "distance" if moment else "moment"
    weights = {name: w for name, w in scenario.weights.items() if name != left_out}
    return scenario.model_copy(update={"weights": weights})


def compare(instance: Instance, scenario: Scenario, *, regions: int | None = None) -> None:
    question, scorer = ask(instance, scenario), Scorer(instance, scenario)
    for region in range(len(instance.regions))[:regions]:
        for frame in split(question, region):
            found = solve_by_generation(Model(question, scorer), frame, engine("highs"), workers=1)
            listed = enumerate_candidates(question, frame.municipalities)
            answer = solve_partition(PartitionProblem(listed, score_all(scorer, listed)), engine("highs"))
            assert (found.status, found.score) == (answer.status, answer.score)
            assert found.mergers == tuple(sorted(listed.members(row) for row in answer.chosen))
            if answer.score is not None:
                assert found.bound == answer.score
                assert all(
                    bound * NANO >= answer.score - 2 * len(frame.municipalities) for _, bound in found.history
                )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.booleans())
def test_same_plan_as_from_all_candidates(data: st.DataObject, moment: bool) -> None:
    instance, scenario = data.draw(questions(largest=8, agreed=data.draw(st.booleans())))
    scenario = known(scenario, moment=moment)
    try:
        question = ask(instance, scenario)
        Scorer(instance, scenario)
    except InputError:
        assume(False)
    assume(all(question.count(region) is None for region in range(len(instance.regions))))
    compare(instance, scenario)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.booleans(), st.integers(0, 5), st.integers(0, 2))
def test_a_number_of_mergers(data: st.DataObject, moment: bool, least: int, more: int) -> None:
    instance, scenario = data.draw(questions(largest=9, agreed=data.draw(st.booleans())))
    scenario = known(scenario, moment=moment)
    try:
        scenario = scenario.model_copy(update={"count": Count(min=least, max=max(1, least + more))})
        question, scorer = ask(instance, scenario), Scorer(instance, scenario)
    except InputError:
        assume(False)
    for region in range(len(instance.regions)):
        ((component, fixed),) = components_of(question, region)
        task = Task((Model(question, scorer),), component, tuple(fixed), engine("highs"))
        assume(Generation().accepts(task) is None)
        found, listed = Generation().solve(task), Listed().solve(task)
        event(listed.status)
        assert (found.status, found.score) == (listed.status, listed.score)
        assert sorted(found.mergers) == sorted(listed.mergers)
        if found.score is not None:
            assert found.bound == found.score
            spare = found.score - task.score_of_fixed() - 2 * len(component.municipalities)
            assert all(bound * NANO >= spare for _, bound in found.history)


def test_a_number_that_binds() -> None:
    """Every number of mergers in a row of six, from too few to too many."""
    scenario = {"population": {"min": 10, "max": 30}, "weights": {"distance": 1.0, "size": 1e-3}}
    row = build_instance([10] * 6, [(i, i + 1) for i in range(5)])
    for number in range(1, 8):
        asked = Scenario.from_dict(scenario | {"count": {"min": number, "max": number}})
        question, scorer = ask(row, asked), Scorer(row, asked)
        ((component, fixed),) = components_of(question, 0)
        found = Generation().solve(Task((Model(question, scorer),), component, tuple(fixed), engine("highs")))
        truth = brute_force(row, asked)
        assert (found.score, found.infeasible) == (
            (None, True) if truth is None else (truth.score_nano, False)
        )
        assert truth is None or found.bound == truth.score_nano


def test_large_mergers_of_a_given_number_are_left_to_others() -> None:
    size = 26
    row = build_instance([10] * size, [(i, i + 1) for i in range(size - 1)])
    asked = {"population": {"min": 10, "max": 300}, "weights": {"distance": 1.0}}
    assert "too large" in (refusal(row, Scenario.from_dict(asked | {"count": {"min": 1, "max": 2}})) or "")
    assert refusal(row, Scenario.from_dict(asked | {"count": {"min": 1, "max": 3}})) is None
    assert refusal(row, Scenario.from_dict(asked | {"count": {"min": 2}})) is None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_effects_by_steps_of_inhabitants(data: st.DataObject) -> None:
    """Amounts that follow from inhabitants, also where mergers have others than municipalities alone."""
    instance, scenario = data.draw(questions(largest=8))
    effects = ["effect(councillors)", "effect(executives(first))", "effect(municipalities)"]
    some = data.draw(st.lists(st.sampled_from(effects), min_size=1, unique=True))
    others = data.draw(st.sampled_from(([], ["distance"], ["size", "coverage"])))
    weights = {name: data.draw(st.sampled_from((0.01, 1 / 3, 5.0))) for name in (*some, *others)}
    scenario = scenario.model_copy(update={"weights": weights})
    try:
        question = ask(instance, scenario)
        Scorer(instance, scenario)
    except InputError:
        assume(False)
    assume(all(question.count(region) is None for region in range(len(instance.regions))))
    compare(instance, scenario)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_pairs_that_gain_together(data: st.DataObject) -> None:
    """Terms on pairs, which are no sums over members: all three, beside others or alone."""
    instance, scenario = data.draw(questions(largest=9))
    pairs = [term for term in ("orientation", "cooperation", "commuting") if term in terms_of(instance)]
    some = data.draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))
    others = data.draw(st.sampled_from(([], ["distance"], ["straddle(police)", "coverage"])))
    weights = {name: data.draw(st.sampled_from((1 / 3, 5.0, 40.0))) for name in (*some, *others)}
    scenario = scenario.model_copy(update={"weights": weights})
    try:
        ask(instance, scenario)
    except InputError:
        assume(False)
    compare(instance, scenario)


def test_pairs_in_regions_of_flanders() -> None:
    mine = {"orientation": 60.0, "cooperation": 30.0, "distance": 5.0, "coverage": 20.0}
    layers = {"police": 1.0, "primary_care": 1.0, "housing_company": 1.0}
    preset = Scenario.preset("mergers").model_dump()
    weights = preset["weights"] | mine
    asked = Scenario.from_dict(preset | {"weights": weights, "cooperation": {"layers": layers}})
    compare(load("flanders-2025"), asked, regions=3)


def test_regions_of_flanders() -> None:
    compare(load("flanders-2025"), Scenario.preset("mergers"), regions=4)


def test_zones_of_flanders() -> None:
    compare(load("flanders-2025"), Scenario.preset("zones"), regions=3)


def solved(instance: Instance, scenario: Scenario, **options: object) -> ComponentAnswer:
    question = ask(instance, scenario)
    frame = split(question, 0)[0]
    scorer = Scorer(instance, scenario)
    return solve_by_generation(Model(question, scorer), frame, engine("highs"), workers=1, **options)  # type: ignore[arg-type]


def refusal(instance: Instance, scenario: Scenario) -> str | None:
    question = ask(instance, scenario)
    model = Model(question, Scorer(instance, scenario))
    return Generation().accepts(Task((model,), split(question, 0)[0], (), engine("highs")))


PATH = build_instance([10, 10, 10, 10], [(0, 1), (1, 2), (2, 3)])


def test_no_plan_is_infeasible() -> None:
    scenario = Scenario.from_dict({"population": {"min": 30, "max": 35}, "weights": {"distance": 1.0}})
    assert solved(PATH, scenario).status == "infeasible"


def test_odd_cycle_is_infeasible_though_its_relaxation_is_not() -> None:
    triangle = build_instance([10, 10, 10], [(0, 1), (1, 2), (0, 2)])
    scenario = Scenario.from_dict({"population": {"min": 20, "max": 25}, "weights": {"distance": 1.0}})
    assert solved(triangle, scenario).status == "infeasible"


def test_a_plan_to_start_from_survives_without_time() -> None:
    scenario = Scenario.from_dict({"population": {"min": 20, "max": 40}, "weights": {"distance": 1.0}})
    found = solved(PATH, scenario, start=[(0, 1), (2, 3)], deadline=Deadline(0.0))
    assert (found.status, found.mergers, found.bound) == ("feasible", ((0, 1), (2, 3)), None)
    assert solved(PATH, scenario, deadline=Deadline(0.0)).status == "no plan within limit"


def test_sets_to_start_from_that_break_rules_are_passed_over() -> None:
    scenario = Scenario.from_dict({"population": {"min": 20, "max": 30}, "weights": {"distance": 1.0}})
    found = solved(PATH, scenario, start=[(0,), (1, 2, 3)])
    assert (found.status, found.mergers) == ("optimal", ((0, 1), (2, 3)))
    found = solved(PATH, scenario, start=[(0, 2), (1, 3)])
    assert found.mergers == ((0, 1), (2, 3))


def test_threads_do_not_change_the_answer() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    question, scorer = ask(instance, scenario), Scorer(instance, scenario)
    frame = max(split(question, 2), key=lambda frame: len(frame.municipalities))
    one, three = (
        solve_by_generation(Model(question, scorer), frame, engine("highs"), workers=workers)
        for workers in (1, 3)
    )
    assert (one.mergers, one.history, one.figures) == (three.mergers, three.history, three.figures)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"weights": {"distance": 1.0, "moment": 1e-9}}, "moment"),
    ],
)
def test_what_is_not_known_is_named(change: dict[str, object], word: str) -> None:
    instance = build_instance([10, 10], [(0, 1)], flows={(0, 1): 5.0})
    scenario = Scenario.from_dict({"population": {"min": 5, "max": 40}, **change})
    assert word in (refusal(instance, scenario) or "")


def test_without_numba_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refzones.solver.methods.generation.solve.is_available", lambda: False)
    scenario = Scenario.from_dict({"population": {"min": 5, "max": 40}, "weights": {"distance": 1.0}})
    assert "refzones[large]" in (refusal(PATH, scenario) or "")


def test_frame_of_one() -> None:
    alone = build_instance([10], [])
    scenario = Scenario.from_dict({"population": {"min": 5, "max": 40}, "weights": {"distance": 1.0}})
    question = ask(alone, scenario)
    frame: Component = split(question, 0)[0]
    found = solve_by_generation(Model(question, Scorer(alone, scenario)), frame, engine("highs"))
    assert (found.status, found.mergers) == ("optimal", ((0,),))
