"""Works: pieces of work, each with all its states."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from .base import Said, Text


class Locks(Said):
    """The locks of a scenario by indices of municipalities."""

    together: list[list[int]]
    apart: list[list[int]]
    alone: list[int]
    seat: list[int]
    kept: list[list[int]]
    joined: list[int]
    added: list[list[int]]
    removed: list[list[int]]


class Step(Said):
    """One state in the history of a work, by the action that made it."""

    said: str
    lock: str = ""
    level: str = ""
    key: str = ""
    value: Any = None
    moving: bool = False
    municipalities: list[str] = Field(default_factory=list)
    text: Text | None = None


class Work(Said):
    """A piece of work: where it stands, and all the states that it had.

    Attributes
    ----------
    revision : int
        Raised by every action, undo included.
    position : int
        Number of the present state in `steps`, from 0.
    locks, zone_locks : Locks
        Those of mergers; those of the zones of a nested scenario, else None.
    scenario : dict
        The present scenario, every key of it.
    groups : list of lists of int, or None
        The plan that is drawn by hand.
    """

    id: str
    title: str
    instance: str
    revision: int
    position: int
    steps: list[Step]
    digest: str
    scenario: dict[str, Any]
    locks: Locks
    zone_locks: Locks | None = None
    groups: list[list[int]] | None
    changed: str


class WorkLine(Said):
    """A work in a list."""

    id: str
    title: str
    changed: str
    steps: int


class WorkList(Said):
    """All works of the folder, the last one first."""

    works: list[WorkLine]


class NewWork(Said):
    """Begin a work: from a preset, a scenario, or another work."""

    title: Annotated[str, Field(max_length=200)] = ""
    scenario: Annotated[str, Field(max_length=80)] | dict[str, Any] | None = None
    copy_of: Annotated[str, Field(max_length=80)] | None = None


class Rename(Said):
    """Give a work another title."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
