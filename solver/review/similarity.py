"""How alike two partitions of the same municipalities are, in whole numbers until the last step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import IntArray

Parts = Sequence[tuple[int, ...]]
"""A partition: members of each part, no municipality in two of them."""


@dataclass(frozen=True)
class Similarity:
    """How alike two plans are; 1 is the same.

    Attributes
    ----------
    rand : float
        Share of the pairs of inhabitants that both plans place alike: together in both, or apart in both
        (Rand 1971). Two inhabitants of one municipality are always together.
    adjusted_rand : float
        The same, set to 0 for what chance alone would give (Hubert and Arabie 1985); of pairs of inhabitants.
    adjusted_rand_municipalities : float
        The same again, of pairs of municipalities.
    """

    rand: float
    adjusted_rand: float
    adjusted_rand_municipalities: float


def similarity(first: Parts, second: Parts, population: IntArray) -> Similarity:
    """Compare two partitions of the same municipalities.

    Parameters
    ----------
    first, second : sequence of tuple of int
    population : ndarray of int64, shape (n,)
        Inhabitants of each municipality.

    Returns
    -------
    Similarity

    Notes
    -----
    O(n). Pairs are counted in whole numbers; each figure is one division, correctly rounded.
    """
    inhabitants = contingency(first, second, population)
    municipalities = contingency(first, second, np.ones(len(population), dtype=np.int64))
    return Similarity(rand_index(inhabitants), adjusted_rand(inhabitants), adjusted_rand(municipalities))


def contingency(first: Parts, second: Parts, weight: IntArray) -> dict[tuple[int, int], int]:
    """Tabulate the weight that each part of one partition shares with each part of the other.

    Returns
    -------
    dict of (int, int) to int
        By the places of the two parts, in order of both; pairs that share nothing are left out.
    """
    part_of = {i: b for b, part in enumerate(second) for i in part}
    shared: dict[tuple[int, int], int] = {}
    for a, part in enumerate(first):
        for i in part:
            cell = a, part_of[i]
            shared[cell] = shared.get(cell, 0) + int(weight[i])
    return dict(sorted(shared.items()))


def rand_index(shared: dict[tuple[int, int], int]) -> float:
    """Compute the share of all pairs that are placed alike; 1 where there are no pairs."""
    together, in_first, in_second, pairs = _pair_counts(shared)
    return (pairs + 2 * together - in_first - in_second) / pairs if pairs else 1.0


def adjusted_rand(shared: dict[tuple[int, int], int]) -> float:
    """Compute the Rand index adjusted for chance; 1 for the same partition."""
    together, in_first, in_second, pairs = _pair_counts(shared)
    most = (in_first + in_second) * pairs - 2 * in_first * in_second
    # Nothing to tell apart: both keep all in one part, or both keep all apart.
    return 2 * (together * pairs - in_first * in_second) / most if most else 1.0


def _pair_counts(shared: dict[tuple[int, int], int]) -> tuple[int, int, int, int]:
    """Pairs together in both partitions, in the first, in the second, and all pairs."""
    rows: dict[int, int] = {}
    columns: dict[int, int] = {}
    for (a, b), weight in shared.items():
        rows[a] = rows.get(a, 0) + weight
        columns[b] = columns.get(b, 0) + weight
    counts = (shared.values(), rows.values(), columns.values(), [sum(rows.values())])
    together, in_first, in_second, pairs = (_pairs(weights) for weights in counts)
    return together, in_first, in_second, pairs


def _pairs(weights: Iterable[int]) -> int:
    return sum(weight * (weight - 1) // 2 for weight in weights)
