"""A side constraint that the program lacks, put on every region for one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
from refzones.instances.common.arrays import FloatArray, IntArray
from refzones.models.question import constraints
from refzones.models.question.constraints import PlanConstraint
from refzones.models.question.question import Question

NAME = "number of municipalities that merge"
Parts = tuple[tuple[int, ...], ...]


def merging(parts: Parts) -> int:
    """Count the municipalities of a plan that are in a merger of two or more."""
    return sum(len(part) for part in parts if len(part) > 1)


@contextmanager
def bounded_merging(lower: int, upper: int) -> Iterator[None]:
    """Bound the number of municipalities of each region that merge."""

    def amounts(members: FloatArray, _: IntArray) -> IntArray:
        sizes = members.sum(axis=1)
        return np.where(sizes > 1, sizes, 0).astype(np.int64)

    def bound(question: Question, _: int) -> PlanConstraint | None:
        asked = question.scenario.level == "mergers"
        return PlanConstraint(NAME, amounts, lower, upper) if asked else None

    with patch.object(constraints, "CONSTRAINTS", [*constraints.CONSTRAINTS, bound]):
        yield
