"""A file of the folder of a run: how it is written, and how it is checked against the plan beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ...instances.instance import Instance
from ...solver.deadline import Deadline
from ...solver.results.record import PlanRecord, record_of
from ...solver.results.result import Result
from ..dutch import Language
from ..maps.shapes import Shapes


@dataclass(frozen=True)
class Run:
    """What the files of a run are written from.

    Attributes
    ----------
    result : Result
        Verified already.
    shapes : Shapes
        One geometry a municipality.
    deadline : Deadline
        A file is simpler where there is too little time for all of it.
    extras : frozenset of str
        Names of the files on request that are wanted.
    language : {'en', 'nl'}
        Of what people read: files of programs have English keys.
    image : Future or None
        What the files of the map hold, and what was left out of it, where it is drawn beside.
    """

    result: Result
    shapes: Shapes
    deadline: Deadline = field(default_factory=Deadline)
    extras: frozenset[str] = frozenset()
    language: Language = "en"
    image: Future[tuple[list[bytes], str]] | None = None

    @cached_property
    def record(self) -> PlanRecord:
        """Record of the result, as `plan.json` holds it."""
        return record_of(self.result)


@dataclass(frozen=True)
class Stated:
    """What the files of a run are checked against.

    Attributes
    ----------
    record : PlanRecord
        Of the `plan.json` beside them, found right.
    instance : Instance
        With the content that the plan was made for.
    shapes : Shapes or None
        What the shapes were drawn from, where it is at hand.
    """

    record: PlanRecord
    instance: Instance
    shapes: Shapes | None


def _always(record: PlanRecord) -> bool:
    return True


@dataclass(frozen=True)
class RunFile:
    """A file that a run leaves beside `plan.json`.

    Attributes
    ----------
    name : str
        In the folder of the run.
    write : callable
        Writes the file at a path; gives what was left out for want of time, in words, empty for nothing.
    check : callable
        Compares the file at a path with the plan; gives differences in words.
    belongs : callable
        Whether the run of a plan has this file.
    astray : str
        What is wrong with a file of this name beside a plan to which none belongs; empty for nothing.
    sealed : bool
        Whether the file must be the one that was written, byte by byte, whatever it says.
    extra : bool
        Whether it is written on request only. A run has it where its `plan.json` names it among its files.
    """

    name: str
    write: Callable[[Path, Run], str]
    check: Callable[[Path, Stated], Iterable[str]]
    belongs: Callable[[PlanRecord], bool] = _always
    astray: str = ""
    sealed: bool = False
    extra: bool = False
