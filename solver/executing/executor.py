"""What works out tasks elsewhere: the one thing that solvers know of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, TypeVar

from ..deadline import Deadline

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Lost:
    """Stands for the answer to a task that did not come back.

    Attributes
    ----------
    reason : str
        Why, in words.
    """

    reason: str


@dataclass(frozen=True)
class Here:
    """What a task is told of the place where it is worked out.

    Attributes
    ----------
    deadline : Deadline
        Of all tasks; it passes at once when they are ended from where they came.
    share : float
        The part of the time left that this task may take; the rest is for others.
    beside : int
        How many tasks the process works on at a time, this one included: they share its memory.
    tell : callable
        Sends something small to where the task came from, while it is worked out.
    """

    deadline: Deadline = field(default_factory=Deadline)
    share: float = 1.0
    beside: int = 1
    tell: Callable[[object], object] = lambda message: None

    def memory(self, of_process: float | None) -> float | None:
        """Give the part of the memory of a process, in bytes, that this task may take."""
        return None if of_process is None else of_process / self.beside


Work: TypeAlias = Callable[[Any, Any, Here], Any]
"""A function of a module, of what all tasks have in common, one task, and where it is."""


class Executor(Protocol):
    """Works out tasks somewhere."""

    def each(
        self,
        work: Work,
        common: object,
        tasks: Sequence[object],
        *,
        deadline: Deadline = Deadline(),
        heard: Callable[[Any], object] | None = None,
    ) -> Iterator[tuple[int, Any]]:
        """Work out tasks; give their answers as they come, each with the place of its task.

        Parameters
        ----------
        work : callable
            A function that can be imported by its name.
        common : object
            What all tasks have in common; sent once.
        tasks : sequence
            What tells them apart. Those that stand first are begun first.
        deadline : Deadline
            When it passes, tasks are told to give what they know.
        heard : callable, optional
            Called with what tasks tell meanwhile.

        Yields
        ------
        tuple of int and object
            The answer is a `Lost` where a task did not come back; other tasks go on.

        Raises
        ------
        Exception
            What a task raised; the others are cancelled.
        """


__all__ = ["Executor", "Here", "Lost", "Work"]
