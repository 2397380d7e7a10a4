"""Ends a process before each change that it makes to the file system, in turn: run by `test_atomic`.

Prints one line a point: what a reader finds then, and what is there after the next look at the folder.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from refzones.instances.common.atomic import check_folder, staged_folder, write_file

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
OLD = {"plan.json": "old", "assignment.csv": "old", "zones.csv": "old"}
NEW = {"plan.json": "new", "assignment.csv": "new", "map.png": "new"}
NOTES = {"notes.txt": "mine", "more/notes.txt": "mine"}


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def found(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}


def shown(folder: Path) -> str:
    """Old or new where all files are; else what a mixture lacks."""
    there = {name: text for name, text in found(folder).items() if not name.startswith(".refzones-")}
    if folder.parent.name.startswith("existing") and any(there.pop(name, "") != "mine" for name in NOTES):
        return "notes lost"
    states = {"old": OLD, "new": NEW, "nothing": {}, "single": {"single.json": "new"}}
    named = [name for name, files in states.items() if there == files]
    return named[0] if named else "mixed" if "plan.json" in there else "no plan"


def run(folder: Path) -> None:
    with staged_folder(folder, replaces=["zones.csv"], last="plan.json") as staging:
        put(staging, NEW)


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Run in a process that is killed before its change of this number; tell whether it came so far."""
    child = os.fork()
    if child == 0:
        seen = 0

        def look(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            is_write = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
            if event in CHANGES or is_write:
                seen += 1
                if seen == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(look)
        work()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main(where: Path) -> None:
    for kind in ("existing", "fresh", "single"):
        number = 1
        while tell(kind, number, where / f"{kind}-{number}" / "run"):
            number += 1


def tell(kind: str, number: int, folder: Path) -> bool:
    """Kill a run at one point, the next one at all points of its beginning where it matters, let one end."""

    def work() -> None:
        run(folder) if kind != "single" else write_file(folder / "single.json", "new")

    folder.parent.mkdir()
    if kind == "existing":
        put(folder, OLD | NOTES)
    was_killed = killed_at(number, work)
    states, again = [shown(folder)], 1
    is_midway = kind == "existing" and states[0] in ("no plan", "nothing")
    while is_midway and killed_at(again, lambda: check_folder(folder)):
        again += 1
    check_folder(folder)
    states.append(shown(folder))
    left = len(list(folder.parent.rglob(".refzones*")))
    work()
    states.append(shown(folder))
    left += len(list(folder.parent.rglob(".refzones*")))
    print(kind, *states, left, sep=",")
    return was_killed


if __name__ == "__main__":
    main(Path(sys.argv[1]))
