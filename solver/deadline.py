"""What an answer may take: limits of time and memory, and the clock that runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from math import inf
from typing import Protocol

from ..instances.common.problems import reject
from .limit_errors import OutOfMemoryError, TimeUpError
from .memory import ENDED, budget

_FOREVER = 1e9  # seconds; more than this is no limit, and more than engines can count

_LEAST = 1e-3  # seconds; a limit is more than none


class Until(Protocol):
    """Something that happens, such as a `threading.Event` that another thread sets."""

    def is_set(self) -> bool:
        """Whether it has happened."""


@dataclass(frozen=True)
class Limits:
    """What the work on an answer may take; where it ends, the answer is the best that is known by then.

    Functions that take long have one parameter ``limits``, start its clock first, and pass the `Deadline` on.

    Attributes
    ----------
    seconds : float or None
        For everything; None for no limit.
    memory : float or None
        Bytes that a list, a graph or a programme of a region may fill, about; None for what is left of the
        budget of the process (`limit_memory`), which holds in any case.
    until : Until or None
        Ends the work at once when it is set, as if there were no time left. A call of an engine that is under
        way comes to its end before, or to its limit of time.

    Raises
    ------
    InputError
        A limit is not a positive number.

    Examples
    --------
    >>> Limits(seconds=60).start().passed
    False
    >>> Limits(memory=1e9).room(each=250, usual=12_000_000)
    4000000
    """

    seconds: float | None = None
    memory: float | None = None
    until: Until | None = None

    def __post_init__(self) -> None:
        if self.seconds is not None and not self.seconds > 0:
            reject(
                "the time limit must be more than zero seconds",
                "leave it out for no limit",
                value=self.seconds,
            )
        if self.memory is not None and not 0 < self.memory < inf:
            reject(
                "the memory must be more than zero, and finite",
                "leave it out for the default",
                value=self.memory,
            )

    def start(self) -> Deadline:
        """Start the clock."""
        return Deadline.after(self.seconds, self.until)

    def room(self, each: float, usual: int) -> int:
        """Give how many things of so many bytes may be held: without a limit the usual number, if it fits."""
        if self.memory is None:
            return budget().room(each, usual)
        return max(1, int(min(self.memory, budget().left) / each))


@dataclass(frozen=True)
class Deadline:
    """A moment after which no more work is begun.

    Attributes
    ----------
    at : float or None
        On the clock of `time.perf_counter`; None for no limit.
    until : Until or None
        What ends the work earlier.
    """

    at: float | None = None
    until: Until | None = None

    @classmethod
    def after(cls, seconds: float | None, until: Until | None = None) -> Deadline:
        """Set a deadline from now; None for no limit.

        Raises
        ------
        InputError
            The limit is not a positive number.
        """
        if seconds is None:
            return cls(None, until)
        Limits(seconds)
        return cls(None if seconds > _FOREVER else time.perf_counter() + seconds, until)

    def part(self, share: float) -> Deadline:
        """Set an earlier deadline, when some share of the time left is spent; none for none."""
        if self.at is None:
            return self
        return replace(self, at=self.at - (1.0 - share) * (self.remaining or 0.0))

    def at_most(self, seconds: float) -> Deadline:
        """Set a deadline in some seconds, where it is earlier."""
        at = time.perf_counter() + seconds
        return replace(self, at=at if self.at is None else min(self.at, at))

    @property
    def remaining(self) -> float | None:
        """Seconds left, not below zero; None for no limit."""
        if self.ended:
            return 0.0
        return None if self.at is None else max(0.0, self.at - time.perf_counter())

    @property
    def ended(self) -> bool:
        """Whether the work was ended before its time, by whoever asked or for want of memory."""
        return (self.until is not None and self.until.is_set()) or budget().is_full

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return self.ended or (self.at is not None and time.perf_counter() >= self.at)

    def limits(self, seconds: float | None = None) -> Limits:
        """Give limits to a part of the work: the time left, or some seconds where these are fewer."""
        left = min((some for some in (seconds, self.remaining) if some is not None), default=None)
        return Limits(None if left is None else max(_LEAST, left), until=self.until)

    def check(self) -> None:
        """Raise `TimeUpError` when no time is left; `OutOfMemoryError`, which is one, when no memory is."""
        if self.passed:
            raise OutOfMemoryError(ENDED) if budget().is_full else TimeUpError

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Make this the deadline of what is done here, in this thread."""
        token = _in_force.set(self)
        try:
            yield
        finally:
            _in_force.reset(token)


_in_force: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def deadline_in_force() -> Deadline:
    """Give the deadline of the work that is under way here, for what is handed none."""
    return _in_force.get() or Deadline()


__all__ = ["Deadline", "Limits", "TimeUpError", "Until", "deadline_in_force"]
