"""Files that are dropped on the page."""

from __future__ import annotations

from typing import Any, Literal

from .base import Said, Text
from .works import Work


class FileRead(Said):
    """What a file holds.

    Attributes
    ----------
    kind : {'scenario', 'plan'}
    name : str
        What the user calls it.
    scenario : dict or None
        Of a scenario file, or of a run beside its plan.
    groups : list of lists of int, or None
        The mergers of a plan; a municipality that the file leaves out is in none.
    notes : list of Text
        How it was read, where that is not plain.
    """

    kind: Literal["scenario", "plan"]
    name: str
    scenario: dict[str, Any] | None
    groups: list[list[int]] | None
    notes: list[Text]


class FileProgress(Said):
    """How far a file is that is being written for a work.

    Attributes
    ----------
    name : str or None
        The file; None where none is being written.
    region : str
        The last one that is ready; empty where none is, or where all are.
    done, total : int
        Regions that are ready, and all of them; 0 where it is not known yet.
    """

    name: str | None = None
    region: str = ""
    done: int = 0
    total: int = 0


class FileTaken(FileRead):
    """What a file holds, and the work with it; None where it was only looked at."""

    work: Work | None
