"""Fewest cut edges with a fixed number of mergers, against brute force and published answers."""

from __future__ import annotations

import json
import os
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.instances.importing.districting import import_districting
from refzones.models import Scenario
from refzones.models.scoring.model import Model
from refzones.solver import Plan, solve, verify
from refzones.solver.deadline import Deadline, Limits
from refzones.solver.methods.edges.method import Edges
from refzones.solver.results.mergers import make_parts
from support.brute import brute_force
from support.build import build_instance
from support.demands import demands
from support.plain_graphs import path_with_chords
from support.regions import task_of_region
from support.strategies import instances

pytest.importorskip("numba")
ROOT = Path(__file__).resolve().parents[4]
DATA = Path(os.environ.get("REFZONES_DATA", ROOT.parent / "shared" / "data")) / "districting"
MISSING = f"the districting instances are not in {DATA} (set REFZONES_DATA)"


@st.composite
def _questions(draw: st.DrawFn) -> tuple[Instance, Scenario]:
    """Draw a region and a scenario with a fixed number of mergers and cut edges alone to be scored."""
    instance = draw(instances(largest=8, numbers=(1,)))
    asked = draw(demands(instance, agreed=True, gentle=draw(st.booleans())))
    if asked["rules"].get("enclosed") == "priced":
        del asked["rules"]["enclosed"]
    for soft in ("floor", "ceiling"):
        asked["population"].pop(soft, None)
    asked["weights"] = {"cut_edges": draw(st.sampled_from((1.0, 2.5, 0.1)))}
    number = draw(st.integers(1, 4))
    asked["count"] = {"min": number, "max": number}
    return instance, Scenario.from_dict(asked)


@given(question=_questions())
@settings(max_examples=150, deadline=None)
def test_answers_are_those_of_brute_force(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    truth = brute_force(instance, scenario)
    try:
        task = task_of_region(instance, scenario)
    except InputError:
        event("refused by the question")
        return
    if (reason := Edges().accepts(task)) is not None:
        event(reason)
        return
    answer = Edges().solve(task)
    event(answer.status)
    if truth is None:
        assert answer.infeasible
        return
    assert answer.score == answer.bound == truth.score_nano
    model = Model.of(instance, scenario)
    plan = Plan(tuple(make_parts(model, sorted(answer.mergers))))
    assert verify(instance, scenario, plan) == ()
    assert frozenset(answer.mergers) in truth.plans


@given(
    people=st.lists(st.integers(1, 6), min_size=4, max_size=9),
    chords=st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=12),
    number=st.integers(2, 4),
    spread=st.sampled_from((0.1, 0.3, 0.6)),
)
@settings(max_examples=150, deadline=None)
def test_plain_graphs_are_divided_as_brute_force_divides_them(
    people: list[int], chords: set[tuple[int, int]], number: int, spread: float
) -> None:
    size = len(people)
    graph = build_instance(people, path_with_chords(size, chords))
    mean = sum(people) / number
    scenario = Scenario.from_dict(
        {
            "population": {"min": int(mean * (1 - spread)), "max": int(mean * (1 + spread)) + 1},
            "count": {"min": number, "max": number},
            "weights": {"cut_edges": 1},
        }
    )
    truth = brute_force(graph, scenario)
    task = task_of_region(graph, scenario)
    answer = Edges().solve(task)
    event(answer.status)
    if truth is None:
        assert answer.infeasible
    else:
        assert answer.score == answer.bound == truth.score_nano
        assert frozenset(answer.mergers) in truth.plans


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
@pytest.mark.parametrize("name", ["ME_county", "NM_county", "ID_county", "WV_county", "NE_county"])
def test_published_counties_are_proved_by_default(name: str) -> None:
    file = DATA / f"{name}.json"
    made = import_districting(file)
    scenario = Scenario.from_dict(tomllib.loads(made.scenario) | {"weights": {"cut_edges": 1}})
    result = solve(made.instance, scenario, limits=Limits(600))  # compiling counts
    assert result.status == "optimal"
    published = json.loads(file.read_text("utf-8"))["published_cut_edges"]
    assert result.score_nano == -1_000_000_000 * int(float(published["best"]))


def test_limit_of_time_leaves_a_bound_that_holds() -> None:
    """No time at all: nothing is claimed that is not so."""
    row = build_instance([10] * 6, pairwise(range(6)))
    task = task_of_region(row, _row(3))
    answer = Edges().solve(task, Deadline.after(1e-9))
    assert answer.bound is not None
    assert answer.bound >= -2_000_000_000
    assert not answer.infeasible
    assert answer.status != "optimal" or answer.score == -2_000_000_000


def test_row_that_cannot_be_divided_is_infeasible() -> None:
    row = build_instance([10, 10, 10, 10, 10, 25], pairwise(range(6)))
    assert Edges().solve(task_of_region(row, _row(3, most=25))).infeasible


def test_little_memory_forgets_and_is_right_all_the_same() -> None:
    row = build_instance([10] * 8, [*pairwise(range(8)), (0, 2), (4, 7)])
    method = Edges().within(Limits(memory=1.0))
    assert method.params.most_known == 1
    answer = method.solve(task_of_region(row, _row(4)))
    truth = brute_force(row, _row(4))
    assert truth is not None
    assert answer.score == answer.bound == truth.score_nano


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"count": {"min": 2, "max": 3}}, "not fixed"),
        ({"weights": {"distance": 1, "cut_edges": 1}}, "other terms"),
        ({"weights": {"cut_edges": 1 / 3}}, "whole number"),
    ],
)
def test_what_it_cannot_answer_is_refused(change: dict[str, object], reason: str) -> None:
    row = build_instance([10] * 6, pairwise(range(6)), points=[(1e3 * x, 0.0) for x in range(6)])
    asked = {
        "population": {"min": 20, "max": 20},
        "count": {"min": 3, "max": 3},
        "weights": {"cut_edges": 1},
    }
    refused = Edges().accepts(task_of_region(row, Scenario.from_dict(asked | change)))
    assert refused is not None
    assert reason in refused


def _row(number: int, most: int = 20) -> Scenario:
    return Scenario.from_dict(
        {
            "population": {"min": 20, "max": most},
            "count": {"min": number, "max": number},
            "weights": {"cut_edges": 1},
        }
    )
