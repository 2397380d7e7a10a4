"""Rows, medians, and what the runner complains about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from measure import Measured
from registry import Benchmark, Case, Outcome
from results import cases_of, complaints, frame_of, read_rows, rows_of, write_rows

ABOUT = {"measured_at": "2025-01-01T00:00:00+00:00", "load": 0.5, "cores": 2}
ONE = Benchmark("one", "One", list, list, lambda _: Outcome("measured"))


def rows(outcome: Outcome, method: str = "a", repeat: int = 1, instance: str = "i") -> list[dict[str, Any]]:
    return rows_of(ONE, Case(instance, method), repeat, Measured(outcome, 100.0), ABOUT)


def solved(score: int, bound: int | None, **more: Any) -> Outcome:
    more = {"proof": "exact", "status": "optimal"} | more
    return Outcome(phases={"build": 1.0, "solve": 2.0}, score=score, bound=bound, unit="nano-points", **more)


def test_one_row_for_each_phase_and_fact_and_back_from_disk(tmp_path: Path) -> None:
    out = solved(7, 7)
    out.facts = {"steps": 12, "best": None}
    write_rows(rows(out), tmp_path, "one")
    found = read_rows(tmp_path, "one")
    assert found is not None
    assert list(zip(found["kind"], found["name"], strict=True)) == [
        ("phase", "build"),
        ("phase", "solve"),
        ("fact", "steps"),
        ("fact", "best"),
    ]
    assert found["score"].dtype == "Int64"
    case = cases_of(found).iloc[0]
    assert (case["t:build"], case["t:solve"], case["f:steps"], case["score"]) == (1.0, 2.0, 12, 7)
    assert read_rows(tmp_path, "two") is None


def test_a_score_keeps_its_last_digit_beside_missing_ones(tmp_path: Path) -> None:
    large = 2**60 + 1
    write_rows(rows(solved(large, large)) + rows(Outcome("died"), "b"), tmp_path, "one")
    found = read_rows(tmp_path, "one")
    assert found is not None
    assert int(found["score"].iloc[0]) == large


def test_repeats_give_the_median() -> None:
    all_rows = []
    for repeat, seconds in enumerate((5.0, 1.0, 2.0), 1):
        out = Outcome("measured", {"solve": seconds})
        all_rows += rows(out, repeat=repeat)
    case = cases_of(frame_of(all_rows)).iloc[0]
    assert (case["t:solve"], case["repeats"]) == (2.0, 3)


def test_a_repeat_that_broke_down_is_not_averaged_away() -> None:
    good = Outcome("measured", {"solve": 1.0})
    found = frame_of(rows(good) + rows(Outcome("died", note="SIGSEGV"), repeat=2) + rows(good, repeat=3))
    case = cases_of(found).iloc[0]
    assert (case["status"], case["note"]) == ("died", "SIGSEGV")


def test_agreeing_proofs_are_no_complaint() -> None:
    feasible = solved(900_000, 1_000_500, status="feasible", proof="")
    found = rows(solved(1_000_000, 1_000_000)) + rows(feasible, "b") + rows(Outcome("out of memory"), "c")
    assert complaints(frame_of(found), ONE) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (solved(999_999, 999_999), "i: b calls 999999 optimal; 1000000 was found"),
        (solved(900_000, 999_000, status="feasible"), "i: b proves no more than 999000; 1000000 was found"),
        (Outcome("died", note="SIGABRT"), "i b: died: SIGABRT"),
        (Outcome("error", note="why"), "i b: error: why"),
        (solved(1_000_000, 1_000_000, verified=False), "i b: optimal: "),
    ],
)
def test_what_cannot_be_is_told(wrong: Outcome, said: str) -> None:
    found = complaints(frame_of(rows(solved(1_000_000, 1_000_000)) + rows(wrong, "b")), ONE)
    assert said in found


def test_infeasible_beside_a_plan_is_told() -> None:
    out = Outcome("infeasible", unit="nano-points", proof="exact")
    found = complaints(frame_of(rows(solved(5, 5)) + rows(out, "b")), ONE)
    assert found == ["i: b calls it infeasible; a plan was found"]


def test_a_proof_within_tolerance_may_be_a_little_off() -> None:
    near = solved(10**9 - 500, 10**9 - 500, proof="tolerance")
    far = solved(10**9 - 10**6, 10**9 - 10**6, proof="tolerance")
    exact = rows(solved(10**9, 10**9))
    assert complaints(frame_of(exact + rows(near, "b")), ONE) == []
    assert len(complaints(frame_of(exact + rows(far, "b")), ONE)) == 2


def test_other_instances_are_other_questions() -> None:
    assert complaints(frame_of(rows(solved(5, 5)) + rows(solved(9, 9), "b", instance="j")), ONE) == []
