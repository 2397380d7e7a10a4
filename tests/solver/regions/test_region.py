"""One region: who stands alone, several frames, and why there is no plan."""

from __future__ import annotations

from typing import NoReturn

import numpy as np
import pytest
from refzones.instances import Instance
from refzones.models import Scenario, Scorer, ask
from refzones.solver import EngineError, RegionResult, solve
from refzones.solver.candidates.enumeration import TooManyCandidatesError, enumerate_candidates
from refzones.solver.candidates.scoring import score_all
from refzones.solver.deadline import Deadline, deadline_in_force
from refzones.solver.methods import listed as listed_module
from refzones.solver.methods.contract import Task
from refzones.solver.methods.heuristic import Heuristic
from refzones.solver.methods.listed import Listed, ListingParams
from refzones.solver.methods.registry import METHODS, Entry
from refzones.solver.partition.answer import ComponentAnswer
from support.build import build_instance
from support.regions import answer_region

SCENARIO = Scenario.from_dict({"population": {"min": 20_000, "max": 60_000}, "weights": {"distance": 1}})


def answer(
    instance: Instance, scenario: Scenario = SCENARIO, deadline: Deadline = Deadline()
) -> RegionResult:
    return answer_region(instance, scenario, deadline=deadline)


def test_two_frames_and_a_city_are_summed() -> None:
    """0-1, a city, 3-4; each pair lies 1 km apart."""
    row = build_instance([20_000, 10_000, 90_000, 10_000, 20_000], [(0, 1), (1, 2), (2, 3), (3, 4)])
    found = answer(row)
    assert found.status == "optimal"
    assert [(m.members, m.seat, m.standalone) for m in found.mergers] == [
        ((0, 1), 0, ""), ((2,), 2, "above_max"), ((3, 4), 4, ""),
    ]  # fmt: skip
    # 2 x 10,000 of 150,000 inhabitants travel 1 km
    assert found.score_nano == found.bound_nano == 2 * -66_666_667
    assert found.gap == 0
    # each frame has its pair and its larger member alone
    assert found.candidates == 4
    assert found.stages.keys() == {"candidates", "score", "relaxation", "integer"}


def test_all_alone() -> None:
    found = answer(build_instance([70_000, 80_000], [(0, 1)]))
    assert (found.status, found.candidates, len(found.mergers)) == ("optimal", 0, 2)
    assert found.score_nano == found.bound_nano == 0


def test_who_is_in_no_merger_is_named() -> None:
    found = answer(build_instance([20_000, 50_000, 15_000], [(0, 1), (1, 2)]))
    assert (found.status, found.mergers, found.score_nano, found.bound_nano, found.gap) == (
        "infeasible", (), None, None, None,
    )  # fmt: skip
    assert found.reason == ("no connected merger of 20,000 to 60,000 inhabitants can hold M2 (10002)")


def test_many_in_no_merger_are_not_all_named() -> None:
    small = build_instance([1_000] * 7, [(i, i + 1) for i in range(6)])
    assert answer(small).reason == (
        "no connected merger of 20,000 to 60,000 inhabitants can hold "
        "M0 (10000), M1 (10001), M2 (10002), M3 (10003), M4 (10004) and others"
    )


def test_mergers_that_do_not_fit_together() -> None:
    """Each end needs the middle."""
    found = answer(build_instance([10_000, 30_000, 10_000], [(0, 1), (1, 2)]), narrow())
    assert found.status == "infeasible"
    assert found.reason == (
        "3 municipalities with 50,000 inhabitants cannot be divided under these rules and locks: "
        "each piece must be a connected merger of 20,000 to 40,000 inhabitants"
    )


def narrow() -> Scenario:
    return Scenario.from_dict({"population": {"min": 20_000, "max": 40_000}})


def test_bad_frame_is_not_hidden_by_a_good_one() -> None:
    parts = build_instance([10_000, 30_000, 10_000, 20_000, 20_000], [(0, 1), (1, 2), (3, 4)])
    found = answer(parts, narrow())
    assert (found.status, found.mergers) == ("infeasible", ())


def test_time_is_up_before_candidates_are_listed() -> None:
    found = answer(build_instance([20_000, 20_000], [(0, 1)]), deadline=Deadline(0.0))
    assert (found.status, found.mergers, found.bound_nano) == ("no plan within limit", (), None)
    assert found.reason == "the time limit passed before all candidates were listed"


def test_the_deadline_is_in_force_while_a_region_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Deadline] = []
    usual = Listed.solve

    def noting(self: Listed, task: Task, deadline: Deadline) -> ComponentAnswer:
        seen.append(deadline_in_force())
        return usual(self, task, deadline)

    monkeypatch.setattr(Listed, "solve", noting)
    limit = Deadline.after(60.0)
    assert answer(build_instance([20_000] * 2, [(0, 1)]), deadline=limit).status == "optimal"
    assert seen == [limit]
    assert deadline_in_force() == Deadline()


def test_too_many_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise TooManyCandidatesError

    monkeypatch.setattr(listed_module, "list_component", full)
    monkeypatch.delitem(METHODS, "generation")
    found = answer(build_instance([20_000, 20_000], [(0, 1)]))
    assert (found.status, [merger.members for merger in found.mergers]) == ("feasible", [(0,), (1,)])
    assert found.bound_nano is not None
    assert 0 == found.score_nano <= found.bound_nano
    assert found.reason == (
        "there are too many candidates to list; narrow the bounds; the plan was searched for and not proved"
    )


def test_candidates_are_scored_in_slices_to_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = build_instance([1_000 * i for i in range(20, 29)], [(i, i + 1) for i in range(8)])
    scorer = Scorer(instance, SCENARIO)
    candidates = enumerate_candidates(ask(instance, SCENARIO), np.arange(9))
    whole = score_all(scorer, candidates)
    monkeypatch.setattr("refzones.solver.candidates.sets._CHUNK", 4)
    assert len(list(candidates.chunks())) == (len(candidates) + 3) // 4 > 1
    assert (score_all(scorer, candidates) == whole).all()
    assert (scorer.score(candidates.dense(), np.arange(9)).nano == whole).all()


def test_an_engine_that_breaks_down_in_a_large_frame_leaves_the_other_regions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Breaking(Heuristic):
        def solve(self, *_: object) -> NoReturn:
            raise EngineError("highs: out of memory")

    # words of 64 municipalities: four candidates
    few = Listed(ListingParams(most_words=4))
    monkeypatch.setitem(METHODS, "listed", Entry(lambda: few, "listing"))
    monkeypatch.setitem(METHODS, "heuristic", Entry(Breaking, "search"))
    two = build_instance(
        [20_000] * 8, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (6, 7)], region=[0] * 6 + [1] * 2
    )
    found = solve(two, Scenario.from_dict({"weights": {"distance": 1}}), workers=1)
    assert [region.status for region in found.by_region] == ["no plan within limit", "optimal"]
    assert found.by_region[0].reason.endswith("; highs: out of memory")


def test_who_lies_apart_and_is_too_few_ends_the_search() -> None:
    """The rest is not even listed: it may be large."""
    row = build_instance([20_000, 30_000, 40_000, 500, 600], [(0, 1), (1, 2), (3, 4)])
    scenario = Scenario.from_dict({"population": {"min": 20_000, "max": 60_000}, "weights": {"distance": 1}})
    found = solve(row, scenario, workers=1).by_region[0]
    assert (found.status, found.candidates) == ("infeasible", 0)
    assert found.reason == (
        "no connected merger of 20,000 to 60,000 inhabitants can hold M3 (10003), M4 (10004)"
    )
