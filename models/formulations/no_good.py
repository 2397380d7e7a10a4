"""Setting plans aside, so that the next best one can be looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ...instances.common.arrays import IntArray
from ..programmes.programme import Programme, with_row
from .assignment import Assignment

Plan = Sequence[Sequence[int]]
"""Places in the component of the members of each part."""


def inside_columns(parts: Assignment, plan: Plan) -> IntArray:
    """Columns of x that assign a member to a root in its own part."""
    columns = np.concatenate([parts.x[np.ix_(part, part)].ravel() for part in plan])
    return columns[columns >= 0].astype(np.int64)


def without_plan(programme: Programme, parts: Assignment, plan: Plan) -> Programme:
    """Add rows that forbid a plan, whatever the roots of its parts.

        sum of x_ij over i, j in one part of the plan <= m - 1 + d,   sum_j x_jj >= (k + 1) d

    Another plan of at most k parts assigns a municipality to a root outside its part, for d = 0: if none,
    each of the k parts would have a root of its own, and hold the same members. A plan of more parts may
    have d = 1.

    Parameters
    ----------
    programme : Programme
        In the columns of `parts`, and perhaps others.
    parts : Assignment
    plan : sequence of sequence of int
        All municipalities of the component, by place.

    Returns
    -------
    Programme
        With one column, d, and two rows more.
    """
    wider = replace(
        programme,
        cost=np.append(programme.cost, 0.0),
        lower=np.append(programme.lower, 0.0),
        upper=np.append(programme.upper, 1.0),
        integer=np.append(programme.integer, True),
    )
    inside, more = np.zeros(wider.shape[1]), np.zeros(wider.shape[1])
    inside[inside_columns(parts, plan)] = 1.0
    inside[-1] = -1.0
    more[parts.x[parts.roots, parts.roots]] = 1.0
    more[-1] = -float(len(plan) + 1)
    wider = with_row(wider, inside, at_most=float(len(parts.municipalities) - 1))
    return with_row(wider, more, at_most=np.inf, at_least=0.0)
