"""Inequality of amounts among inhabitants: the Gini coefficient, between and within groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import FloatArray


@dataclass(frozen=True)
class Inequality:
    """The Gini coefficient of amounts an inhabitant, with its parts (Lambert and Aronson 1993).

    Attributes
    ----------
    gini : float
        0 where all inhabitants have the same, near 1 where one has all.
    between : float
        What is left where all inhabitants of a group have the mean of their group.
    within : float
        Sum of the coefficients of the groups, each weighted by its share of inhabitants and of the amounts.
    """

    gini: float
    between: float
    within: float

    @property
    def overlap(self) -> float:
        """The rest: how far amounts of one group reach into those of another."""
        return self.gini - self.between - self.within


def gini(amounts: FloatArray, people: FloatArray) -> float:
    """Work out the Gini coefficient of amounts an inhabitant.

    It is half the mean difference of the amounts of two inhabitants, as a part of the mean. O(k log k).

    Parameters
    ----------
    amounts : ndarray of float64, shape (k,)
        At least 0; of all inhabitants of each municipality together.
    people : ndarray of float64, shape (k,)
        More than 0.

    Returns
    -------
    float
        0 where there are no amounts.
    """
    order = np.argsort(amounts / people, kind="stable")
    money = np.concatenate([[0.0], np.cumsum(amounts[order])])
    if money[-1] <= 0:
        return 0.0
    share = np.diff(np.concatenate([[0.0], np.cumsum(people[order])])) / people.sum()
    lorenz = money / money[-1]
    return float(1.0 - (share * (lorenz[1:] + lorenz[:-1])).sum())


def inequality(amounts: FloatArray, people: FloatArray, groups: Sequence[str]) -> Inequality:
    """Work out the Gini coefficient of amounts an inhabitant, and what it is between and within groups.

    Parameters
    ----------
    amounts, people
        As in `gini`.
    groups : sequence of str, length k
        Group of each municipality.
    """
    of = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)[1].reshape(-1)
    money: FloatArray = np.bincount(of, weights=amounts).astype(np.float64)
    inhabitants: FloatArray = np.bincount(of, weights=people).astype(np.float64)
    total = money.sum()
    within = 0.0
    for k in range(len(money)):
        inside = of == k
        weight = (money[k] / total if total > 0 else 0.0) * inhabitants[k] / people.sum()
        within += weight * gini(amounts[inside], people[inside])
    return Inequality(gini(amounts, people), gini(money, inhabitants), within)
