"""Problems of an input in Dutch: what is wrong, where it stands, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from ...instances.common.problems import InputError, Problem
from .sentences import in_dutch
from .signs import number_in_dutch
from .slots import file_in_dutch
from .speaking import spoken
from .word_labels import Language


@dataclass(frozen=True)
class InDutch:
    """A problem of an input in Dutch.

    Attributes
    ----------
    what, where, remedy : str
        `where` and `remedy` are empty where there is none.
    complete : bool
        False where a sentence has no Dutch, and stands there in English.
    """

    what: str
    where: str
    remedy: str
    complete: bool = True

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}; {self.remedy}" if self.remedy else text


def problem_in_dutch(problem: Problem) -> InDutch:
    """Translate a problem of an input.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    InDutch
    """
    what, remedy = in_dutch(problem.what), in_dutch(problem.remedy)
    return InDutch(
        problem.what if what is None else what,
        where_in_dutch(problem),
        problem.remedy if remedy is None else remedy,
        complete=what is not None and remedy is not None,
    )


def where_in_dutch(problem: Problem) -> str:
    """Say in Dutch where a problem stands; empty where it stands nowhere."""
    place = [file_in_dutch(problem.file)] if problem.file else []
    place += [f"rij {problem.row}"] if problem.row else []
    place += [f"kolom '{problem.column}'"] if problem.column else []
    place += [f"waarde '{problem.value}'"] if problem.value else []
    return ", ".join(place)


def told_in_dutch(error: InputError) -> tuple[str, ...]:
    """Tell all problems of an error in Dutch, a line each; of many of one kind the first is told.

    Parameters
    ----------
    error : InputError

    Returns
    -------
    tuple of str
        As `InputError.told`; a sentence without Dutch stands there in English.
    """
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in error.problems:
        kinds.setdefault(problem.kind, []).append(problem)
    told: list[str] = []
    for same in kinds.values():
        shown = same if len(same) <= _APART else same[:1]
        told += [str(problem_in_dutch(problem)) for problem in shown]
        if len(same) > len(shown):
            told[-1] += f" (en {number_in_dutch(f'{len(same) - 1:,}')} andere van deze soort)"
    return tuple(told)


def told_problems(error: InputError) -> tuple[str, ...]:
    """Tell all problems of an error in the language that the program speaks; see `told_in_dutch`."""
    return told_problems_in(error, spoken())


def told_problems_in(error: InputError, language: Language) -> tuple[str, ...]:
    """Tell all problems of an error in a language; see `told_in_dutch`."""
    return told_in_dutch(error) if language == "nl" else tuple(error.told)


_APART = 3
"""Most problems of one kind that are told one by one, as in English."""
