"""Similarity of divisions, against a count of all pairs."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from refzones.solver.review.similarity import adjusted_rand, contingency, rand_index, similarity
from support.divisions import Division, pairs_of_divisions


def all_pairs(first: Division, second: Division, population: list[int]) -> tuple[Fraction, Fraction]:
    """Rand index and its adjusted form, by going through all pairs of inhabitants."""
    homes = [i for i, people in enumerate(population) for _ in range(people)]
    where = [{i: k for k, part in enumerate(parts) for i in part} for parts in (first, second)]
    pairs = [tuple(of[a] == of[b] for of in where) for a, b in combinations(homes, 2)]
    if not pairs:
        return Fraction(1), Fraction(1)
    alike = Fraction(sum(one == other for one, other in pairs), len(pairs))
    # Expected number of pairs that are together in both, were the second drawn at random with the same sizes.
    one, other, both = (
        sum(p[0] for p in pairs), sum(p[1] for p in pairs), sum(all(p) for p in pairs)
    )  # fmt: skip
    expected = Fraction(one * other, len(pairs))
    most = Fraction(one + other, 2) - expected
    return alike, (both - expected) / most if most else Fraction(1)


@given(pairs_of_divisions())
def test_equals_the_count_of_all_pairs(drawn: tuple[Division, Division, list[int]]) -> None:
    first, second, population = drawn
    found = similarity(first, second, np.array(population))
    rand, adjusted = all_pairs(first, second, population)
    assert found.rand == float(rand)
    assert found.adjusted_rand == float(adjusted)
    assert found.adjusted_rand_municipalities == float(all_pairs(first, second, [1] * len(population))[1])


@given(pairs_of_divisions())
def test_is_symmetric_and_one_only_for_the_same(drawn: tuple[Division, Division, list[int]]) -> None:
    first, second, population = drawn
    people = np.array(population)
    found = similarity(first, second, people)
    assert found == similarity(second, first, people)
    assert (found.rand == 1) == (sorted(first) == sorted(second)) == (found.adjusted_rand == 1)
    assert similarity(first, first, people) == similarity(second, second, people)


def test_by_hand() -> None:
    """Three towns of 2, 2 and 1: {a, b} {c} against {a} {b, c}. Of 10 pairs, 4 change sides."""
    found = similarity([(0, 1), (2,)], [(0,), (1, 2)], np.array([2, 2, 1]))
    assert found.rand == 4 / 10
    shared = contingency([(0, 1), (2,)], [(0,), (1, 2)], np.array([2, 2, 1]))
    assert shared == {(0, 0): 2, (0, 1): 2, (1, 1): 1}


def test_numbers_beyond_floating_point_stay_exact() -> None:
    """Twice a hundred million inhabitants: one pair in 10**16 still counts."""
    people = 10**8
    shared = {(0, 0): people, (1, 0): 1, (1, 1): people}
    pairs = (2 * people + 1) * (2 * people) // 2
    assert rand_index(shared) == (pairs - 2 * people) / pairs
    assert adjusted_rand(shared) < 1


@pytest.mark.parametrize("parts", [[(0, 1, 2)], [(0,), (1,), (2,)]])
def test_nothing_to_tell_apart(parts: Division) -> None:
    assert adjusted_rand(contingency(parts, parts, np.ones(3, dtype=np.int64))) == 1
    assert rand_index({(0, 0): 1}) == adjusted_rand({(0, 0): 1}) == 1
