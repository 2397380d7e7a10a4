"""Wishes and what they cost: locks that are there, and locks that might be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from pydantic import Field

from .base import Code, Group, Level, Said, Text
from .saying import said

if TYPE_CHECKING:
    from ....solver import Reason

LockName = Literal["together", "apart", "alone", "seat", "existing", "joined", "added", "removed"]
"""Kinds of locks as `refzones.models.Lock` names them."""


LOCK_NAMES: tuple[LockName, ...] = get_args(LockName)


class Selected(Said):
    """Municipalities that are selected on the page."""

    municipalities: list[Code] = Field(max_length=2000)
    level: Level = ""


class WhyNot(Said):
    """Why a lock cannot be asked for; `between` are municipalities that would join the pieces."""

    kind: str
    text: Text
    municipalities: list[int]
    between: list[int]


def why_not_data(reason: Reason) -> WhyNot:
    """Give a reason as the page takes it."""
    return WhyNot(
        kind=reason.kind,
        text=said(reason.text),
        municipalities=list(reason.municipalities),
        between=list(reason.between),
    )


class Reasons(Said):
    """For each kind of lock why the selection cannot have it; None where nothing speaks against it."""

    reasons: dict[str, WhyNot | None]


class Wish(Said):
    """A lock whose price is asked before it is made."""

    lock: LockName
    municipalities: Group
    level: Level = ""


class PriceData(Said):
    """What a lock costs.

    Attributes
    ----------
    status : str
        That of a `LockPrice`, or 'contradiction' for a wish that the scenario cannot have.
    cost_nano : int or None
        What the best plan without the lock scores more; None without both plans.
    proved : bool
    text : Text
        All of it in a sentence without a full stop.
    words : Text or None
        The cost as something that people can picture.
    """

    lock: LockName
    municipalities: list[int]
    level: str
    status: str
    cost_nano: int | None
    proved: bool
    text: Text
    words: Text | None
