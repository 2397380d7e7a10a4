"""Frames whose score depends on seats alone, for a fixed number of parts: seat by seat, then part by part.

Districting as published (Hess et al. 1965; Validi, Buchanan and Lykhovyd 2022) asks for k parts and scores
distances to their seats, nothing else. Then few sets of k seats can belong to a good plan (`sets`), and
with its seats given a plan is made of few possible parts (`plans`).
"""

from __future__ import annotations

import numpy as np

from .....instances.common.arrays import IntArray
from .....models.formulations.assignment import Count, assign
from .....models.formulations.compact import finish
from .....models.formulations.rules import count_limits
from .....models.model import Model
from .....models.question.question import Question
from .....models.scorer import Scorer
from .....models.terms.seated import SeatTerm
from ....deadline import Deadline
from ....engines import Engine
from ..answer import CompactAnswer
from ..plans import Search
from .problem import Seating
from .search import SeatSearch
from .sets import TooManySetsError

__all__ = ["TooManySetsError", "only_seat_term", "search_by_seats"]


def only_seat_term(scorer: Scorer) -> SeatTerm | None:
    """Give the term of seats that the score depends on, if on nothing else."""
    weighed = [term for term in scorer.terms if scorer.scenario.weights[term.name] > 0]
    return weighed[0] if len(weighed) == 1 and isinstance(weighed[0], SeatTerm) else None


def search_by_seats(
    question: Question,
    scorer: Scorer,
    of: IntArray,
    count: Count | None,
    by: Engine,
    answer: CompactAnswer,
    seed: int,
    deadline: Deadline,
) -> SeatSearch | None:
    """Begin the search of a frame by sets of seats.

    Returns
    -------
    SeatSearch or None
        None when the score does not depend on seats alone, when the number of parts is not fixed, or when
        somebody can be in no part.
    """
    term = only_seat_term(scorer)
    if term is None or set(question.seats) & set(of.tolist()):
        return None
    parts = assign(Model(question, scorer), of)
    least, most = count_limits(parts, count)
    if least != most or not 0 < most <= len(parts.roots) or not parts.allowed.any(axis=1).all():
        return None
    term.linear(parts, scorer.scenario.weights[term.name] / scorer.divisor(term))
    compact = finish(parts)
    costs = np.append(compact.programme.cost / compact.scale, np.inf)[parts.x]
    low, high = parts.bounds
    seating = Seating(costs, parts.population.astype(np.float64), float(low), float(high))
    search = Search(compact, scorer, answer, most, seed, deadline)
    return SeatSearch(search, by, parts, seating, most)
