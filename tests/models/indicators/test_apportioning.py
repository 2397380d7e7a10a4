"""Apportioning: whole numbers in proportion, with the sum that was to be shared."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from refzones.models.indicators.apportioning import apportioned, whole_numbers

MEASURES = st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any)


@given(st.integers(0, 10**13), MEASURES)
def test_shares_are_exact_to_one_and_sum_to_the_total(total: int, measures: list[int]) -> None:
    shares = apportioned(total, measures)
    assert sum(shares) == total
    for share, measure in zip(shares, measures, strict=True):
        assert abs(share - Fraction(total * measure, sum(measures))) < 1


@given(st.integers(0, 10**6), MEASURES, st.integers(1, 1000))
def test_only_proportions_count(total: int, measures: list[int], factor: int) -> None:
    assert apportioned(total, [factor * one for one in measures]) == apportioned(total, measures)


def test_the_largest_remainder_goes_before() -> None:
    # 10 seats for 47, 16, 15.8, 12, 6.1, 3.1 of 100: 4, 1, 1, 1, 0, 0, then .7, .61, .6 before .58
    assert apportioned(10, [470, 160, 158, 120, 61, 31]) == [5, 2, 1, 1, 1, 0]


def test_of_equal_remainders_the_first_goes_before() -> None:
    assert apportioned(2, [1, 1, 1]) == [1, 1, 0]


@given(st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=10))
def test_whole_numbers_have_the_same_proportions(values: list[float]) -> None:
    whole = whole_numbers(values)
    for one, other in zip(values, whole, strict=True):
        assert Fraction(one) * sum(whole) == other * sum(map(Fraction, values))
