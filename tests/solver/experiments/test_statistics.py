"""Statistics against cases by hand, against their definition, and against scipy."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.solver.experiments.statistics import explained, kendall, midranks, spearman, weighted_kappa

VALUES = st.integers(0, 5)
TABLES = st.integers(2, 12).flatmap(
    lambda n: st.tuples(*[st.lists(VALUES, min_size=n, max_size=n) for _ in range(2)])
)


def rows(*values: list[float]) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def test_midranks_by_hand() -> None:
    assert midranks(np.array([10.0, 5.0, 10.0, 7.0])).tolist() == [3.5, 1.0, 3.5, 2.0]


def test_correlations_by_hand() -> None:
    """Pairs 1-2, 1-3 and 1-4 agree, 2-3 is tied in the first, 2-4 disagrees, 3-4 agrees."""
    steps, measure = rows([1, 2, 2, 3]), rows([1, 4, 2, 3])
    assert kendall(steps, measure)[0, 0] == pytest.approx((4 - 1) / math.sqrt(5 * 6))
    # ranks 1 2.5 2.5 4 and 1 4 2 3
    assert spearman(steps, measure)[0, 0] == pytest.approx(3.0 / math.sqrt(4.5 * 5))


def test_explained_by_hand() -> None:
    """Means 2 and 5 of 3.5: between 4 x 1.5 squared of 10."""
    assert explained(rows([0, 0, 1, 1]), rows([1.5, 2.5, 4.5, 5.5]))[0, 0] == pytest.approx(9 / 10)
    assert explained(rows([0, 0, 0]), rows([1, 2, 3]))[0, 0] == 0.0
    assert explained(rows([0, 1, 2]), rows([4, 2, 3]))[0, 0] == pytest.approx(1.0)


def test_kappa_by_hand() -> None:
    """Squares found 0, 0, 1: a third; expected over all nine pairs 1+1+4+0+0+1+0+0+1: eight ninths."""
    before, after = np.array([0, 1, 1]), np.array([0, 1, 2])
    expected = sum((a - b) ** 2 for a in before for b in after) / 9
    assert weighted_kappa(before, after) == pytest.approx(1 - (1 / 3) / expected)
    assert weighted_kappa(before, before) == 1.0
    assert math.isnan(weighted_kappa(np.array([2, 2]), np.array([2, 2])))


@pytest.mark.parametrize("statistic", [kendall, spearman, explained])
def test_nothing_is_said_of_what_is_the_same_everywhere(statistic) -> None:  # type: ignore[no-untyped-def]
    assert np.isnan(statistic(rows([1, 2, 3]), rows([0.1, 0.1, 0.1]))).all()


@settings(deadline=None)
@given(TABLES)
def test_kendall_is_its_definition(table: tuple[list[int], list[int]]) -> None:
    a, b = table
    agree = sum((a[i] - a[j]) * (b[i] - b[j]) > 0 for i, j in combinations(range(len(a)), 2))
    differ = sum((a[i] - a[j]) * (b[i] - b[j]) < 0 for i, j in combinations(range(len(a)), 2))
    free = [sum(x[i] != x[j] for i, j in combinations(range(len(x)), 2)) for x in (a, b)]
    found = kendall(rows(a), rows(b))[0, 0]
    if 0 in free:
        assert math.isnan(found)
    else:
        assert found == pytest.approx((agree - differ) / math.sqrt(free[0] * free[1]))


@settings(deadline=None)
@given(TABLES)
def test_all_are_those_of_scipy(table: tuple[list[int], list[int]]) -> None:
    stats = pytest.importorskip("scipy.stats")
    a, b = table
    if len(set(a)) < 2 or len(set(b)) < 2:
        return
    both = rows(a), rows(b)
    assert kendall(*both)[0, 0] == pytest.approx(stats.kendalltau(a, b, variant="b").statistic)
    assert spearman(*both)[0, 0] == pytest.approx(stats.spearmanr(a, b).statistic)
    assert midranks(both[1][0]).tolist() == stats.rankdata(b).tolist()
    groups = [[y for x, y in zip(a, b, strict=True) if x == step] for step in sorted(set(a))]
    ranks = midranks(both[1][0])[None, :]
    chi = stats.kruskal(*groups).statistic
    assert explained(both[0], ranks)[0, 0] == pytest.approx(chi / (len(a) - 1), abs=1e-9)


@settings(deadline=None)
@given(TABLES)
def test_order_alone_counts(table: tuple[list[int], list[int]]) -> None:
    a, b = rows(table[0]), rows(table[1])
    for statistic in (kendall, spearman):
        np.testing.assert_allclose(statistic(a, b), statistic(np.exp(a), 3 * b + 1), equal_nan=True)
        np.testing.assert_allclose(statistic(a, b), -statistic(a, -b), equal_nan=True)
        np.testing.assert_allclose(statistic(a, b), statistic(b, a).T, equal_nan=True)


@given(TABLES)
def test_kappa_is_one_for_agreement_alone(table: tuple[list[int], list[int]]) -> None:
    a, b = (np.array(each) for each in table)
    kappa = weighted_kappa(a, b)
    assert math.isnan(kappa) or kappa <= 1
    assert (kappa == 1) == (a.tolist() == b.tolist() and len(set(a.tolist())) > 1)
