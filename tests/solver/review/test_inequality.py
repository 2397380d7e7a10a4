"""The Gini coefficient: by hand, against its definition, and what it must not change under."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances.common.arrays import FloatArray
from refzones.solver.review.inequality import gini, inequality

PEOPLE = st.integers(1, 10_000)
AMOUNTS = st.integers(0, 10**6)
ROWS = st.lists(st.tuples(AMOUNTS, PEOPLE, st.sampled_from("abc")), min_size=1, max_size=12)


def columns(rows: list[tuple[int, int, str]]) -> tuple[FloatArray, FloatArray, list[str]]:
    amounts, people, groups = zip(*rows, strict=True)
    return np.array(amounts, dtype=float), np.array(people, dtype=float), list(groups)


def by_definition(amounts: FloatArray, people: FloatArray) -> float:
    """Half the mean difference of any two inhabitants, as a part of the mean."""
    if not amounts.sum():
        return 0.0
    each = amounts / people
    differences = np.abs(each[:, None] - each[None, :]) * people[:, None] * people[None, :]
    return float(differences.sum() / (2 * people.sum() * amounts.sum()))


def test_by_hand() -> None:
    """Two inhabitants with 0 and 1 euro: 1/2; groups apart leave nothing within, and no overlap."""
    assert gini(np.array([0.0, 1.0]), np.ones(2)) == pytest.approx(0.5)
    # 1, 2, 3, 4: differences sum to 20, over 2 x 4 x 10
    four = np.array([1.0, 2.0, 3.0, 4.0])
    assert gini(four, np.ones(4)) == pytest.approx(0.25)
    apart = inequality(four, np.ones(4), ["low", "low", "high", "high"])
    # between: 1.5, 1.5, 3.5, 3.5; within: 3/10 x 1/2 x 1/6 + 7/10 x 1/2 x 1/14
    assert (apart.between, apart.within) == (pytest.approx(0.2), pytest.approx(0.05))
    assert apart.overlap == pytest.approx(0)
    mixed = inequality(four, np.ones(4), ["one", "other", "one", "other"])
    # between: 2, 3, 2, 3; within: 4/10 x 1/2 x 1/4 + 6/10 x 1/2 x 1/6
    assert (mixed.between, mixed.within) == (pytest.approx(0.1), pytest.approx(0.1))
    assert mixed.overlap == pytest.approx(0.05)


@given(ROWS)
def test_it_is_its_definition(rows: list[tuple[int, int, str]]) -> None:
    amounts, people, groups = columns(rows)
    assert gini(amounts, people) == pytest.approx(by_definition(amounts, people), abs=1e-9)
    found = inequality(amounts, people, groups)
    assert found.gini == gini(amounts, people)
    assert found.overlap >= -1e-9
    assert 0 <= found.between <= found.gini + 1e-9
    assert 0 <= found.within <= found.gini + 1e-9


@given(st.lists(st.tuples(PEOPLE, st.sampled_from("abc")), min_size=1, max_size=12), st.integers(1, 5000))
def test_where_all_have_the_same_it_is_nothing(rows: list[tuple[int, str]], each: int) -> None:
    people = np.array([one for one, _ in rows], dtype=float)
    found = inequality(each * people, people, [group for _, group in rows])
    assert (found.gini, found.between, found.within) == tuple(pytest.approx(0, abs=1e-9) for _ in range(3))


@given(ROWS, st.integers(2, 9))
def test_neither_scale_nor_replication_counts(rows: list[tuple[int, int, str]], factor: int) -> None:
    amounts, people, groups = columns(rows)
    found = inequality(amounts, people, groups)
    for other in (
        inequality(factor * amounts, people, groups),
        inequality(amounts, factor * people, groups),
        inequality(np.tile(amounts, factor), np.tile(people, factor), groups * factor),
    ):
        assert other.gini == pytest.approx(found.gini, abs=1e-9)
        assert other.between == pytest.approx(found.between, abs=1e-9)
        assert other.within == pytest.approx(found.within, abs=1e-9)


@given(ROWS)
def test_one_group_is_all_within_and_a_group_each_all_between(rows: list[tuple[int, int, str]]) -> None:
    amounts, people, _ = columns(rows)
    together = inequality(amounts, people, ["all"] * len(rows))
    assert (together.between, together.within) == (
        pytest.approx(0, abs=1e-9),
        pytest.approx(together.gini, abs=1e-9),
    )
    apart = inequality(amounts, people, [str(k) for k in range(len(rows))])
    assert (apart.between, apart.within) == (
        pytest.approx(apart.gini, abs=1e-9),
        pytest.approx(0, abs=1e-9),
    )
