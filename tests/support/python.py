"""Python run anew: what a module loads, and what it says, depends on nothing that ran before."""

from __future__ import annotations

import subprocess
import sys


def run_python(source: str) -> str:
    """Run a source in a process of its own and give what it says, warnings included."""
    command = [sys.executable, "-W", "always::DeprecationWarning", "-c", source]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def loaded_by(statement: str) -> set[str]:
    """Names of all modules that are there after a statement."""
    return set(run_python(f"import sys\n{statement}\nprint(*sys.modules)").split())
