"""How the program ends: codes, messages, interruptions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.app import cli
from refzones.instances import Problem
from refzones.instances.problems import InputError

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
