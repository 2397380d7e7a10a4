"""Frames whose candidates may not be listed: the ways agree with listing; which answer is given."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from refzones.instances import Instance, load
from refzones.models import Scenario, Scorer, ask
from refzones.solver import solve
from refzones.solver.candidates.components import Component
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.methods.generation.pricing import is_available
from refzones.solver.methods.heuristic import Searched
from refzones.solver.methods.portfolio import LargeFrame, _best
from refzones.solver.partition.fixing import PartitionAnswer
from refzones.solver.regions.region import RegionSolver
from refzones.solver.verification.verifier import verify
from support.build import build_instance

ROW = build_instance([20_000] * 6, pairwise(range(6)), points=[(1e3 * x, 0.0) for x in (0, 1, 3, 4, 6, 7)])


def large(instance: Instance, scenario: Scenario, region: int = 0) -> LargeFrame:
    question, scorer = ask(instance, scenario), Scorer(instance, scenario)
    settled = [part for part, _ in question.settled_parts(region)]
    frame = Component(region, instance.members(region))
    return LargeFrame(question, scorer, frame, settled, engine(), 0)


def test_given_number_of_parts_is_proved_by_cuts() -> None:
    for k in (1, 2, 3):
        scenario = Scenario.from_dict(
            {
                "population": {"min": 20_000, "max": 120_000},
                "count": {"min": k, "max": k},
                "weights": {"distance": 1},
            }
        )
        found = large(ROW, scenario).solve(Deadline.after(20))
        listed = solve(ROW, scenario, workers=1)
        assert found.answer.status == listed.status == "optimal"
        assert found.answer.score == found.answer.bound == listed.score_nano


def test_cuts_that_are_cut_off_before_the_last_nano_points_prove_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An engine calls its plan optimal within its tolerance; time runs out before that is closed."""
    monkeypatch.setattr("refzones.solver.methods.compact.rounds.CutRounds.close", lambda _: None)
    monkeypatch.setattr("refzones.solver.methods.compact.solve.close_by_rounding", lambda *_: None)
    scenario = Scenario.from_dict(
        {
            "population": {"min": 20_000, "max": 120_000},
            "count": {"min": 2, "max": 3},
            "weights": {"distance": 1, "cut_edges": 0.1},
        }
    )
    frame = large(ROW, scenario)
    found = frame._by_cuts(Deadline.after(20))
    assert found is not None
    assert found.answer.score is not None
    assert found.answer.bound is not None
    assert (found.answer.status, found.answer.bound > found.answer.score) == ("feasible", True)
    best = solve(ROW, scenario, workers=1).score_nano
    assert best is not None
    assert found.answer.score <= best <= found.answer.bound


def test_number_that_cannot_be_had_is_infeasible() -> None:
    scenario = Scenario.from_dict(
        {"population": {"min": 50_000, "max": 120_000}, "count": {"min": 3}, "weights": {"distance": 1}}
    )
    assert large(ROW, scenario).solve(Deadline.after(20)).answer.status == "infeasible"


@pytest.mark.skipif(not is_available(), reason="column generation needs the extra 'large'")
@pytest.mark.parametrize("region", ["Waasland", "Regio Gent"])
def test_generation_proves_what_listing_proves(region: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settled parts included; Gent stands alone by rule."""
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    listed = solve(instance, scenario, regions=[region], workers=1)
    question, scorer = ask(instance, scenario), Scorer(instance, scenario)
    number = instance.regions.index(region)
    solver = RegionSolver(question, scorer, number, engine(), 0, Deadline.after(300), most_candidates=1)
    found = solver.solve()
    assert (found.status, found.score_nano, found.bound_nano) == (
        "optimal",
        listed.score_nano,
        listed.score_nano,
    )
    assert listed.plan is not None
    assert found.mergers == listed.plan.mergers
    assert verify(instance, scenario, listed.plan, regions=[region]) == ()


def searched(score: int | None, bound: int | None) -> Searched:
    none = Candidates(np.arange(1), np.zeros((0, 1), dtype=np.uint64))
    return Searched(none, np.zeros(0, dtype=np.int64), PartitionAnswer((), score, bound))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((3, 9), (5, 8), ("feasible", 5, 8)),
        ((7, 9), (5, 8), ("feasible", 7, 8)),
        ((3, 5), (5, 8), ("optimal", 5, 5)),
        ((None, 6), (5, 8), ("feasible", 5, 6)),
        ((None, None), (2, 8), ("feasible", 2, 8)),
        ((None, 6), (None, 4), ("no plan within limit", None, 4)),
        ((-3, 0), (-5, 0), ("feasible", -3, 0)),
        ((0, 4), (-5, 4), ("feasible", 0, 4)),
        ((5, 5), (4, 8), ("optimal", 5, 5)),
    ],
)  # fmt: skip
def test_best_plan_and_least_bound(
    one: tuple[int | None, int | None],
    other: tuple[int | None, int | None],
    expected: tuple[str, int | None, int | None],
) -> None:
    best = _best(searched(*one), searched(*other)).answer
    assert (best.status, best.score, best.bound) == expected
