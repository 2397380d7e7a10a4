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


class FileTaken(FileRead):
    """What a file holds, and the work with it; None where it was only looked at."""

    work: Work | None
