"""The options of `solve`: regions, workers, seed, progress."""

from __future__ import annotations

import threading
from itertools import pairwise
from typing import Any

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.solver import ENGINES, solve
from refzones.solver.deadline import Deadline, Limits
from refzones.solver.engines import Engine
from refzones.solver.methods import listed
from refzones.solver.methods.contract import Task
from refzones.solver.methods.listed import Listed
from refzones.solver.methods.registry import METHODS, Entry
from refzones.solver.partition.answer import ComponentAnswer
from refzones.solver.partition.fixing import PartitionAnswer, solve_partition
from refzones.solver.partition.problem import PartitionProblem
from refzones.solver.progress import Step
from support.build import build_instance

INSTANCE = build_instance([20_000] * 9, pairwise(range(9)), region=[0, 0, 0, 0, 1, 1, 1, 2, 2])
SCENARIO = Scenario.from_dict({"population": {"min": 20_000, "max": 60_000}, "weights": {"distance": 1}})


def refusal(**options: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        solve(INSTANCE, SCENARIO, **options)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


def test_regions_keep_the_order_of_the_instance_and_stand_once() -> None:
    result = solve(INSTANCE, SCENARIO, regions=["R2", "R0", "R2"])
    assert [region.name for region in result.by_region] == ["R0", "R2"]
    assert [merger.members[0] for merger in result.mergers] == [0, 1, 2, 3, 7, 8]


def test_unknown_regions_are_all_named() -> None:
    assert refusal(regions=["R0", "r1", "Gent"]) == [
        "value 'r1': there is no such region; did you mean 'R1'?",
        "value 'Gent': there is no such region; known: R0, R1, R2",
    ]
    assert refusal(regions=[]) == ["no region is asked for; name at least one"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"workers": 0}, "value '0': there must be at least one worker"),
        ({"seed": -1}, "value '-1': the seed must be a whole number from 0 to 2147483646"),
        ({"seed": 2**31 - 1}, "value '2147483647': the seed must be a whole number from 0 to 2147483646"),
        ({"engine_name": "higs"}, None),
        ({"time_limit": 0}, None),
    ],
)
def test_bad_option(options: dict[str, object], message: str | None) -> None:
    (said,) = refusal(**options)
    assert message is None or said == message


@pytest.mark.parametrize("name", ENGINES)
def test_largest_seed_and_longest_limit_are_taken_by_every_engine(name: str) -> None:
    result = solve(INSTANCE, SCENARIO, engine_name=name, seed=2**31 - 2, limits=Limits(1e9))
    assert (result.status, result.seed, result.engine) == ("optimal", 2**31 - 2, name)
    assert {"refzones", name, "relaxation"} == result.versions.keys()


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_progress_is_told_of_every_region_once(workers: int) -> None:
    told: list[Step] = []
    lock = threading.Lock()

    def progress(step: Step) -> None:
        with lock:
            told.append(step)

    result = solve(INSTANCE, SCENARIO, workers=workers, progress=progress)
    assert result.workers == workers
    assert sorted((step.answer for step in told), key=lambda one: one.name) == list(result.by_region)
    assert {(step.name, step.total) for step in told} == {(name, len(told)) for name in INSTANCE.regions}


def test_part_of_the_score_of_all() -> None:
    """A region's score is divided by all inhabitants: the regions' scores add up."""
    whole = solve(INSTANCE, SCENARIO)
    parts = [solve(INSTANCE, SCENARIO, regions=[name]).score_nano for name in INSTANCE.regions]
    assert sum(part or 0 for part in parts) == whole.score_nano


def test_regions_short_of_time_get_what_others_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Listing is given up wherever other regions wait; the second time nobody does."""

    class Hurried(Listed):
        def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
            if task.share() < 1:
                return ComponentAnswer(reason="hurried")
            return super().solve(task, deadline)

    monkeypatch.setitem(METHODS, "listed", Entry(Hurried, "listing"))
    for name in [name for name, entry in METHODS.items() if entry.role == "search"]:
        monkeypatch.delitem(METHODS, name)
    two = ["R0", "R1"]
    found = solve(INSTANCE, SCENARIO, regions=two, workers=1, limits=Limits(60))
    assert [region.status for region in found.by_region] == ["optimal", "optimal"]
    unlimited = solve(INSTANCE, SCENARIO, regions=two, workers=1)
    assert unlimited.status == "no plan within limit"


def test_no_region_proves_for_all_the_time_while_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last one may have all that is left."""
    given: list[float] = []

    def watched(problem: PartitionProblem, by: Engine, **options: Any) -> PartitionAnswer:
        given.append(options["deadline"].remaining)
        return solve_partition(problem, by, **options)

    monkeypatch.setattr(listed, "solve_partition", watched)
    assert solve(INSTANCE, SCENARIO, workers=1, limits=Limits(60)).status == "optimal"
    first, second, third = given
    assert 10 < first < 21
    assert 20 < second < 31
    assert 40 < third <= 60
