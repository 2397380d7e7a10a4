"""The exact search against trying all partitions, with the rule for equals."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.solver.candidates.sets import Candidates, bit_sets
from refzones.solver.partition.exact_cover import ExactCover, SearchLimitError
from refzones.solver.partition.problem import PartitionProblem, PricedProblem

Sets = list[tuple[int, ...]]


def priced(size: int, members: Sets, costs: list[int]) -> PricedProblem:
    """Write sets with what they cost as a problem."""
    problem = PartitionProblem(
        Candidates(np.arange(size), bit_sets(members, size)), np.zeros(len(members), dtype=np.int64)
    )
    return PricedProblem(problem, np.array(costs, dtype=np.int64))


@st.composite
def covers(draw: st.DrawFn) -> tuple[int, Sets, list[int]]:
    """Draw sets over at most 6 things, singles often among them, with small slacks and many equals."""
    size = draw(st.integers(1, 6))
    masks = set(draw(st.lists(st.integers(1, 2**size - 1), min_size=1, max_size=25)))
    if draw(st.booleans()):
        masks |= {1 << i for i in range(size)}
    members = [tuple(i for i in range(size) if mask >> i & 1) for mask in masks]
    order = draw(st.permutations(members))
    return size, list(order), [draw(st.integers(0, 3)) for _ in order]


def partitions(left: frozenset[int], members: Sets) -> Iterator[list[int]]:
    if not left:
        yield []
        return
    for j, one in enumerate(members):
        if min(left) in one and left.issuperset(one):
            for more in partitions(left - set(one), members):
                yield [j, *more]


@given(covers(), st.integers(0, 12))
@settings(max_examples=300, deadline=None)
def test_least_slack_and_of_equals_the_first(cover: tuple[int, Sets, list[int]], budget: int) -> None:
    size, members, slack = cover
    found = [
        (sum(slack[j] for j in chosen), [members[j] for j in chosen])
        for chosen in partitions(frozenset(range(size)), members)
    ]
    best = min((one for one in found if one[0] <= budget), default=None)
    answer = ExactCover(priced(size, members, slack)).best(budget)
    if best is None:
        assert answer is None
    else:
        assert answer is not None
        assert (answer[0], [members[j] for j in answer[1]]) == best


def test_budget_is_included() -> None:
    cover = ExactCover(priced(2, [(0,), (1,)], [3, 4]))
    assert cover.best(7) == (7, (0, 1))
    assert cover.best(6) is None


def test_a_second_question_starts_afresh() -> None:
    cover = ExactCover(priced(2, [(0, 1), (0,), (1,)], [5, 1, 1]))
    assert cover.best(9) == (2, (1, 2))
    assert cover.best(9) == (2, (1, 2))


def test_node_limit() -> None:
    singles: Sets = [(i,) for i in range(10)]
    with pytest.raises(SearchLimitError):
        ExactCover(priced(10, singles, [0] * 10), node_limit=9).best(0)
    cover = ExactCover(priced(10, singles, [0] * 10), node_limit=10)
    assert cover.best(0) == (0, tuple(range(10)))
    assert cover.nodes == 10


def test_order_goes_before_the_order_of_the_candidates() -> None:
    """(0, 1) comes before (0, 1, 2), and (0, 1) with (2, 3) before (0, 2) with (1, 3)."""
    assert ExactCover(priced(3, [(0, 1, 2), (2,), (0, 1)], [0, 0, 0])).best(0) == (0, (2, 1))
    assert ExactCover(priced(4, [(1, 3), (0, 2), (2, 3), (0, 1)], [0] * 4)).best(0) == (0, (3, 2))
