"""The best-equipped member as the seat, by every method, where many are equal: against brute force."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver.methods.generation.pricing import is_available
from refzones.solver.methods.registry import METHODS
from refzones.solver.results.plan import Plan
from refzones.solver.verification.verifier import verify
from support.agreement import check_against_brute_force
from support.brute import brute_force
from support.build import build_instance
from support.regions import answer_region

Question = tuple[Instance, Scenario]


@st.composite
def alike(draw: st.DrawFn, *, largest: int = 7) -> Instance:
    """Draw an instance of one region whose municipalities are often equal in all that seats depend on."""
    n = draw(st.integers(3, largest))
    borders = {(draw(st.integers(0, i - 1)), i) for i in range(1, n)}
    borders |= set(draw(st.lists(st.sampled_from([(i, j) for j in range(n) for i in range(j)]), max_size=n)))
    classes = draw(st.sampled_from((("",), ("b1", "c2"), ("a1", "b1", "c0", "c2"))))
    has = draw(st.sampled_from(((0,), (0, 1))))
    some = st.integers(0, 4)
    return build_instance(
        [10_000 * draw(st.sampled_from((1, 1, 1, 2))) for _ in range(n)],
        borders,
        points=[(1000.0 * draw(some), 1000.0 * draw(some)) for _ in range(n)],
        classes=[draw(st.sampled_from(classes)) for _ in range(n)],
        functions={"hospital": [draw(st.sampled_from(has)) for _ in range(n)]},
    )


def demands(draw: st.DrawFn, instance: Instance) -> dict[str, Any]:
    """Draw bounds with room for a choice, a seat or two that are locked at times, and the distance."""
    seats = st.lists(st.integers(0, len(instance) - 1), max_size=2, unique=True)
    least = draw(st.sampled_from((0, 20_000)))
    return {
        "population": {"min": least, "max": least + draw(st.sampled_from((20_000, 40_000)))},
        "rules": {"seat": "best_equipped"},
        "locks": {"seat": [instance.names[i] for i in draw(seats)]},
        "weights": {"distance": draw(st.sampled_from((1.0, 7.3)))},
    }


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Draw distances under the rule, at times beside the moment, whose seat is its own, first or last."""
    instance = draw(alike())
    asked = demands(draw, instance)
    other, weights = draw(st.sampled_from(("", "first", "last"))), asked["weights"]
    if other:
        beside = {"moment": 1e-3}
        asked["weights"] = {**beside, **weights} if other == "first" else {**weights, **beside}
    if draw(st.booleans()):
        number = draw(st.integers(1, 3))
        asked["count"] = {"min": number, "max": number}
    return instance, Scenario.from_dict(asked)


@given(questions())
@settings(max_examples=150, deadline=None)
def test_listing(question: Question) -> None:
    check_against_brute_force(*question)


@pytest.mark.parametrize("name", [name for name, entry in METHODS.items() if entry.role != "listing"])
@given(question=questions())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_other_methods(name: str, question: Question) -> None:
    """Score and bound as brute force, or a refusal by name; of a search a plan, and a bound that holds."""
    if name == "generation" and not is_available():
        pytest.skip("column generation needs the extra 'large'")
    instance, scenario = question
    try:
        found = answer_region(instance, scenario, methods=[METHODS[name].make()])
    except InputError as error:
        event(f"refused: {error.problems[0].what[:30]}")
        return
    truth = brute_force(instance, scenario)
    event(found.status)
    if truth is None:
        assert found.score_nano is None
        return
    if found.bound_nano is not None:
        assert found.bound_nano >= truth.score_nano
    if METHODS[name].role == "formulation":
        assert found.status == "optimal"
    if found.score_nano is not None:
        assert found.score_nano <= truth.score_nano
        assert found.status != "optimal" or found.score_nano == truth.score_nano
        assert verify(instance, scenario, Plan(found.mergers)) == ()


@st.composite
def plain(draw: st.DrawFn, *, number: bool) -> Question:
    """Draw distances alone: with a number of mergers and no lock as in districting, or without a number."""
    instance = draw(alike())
    asked = demands(draw, instance)
    if number:
        some = draw(st.integers(1, 4))
        asked |= {"count": {"min": some, "max": some}, "locks": {}}
    return instance, Scenario.from_dict(asked)


@given(plain(number=True))
@settings(max_examples=60, deadline=None)
def test_sets_of_centres(question: Question) -> None:
    """The score depends on seats alone and the number is fixed: 'cut' searches by sets of centres."""
    check_method("cut", question)


def test_separators_of_seats_do_not_hold_for_other_roots() -> None:
    """Nobody may be with a seat that ranks behind, but with another root, where no distance is weighed."""
    instance = build_instance(
        [10_000] * 7,
        [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (1, 2), (2, 6), (3, 6)],
        points=[(0, 1_000), (0, 1_000), *[(0, 0)] * 4, (0, 1_000)],
        functions={"hospital": [0] * 6 + [1]},
    )
    asked = {
        "population": {"min": 0, "max": 40_000},
        "count": {"min": 2, "max": 2},
        "rules": {"seat": "best_equipped"},
        "weights": {"distance": 1.0},
    }
    check_method("cut", (instance, Scenario.from_dict(asked)))


@pytest.mark.skipif(not is_available(), reason="column generation needs the extra 'large'")
@given(plain(number=False))
@settings(max_examples=60, deadline=None)
def test_column_generation(question: Question) -> None:
    check_method("generation", question)


def check_method(name: str, question: Question) -> None:
    instance, scenario = question
    found, truth = answer_region(instance, scenario, methods=[METHODS[name].make()]), brute_force(*question)
    assert found.status == ("infeasible" if truth is None else "optimal")
    assert found.score_nano == found.bound_nano == (None if truth is None else truth.score_nano)


@st.composite
def nested(draw: st.DrawFn) -> Question:
    """Draw both levels, each with its own rule."""
    instance = draw(alike(largest=6))
    asked = demands(draw, instance)
    zones = demands(draw, instance)
    zones["population"]["max"] += 30_000
    zones["rules"] = {"seat": draw(st.sampled_from(("central", "best_equipped")))}
    return instance, Scenario.from_dict({"level": "nested", **asked, "zones": zones})


@given(nested())
@settings(max_examples=60, deadline=None)
def test_both_levels(question: Question) -> None:
    check_against_brute_force(*question)
