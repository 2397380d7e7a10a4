"""An engine that does not look at its clock holds nobody up."""

from __future__ import annotations

import platform
import subprocess
import sys
import threading
import time
from typing import Any

import numpy as np
import pytest
from refzones.models.programmes.programme import Programme
from refzones.solver.deadline import TimeUpError
from refzones.solver.engines import engine
from refzones.solver.engines.in_time import in_time, left_behind


def test_what_comes_back_is_given() -> None:
    assert in_time(lambda: 7, 5.0) == 7
    assert in_time(threading.current_thread, None) is threading.current_thread()


def test_what_fails_fails_for_who_waits() -> None:
    def fails() -> None:
        raise ValueError("so it is")

    with pytest.raises(ValueError, match="so it is"):
        in_time(fails, 5.0)


def test_what_does_not_come_back_is_left_behind() -> None:
    end = threading.Event()
    begun = time.perf_counter()
    with pytest.raises(TimeUpError):
        in_time(end.wait, 0.1)
    assert time.perf_counter() - begun < 3
    assert left_behind()
    end.set()


@pytest.mark.parametrize("name", ["highs", "scip"])
def test_engine_that_takes_longer_has_no_answer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from ortools.math_opt.python import mathopt

    end = threading.Event()

    def never(*_: Any, **__: Any) -> None:
        end.wait(20)

    monkeypatch.setattr(mathopt, "solve", never)
    one = np.ones(1)
    programme = Programme(
        cost=one,
        lower=np.zeros(1),
        upper=one,
        integer=np.ones(1, dtype=np.bool_),
        rows=np.zeros(1, dtype=np.int64),
        columns=np.zeros(1, dtype=np.int64),
        coefficients=one,
        row_lower=one,
        row_upper=one,
    )
    begun = time.perf_counter()
    answer = engine(name).solve(programme, seconds=0.1)
    end.set()
    assert (answer.status, answer.x, answer.bound) == ("unknown", None, None)
    assert time.perf_counter() - begun < 5


ENDS = """
import sys, time
from refzones.app import cli, process
from refzones.solver.engines import in_time

def command():
    try:
        in_time.in_time(lambda: time.sleep(60), 0.05)
    except in_time.TimeUpError:
        print("told")
    return 1

cli.app = command
cli.main()
"""


def test_program_ends_while_an_engine_is_at_work() -> None:
    begun = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-c", ENDS], check=False, capture_output=True, text=True, timeout=30
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "told\n", "")
    assert time.perf_counter() - begun < 20


SCRIPT = """
import ctypes, sys, time
from refzones.solver.deadline import TimeUpError
from refzones.solver.engines.in_time import in_time

libc = ctypes.CDLL(None)
libc.on_exit(libc.abort, None)  # what a library in use does when it is taken down
try:
    in_time(lambda: time.sleep({sleeps}), 0.05)
except TimeUpError:
    print("told")
time.sleep({then})
sys.exit(3)
"""


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="the exit code is told to C's last calls by glibc alone"
)
@pytest.mark.parametrize(("sleeps", "then", "code"), [(60, 0, 3), (0.5, 1.5, -6)], ids=["at work", "done"])
def test_script_keeps_its_exit_code_while_an_engine_is_at_work(sleeps: float, then: float, code: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(sleeps=sleeps, then=then)],
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (ended.returncode, ended.stdout) == (code, "told\n")
