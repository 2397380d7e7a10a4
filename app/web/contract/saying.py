"""Sentences for the page, in its languages."""

from __future__ import annotations

from ....instances.common.problems import InputError, Problem
from .base import Fault, Refusal, Text


def said(english: str) -> Text:
    """Give a sentence of the program in the languages of the page."""
    from ...dutch import in_dutch

    return Text(en=english, nl=in_dutch(english) if english else "")


def refused(error: InputError) -> Refusal:
    """Say what is wrong with an input."""
    from ...dutch import told_in_dutch

    text = Text(en=str(error), nl="\n".join(told_in_dutch(error)))
    return Refusal(kind="input", text=text, faults=[_fault(one) for one in error.problems])


def _fault(problem: Problem) -> Fault:
    from ...dutch import problem_in_dutch

    return Fault(
        text=Text(en=str(problem), nl=str(problem_in_dutch(problem))),
        what=said(problem.what),
        remedy=said(problem.remedy),
        file=problem.file,
        row=problem.row,
        column=problem.column,
        value=problem.value,
    )
