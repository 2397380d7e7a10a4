"""The option `--memory`."""

from __future__ import annotations

import pytest
from refzones.app.commands.memory import takes_memory
from refzones.app.commands.tree import SOLVING, app
from refzones.solver.memory import process_budget

from ..conftest import Run


@pytest.mark.parametrize("size", ["0", "-1GB", "abc", "120%"])
def test_what_is_no_size(run: Run, size: str) -> None:
    code, _, errors = run("solve", "-r", "Waasland", "--memory", size)
    assert code == 2
    assert f"value '{size}': --memory: the memory must be a size above zero" in errors
    assert "write a size such as 2GB, 500MB or 50% (of what is free)" in errors


def test_what_is_too_little_for_the_program(run: Run) -> None:
    code, _, errors = run("solve", "-r", "Waasland", "--memory", "1MB")
    assert code == 2
    assert "--memory: the memory must be at least the" in errors


def test_a_budget_holds_for_the_command_alone(run: Run) -> None:
    before = process_budget().most
    code, output, errors = run("solve", "-r", "Waasland", "--memory", "20GB", "--out", "plan")
    assert (code, errors) == (0, "")
    assert "verified: clean" in output
    assert process_budget().most == before


def test_every_command_that_solves_takes_it(run: Run) -> None:
    names = {one.name for one in app.registered_commands}
    assert set(SOLVING) <= names
    for name in names - {None}:
        _, output, _ = run(str(name), "--help")
        assert ("--memory" in output) == (name in SOLVING)


def test_a_command_takes_it_once() -> None:
    """Also where the tree of commands is loaded twice, as when the docs are made."""

    def command(size: int = 1) -> None:
        """Do nothing."""

    once = takes_memory(command)
    assert takes_memory(once) is once
