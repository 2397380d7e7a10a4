"""Candidates in some partition: those that brute force finds, and the number of partitions."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.solver.candidates.enumeration import connected_sets
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import Deadline, TimeUpError
from refzones.solver.partition.in_some_partition import in_some_partition

pytest.importorskip("numba")

LARGE = 10**9


def _partitions(sets: list[tuple[int, ...]], size: int) -> list[tuple[int, ...]]:
    """All ways to hold each vertex once, as rows of sets; by trying."""
    whole = []

    def go_on(left: set[int], rows: tuple[int, ...]) -> None:
        if not left:
            whole.append(rows)
            return
        for row, some in enumerate(sets):
            if min(left) in some and left.issuperset(some):
                go_on(left - set(some), (*rows, row))

    go_on(set(range(size)), ())
    return whole


@settings(deadline=None)  # compiled when it is first called
@given(st.data())
def test_equal_to_trying_all_partitions(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 10))
    graph = nx.gnm_random_graph(
        size, data.draw(st.integers(size, 3 * size)), seed=data.draw(st.integers(0, 99))
    )
    neighbours = [sorted(graph[v]) for v in range(size)]
    people = np.array(data.draw(st.lists(st.integers(1, 5), min_size=size, max_size=size)))
    lower, upper = sorted((data.draw(st.integers(1, 8)), data.draw(st.integers(2, 12))))
    words = connected_sets(neighbours, people, lower, upper)
    # some are barred, as by locks
    rows = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    candidates = Candidates(np.arange(size), words[np.array(rows, dtype=np.bool_)])
    members = [candidates.members(k) for k in range(len(candidates))]
    least = data.draw(st.integers(0, 4))
    count = data.draw(st.sampled_from([None, (least, None), (least, least), (least, least + 2)]))
    highest = size if count is None or count[1] is None else count[1]
    wanted = [
        rows for rows in _partitions(members, size) if count is None or count[0] <= len(rows) <= highest
    ]
    found = in_some_partition(candidates, neighbours, people, count=count, effort=LARGE)
    if not members:
        assert found is None
        return
    assert found is not None
    assert found.partitions == len(wanted)
    assert set(np.flatnonzero(found.rows).tolist()) == {row for rows in wanted for row in rows}


def test_over_several_words() -> None:
    """A path is cut into pieces of two and three in as many ways as its length is a sum of them."""
    size = 130
    neighbours = [[v for v in (u - 1, u + 1) if 0 <= v < size] for u in range(size)]
    ones = np.ones(size, dtype=np.int64)
    candidates = Candidates(np.arange(size), connected_sets(neighbours, ones, 2, 3))
    ways = [1, 0, 1]
    while len(ways) <= size:
        ways.append(ways[-2] + ways[-3])
    found = in_some_partition(candidates, neighbours, ones, effort=LARGE)
    assert found is not None
    assert found.partitions == ways[size]
    fixed = in_some_partition(candidates, neighbours, ones, count=(65, 65), effort=LARGE)
    assert fixed is not None
    assert (fixed.partitions, int(fixed.rows.sum())) == (1, 65)
    none = in_some_partition(candidates, neighbours, ones, count=(66, None), effort=LARGE)
    assert none is not None
    assert (none.partitions, none.rows.any()) == (0, False)


def test_ends_with_its_effort_and_in_time() -> None:
    size = 12
    neighbours = [[v for v in range(size) if v != u] for u in range(size)]
    ones = np.ones(size, dtype=np.int64)
    sets = [1 << a | 1 << b for a, b in combinations(range(size), 2)]
    pairs = Candidates(np.arange(size), np.array(sets, dtype=np.uint64)[:, None])
    assert in_some_partition(pairs, neighbours, ones, effort=100) is None
    found = in_some_partition(pairs, neighbours, ones, effort=LARGE)
    assert found is not None
    assert found.partitions == 11 * 9 * 7 * 5 * 3
    with pytest.raises(TimeUpError):
        in_some_partition(pairs, neighbours, ones, effort=LARGE, deadline=Deadline(at=0.0))
