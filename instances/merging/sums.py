"""Sums over the members of municipalities, exact in the decimals that were given."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import numpy as np

from ..common.arrays import FloatArray, IntArray
from ..entities import Borders, Flows, Function
from .products import Product

_YES_NO = "yes/no"


def exact_sum(numbers: Iterable[float]) -> float:
    """Add numbers up as they are written, so that 11.012 and 0.1 give 11.112; not known where one is not."""
    listed = list(numbers)
    if any(map(math.isnan, listed)):
        return math.nan
    return float(sum((Decimal(repr(float(number))) for number in listed), Decimal(0)))


def summed(values: FloatArray, products: Sequence[Product]) -> FloatArray:
    """Sum a column over the members of each municipality."""
    return np.array([exact_sum(values[list(p.members)].tolist()) for p in products], dtype=np.float64)


def summed_function(function: Function, products: Sequence[Product]) -> FloatArray:
    """Sum the amounts of a function; one that is there or not is there when a member has it."""
    if function.unit == _YES_NO and set(function.amount.tolist()) <= {0.0, 1.0}:
        return np.array([function.amount[list(p.members)].max() for p in products], dtype=np.float64)
    return summed(function.amount, products)


def united_borders(borders: Borders, place: IntArray) -> Borders:
    """Sum the borders between the members of two municipalities; those inside one are gone."""
    ends = np.sort(place[borders.pairs], axis=1).tolist()
    lengths = zip(ends, borders.length.tolist(), strict=True)
    return Borders.from_dict(_by_pair((a, b, length) for (a, b), length in lengths if a != b))


def united_flows(flows: Flows, place: IntArray) -> Flows:
    """Sum the flows between the members of two municipalities, and those inside one."""
    ends = place[flows.origin].tolist(), place[flows.destination].tolist()
    return Flows.from_dict(_by_pair(zip(*ends, flows.people.tolist(), strict=True)))


def _by_pair(amounts: Iterable[tuple[int, int, float]]) -> Mapping[tuple[int, int], float]:
    by_pair: dict[tuple[int, int], list[float]] = {}
    for a, b, amount in amounts:
        by_pair.setdefault((a, b), []).append(amount)
    return {pair: exact_sum(listed) for pair, listed in by_pair.items()}
