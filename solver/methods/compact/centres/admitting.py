"""The rules for parts that are not about inhabitants: locks, what every part must hold, nobody enclosed."""

from __future__ import annotations

import numpy as np

from .....instances.common.arrays import BoolArray
from .....models.formulations.assignment import Assignment


def admits(parts: Assignment, members: BoolArray) -> BoolArray:
    """Say which sets keep what is locked together and apart, hold what is required, enclose nobody.

    Parameters
    ----------
    parts : Assignment
    members : ndarray of bool, shape (s, m)

    Returns
    -------
    ndarray of bool, shape (s,)
    """
    question, of = parts.question, parts.municipalities
    place = {i: k for k, i in enumerate(of.tolist())}
    kept = np.ones(len(members), dtype=np.bool_)
    for group in question.together:
        inside = members[:, [place[i] for i in group if i in place]]
        kept &= inside.all(axis=1) | ~inside.any(axis=1)
    for a, b in question.apart:
        if a in place and b in place:
            kept &= ~(members[:, place[a]] & members[:, place[b]])
    for _, has in question.required:
        kept &= members[:, has[of]].any(axis=1)
    for i, around in enumerate(question.unenclosed):
        if around and place.keys() >= set(around):
            ring = members[:, [place[j] for j in around]].all(axis=1) & (members.sum(axis=1) > 1)
            kept &= ~ring if i not in place else ~ring | members[:, place[i]]
    return kept
