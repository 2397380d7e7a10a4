"""What an answer may take: limits of time and memory, and the clock that runs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import inf

from ..instances.common.problems import reject

_FOREVER = 1e9  # seconds; more than this is no limit, and more than engines can count


class TimeUpError(Exception):
    """A stage could not finish before its deadline."""


@dataclass(frozen=True)
class Limits:
    """What the work on an answer may take; where it ends, the answer is the best that is known by then.

    Functions that take long have one parameter ``limits``, start its clock first, and pass the `Deadline` on.

    Attributes
    ----------
    seconds : float or None
        For everything; None for no limit.
    memory : float or None
        Bytes that the lists and graphs of a region may fill, about; None for what the function takes by
        itself.

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
        return Deadline.after(self.seconds)

    def room(self, each: float, usual: int) -> int:
        """Give how many things of so many bytes may be held: the usual number without a limit."""
        return usual if self.memory is None else max(1, int(self.memory / each))


@dataclass(frozen=True)
class Deadline:
    """A moment after which no more work is begun.

    Attributes
    ----------
    at : float or None
        On the clock of `time.perf_counter`; None for no limit.
    """

    at: float | None = None

    @classmethod
    def after(cls, seconds: float | None) -> Deadline:
        """Set a deadline from now; None for no limit.

        Raises
        ------
        InputError
            The limit is not a positive number.
        """
        if seconds is None:
            return cls(None)
        Limits(seconds)
        return cls(None if seconds > _FOREVER else time.perf_counter() + seconds)

    def part(self, share: float) -> Deadline:
        """Set an earlier deadline, when some share of the time left is spent; none for none."""
        return self if self.at is None else Deadline(self.at - (1.0 - share) * (self.remaining or 0.0))

    def at_most(self, seconds: float) -> Deadline:
        """Set a deadline in some seconds, where it is earlier."""
        at = time.perf_counter() + seconds
        return Deadline(at if self.at is None else min(self.at, at))

    @property
    def remaining(self) -> float | None:
        """Seconds left, not below zero; None for no limit."""
        return None if self.at is None else max(0.0, self.at - time.perf_counter())

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return self.at is not None and time.perf_counter() >= self.at

    def check(self) -> None:
        """Raise `TimeUpError` when no time is left."""
        if self.passed:
            raise TimeUpError
