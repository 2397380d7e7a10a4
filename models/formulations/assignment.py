"""What the compact formulations share: the variables that assign municipalities to the root of their part.

    x_ij = 1 when municipality i is in the part whose root is j; x_jj = 1 when j is a root

(Hess, Weaver, Siegfeldt, Whelan and Zitlau 1965). Where a term of the objective measures distances to a seat,
the root is that seat and the programme chooses it. Otherwise any member would do as the root; then it is the
first one in a fixed order, the most populous, so that no partition is described twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray
from ..programmes.builder import ProgrammeBuilder
from ..programmes.reach import Graph, admissible_pairs
from ..programmes.variables import AssignmentVariables
from ..question.question import Question
from ..scoring.model import Model
from ..scoring.scorer import Scorer
from ..seats import may_be_seat
from ..terms.forms import ToSeat

NONE = -1
"""Column of a variable that is fixed at zero and left out."""

Count = tuple[int, int | None]
"""Fewest and most parts, both included; None is without limit."""


@dataclass(frozen=True)
class Assignment(AssignmentVariables):
    """The variables x of a component, with what the rules say of them.

    Attributes
    ----------
    question : Question
    population : ndarray of int64, shape (m,)
        Inhabitants as the bounds count them.
    neighbours : tuple of tuple of int
    order : ndarray of int64, shape (m,)
        Rank of each municipality as a root.
    locked : tuple of int
        Municipalities that are the seat of their part; all of them are roots.

    See Also
    --------
    AssignmentVariables : The other attributes.
    """

    question: Question
    population: IntArray
    neighbours: tuple[tuple[int, ...], ...]
    order: IntArray
    locked: tuple[int, ...]

    @property
    def bounds(self) -> tuple[int, int]:
        """Fewest and most inhabitants of a part."""
        population = self.question.scenario.population
        return population.lowest, population.highest


def assign(model: Model, municipalities: IntArray, within: BoolArray | None = None) -> Assignment:
    """Create the variables x of a component.

    Parameters
    ----------
    model : Model
    municipalities : ndarray of int64, shape (m,)
        Municipalities of the component, ascending; none of them fixed.
    within : ndarray of bool, shape (m, m), optional
        Whether a plan that is looked for may have i (row) in the part of j (column).

    Returns
    -------
    Assignment
    """
    question = model.question
    place = {i: k for k, i in enumerate(municipalities.tolist())}
    near = tuple(
        tuple(place[v] for v in question.neighbours[i] if v in place) for i in municipalities.tolist()
    )
    locked = tuple(place[i] for i in question.seats if i in place)
    seated = _seated(model.scorer, locked)
    population = question.bounded[municipalities]
    order = _order(population, locked)
    bounds = question.scenario.population
    seat = next((term.form for term, _ in model.scorer.active_terms() if term.name == seated), None)
    if isinstance(seat, ToSeat):
        may_be_root = may_be_seat(seat.ranks[municipalities])
    else:
        may_be_root = order[:, None] >= order[None, :]
    may_hold = may_be_root & _may_hold(question, place, locked)
    may_hold = may_hold if within is None else may_hold & within
    # a column without its own root is empty
    roots = np.flatnonzero(np.diagonal(may_hold))
    allowed = np.zeros_like(may_hold)
    allowed[:, roots] = admissible_pairs(
        Graph(near, population),
        (bounds.lowest, bounds.highest),
        may_hold[:, roots],
        roots=roots,
        holders=[has[municipalities] for _, has in question.required],
        groups=[[place[i] for i in group if i in place] for group in question.together],
    )
    builder = ProgrammeBuilder()
    x = np.full(allowed.shape, NONE, dtype=np.int64)
    _, root = np.nonzero(allowed)
    x[allowed] = builder.columns(root, integer=True)
    return Assignment(municipalities, seated, x, builder, question, population, near, order, locked)


def _seated(scorer: Scorer, locked: Sequence[int]) -> str:
    """Name the term whose seats are the roots: the first that weighs something.

    The seats that are locked are those of the plain distance: where there are any, roots are no other seats.
    """
    forms = [(term.name, term.form) for term, _ in scorer.active_terms()]
    seated = [name for name, form in forms if isinstance(form, ToSeat) and (form.is_plan_seat or not locked)]
    return seated[0] if seated else ""


def _order(population: IntArray, locked: Sequence[int]) -> IntArray:
    """Rank the municipalities as roots: locked seats first, then by inhabitants, then by index.

    With large ones first, small ones have few others to be the root of, so that most cannot be one.
    """
    last = np.ones(len(population), dtype=np.int64)
    last[list(locked)] = 0
    rank = np.empty(len(population), dtype=np.int64)
    rank[np.lexsort((-population, last))] = np.arange(len(population))
    return rank


def _may_hold(question: Question, place: dict[int, int], locked: Sequence[int]) -> BoolArray:
    """Say which part may hold which municipality, by locks."""
    size = len(place)
    allowed = np.ones((size, size), dtype=np.bool_)
    for s in locked:
        allowed[s] = False
        allowed[s, s] = True
    for a, b in question.apart:
        if a in place and b in place:
            allowed[place[a], place[b]] = allowed[place[b], place[a]] = False
    for group in question.together:
        if any(i in place for i in group) and not all(i in place for i in group):
            # a group that reaches beyond the component can nowhere be whole
            allowed[[place[i] for i in group if i in place]] = False
    return allowed
