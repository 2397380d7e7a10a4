"""The runner: bad options, and a run that goes on whatever becomes of a case."""

from __future__ import annotations

from pathlib import Path

import pytest
from machine import machine
from measure import measure
from registry import Case, benchmark, benchmarks
from results import read_rows
from run import main

Output = pytest.CaptureFixture[str]


def test_a_run_goes_on_after_a_process_that_dies(tmp_path: Path, capsys: Output) -> None:
    assert main(["selftest", "--out", str(tmp_path), "--memory", "4"]) == 1
    found = read_rows(tmp_path, "selftest")
    assert found is not None
    assert dict(zip(found["method"], found["status"], strict=True)) == {
        "dies": "died",
        "eats memory": "out of memory",
        "breaks": "error",
        "works": "measured",
    }
    notes = dict(zip(found["method"], found["note"], strict=True))
    assert notes["dies"] == "SIGKILL"
    assert notes["breaks"] == "RuntimeError: this case always breaks"
    assert (found["peak_mb"] > 0).all()
    said = capsys.readouterr()
    assert "| none |" in said.out
    # a case that runs out of memory is a measurement; one that dies or breaks is not
    assert said.err.splitlines() == [
        "wrong: selftest: none dies: died: SIGKILL",
        "wrong: selftest: none breaks: error: RuntimeError: this case always breaks",
    ]


def test_a_case_that_never_ends_is_ended() -> None:
    measured = measure(benchmark("selftest"), Case("none", "never ends", limit=0.5), grace=2.0)
    assert (measured.outcome.status, measured.outcome.note) == ("ended", "no answer after 2 s")


def test_all_bad_options_are_told_at_once(capsys: Output) -> None:
    assert main(["growht", "--limit", "0", "--repeat", "0", "--memory", "-1"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "value '0.0': --limit must be more than zero seconds; leave it out for the usual one",
        "value '0': --repeat must be 1 or more",
        "value '-1.0': --memory must be more than zero GB; leave it out for the usual one",
        "value 'growht': there is no such benchmark; did you mean 'growth'?",
    ]


@pytest.mark.parametrize("limit", ["nan", "inf", "-3"])
def test_a_limit_is_a_positive_number(limit: str, capsys: Output) -> None:
    assert main(["growth", "--limit", limit]) == 2
    assert "--limit must be more than zero seconds" in capsys.readouterr().err


def test_no_name_is_bad_input(capsys: Output) -> None:
    assert main([]) == 2
    assert "name some, or use --all" in capsys.readouterr().err


def test_the_list_names_all_but_the_hidden(capsys: Output) -> None:
    assert main(["--list"]) == 0
    named = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert named == [name for name, one in benchmarks().items() if not one.hidden]
    assert "selftest" not in named


def test_every_sweep_has_distinct_cases_with_a_limit() -> None:
    for one in benchmarks().values():
        for cases in (one.sweep(), one.smoke()):
            keys = [(case.label, case.limit) for case in cases]
            assert len(set(keys)) == len(keys), one.name
            assert all(case.limit > 0 for case in cases), one.name


def test_some_cases_leave_the_results_of_the_others(tmp_path: Path) -> None:
    def run_some(text: str, *more: str) -> list[tuple[str, str, float]]:
        main(["selftest", "--out", str(tmp_path), "--cases", text, *more])
        found = read_rows(tmp_path, "selftest")
        assert found is not None
        return list(zip(found["method"], found["measured_at"], found["limit"], strict=True))

    works = run_some("works")
    assert [method for method, *_ in works] == ["works"]
    both = run_some("breaks")
    assert [method for method, *_ in both] == ["breaks", "works"]
    assert both[1] == works[0]
    limited = run_some("works", "--limit", "7")
    assert [(method, limit) for method, _, limit in limited] == [("breaks", 1.0), ("works", 7.0)]
    assert limited[0] == both[0]
    again = run_some("breaks")
    assert [method for method, *_ in again] == ["breaks", "works"]
    assert again[1] == limited[1]
    last = run_some("works")
    assert [(method, limit) for method, _, limit in last] == [("breaks", 1.0), ("works", 1.0)]


def test_a_machine_without_git_is_described(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert machine()["commit"] == ""
