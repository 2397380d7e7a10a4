"""Locked seats, told exactly from the sets of municipalities themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .....models.formulations.assignment import Assignment
from .....models.scoring.scorer import Scorer


def misplaced(parts: Assignment, scorer: Scorer, plan: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Give the parts whose locked seat is not their seat.

    The rows that lock a seat compare sums of some thousand million; where two members are exact equals, the
    tolerance of an engine can hide which of them comes first.

    Parameters
    ----------
    parts : Assignment
    scorer : Scorer
    plan : sequence of tuple of int
        Places in the component.
    """
    wrong = []
    for part in plan:
        locked = [i for i in part if i in parts.locked]
        if locked:
            of = parts.municipalities[list(part)]
            seat = int(scorer.seats(np.ones((1, len(of))), of)[0])
            if [int(parts.municipalities[i]) for i in locked] != [seat]:
                wrong.append(part)
    return wrong
