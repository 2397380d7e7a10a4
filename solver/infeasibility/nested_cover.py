"""Mergers inside zones, where any will do: one exact cover of both levels."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from ..candidates.sets import Part
from ..deadline import Deadline
from ..engines.cpsat import new_solver
from .relaxed_level import ListedParts, RelaxedLevel, sides_of

Parts = list[Part]


def cover_both(
    inner: tuple[RelaxedLevel, ListedParts], outer: tuple[RelaxedLevel, ListedParts], deadline: Deadline
) -> tuple[Parts, ...] | bool | None:
    """Choose mergers and zones such that each merger lies in one zone.

    Each municipality is in one merger and one zone. A merger lies in one zone when no two neighbours in
    it are in different ones: of the mergers that hold both and the zones that hold the first only, at
    most one is chosen.

    Returns
    -------
    tuple of list of tuple of int, False or None
        Mergers and zones; False where there are none, which is proved; None where time runs out.
    """
    if any(not len(listed.candidates) or listed.candidates.uncovered for _, listed in (inner, outer)):
        return False
    model = cp_model.CpModel()
    chosen = [[model.new_bool_var("") for _ in range(len(listed.candidates))] for _, listed in (inner, outer)]
    for (level, listed), x in zip((inner, outer), chosen, strict=True):
        dense = listed.candidates.dense() > 0
        for k in range(len(listed.candidates.municipalities)):
            model.add_exactly_one(x[j] for j in np.flatnonzero(dense[:, k]).tolist())
        for side in sides_of(level, listed):
            some = [x[j] for j in np.flatnonzero(side.coefficients).tolist()]
            model.add_linear_constraint(sum(some), side.lower, side.upper)
    mergers, zones = (listed.candidates.dense() > 0 for _, listed in (inner, outer))
    place = [
        {int(i): k for k, i in enumerate(listed.candidates.municipalities)} for _, listed in (inner, outer)
    ]
    for a in inner[0].members.tolist():
        for b in inner[0].neighbours[a]:
            both = mergers[:, place[0][a]] & mergers[:, place[0][b]]
            parted = zones[:, place[1][a]] & ~zones[:, place[1][b]]
            if both.any() and parted.any():
                model.add_at_most_one(
                    [chosen[0][j] for j in np.flatnonzero(both).tolist()]
                    + [chosen[1][j] for j in np.flatnonzero(parted).tolist()]
                )
    solver = new_solver(0, deadline.remaining)
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return False
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return tuple(
        [listed.candidates.members(j) for j, taken in enumerate(x) if solver.boolean_value(taken)]
        for (_, listed), x in zip((inner, outer), chosen, strict=True)
    )
