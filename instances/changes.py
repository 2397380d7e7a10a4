"""What became of municipalities: mergers and changes of code or name, year by year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from .common.limits import YEAR
from .common.problems import Problems
from .gazetteer import Gazetteer
from .tables.form import TableForm
from .tables.table import read_table

FILE = "crosswalk.csv"
"""The file of an instance folder that says what its municipalities were before."""

COLUMNS = ("year", "old_nis", "old_name", "nis", "name")


@dataclass(frozen=True)
class Change:
    """A merger, or a change of code, of one municipality.

    Attributes
    ----------
    year : int
        The change took effect on 1 January.
    old_code, old_name : str
    code, name : str
        The municipality that it is, or is part of, since then.
    """

    year: int
    old_code: str
    old_name: str
    code: str
    name: str

    @property
    def was(self) -> str:
        """Give old name and code, for messages."""
        return _both(self.old_name, self.old_code)

    @property
    def now(self) -> str:
        """Give new name and code, for messages."""
        return _both(self.name, self.code)


def _both(name: str, code: str) -> str:
    return name if name == code else f"{name} ({code})"


@dataclass(frozen=True)
class Crosswalk:
    """Changes from one list of municipalities to a later one.

    Attributes
    ----------
    changes : tuple of Change
        By year; the changes of a year are one step.
    """

    changes: tuple[Change, ...]

    @classmethod
    def of(cls, changes: Iterable[Change]) -> Crosswalk:
        """Put changes into the order of their years."""
        return cls(tuple(sorted(changes, key=lambda change: change.year)))

    @cached_property
    def _steps(self) -> tuple[tuple[Gazetteer, tuple[Change, ...]], ...]:
        steps = []
        for _, group in groupby(self.changes, key=lambda change: change.year):
            step = tuple(group)
            steps.append((Gazetteer([c.old_code for c in step], [c.old_name for c in step]), step))
        return tuple(steps)

    def follow(self, text: str) -> tuple[Change, ...]:
        """Follow a municipality, given by code or name, through the changes."""
        became: list[Change] = []
        for gazetteer, step in self._steps:
            if len(places := gazetteer.lookup(became[-1].code if became else text)) == 1:
                became.append(step[places[0]])
        return tuple(became)

    def origins(self, code: str, before: int | None = None) -> tuple[Change, ...]:
        """List the first changes of all municipalities that became one.

        Parameters
        ----------
        code : str
            Of the municipality as it is after all changes, or before those of a year.
        before : int, optional
            That year.
        """
        found: dict[str, Change | None] = {code: None}
        for _, step in reversed(self._steps):
            if before is not None and step[0].year >= before:
                continue
            for later in list(found):
                into = [change for change in step if change.code == later]
                if into:
                    del found[later]
                    found |= {change.old_code: change for change in into}
        return tuple(change for change in found.values() if change is not None)


def read_changes(path: Path, codes: Sequence[str], problems: Problems, form: TableForm) -> tuple[Change, ...]:
    """Read the crosswalk of an instance folder; empty where there is none.

    Parameters
    ----------
    path : Path
    codes : sequence of str
        Those of the instance, in which every change must end.
    problems : Problems
    form : TableForm
    """
    table = read_table(path, COLUMNS, problems, may_be_empty=True, form=form) if path.exists() else None
    read = []
    for row in table or ():
        year = row.number_of("year", whole=True, at_least=1, limit=YEAR)
        texts = [row.text(column) for column in COLUMNS[1:]]
        if not math.isnan(year):
            read.append((row, Change(int(year), *texts)))
    crosswalk = Crosswalk.of(change for _, change in read)
    for row, change in read:
        last = (crosswalk.follow(change.old_code) or (change,))[-1]
        if last.code and last.code not in codes:
            row.complain("nis", "no municipality has this code", "take one of municipalities.csv")
    return crosswalk.changes
