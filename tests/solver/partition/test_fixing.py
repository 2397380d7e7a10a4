"""The proof of one frame: ties by rule, infeasibility, time limits."""

from __future__ import annotations

import numpy as np
import pytest
from refzones.instances import InputError, load
from refzones.models import Scenario
from refzones.models.programmes.programme import Programme
from refzones.solver import solve
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import Deadline, Limits
from refzones.solver.engines import Answer, Engine, engine
from refzones.solver.partition.exact_cover import ExactCover, SearchLimitError
from refzones.solver.partition.fixing import solve_partition
from refzones.solver.partition.problem import PartitionProblem, PricedProblem
from support.build import build_instance
from support.regions import answer_region

# all connected sets of the path 0 - 1 - 2 - 3, all of the same score
PATH = Candidates(np.arange(4), np.array([[m] for m in (1, 2, 4, 8, 3, 6, 12, 7, 14, 15)], dtype=np.uint64))
EQUAL = PartitionProblem(PATH, np.zeros(10, dtype=np.int64))


def test_of_equals_the_first_in_order() -> None:
    answer = solve_partition(EQUAL, engine("highs"))
    assert (answer.status, answer.score, answer.bound) == ("optimal", 0, 0)
    assert [PATH.members(j) for j in answer.chosen] == [(0,), (1,), (2,), (3,)]


def test_search_stops_at_its_limit() -> None:
    with pytest.raises(SearchLimitError):
        ExactCover(PricedProblem.without_costs(EQUAL), node_limit=2).best(0)


@pytest.mark.parametrize("name", ["highs", "scip", "cpsat", "cbc"])
def test_odd_cycle_is_infeasible_though_its_relaxation_is_not(name: str) -> None:
    pairs = Candidates(np.arange(3), np.array([[3], [5], [6]], dtype=np.uint64))
    answer = solve_partition(PartitionProblem(pairs, np.zeros(3, dtype=np.int64)), engine(name))
    assert (answer.status, answer.chosen, answer.proof) == ("infeasible", (), "cpsat")


def test_time_limit_never_claims_a_proof_that_it_lacks() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    whole = {region.name: region for region in solve(instance, scenario).by_region}
    for limit in (1e-6, 0.02, 0.1, 0.3):
        for region in solve(instance, scenario, limits=Limits(limit)).by_region:
            best = whole[region.name].score_nano
            assert best is not None
            assert region.status in ("optimal", "feasible", "no plan within limit")
            if region.status == "optimal":
                assert region.score_nano == best
            if region.bound_nano is not None:
                assert region.bound_nano >= best
            if region.score_nano is not None:
                assert region.score_nano <= best


@pytest.mark.parametrize("limit", [0, -1])
def test_limit_of_nothing_is_refused(limit: float) -> None:
    with pytest.raises(InputError, match="the time limit must be more than zero seconds"):
        Deadline.after(limit)


class _Hurried(Engine):
    """An engine that runs out of time: it gives the candidates it was told of, or nothing."""

    name = "hurried"

    def __init__(self, chosen: list[int] | None) -> None:
        self.chosen = chosen

    def _solve(self, programme: Programme, **_: object) -> Answer:
        if self.chosen is None:
            return Answer("unknown", None, None)
        return Answer(
            "feasible", np.isin(np.arange(programme.shape[1]), self.chosen).astype(np.float64), None
        )

    def version(self) -> str:
        return "0"


# the whole row is worth 5, everybody alone 4, two pairs 2
WORTH = np.array([1, 1, 1, 1, 1, 0, 1, 0, 0, 5], dtype=np.int64)


def test_plan_of_an_engine_out_of_time_keeps_the_bound_of_the_relaxation() -> None:
    answer = solve_partition(PartitionProblem(PATH, WORTH), _Hurried([4, 6]))
    assert (answer.status, answer.score) == ("feasible", 2)
    assert answer.chosen == (4, 6)
    assert answer.bound is not None
    assert 5 <= answer.bound <= 9  # lifted to whole numbers, by less than one for each municipality


def test_without_a_plan_there_is_still_a_bound() -> None:
    answer = solve_partition(PartitionProblem(PATH, WORTH), _Hurried(None))
    assert (answer.status, answer.score, answer.chosen) == ("no plan within limit", None, ())
    assert answer.bound is not None
    assert 5 <= answer.bound <= 9


def test_bounds_of_frames_add_up_without_a_plan() -> None:
    """Two rows of two, each best kept whole; the engine has no time at all."""
    rows = build_instance([20_000] * 4, [(0, 1), (2, 3)], points=[(0, 0), (1e3, 0), (9e3, 0), (9e3, 2e3)])
    scenario = Scenario.from_dict(
        {"population": {"min": 20_000, "max": 60_000}, "size": {"target": 40_000}, "weights": {"size": 1}}
    )
    best = solve(rows, scenario).score_nano
    region = answer_region(rows, scenario, by=_Hurried(None))
    # the engine has none, a search has: both rows whole miss the target by nothing, and nothing is better
    assert best == 0
    assert (region.status, region.score_nano, region.bound_nano) == ("optimal", 0, 0)
    assert region.reason == ""


def test_plan_that_was_searched_for_is_not_proved_below_its_bound() -> None:
    """Three neighbours of whom only two can merge; half of each pair, says the relaxation."""
    three = build_instance([20_000] * 3, [(0, 1), (1, 2), (0, 2)])
    scenario = Scenario.from_dict(
        {"population": {"min": 20_000, "max": 40_000}, "size": {"target": 40_000}, "weights": {"size": 1}}
    )
    best = solve(three, scenario).score_nano
    region = answer_region(three, scenario, by=_Hurried(None))
    assert best is not None
    assert region.bound_nano is not None
    assert (region.status, region.score_nano) == ("feasible", best)
    assert best < 0 <= region.bound_nano <= 3
    assert region.reason == (
        "the time limit passed before a plan was found; the plan was searched for and not proved"
    )
