"""Side constraints over the candidates of a component."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import IntArray
from ...models.programmes.set_partition import SideConstraint
from ...models.question.constraints import Amounts, PlanConstraint, plan_constraints
from ...models.question.question import Question
from .sets import BITS, Candidates, lowest_members


def side_constraints(question: Question, region: int, candidates: Candidates) -> tuple[SideConstraint, ...]:
    """Write the side constraints that a region's plans have to keep over some candidates."""
    return tuple(side_constraint(one, candidates) for one in plan_constraints(question, region))


def side_constraint(one: PlanConstraint, candidates: Candidates) -> SideConstraint:
    """Write a constraint of a plan over some candidates."""
    amounts = amounts_of(one.amounts, candidates)
    upper = bounded(one.upper, amounts, candidates)
    # in units of what divides all amounts: a price is a whole number of nano-points a unit
    unit = max(1, int(np.gcd.reduce(amounts, initial=0)))
    return SideConstraint(amounts // unit, -(-one.lower // unit), upper // unit)


def bounded(upper: int | None, amounts: IntArray, candidates: Candidates) -> int:
    """Give an upper bound on a sum over a plan: where none is asked for, what no plan can exceed."""
    if upper is not None:
        return upper
    most = np.zeros(1 + BITS * candidates.words.shape[1], dtype=np.int64)
    np.maximum.at(most, lowest_members(candidates.words), amounts)
    return int(most.sum())


def amounts_of(amounts: Amounts, candidates: Candidates) -> IntArray:
    """Work out what each candidate adds to a sum, a slice at a time; shape (k,)."""
    slices = [amounts(*candidates.local(rows)) for rows in candidates.chunks()]
    return np.concatenate(slices) if slices else np.zeros(0, dtype=np.int64)
