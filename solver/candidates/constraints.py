"""Side constraints over the candidates of a component."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import IntArray
from ...models.programmes.set_partition import SideConstraint
from ...models.question.constraints import Amounts, plan_constraints
from ...models.question.question import Question
from .sets import Candidates


def side_constraints(question: Question, region: int, candidates: Candidates) -> tuple[SideConstraint, ...]:
    """Write the side constraints that a region's plans have to keep over some candidates."""
    return tuple(
        SideConstraint(amounts_of(one.amounts, candidates), one.lower, one.upper)
        for one in plan_constraints(question, region)
    )


def amounts_of(amounts: Amounts, candidates: Candidates) -> IntArray:
    """Work out what each candidate adds to a sum, a slice at a time; shape (k,)."""
    slices = [amounts(*candidates.local(rows)) for rows in candidates.chunks()]
    return np.concatenate(slices) if slices else np.zeros(0, dtype=np.int64)
