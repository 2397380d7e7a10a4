"""Better plans that are looked for beside a proof, in a thread of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from threading import Event, Thread

from ..deadline import Deadline
from ..engines import EngineError
from ..limit_errors import TimeUpError
from ..memory import budget
from ..partition.answer import ComponentAnswer
from .contract import Method, Task


@dataclass
class Ended:
    """Ends work when it is set, or when something else does.

    Attributes
    ----------
    deadline : Deadline
        What else ends it.
    """

    deadline: Deadline
    _event: Event = field(default_factory=Event)

    def set(self) -> None:
        """End the work."""
        self._event.set()

    def is_set(self) -> bool:
        """Whether the work is to end."""
        return self._event.is_set() or self.deadline.passed


def improved(method: Method, task: Task, deadline: Deadline) -> ComponentAnswer:
    """Let a method look for better plans until time is up; nothing where it needs too much memory."""
    return unless_lacking(lambda: method.improve(task, deadline))


def unless_lacking(ask: Callable[[], ComponentAnswer]) -> ComponentAnswer:
    """Ask for a plan that others can do without; nothing where it needs too much memory or time."""
    try:
        with budget().attempt():
            return ask()
    except (TimeUpError, EngineError):  # what is known already stays
        return ComponentAnswer()


@contextmanager
def improving_beside(
    methods: Sequence[Method], task: Task, deadline: Deadline
) -> Iterator[list[ComponentAnswer]]:
    """Let the first method that can do so look for better plans until the block ends.

    Parameters
    ----------
    methods : sequence of Method
    task : Task
        With the plan to begin with.
    deadline : Deadline

    Yields
    ------
    list of ComponentAnswer
        Empty at first; what was found stands in it when the block has ended.
    """
    found: list[ComponentAnswer] = []
    method = next((one for one in methods if one.accepts(task) is None and one.works_beside(task)), None)
    if method is None or deadline.at is None or task.started is None:
        yield found
        return
    ended = Ended(deadline)
    within = replace(deadline, until=ended)
    context = copy_context()  # what is found is told as of the same component
    thread = Thread(target=lambda: found.append(context.run(improved, method, task, within)))
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()
