"""Contradictions among what is agreed, message by message."""

from __future__ import annotations

from typing import Any

import pytest
from refzones.instances import InputError, Instance
from refzones.models import Scenario, ask
from refzones.solver import solve
from support.build import build_instance


@pytest.fixture(scope="module")
def two_regions() -> Instance:
    """A row of seven: R0 is 0-1-2-3, R1 is 4-5-6; 3 is a facility municipality, 6 a city."""
    return build_instance(
        [20_000, 20_000, 20_000, 9_000, 20_000, 20_000, 90_000],
        [(i, i + 1) for i in range(6)],
        region=[0, 0, 0, 0, 1, 1, 1],
        facility=[3],
        layers={"police": ["A", "A", "B", "B", "", "", ""]},
    )


def refused(instance: Instance, mode: str, mergers: list[list[str]], **parts: Any) -> list[str]:
    data = {"population": {"min": 10_000, "max": 60_000}, "existing": {"mode": mode, "mergers": mergers}}
    with pytest.raises(InputError) as caught:
        ask(instance, Scenario.from_dict(data | parts))
    return [str(problem) for problem in caught.value.problems]


PAIR = [["M0", "M1"]]
REMOVE = "remove the lock, or the merger from existing"

BOTH_MODES = [
    (
        [["M0", "M2"]],
        "existing.mergers: M0 (10000), M2 (10002) are not contiguous: M0 (10000) | M2 (10002); add the "
        "border that joins them to borders.added; or leave the merger out, and lock its members together",
    ),
    (
        [["M3", "M4"]],
        "existing.mergers: M3 (10003), M4 (10004) lie in 2 regions (R0, R1), and no merger crosses one; "
        "leave the merger out, or let mergers cross regions: frames.regions = false",
    ),
    (
        [["M0", "M1"], ["M1", "M2"]],
        "existing.mergers: M1 (10001) is in two of the mergers; keep it in one of them",
    ),
]


@pytest.mark.parametrize("mode", ["extend", "keep"])
@pytest.mark.parametrize(("mergers", "message"), BOTH_MODES)
def test_existing_merger_that_cannot_be(
    two_regions: Instance, mode: str, mergers: list[list[str]], message: str
) -> None:
    assert refused(two_regions, mode, mergers) == [message]


@pytest.mark.parametrize("mode", ["extend", "keep"])
@pytest.mark.parametrize(
    ("frames", "zones"),
    [
        ({"within": ["police"]}, "layer 'police', which frames.within keeps apart"),
        ({"zones": [["M0", "M1"], ["M2", "M3"]]}, "frames.zones, which no merger may cross"),
    ],
)
def test_existing_merger_across_a_frame(
    two_regions: Instance, mode: str, frames: dict[str, Any], zones: str
) -> None:
    """It is said once, and not that the merger falls into pieces, which is because of the frame."""
    assert refused(two_regions, mode, [["M1", "M2"]], frames=frames) == [
        "M1 (10001) and M2 (10002) are held together by locks.together or existing.mergers, but are in "
        f"different zones of {zones}; remove the lock or the merger, or what keeps the zones apart"
    ]


KEPT = [
    (
        {"alone": ["M1"]},
        f"locks.alone names M1 (10001), but the existing merger M0 (10000), M1 (10001) is kept; {REMOVE}",
    ),
    (
        {"apart": [["M2", "M1", "M0"]]},
        "locks.apart names M0 (10000) and M1 (10001), but the existing merger M0 (10000), M1 (10001) is "
        f"kept; {REMOVE}",
    ),
    (
        {"together": [["M1", "M2"]]},
        "locks.together holds M1 (10001), M2 (10002) together, but the existing merger M0 (10000), M1 "
        '(10001) is kept as it is; extend existing mergers (existing.mode = "extend"), or remove the lock',
    ),
    (
        {"seat": ["M1"]},
        "locks.seat names M1 (10001), but the existing merger M0 (10000), M1 (10001) is kept and has its "
        f"seat in M0 (10000); {REMOVE}",
    ),
    (
        {"seat": ["M1", "M0"]},
        "locks.seat names M0 (10000), M1 (10001), which are in one merger; keep one of them",
    ),
]


@pytest.mark.parametrize(("locks", "message"), KEPT)
def test_lock_against_a_merger_that_is_kept(
    two_regions: Instance, locks: dict[str, Any], message: str
) -> None:
    assert refused(two_regions, "keep", PAIR, locks=locks) == [message]


def test_lock_against_somebody_who_is_kept_alone(two_regions: Instance) -> None:
    assert refused(two_regions, "keep", [["M0"], ["M4"]], locks={"together": [["M1", "M0"]]}) == [
        "locks.together: M0 (10000) is alone in the existing plan, which is kept; "
        "remove it from the group or take it out of existing.mergers"
    ]


EXTENDED = [
    (
        [["M2", "M3"]],
        {},
        "existing.mergers: M3 (10003) is a facility municipality and stands alone; "
        "remove it from the group or name it in rules.joined",
    ),
    (
        [["M5", "M6"]],
        {},
        "existing.mergers: M6 (10006) has more inhabitants than population.max and stands alone; "
        "remove it from the group or raise population.max",
    ),
    (
        PAIR,
        {"alone": ["M1"]},
        "existing.mergers: M1 (10001) is in locks.alone; "
        "remove it from the group or remove one of the two locks",
    ),
    (
        [["M1", "M2"]],
        {"together": [["M2", "M3"]]},
        "locks.together, existing.mergers: M3 (10003) is a facility municipality and stands alone; "
        "remove it from the group or name it in rules.joined",
    ),
    (
        PAIR,
        {"apart": [["M1", "M0"]]},
        "M0 (10000) and M1 (10001) are locked both together and apart; remove one of the two locks",
    ),
]


@pytest.mark.parametrize(("mergers", "locks", "message"), EXTENDED)
def test_existing_merger_that_cannot_be_extended(
    two_regions: Instance, mergers: list[list[str]], locks: dict[str, Any], message: str
) -> None:
    assert refused(two_regions, "extend", mergers, locks=locks) == [message]


def test_the_file_that_the_mergers_came_from_is_named(two_regions: Instance) -> None:
    existing = {"mode": "keep", "mergers": [["M0", "M2"], ["M4", "M5"]], "source": "plan.csv"}
    with pytest.raises(InputError) as caught:
        ask(two_regions, Scenario.from_dict({"existing": existing, "locks": {"alone": ["M4"]}}))
    assert [problem.file for problem in caught.value.problems] == ["plan.csv", "plan.csv"]


@pytest.mark.parametrize(
    "parts",
    [
        {"existing": {"mode": "keep", "mergers": [["M2", "M3"], ["M5", "M6"]]}},
        {"existing": {"mode": "keep", "mergers": [["M1", "M2"]]}, "frames": {"unsplit": ["police"]}},
        {
            "existing": {"mode": "keep", "mergers": [["M0", "M1"]]},
            "frames": {"unsplit": ["police"]},
            "locks": {"apart": [["M2", "M1"]], "together": [["M0", "M1"]], "seat": ["M0"]},
        },
        # 1 is settled, so the zone that it shares with 0 may be divided
        {
            "existing": {"mode": "keep", "mergers": [["M1", "M2"]]},
            "frames": {"unsplit": ["police"]},
            "locks": {"apart": [["M0", "M1"]]},
        },
    ],
)
def test_no_clash(two_regions: Instance, parts: dict[str, Any]) -> None:
    """A merger that is kept may hold anybody, and is exempt from zones that stay whole."""
    data = {"population": {"min": 10_000, "max": 60_000}, "weights": {}, **parts}
    assert solve(two_regions, Scenario.from_dict(data), workers=1).status == "optimal"


def test_both_levels_are_told_at_once(two_regions: Instance) -> None:
    scenario = Scenario.from_dict(
        {
            "level": "nested",
            "weights": {"distance": 1},
            "locks": {"alone": ["M7"]},
            "zones": {"count": {"regions": {"R": [1, 1]}}},
        }
    )
    with pytest.raises(InputError) as caught:
        solve(two_regions, scenario)
    assert str(caught.value).split("\n") == [
        "value 'R': zones: count.regions: there is no such region; did you mean 'R1'?",
        "value 'M7': locks.alone: no municipality has this name; known: M0, M1, M2, M3, M4, M5, M6",
    ]
