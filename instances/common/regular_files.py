"""Regular files: a pipe may have no writer, and a device may never end."""

from __future__ import annotations

import stat
from pathlib import Path

from .problems import Problems


def is_regular(path: Path, problems: Problems) -> bool:
    """Tell whether a file can be read to its end; note a pipe or a device.

    Missing files and folders are left to the caller.
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
    """Refuse a pipe or a device.

    Raises
    ------
    InputError
        It is a pipe or a device.
    """
    problems = Problems()
    is_regular(path, problems)
    problems.raise_if_any()
