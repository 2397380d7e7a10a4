"""How the program ends: codes, messages, interruptions."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from refzones.app import cli
from refzones.instances import Problem
from refzones.instances.common.problems import InputError

Run = Callable[..., tuple[int, str, str]]


def test_no_arguments_give_help(run: Run) -> None:
    code, output, errors = run()
    assert code == 0
    assert errors == ""
    for command in ("solve", "verify", "instance"):
        assert command in output


@pytest.mark.parametrize("command", [(), ("solve",), ("verify",), ("instance",), ("instance", "import")])
def test_help(run: Run, command: tuple[str, ...]) -> None:
    code, output, _ = run(*command, "--help")
    assert code == 0
    assert "Usage: refzones" in output


@pytest.mark.parametrize(
    "arguments",
    [
        ("slove",),
        ("solve", "--engnie", "highs"),
        ("solve", "--workers", "two"),
        ("solve", "--time-limit", "soon"),
        ("verify",),
    ],
)
def test_misuse_is_bad_input(run: Run, arguments: tuple[str, ...], tmp_path: Path) -> None:
    code, _, errors = run(*arguments)
    assert code == 2
    assert "refzones" in errors
    assert list(tmp_path.iterdir()) == []


def test_every_problem_has_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise InputError([Problem("one is wrong", "mend it"), Problem("two", row=3, file="x.csv")])

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 2
    assert capsys.readouterr().err == "error: one is wrong; mend it\nerror: x.csv, row 3: two\n"


def test_interruption(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "app", interrupted)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 130
    assert "interrupted" in capsys.readouterr().err


HEAVY = ("numpy", "networkx", "ortools", "matplotlib", "shapely", "pandas", "rich", "numba", "pulp")
"""Not pydantic: typer itself loads it for the options of a command."""


@pytest.mark.parametrize("command", [(), ("solve",), ("instance", "import"), ("why",)])
def test_help_loads_nothing_heavy(command: tuple[str, ...]) -> None:
    """Help is there at once: what a command works with is loaded when it works."""
    script = (
        "import sys\n"
        f"sys.argv = ['refzones', *{command!r}, '--help']\n"
        "from refzones.app.cli import main\n"
        "try:\n    main()\nfinally:\n"
        f"    print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert shown.stdout.startswith("Usage: refzones")
    assert shown.stdout.splitlines()[-1] == "[]"
    assert shown.stderr == ""


def test_version(run: Run) -> None:
    code, output, errors = run("--version")
    assert (code, errors) == (0, "")
    assert output.splitlines()[0] == f"refzones {version('refzones')}"
    assert f"Python {platform.python_version()}" in output


@pytest.mark.parametrize("command", [(), ("instance",)])
def test_a_group_by_itself_shows_its_help(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command) == run(*command, "--help")


@pytest.mark.parametrize(("set_by_user", "threads"), [(None, "1"), ("3", "3")])
def test_products_take_one_thread_unless_the_user_says_otherwise(
    set_by_user: str | None, threads: str
) -> None:
    # too late for NumPy once it is loaded
    program = (
        "import atexit, os, sys; from refzones.app import cli; loaded = 'numpy' in sys.modules; "
        "atexit.register(lambda: print(loaded, os.environ['OPENBLAS_NUM_THREADS'])); "
        "sys.argv = ['refzones', '--version']; cli.main()"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    if set_by_user is not None:
        environment["OPENBLAS_NUM_THREADS"] = set_by_user
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == f"False {threads}"
