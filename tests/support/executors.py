"""An executor that works out tasks in this process, but for what must travel: all of it is pickled."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from refzones.solver.deadline import Deadline
from refzones.solver.executing import Here, Lost


@dataclass
class Pickling:
    """Works out tasks one after the other, the last first.

    Attributes
    ----------
    loses : collection of int
        Places of tasks that do not come back.
    threads : int
        How many tasks it says that it works on at a time.
    sent : list of int
        Bytes of what all tasks had in common, each time.
    answered : list of int
        Bytes of each answer.
    """

    loses: Collection[int] = ()
    threads: int = 1
    sent: list[int] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)

    def each(
        self,
        work: Callable[[Any, Any, Here], Any],
        common: object,
        tasks: Sequence[object],
        *,
        deadline: Deadline = Deadline(),
        heard: Callable[[Any], object] | None = None,
    ) -> Iterator[tuple[int, Any]]:
        """Work out tasks."""
        packed = pickle.dumps((work, common))
        self.sent.append(len(packed))
        there, shared = pickle.loads(packed)
        here = Here(deadline, beside=self.threads, tell=lambda message: heard and heard(_travelled(message)))
        for place in reversed(range(len(tasks))):
            if place in self.loses:
                yield place, Lost("the cluster lost it")
                continue
            answer = pickle.dumps(there(shared, _travelled(tasks[place]), here))
            self.answered.append(len(answer))
            yield place, pickle.loads(answer)


def _travelled(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))
