"""The search as the answer for a frame: parts, score and bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ....instances.common.arrays import IntArray
from ....models.question.question import Question
from ....models.scorer import Scorer
from ...candidates.sets import Candidates
from ...deadline import Deadline
from ...engines import Engine
from ...partition.fixing import PartitionAnswer
from .bound import upper_bound
from .search import search
from .space import Part, SearchSpace

_SEARCHING = 0.9  # share of the time; the rest is for the bound


@dataclass(frozen=True)
class Searched:
    """A frame's answer without its proof.

    Attributes
    ----------
    candidates : Candidates
        The parts of the plan, settled ones first.
    nano : ndarray of int64, shape (k,)
    answer : PartitionAnswer
        The plan, if one was found, and a bound.
    pool : mapping of tuple of int to int
        Promising sets that the search came upon, with their scores in nano-points.
    """

    candidates: Candidates
    nano: IntArray
    answer: PartitionAnswer
    pool: Mapping[Part, int] = field(default_factory=dict)


def search_frame(
    question: Question,
    scorer: Scorer,
    region: int,
    of: IntArray,
    settled: list[Part],
    engine: Engine,
    seed: int = 0,
    deadline: Deadline = Deadline(),
) -> Searched:
    """Search a frame whose candidates are too many to list.

    Parameters
    ----------
    question : Question
        Of one level.
    scorer : Scorer
    region : int
    of : ndarray of int64, shape (m,)
        Municipalities of the frame, ascending, settled ones included.
    settled : list of tuple of int
        Parts of the frame that are in every plan.
    engine : Engine
    seed : int
    deadline : Deadline

    Returns
    -------
    Searched
    """
    held = {i for part in settled for i in part}
    free = of[[i not in held for i in of.tolist()]]
    space = SearchSpace(question, scorer, region, free, engine, seed)
    fixed = sum(space.score(settled))
    outcome = search(space, deadline.part(_SEARCHING))
    reached = None if outcome.parts is None else outcome.score
    above = upper_bound(space, reached, deadline)
    bound = None if above is None else fixed + above
    parts = [] if outcome.parts is None else [*settled, *outcome.parts]
    candidates = space.sets(parts, of.tolist())
    if outcome.parts is None:
        answer = PartitionAnswer(bound=bound)
    else:
        answer = PartitionAnswer(tuple(range(len(parts))), fixed + outcome.score, bound)
    answer.kept = len(settled)
    nano = np.array(space.score(parts), dtype=np.int64)
    return Searched(candidates, nano, answer, outcome.pool.nano)
