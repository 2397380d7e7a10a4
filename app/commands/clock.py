"""The time limit of a whole command, shared between the search and what follows it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from ...instances.common.activity import seconds_so_far
from ...solver.deadline import Deadline

_LEAST = 1e-6  # seconds that a search gets, however little is left
_WRITING, _OF_EACH = 0.8, 0.0015  # seconds to check, draw and write a plan: of any, and for each municipality
_SLOWEST = 3.0
_MOST = 0.5  # of the time left, that is kept for it


@dataclass(frozen=True)
class Clock:
    """The running time limit of a command, from the start of the program to its last line.

    Attributes
    ----------
    deadline : Deadline
        When all must be done.
    """

    deadline: Deadline

    @classmethod
    def of(cls, limit: float | None) -> Clock:
        """Start from a time limit in seconds, None for none.

        Raises
        ------
        InputError
            The limit is not a positive number.
        """
        whole = Deadline.after(limit)
        return cls(whole if whole.at is None else Deadline(whole.at - seconds_so_far()))

    def search(self, municipalities: int, pictures: int = 1, of_each: float = 0.0) -> float | None:
        """Give the seconds for the search, so that what follows it is done in time; None for no limit.

        Parameters
        ----------
        municipalities : int
            Of the instance.
        pictures : int
            How many are to be drawn.
        of_each : float
            Seconds for each municipality that are needed besides.
        """
        left = self.deadline.remaining
        if left is None:
            return None
        after = _slowness() * (_WRITING * max(1, pictures) + (_OF_EACH + of_each) * municipalities)
        return max(_LEAST, left - min(after, _MOST * left))

    def before_writing(self, municipalities: int, pictures: int = 1) -> Deadline:
        """Give the deadline for everything but writing; see `search`."""
        return Deadline.after(self.search(municipalities, pictures))

    def each(self, usual: float, number: int = 1) -> float:
        """Give the seconds for each of several tasks, at most those that one usually gets."""
        left = self.deadline.remaining
        return usual if left is None else max(_LEAST, min(usual, _MOST * left / max(1, number)))


def _slowness() -> float:
    """Estimate how much slower the program runs than it would alone on this machine."""
    return min(_SLOWEST, max(1.0, seconds_so_far() / max(_LEAST, time.process_time())))
