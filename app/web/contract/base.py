"""What all models share: sentences in two languages, and refusals."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(min_length=1, max_length=80)]
"""A municipality as scenarios name it: its NIS code."""

Group = Annotated[list[Code], Field(min_length=1, max_length=2000)]
Revision = Annotated[int, Field(ge=0)]
Level = Literal["", "zones"]
"""Mergers, or the zones of a nested scenario."""


class Said(BaseModel):
    """Base of all that is said: no key that nobody knows."""

    model_config = ConfigDict(extra="forbid")


class Text(Said):
    """A sentence in the languages of the page; None where it is not known in one."""

    en: str
    nl: str | None = None


class Fault(Said):
    """One thing that is wrong with what was sent."""

    text: Text
    what: Text
    remedy: Text
    file: str = ""
    row: int = 0
    column: str = ""
    value: str = ""


class Refusal(Said):
    """Why a request was not carried out.

    Attributes
    ----------
    kind : str
        'input': what was sent cannot be used; 'stale': another tab has changed the work meanwhile;
        'unknown': there is no such thing; 'forbidden': token, host or origin; 'large': too many bytes;
        'storage': the folder cannot be written; 'defect': an error of the program.
    """

    kind: Literal["input", "stale", "unknown", "forbidden", "large", "storage", "defect"]
    text: Text
    faults: list[Fault] = Field(default_factory=list)
