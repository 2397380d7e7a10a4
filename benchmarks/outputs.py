"""Write the outputs of a fixed list of commands into a folder, and compare two such folders file by file.

For changes that are to change no output. The outputs of the state before and of the state after are written,
each by the Python of its own environment, and then compared::

    python benchmarks/outputs.py write --python ../before/.venv/bin/python --out outputs-before
    python benchmarks/outputs.py write --python .venv/bin/python --out outputs-after
    python benchmarks/outputs.py compare outputs-before outputs-after --except "said/api-frames-zones.txt"

The program is driven as users do: by its command line, and by its functions (`outputs_api.py`). Each
command leaves ``said/NAME.txt`` with its exit code and what it printed; ``files`` holds all that was
written. The exit code of ``compare`` is 0 where nothing differs, else 1. ``--quick`` takes a part of the
list, to be compared with another quick one. ``--only TEXT`` takes the commands with this text in their
names, and those that solve what they read.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from outputs_commands import FILES, Step, steps
from outputs_compared import compared

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("REFZONES_DATA", HERE.parents[1] / "shared" / "data"))
_PATIENCE = 300.0  # seconds after which a command is given up
_COLUMNS = "100"


@dataclass(frozen=True)
class Program:
    """The program of an environment.

    Attributes
    ----------
    python : Path
        Interpreter of the environment.
    folder : Path
        Where its commands run.
    """

    python: Path
    folder: Path

    def command(self, step: Step) -> list[str]:
        """Give the command of a step."""
        places = {
            "examples": HERE.parent / "docs" / "examples",
            "configs": HERE.parent / "instances" / "importing" / "configs",
            "data": DATA,
        }
        words = [word.format_map(places) for word in shlex.split(step.command)]
        if step.api:
            return [str(self.python), str(HERE / "outputs_api.py"), *words]
        script = shutil.which("refzones", path=str(self.python.parent))
        assert script is not None, f"refzones is not installed beside {self.python}"
        return [script, *words]

    def run(self, step: Step) -> str:
        """Run a step; give its exit code and what it printed, without the paths of this machine."""
        environment = os.environ | {
            "COLUMNS": _COLUMNS,
            "NO_COLOR": "1",
            "PYTHONIOENCODING": "utf-8",
            # names that are on their way out still answer, which is what is compared
            "PYTHONWARNINGS": "ignore::DeprecationWarning",
            "REFZONES_CONFIG_DIR": str(self.folder / "config"),
        }
        try:
            ran = subprocess.run(
                self.command(step),
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"no end after {_PATIENCE:.0f} s\n"
        said = f"exit code {ran.returncode}\n--- output\n{ran.stdout}--- errors\n{ran.stderr}"
        return self._without_paths(f"{step.command}\n{said}")

    def _without_paths(self, text: str) -> str:
        known = {self.folder: "WORK", self.python.parent: "BIN", self.python.parents[1]: "ENVIRONMENT"}
        known |= {HERE.parent: "HERE", DATA: "DATA", Path.home(): "HOME"}
        for path, name in sorted(known.items(), key=lambda item: -len(str(item[0]))):
            text = text.replace(str(path), name)
        return text


def write(python: Path, out: Path, chosen: list[Step]) -> None:
    """Run commands, and write what comes of them.

    Parameters
    ----------
    python : Path
    out : Path
        New folder.
    chosen : list of Step
    """
    (out / "said").mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="refzones-") as folder:
        program = Program(python, Path(folder))
        for name, text in FILES.items():
            (program.folder / name).parent.mkdir(exist_ok=True)
            (program.folder / name).write_text(text, encoding="utf-8", newline="\n")
        try:
            for step in chosen:
                begun = time.perf_counter()
                said = program.run(step) if DATA.is_dir() or not step.data else "left out: no data\n"
                (out / "said" / f"{step.name}.txt").write_text(said, encoding="utf-8", newline="\n")
                print(f"{time.perf_counter() - begun:6.1f} s  {step.name}", flush=True)
        finally:
            # what there is by then, where the run is interrupted
            shutil.copytree(program.folder, out / "files", ignore=shutil.ignore_patterns("config"))


def chosen_steps(quick: bool, only: str) -> list[Step]:
    """Give the steps of the list that are asked for."""
    chosen = [step for step in steps() if step.quick or not quick]
    if not only:
        return chosen
    wanted = {step.name for step in chosen if only in step.name}
    needed = {step.name for step in chosen if step.name.startswith(("instance-synth", "solve-"))}
    return [step for step in chosen if step.name in wanted | needed]


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; give the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write", help="run the commands")
    writing.add_argument(
        "--python", type=Path, default=Path(sys.executable), help="of the environment to look at"
    )
    writing.add_argument("--out", type=Path, required=True, help="new folder")
    writing.add_argument("--quick", action="store_true", help="a part of the list, under a minute")
    writing.add_argument("--only", default="", metavar="TEXT", help="commands with this in their names")
    comparing = commands.add_parser("compare", help="compare two folders")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--except", dest="exceptions", action="append", default=[], metavar="GLOB")
    given = parser.parse_args(arguments)
    if given.command == "write":
        # not resolved: the interpreter of an environment is a link
        write(given.python.absolute(), given.out, chosen_steps(given.quick, given.only))
        return 0
    return _compare(given.before, given.after, given.exceptions)


def _compare(before: Path, after: Path, exceptions: list[str]) -> int:
    """Print what differs."""
    comparison = compared(before, after, exceptions)
    for name, lines in comparison.differing.items():
        print(name, *(f"    {line}" for line in lines), sep="\n")
    differing, left_out = len(comparison.differing), len(comparison.left_out)
    print(f"{comparison.same} files are the same, {differing} differ, {left_out} left out")
    return 1 if comparison.differing else 0


if __name__ == "__main__":
    sys.exit(main())
