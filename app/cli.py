"""The command line."""

from __future__ import annotations

import os
import sys
from typing import Any

_NO_FOLDER = ("--help", "--version")


def app() -> Any:
    """Run the command of the command line; give the exit code."""
    from .commands.tree import app as commands

    if len(sys.argv) > 1 and not set(_NO_FOLDER) & set(sys.argv):
        _check_folder()
    return commands(prog_name="refzones", standalone_mode=False)


def _check_folder() -> None:
    """Refuse to work in a folder that was removed: paths would lead nowhere."""
    from ..instances.common.problems import reject

    try:
        os.getcwd()
    except OSError:
        reject("the folder in which this was started is gone", "change to one that exists")


def main() -> None:
    """Run the command line.

    Exit codes are 0 done, 1 infeasible or falls short, 2 bad input, 70 a defect of the program, 130 and 143
    interrupted.
    """
    own = sys.stdout is sys.__stdout__  # a process of its own, not a test
    if own:
        from .terminal.streams import prepare

        prepare()
    from .process import run

    code = run(app)
    if own:
        from .terminal.streams import finish

        code = finish(code)
        if _left_behind():
            os._exit(code)  # libraries in use must not be taken down
    sys.exit(code)


def _left_behind() -> bool:
    """Tell whether an engine that overran its time limit is still at work."""
    module = sys.modules.get(f"{__package__.rpartition('.')[0]}.solver.engines.in_time")
    return module is not None and bool(module.left_behind())
