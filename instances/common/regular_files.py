"""What can be read as a file: not a pipe that nobody writes to, nor a device that never ends."""

from __future__ import annotations

import stat
from pathlib import Path

from .problems import Problems


def is_regular(path: Path, problems: Problems) -> bool:
    """Say whether a file can be read to its end; note why not.

    What is missing or a folder is left to who reads it.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return True
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return True
    problems.add(
        "this is a pipe or a device, not a file",
        "save what it gives as a file, and name that",
        file=str(path),
    )
    return False


def check_regular(path: Path) -> None:
    """Refuse what cannot be read to its end.

    Raises
    ------
    InputError
        It is a pipe or a device.
    """
    problems = Problems()
    is_regular(path, problems)
    problems.raise_if_any()
