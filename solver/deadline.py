"""Time limits that reach every stage."""

from __future__ import annotations

import time
from dataclasses import dataclass

from ..instances.common.problems import reject

_FOREVER = 1e9  # seconds; more than this is no limit, and more than engines can count


class TimeUpError(Exception):
    """A stage could not finish before its deadline."""


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
        if not seconds > 0:
            reject(
                "the time limit must be more than zero seconds", "leave it out for no limit", value=seconds
            )
        return cls(None if seconds > _FOREVER else time.perf_counter() + seconds)

    def part(self, share: float) -> Deadline:
        """Set an earlier deadline, when some share of the time left is spent; none for none."""
        return self if self.at is None else Deadline(self.at - (1.0 - share) * (self.remaining or 0.0))

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
