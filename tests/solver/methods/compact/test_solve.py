"""Compact formulations against brute force, against listing, and against published optima."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from refzones.instances import InputError, Instance, load
from refzones.instances.importing.districting import import_districting
from refzones.models import Question, Scenario, Scorer, ask
from refzones.models.scoring.model import Model
from refzones.solver import solve
from refzones.solver.candidates.components import Component, split
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.methods.compact.solve import FORMULATIONS, solve_compact
from refzones.solver.partition.answer import ComponentAnswer
from support.brute import brute_force
from support.demands import NOT_LINEAR
from support.strategies import questions

DISTRICTING = Path(__file__).parents[5] / "shared" / "data" / "districting"
PUBLISHED = {
    "ME_county": 19093.26,
    "NM_county": 32944.25,
    "ID_county": 61232.58,
    "KS_county": 23736.89,
    "WV_county": 12000.62,
    "OK_county": 21756.50,
    "AR_county": 16543.15,
    "NH_county": None,
    "CO_county": None,
}
"""Optima of Validi, Buchanan and Lykhovyd (2022); None where there is no plan."""


def answers(question: Question, scorer: Scorer, formulation: str) -> list[ComponentAnswer]:
    """The answer for each frame of each region."""
    return [
        solve_compact(Model(question, scorer), frame, formulation, engine(), deadline=Deadline.after(60))
        for region in range(len(question.instance.regions))
        for frame in split(question, region)
    ]


@pytest.mark.parametrize("formulation", FORMULATIONS)
@given(question=questions(largest=6))
@settings(max_examples=12, deadline=None)
def test_brute_force(formulation: str, question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    assume(not any(scenario.weights.get(name) for name in NOT_LINEAR))
    assume(not scenario.locks.seat and not scenario.population.soft)
    try:
        asked = ask(instance, scenario)
    except InputError:
        assume(False)
    assume(not asked.kept and all(asked.count(r) is None for r in range(len(instance.regions))))
    scorer, truth = Scorer(instance, scenario), brute_force(instance, scenario)
    try:
        found = answers(asked, scorer, formulation)
    except InputError:
        event("refused: no linear form")
        return
    if truth is None:
        assert "infeasible" in {answer.status for answer in found}
        return
    alone = [part for r in range(len(instance.regions)) for part, _ in asked.fixed_parts(r)]
    members = np.zeros((len(alone), len(instance)))
    for row, part in enumerate(alone):
        members[row, list(part)] = 1
    settled = int(scorer.score(members, np.arange(len(instance))).nano.sum())
    assert {answer.status for answer in found} <= {"optimal"}
    assert settled + sum(answer.score or 0 for answer in found) == truth.score_nano
    assert settled + sum(answer.bound or 0 for answer in found) >= truth.score_nano


@pytest.mark.parametrize("formulation", FORMULATIONS)
@pytest.mark.parametrize("region", ["Waasland", "Middenkust"])
def test_regions_of_flanders(formulation: str, region: str) -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    question, scorer, number = (
        ask(instance, scenario),
        Scorer(instance, scenario),
        instance.regions.index(region),
    )
    (frame,) = split(question, number)
    found = solve_compact(Model(question, scorer), frame, formulation, engine(), deadline=Deadline.after(60))
    listed = solve(instance, scenario, regions=[region])
    assert (found.status, found.score, found.bound) == (
        "optimal",
        listed.score_nano,
        listed.score_nano,
    )


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_optimum(name: str) -> None:
    if not DISTRICTING.is_dir():
        pytest.skip("the published districting instances are not at hand")
    given_file = import_districting(DISTRICTING / f"{name}.json")
    instance, scenario = given_file.instance, Scenario.from_dict(tomllib.loads(given_file.scenario))
    question, scorer = ask(instance, scenario), Scorer(instance, scenario)
    frame = Component(0, instance.members(0))
    found = solve_compact(
        Model(question, scorer), frame, "cut", engine(), count=question.count(0), deadline=Deadline.after(60)
    )
    if PUBLISHED[name] is None:
        assert found.status == "infeasible"
        return
    assert found.status == "optimal"
    assert found.score == found.bound
    assert round(-(found.score or 0) / 1e9, 2) == PUBLISHED[name]


def test_term_without_a_linear_form_is_refused_by_name() -> None:
    instance, scenario = load("flanders-2025"), Scenario.from_dict({"weights": {"size": 1}})
    question = ask(instance, scenario)
    frame = split(question, instance.regions.index("Waasland"))[0]
    with pytest.raises(InputError, match="size"):
        solve_compact(Model(question, Scorer(instance, scenario)), frame, "flow", engine())


def test_unknown_formulation() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    question = ask(instance, scenario)
    frame = split(question, instance.regions.index("Waasland"))[0]
    with pytest.raises(InputError, match="there is no such formulation"):
        solve_compact(Model(question, Scorer(instance, scenario)), frame, "flwo", engine())
