"""Problems of an input: what is wrong, where it stands, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import NoReturn

_LISTED = 40
"""Most known words that a remedy lists."""

_APART = 3
"""Most problems of one kind that are reported one by one."""

_SHOWN = 8
"""Most rows that are named for problems of one kind."""

_FIGURES = re.compile(r"'[^']*'|\d[\d,.]*")


@dataclass(frozen=True)
class Problem:
    """One mistake in an input.

    Attributes
    ----------
    what : str
        The rule that is broken, as a short sentence without a full stop.
    remedy : str
        What the user can do; empty when the sentence says it already.
    file, column, value : str
        Where the mistake stands; empty where not applicable.
    row : int
        Line number in the file, counted from 1 with the header; 0 where not applicable.
    """

    what: str
    remedy: str = ""
    file: str = ""
    row: int = 0
    column: str = ""
    value: str = ""

    @property
    def kind(self) -> tuple[str, str, str]:
        """File, column and sentence without its figures, which problems of one kind share."""
        return self.file, self.column, _FIGURES.sub("#", self.what)

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        if self.row:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column '{self.column}'")
        if self.value:
            place.append(f"value '{self.value}'")
        where = ", ".join(place)
        text = f"{where}: {self.what}" if where else self.what
        return f"{text}; {self.remedy}" if self.remedy else text


class InputError(ValueError):
    """A user's input cannot be used; lists every problem of it.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(self.told))

    @property
    def told(self) -> tuple[str, ...]:
        """One line a problem; many of one kind share a line, so that their cause is told once."""
        kinds: dict[tuple[str, str, str], list[Problem]] = {}
        for problem in self.problems:
            kinds.setdefault(problem.kind, []).append(problem)
        told: list[str] = []
        for same in kinds.values():
            told += [_together(same)] if len(same) > _APART else map(str, same)
        return tuple(told)

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """Travel between processes with the problems, not with their text."""
        return type(self), (self.problems,)


class NoColumnError(InputError):
    """A file lacks a column that was named."""


def _together(same: Sequence[Problem]) -> str:
    """Summarise problems of one kind in one line: the first rows and values, and their number."""
    same = sorted(same, key=lambda problem: problem.row)
    first = same[0]
    if all(problem.remedy == first.remedy for problem in same):
        place = [first.file] if first.file else []
        rows = [str(problem.row) for problem in same if problem.row]
        values = list(dict.fromkeys(f"'{problem.value}'" for problem in same if problem.value))
        place += [f"rows {_counted(rows)}"] if rows else []
        place += [f"column '{first.column}'"] if first.column else []
        if values:
            place.append(f"value{'s' if len(values) > 1 else ''} {_counted(values)}")
        where = f"{', '.join(place)}: " if place else ""
        differ = "" if all(problem.what == first.what for problem in same) else "the first: "
        times = "" if rows or len(values) == len(same) else f" ({len(same)} times)"
        return f"{where}{differ}{first.what}{times}" + (f"; {first.remedy}" if first.remedy else "")
    told = [str(replace(problem, file="", column="")) for problem in same[:_SHOWN]]
    where = ", ".join(
        [*([first.file] if first.file else []), *([f"column '{first.column}'"] if first.column else [])]
    )
    more = f" | and {len(same) - _SHOWN} more of this kind" if len(same) > _SHOWN else ""
    return f"{where}{': ' if where else ''}{len(same)} problems of one kind: {' | '.join(told)}{more}"


def _counted(texts: Sequence[str]) -> str:
    """List the first texts, and count the others."""
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more


class Problems:
    """A list of problems, reported all at once.

    Parameters
    ----------
    limit : int
        Most problems that are kept; the rest is counted.
    """

    def __init__(self, limit: int = 10_000) -> None:
        self._found: list[Problem] = []
        self._noted: set[Problem] = set()
        self._limit = limit
        self._more = 0

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found) + self._more

    def add(
        self,
        what: str,
        remedy: str = "",
        *,
        file: str = "",
        row: int = 0,
        column: str = "",
        value: object = "",
    ) -> None:
        """Note one problem, once."""
        problem = Problem(what, remedy, file, row, column, str(value))
        if problem in self._noted:
            return
        if len(self._found) >= self._limit:
            self._more += 1
            return
        self._noted.add(problem)
        self._found.append(problem)

    def take(self, error: InputError, prefix: str = "") -> None:
        """Note all problems of an error, `prefix` before each sentence."""
        for p in error.problems:
            self.add(prefix + p.what, p.remedy, file=p.file, row=p.row, column=p.column, value=p.value)

    def raise_if_any(self) -> None:
        """Raise `InputError` when at least one problem was noted.

        Raises
        ------
        InputError
            With all problems, in the order they were found.
        """
        if self._found:
            more = [Problem(f"and {self._more} more problems of this kind")] if self._more else []
            raise InputError([*self._found, *more])


def reject(
    what: str, remedy: str = "", *, file: str = "", row: int = 0, column: str = "", value: object = ""
) -> NoReturn:
    """Raise `InputError` for a single problem."""
    raise InputError([Problem(what, remedy, file, row, column, str(value))])


def suggest(word: str, known: Iterable[str]) -> str:
    """Suggest the known word nearest to a mistyped one.

    Parameters
    ----------
    word : str
        What the user wrote.
    known : iterable of str
        What the user may write.

    Returns
    -------
    str
        ``"did you mean 'x'?"``; the known words where none is near, unless they are too many to read.
    """
    words = list(known)
    folded = {name.casefold(): name for name in words}
    near = get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    if near:
        return f"did you mean '{folded[near[0]]}'?"
    return "known: " + ", ".join(words) if 0 < len(words) <= _LISTED else ""
