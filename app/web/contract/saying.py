"""Sentences for the page, in its languages."""

from __future__ import annotations

from ....instances.common.problems import InputError, Problem
from .base import Fault, Refusal, Text


def said(english: str) -> Text:
    """Give a sentence of the program in the languages of the page."""
    return Text(en=english)


def refused(error: InputError) -> Refusal:
    """Say what is wrong with an input."""
    return Refusal(kind="input", text=said(str(error)), faults=[_fault(one) for one in error.problems])


def _fault(problem: Problem) -> Fault:
    return Fault(
        text=said(str(problem)),
        what=said(problem.what),
        remedy=said(problem.remedy),
        file=problem.file,
        row=problem.row,
        column=problem.column,
        value=problem.value,
    )
