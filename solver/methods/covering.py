"""Which candidates of a component are in some partition, and when it is worth asking."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from ..candidates.enumeration import local_neighbours
from ..candidates.sets import Candidates
from ..deadline import Deadline
from ..partition.in_some_partition import InSomePartition, in_some_partition
from .contract import Task


@dataclass(frozen=True)
class CoverParams:
    """How far partitions are looked for before candidates are scored.

    Attributes
    ----------
    narrow : float
        Greatest bound on the inhabitants, in smallest ones, up to which bounds are narrow: then partitions
        are few, if there are any.
    many : int
        Candidates from which on partitions are looked for, whatever the bounds.
    many_of_narrow : int
        The same under narrow bounds.
    least : int
        Candidates that the search may look at, each as often as it does.
    each, each_of_narrow : int
        And so many for each candidate more; a hundred take as long as to score one, about.
    """

    narrow: float = 1.2
    many: int = 100_000
    many_of_narrow: int = 2_000
    least: int = 50_000_000
    each: int = 20
    each_of_narrow: int = 300

    def effort(self, task: Task, candidates: Candidates) -> int:
        """Give how many candidates the search may look at; 0 where it is not to begin."""
        bounds = task.question.scenario.population
        narrow = bounds.highest <= self.narrow * bounds.lowest
        if len(candidates) < (self.many_of_narrow if narrow else self.many) or find_spec("numba") is None:
            return 0
        return self.least + (self.each_of_narrow if narrow else self.each) * len(candidates)


def cover_component(
    task: Task, candidates: Candidates, effort: int, deadline: Deadline
) -> InSomePartition | None:
    """Find the candidates of a component that are in some partition; see `in_some_partition`.

    The number of parts is known to it, and no other side constraint: what it drops is in no plan.

    Parameters
    ----------
    task : Task
    candidates : Candidates
        The fixed parts of the component first.
    effort : int
    deadline : Deadline
    """
    free, fixed = task.free.municipalities, len(task.fixed)
    rows = np.arange(fixed, len(candidates), dtype=np.int64)
    some = candidates
    if fixed:
        inside, some = candidates.take(rows).inside(free)
        rows = rows[inside]
    people = task.question.bounded[free]
    if int(people.min(initial=1)) < 1:
        people = np.ones_like(people)
    found = in_some_partition(
        some,
        local_neighbours(task.question, free),
        people,
        count=task.count,
        effort=effort,
        deadline=deadline,
    )
    if found is None or not fixed:
        return found
    mask = np.zeros(len(candidates), dtype=np.bool_)
    mask[:fixed] = True
    mask[rows[found.rows]] = True
    return InSomePartition(mask, found.partitions, found.nodes)
