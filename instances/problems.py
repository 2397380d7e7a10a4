"""What is wrong with an input, where it stands, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

_LISTED = 40
"""How many known words a remedy lists at most."""


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
    """A user's input cannot be used; lists every problem that was found.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """Travel between processes with the problems, not with their text."""
        return type(self), (self.problems,)


class Problems:
    """Collects problems so that all of them are reported at once.

    Parameters
    ----------
    limit : int
        How many are kept in full; the rest is counted.
    """

    def __init__(self, limit: int = 200) -> None:
        self._found: list[Problem] = []
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
        """Note one problem."""
        if len(self._found) >= self._limit:
            self._more += 1
            return
        self._found.append(Problem(what, remedy, file, row, column, str(value)))

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
    """Say which known word is nearest to a mistyped one.

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
