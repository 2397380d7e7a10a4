"""Who may write to standard output while a loud solver works."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import ctypes, os, sys, threading
from refzones.solver.engines.quiet import quiet

inside, printed = threading.Event(), threading.Event()

def loud():
    with quiet(), quiet():
        inside.set()
        print("by the solver, in Python")
        os.write(1, b"by the solver, past Python\\n")
        if os.name != "nt":
            ctypes.CDLL(None).puts(b"by the solver, in C")
        printed.wait(10)

print("before")
thread = threading.Thread(target=loud)
thread.start()
inside.wait(10)
print("by the program")
printed.set()
thread.join()
print("after")
sys.stdout.flush()
os.write(1, b"at the end\\n")
"""


def run(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode().replace("\r\n", "\n")


def test_only_the_thread_of_the_solver_is_silent() -> None:
    assert run(SCRIPT) == "before\nby the program\nafter\nat the end\n"


def test_closed_standard_output_is_no_obstacle() -> None:
    script = """
import os, sys
os.close(1)
from refzones.solver.engines.quiet import quiet
with quiet():
    os.open(os.devnull, os.O_WRONLY)
sys.stdout = None
with quiet():
    pass
"""
    assert run(script) == ""


def test_progress_bar_goes_on() -> None:
    script = """
import io, os, sys
from rich.console import Console
from rich.progress import Progress
from refzones.solver.engines.quiet import quiet

console = Console(force_terminal=True, width=60)
with Progress(console=console, transient=True, auto_refresh=False) as bar:
    task = bar.add_task("regions", total=2)
    with quiet():
        os.write(1, b"by the solver")
    bar.update(task, advance=1, description="half", refresh=True)
print("after")
"""
    text = run(script)
    assert "half" in text
    assert "by the solver" not in text
    assert text.endswith("after\n")
