"""Plans and results: sums, bounds, gaps, names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from refzones.models import Scenario
from refzones.solver import Merger, Plan, RegionResult, Result
from refzones.solver.results.status import relative_gap
from support.build import build_instance

INSTANCE = build_instance([10, 20, 30, 40], [(0, 1), (2, 3)], region=[0, 0, 1, 1])


def merger(members: Sequence[int], score: int, seat: int | None = None) -> Merger:
    return Merger(tuple(members), members[0] if seat is None else seat, "", (), score)


def region(
    name: str, mergers: Sequence[Merger] = (), bound: int | None = None, *, infeasible: bool = False
) -> RegionResult:
    score = sum(m.score_nano for m in mergers) if mergers else None
    return RegionResult(name, 2, tuple(mergers), score, bound, 0.1, infeasible=infeasible)


def result(*regions: RegionResult) -> Result:
    return Result(INSTANCE, Scenario(), regions, "highs", 0, 1, 0.2)


def test_merger() -> None:
    assert merger((1, 0), 5).name(INSTANCE) == "M1 +1"
    assert merger((2,), 5).name(INSTANCE) == "M2"
    assert merger((1, 3), 5, seat=3).name(INSTANCE) == "M3 +1"
    assert merger((1, 3), 5).population(INSTANCE) == 60


def test_plan() -> None:
    plan = Plan((merger((0, 2), 5), merger((3,), -7)))
    assert plan.score_nano == -2
    assert plan.assignment(INSTANCE).tolist() == [0, -1, 0, 1]


def test_whole_is_the_sum_of_its_regions() -> None:
    whole = result(
        region("R1", [merger((2, 3), 4_000_000_000)], 4_000_000_000),
        region("R0", [merger((0, 1), -1_000_000_000)], 2_000_000_000),
    )
    assert [m.members for m in whole.mergers] == [(0, 1), (2, 3)]
    assert whole.plan == Plan(whole.mergers)
    assert (whole.score_nano, whole.bound_nano) == (3_000_000_000, 6_000_000_000)
    assert (whole.score, whole.bound, whole.gap) == (3.0, 6.0, 1.0)
    assert (whole.status, [one.status for one in whole.by_region]) == ("feasible", ["optimal", "feasible"])


def test_without_a_plan_for_one_region_there_is_one_of_the_others() -> None:
    whole = result(region("R0", [merger((0, 1), 1)], 1), region("R1", infeasible=True))
    assert whole.plan == Plan(whole.mergers)
    assert (whole.score_nano, whole.score) == (None, None)
    assert (whole.bound_nano, whole.bound, whole.gap) == (None, None, None)
    assert [m.members for m in whole.mergers] == [(0, 1)]
    assert whole.status == "infeasible"
    assert result(region("R1", infeasible=True)).plan is None


@pytest.mark.parametrize(
    ("score", "bound", "gap"),
    [(10, 15, 0.5), (-10, -5, 0.5), (0, 3, 3.0), (7, 7, 0.0), (0, 0, 0.0), (None, 3, None), (3, None, None)],
)
def test_gap(score: int | None, bound: int | None, gap: float | None) -> None:
    assert relative_gap(score, bound) == gap


def test_gap_is_zero_only_when_the_two_meet() -> None:
    assert relative_gap(33_025_313_053, 33_025_313_054) != 0
