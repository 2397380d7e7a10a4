"""A compact formulation of a component: its programme, and how a solution of it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ..programmes.programme import Programme
from ..scoring.model import Model
from .assignment import Assignment, Count, assign
from .budgets import put_budgets
from .rules import put_rules

_LARGEST_COST = 1e4
"""Costs are scaled so that the largest lies below this and above a tenth of it: engines tell solutions
apart by about 1e-6, which then is some nano-points, and numbers stay far from where double precision
ends."""


@dataclass(frozen=True)
class Compact:
    """A programme in the assignment variables and others.

    Attributes
    ----------
    programme : Programme
        What it minimises is the score of a plan in points, but for rounding, times ``-scale``.
    parts : Assignment
        The variables that say which municipality is in which part.
    root : ndarray of int64, shape (columns,)
        The part that each column belongs to, by the place of its root in the component.
    whole : ndarray of bool, shape (columns,)
        Columns with whole numbers in some best solution.
    scale : float
        Cost of a point.
    """

    programme: Programme
    parts: Assignment
    root: IntArray
    whole: BoolArray
    scale: float

    @property
    def is_hopeless(self) -> bool:
        """Whether some municipality cannot be in any part, so that there is no plan."""
        return not bool(self.parts.allowed.any(axis=1).all())

    def members(self, values: FloatArray) -> list[tuple[int, ...]]:
        """Read the parts of a solution: places in the component, ascending, by root."""
        x = np.append(values, 0.0)[self.parts.x] > 0.5
        return [tuple(np.flatnonzero(x[:, root]).tolist()) for root in np.flatnonzero(x.any(axis=0))]


def begin(
    model: Model,
    municipalities: IntArray,
    count: Count | None = None,
    within: BoolArray | None = None,
) -> Assignment:
    """Write what all compact formulations share: variables, rules and objective, not contiguity.

    Parameters
    ----------
    model : Model
    municipalities : ndarray of int64, shape (m,)
        Municipalities of the component, ascending; none of them fixed.
    count : (int, int or None), optional
        Bounds on the number of parts.
    within : ndarray of bool, shape (m, m), optional
        Whether a plan that is looked for may have i (row) in the part of j (column).

    Returns
    -------
    Assignment
        To be completed by `finish`.

    Raises
    ------
    InputError
        A term that weighs something, or an indicator that has a budget, has no linear form.
    """
    parts = assign(model, municipalities, within)
    put_rules(parts, count)
    put_budgets(parts)
    for term, rate in model.scorer.active_terms():
        term.linear(parts, -rate)
    return parts


def finish(parts: Assignment) -> Compact:
    """Close the programme of a formulation, with costs of a size that engines handle well."""
    programme = parts.builder.programme()
    largest = float(np.abs(programme.cost).max(initial=0.0))
    scale = 10.0 ** np.floor(np.log10(_LARGEST_COST / largest)) if largest > 0 else 1.0
    return Compact(
        programme=replace(programme, cost=programme.cost * scale),
        parts=parts,
        root=parts.builder.root,
        whole=parts.builder.whole,
        scale=float(scale),
    )
