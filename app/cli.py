"""The command line."""

from __future__ import annotations

import os
import sys
from typing import Any

_NO_FOLDER = ("--help", "--version")
_THREADS_OF_PRODUCTS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def app() -> Any:
    """Run the command of the command line; give the exit code."""
    from .commands.language import speak_as_asked
    from .commands.tree import app as commands

    speak_as_asked(sys.argv[1:])
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

        _multiply_in_one_thread()
        prepare()
    from .process import run

    code = run(app)
    if own:
        from .terminal.streams import finish

        code = finish(code)
        if _left_behind():
            os._exit(code)  # libraries in use must not be taken down
    sys.exit(code)


def _multiply_in_one_thread() -> None:
    """Tell NumPy's library of matrix products to start no threads, unless the user has set how many.

    Regions and slices of candidates are worked on in threads already. More of them, for products that take
    some milliseconds, wait for each other by counting in circles: on a busy machine that took six times as
    long as the products.
    """
    for name in _THREADS_OF_PRODUCTS:  # read once, when NumPy is loaded
        os.environ.setdefault(name, "1")


def _left_behind() -> bool:
    """Tell whether an engine that overran its time limit is still at work."""
    module = sys.modules.get(f"{__package__.rpartition('.')[0]}.solver.engines.in_time")
    return module is not None and bool(module.left_behind())
