"""The last nano-points of a proof where many plans are equal but for the rounding of scores."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from ....models.formulations.arborescence import arborescence_model
from ....models.formulations.compact import Compact
from .constraint import run, values_of
from .cutting.state import SearchState

_EFFORT = 20.0
"""Deterministic seconds that it may take."""


def close_by_rounding(compact: Compact, state: SearchState) -> None:
    """Look in whole numbers for a plan that scores more than the best one found.

    Scores of parts are rounded as the scorer does. Finding none means that score and bound meet. Everything
    stays as it was where scores do not fit in whole numbers, or where it would take long.

    Parameters
    ----------
    compact : Compact
        As `cut_formulation` gives it.
    state : Search
        With a plan and a bound.
    """
    answer = state.answer
    if answer.score is None or answer.bound is None or state.deadline.passed:
        return
    try:
        model = arborescence_model(compact, rounded=True)
    except OverflowError:
        return
    bound = answer.bound
    model.model.add_linear_constraint(model.score, answer.score + 1, bound)
    solver, status = run(model, state, _EFFORT)
    if status == cp_model.INFEASIBLE:
        state.settle()
    elif status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        SearchState(compact, state.scorer, answer, state.most, state.seed, state.deadline).take(
            values_of(model, solver)
        )
        bound = min(bound, int(np.floor(solver.best_objective_bound)))
        state.conclude(bound, within_tolerance=True)
