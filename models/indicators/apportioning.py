"""Apportioning: whole euro by proportions, with the sum that was to be shared."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from ...instances.common.arrays import FloatArray


def whole_numbers(values: Sequence[float] | FloatArray) -> list[int]:
    """Give whole numbers in exactly the proportions of some values, which need not be whole."""
    exact = [Fraction(float(value)) for value in values]
    common = lcm(*(one.denominator for one in exact)) if exact else 1
    return [int(one * common) for one in exact]


def apportioned(total: int, measures: Sequence[int]) -> list[int]:
    """Share a whole number out in proportion, by the method of the largest remainder (Hamilton).

    Parameters
    ----------
    total : int
        At least 0.
    measures : sequence of int
        At least 0, and not all 0.

    Returns
    -------
    list of int
        They sum to the total, and each is less than 1 off its exact share. Of equal remainders the first goes
        before.
    """
    base = sum(measures)
    shares, remainders = map(list, zip(*(divmod(total * one, base) for one in measures), strict=True))
    order = sorted(range(len(measures)), key=lambda k: (-remainders[k], k))
    for k in order[: total - sum(shares)]:
        shares[k] += 1
    return shares
