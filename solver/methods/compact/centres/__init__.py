"""A score that depends on centres alone, and a fixed number of parts: centre by centre, then part by part.

Districting as published (Hess et al. 1965; Validi, Buchanan and Lykhovyd 2022) asks for k parts and scores
distances to their centres, here their seats, and nothing else. Then few sets of k centres can belong to a
good plan (`sets`), and with its centres given a plan is made of few possible parts (`completion`).
"""

from __future__ import annotations

import numpy as np

from .....instances.common.arrays import IntArray
from .....models.formulations.assignment import Count, assign
from .....models.formulations.compact import finish
from .....models.formulations.rules import count_limits
from .....models.scoring.model import Model
from ....deadline import Deadline
from ....engines import Engine
from ....partition.answer import ComponentAnswer
from ..cutting.state import SearchState
from .params import CentreParams
from .problem import CentreProblem
from .search import CentreSearch
from .sets import TooManySetsError

__all__ = ["TooManySetsError", "is_about_centres", "search_by_centres"]


def is_about_centres(model: Model, municipalities: IntArray) -> bool:
    """Say whether a score depends on seats that are free alone, and bounds hold under one column."""
    locked = set(model.question.seats) & set(municipalities.tolist())
    return model.scorer.seat_term is not None and not model.question.also and not locked


def search_by_centres(
    model: Model,
    municipalities: IntArray,
    count: Count | None,
    by: Engine,
    answer: ComponentAnswer,
    seed: int,
    deadline: Deadline,
    params: CentreParams,
) -> CentreSearch | None:
    """Begin the search of a component by sets of centres.

    Returns
    -------
    CentreSearch or None
        None when the score does not depend on seats alone, when the number of parts is not fixed, when bounds
        hold under further columns, or when some municipality can be in no part.
    """
    scorer = model.scorer
    term = scorer.seat_term
    if term is None or not is_about_centres(model, municipalities):
        return None
    parts = assign(model, municipalities)
    least, most = count_limits(parts, count)
    if least != most or not 0 < most <= len(parts.roots) or not parts.allowed.any(axis=1).all():
        return None
    term.linear(parts, scorer.scenario.weights[term.name] / scorer.divisor(term))
    compact = finish(parts)
    costs = np.append(compact.programme.cost / compact.scale, np.inf)[parts.x]
    low, high = parts.bounds
    problem = CentreProblem(costs, parts.population.astype(np.float64), float(low), float(high))
    state = SearchState(compact, scorer, answer, most, seed, deadline)
    return CentreSearch(state, by, parts, problem, most, params)
