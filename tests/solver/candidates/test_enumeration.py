"""Candidates: every connected set within the bounds, each once, however many words it takes."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario, ask
from refzones.solver.candidates import enumeration
from refzones.solver.candidates.enumeration import (
    TooManyCandidatesError,
    connected_sets,
    enumerate_candidates,
)
from refzones.solver.candidates.sets import Candidates, lowest_members
from refzones.solver.deadline import Deadline, TimeUpError
from support.admissible import Rules
from support.build import build_instance
from support.strategies import questions


def decoded(words: np.ndarray, size: int) -> list[tuple[int, ...]]:
    candidates = Candidates(np.arange(size), words)
    return [candidates.members(k) for k in range(len(candidates))]


@given(st.integers(1, 8), st.data())
def test_equal_to_trying_all_subsets(size: int, data: st.DataObject) -> None:
    pairs = list(combinations(range(size), 2))
    edges = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    population = np.array(data.draw(st.lists(st.integers(1, 9), min_size=size, max_size=size)))
    lower, upper = sorted((data.draw(st.integers(0, 30)), data.draw(st.integers(1, 40))))
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(size))
    expected = {
        chosen
        for count in range(1, size + 1)
        for chosen in combinations(range(size), count)
        if lower <= population[list(chosen)].sum() <= upper and nx.is_connected(graph.subgraph(chosen))
    }
    found = decoded(connected_sets([sorted(graph[v]) for v in range(size)], population, lower, upper), size)
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.parametrize("size", [63, 64, 65, 130, 200])
def test_path_over_several_words(size: int) -> None:
    """A path has n - k + 1 connected sets of k vertices."""
    near = [[v for v in (u - 1, u + 1) if 0 <= v < size] for u in range(size)]
    words = connected_sets(near, np.ones(size, dtype=np.int64), 3, 5)
    found = decoded(words, size)
    assert sorted(found) == sorted(tuple(range(s, s + k)) for k in (3, 4, 5) for s in range(size - k + 1))
    weights = np.arange(size) ** 2
    assert Candidates(np.arange(size), words).sums(weights).tolist() == [sum(i * i for i in s) for s in found]


def test_limits() -> None:
    complete = [[v for v in range(12) if v != u] for u in range(12)]
    ones = np.ones(12, dtype=np.int64)
    with pytest.raises(TooManyCandidatesError):
        connected_sets(complete, ones, 1, 12, limit=1000)
    with pytest.raises(TimeUpError):
        connected_sets(complete, ones, 1, 12, deadline=Deadline(0.0))


def test_cycle_over_two_words() -> None:
    """A cycle has as many connected sets of each size as vertices, but one of all: wrapped ones too."""
    size = 70
    near = [sorted(((u - 1) % size, (u + 1) % size)) for u in range(size)]
    found = decoded(connected_sets(near, np.ones(size, dtype=np.int64), 66, size), size)
    assert len(found) == len(set(found)) == 4 * size + 1
    assert {len(one) for one in found} == {66, 67, 68, 69, 70}


def test_nothing_fits() -> None:
    assert len(connected_sets([[1], [0]], np.array([5, 6]), 1, 4)) == 0
    assert len(connected_sets([[1], [0]], np.array([5, 6]), 12, 20)) == 0


def test_limit_is_the_most_that_may_be_held() -> None:
    """Three in a row have six connected sets."""
    near, ones = [[1], [0, 2], [1]], np.ones(3, dtype=np.int64)
    assert len(connected_sets(near, ones, 1, 3, limit=6)) == 6
    with pytest.raises(TooManyCandidatesError):
        connected_sets(near, ones, 1, 3, limit=2)


# Locks and requirements


def listed(instance: Instance, of: list[int], **parts: object) -> list[tuple[int, ...]]:
    scenario = Scenario.from_dict({"population": {"min": 1, "max": 60_000}, **parts})
    found = enumerate_candidates(ask(instance, scenario), np.array(of))
    return sorted(found.members(k) for k in range(len(found)))


ROW = build_instance(
    [20_000] * 4, [(0, 1), (1, 2), (2, 3)], functions={"rail": [0, 1, 0, 0]}, classes=["a1", "", "", "c0"]
)
ALL = [(0,), (0, 1), (0, 1, 2), (1,), (1, 2), (1, 2, 3), (2,), (2, 3), (3,)]


def test_without_locks() -> None:
    assert listed(ROW, [0, 1, 2, 3]) == ALL
    assert listed(ROW, [1, 2]) == [(1,), (1, 2), (2,)]


def test_together_is_all_or_nothing() -> None:
    assert listed(ROW, [0, 1, 2, 3], locks={"together": [["M1", "M2"]]}) == [
        (0,), (0, 1, 2), (1, 2), (1, 2, 3), (3,),
    ]  # fmt: skip


def test_together_beyond_the_frame_can_nowhere_be_whole() -> None:
    assert listed(ROW, [0, 1], locks={"together": [["M1", "M2"]]}) == [(0,)]


def test_apart_is_never_both() -> None:
    assert listed(ROW, [0, 1, 2, 3], locks={"apart": [["M0", "M2"], ["M2", "M3"]]}) == [
        (0,), (0, 1), (1,), (1, 2), (2,), (3,),
    ]  # fmt: skip
    assert listed(ROW, [0, 1], locks={"apart": [["M1", "M2"]]}) == [(0,), (0, 1), (1,)]


def test_locks_over_two_words() -> None:
    """A row of seventy: pairs of neighbours only, 63 | 64 being the border of the words."""
    row = build_instance([30_000] * 70, [(i, i + 1) for i in range(69)])
    pairs = [(i, i + 1) for i in range(69)]
    bounds = {"population": {"min": 60_000, "max": 60_000}}
    everybody = list(range(70))
    apart = listed(row, everybody, **bounds, locks={"apart": [["M63", "M64"]]})
    assert apart == [pair for pair in pairs if pair != (63, 64)]
    together = listed(row, everybody, **bounds, locks={"together": [["M63", "M64"]]})
    assert together == [pair for pair in pairs if pair == (63, 64) or not {63, 64} & set(pair)]


def test_required_functions_and_classes() -> None:
    rail = [one for one in ALL if 1 in one]
    assert listed(ROW, [0, 1, 2, 3], requires={"functions": ["rail"]}) == rail
    both = [one for one in rail if {0, 3} & set(one)]
    requires = {"functions": ["rail"], "classes": ["a1", "c0"]}
    assert listed(ROW, [0, 1, 2, 3], requires=requires) == both


@given(questions(largest=7))
@settings(max_examples=150, deadline=None)
def test_candidates_keep_locks_and_requirements(question: tuple[Instance, Scenario]) -> None:
    """Of all sets within bounds, exactly those that keep every lock, hold what they must and enclose none."""
    rules = Rules(*question)
    try:
        asked = ask(*question)
    except InputError:
        return
    of = asked.free_members(0)
    place = {int(i): k for k, i in enumerate(of)}
    near = [[place[j] for j in asked.neighbours[i] if j in place] for i in of.tolist()]
    bounds = asked.scenario.population
    words = connected_sets(near, asked.bounded[of], bounds.min, bounds.max)
    free = {Candidates(of, words).members(k) for k in range(len(words))}
    kept = {
        one
        for one in free
        if all(not set(group) & set(one) or set(group) <= set(one) for group in asked.together)
        and not any({a, b} <= set(one) for a, b in asked.apart)
        and all(has[list(one)].any() for _, has in asked.required)
        and not rules.encloses(one)
    }
    found = enumerate_candidates(asked, of)
    assert {found.members(k) for k in range(len(found))} == kept
    assert len(found) == len(kept)


def test_the_compiled_search_lists_the_same_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="needs the extra 'large'")
    one = load("flanders-2025").as_one_region()
    asked = ask(one, Scenario.preset("mergers"))
    of = asked.free_members(0)[:90]
    monkeypatch.setattr(enumeration, "_FEW", 1 << 40)
    plain = enumerate_candidates(asked, of)
    monkeypatch.setattr(enumeration, "_FEW", 100)
    compiled = enumerate_candidates(asked, of)
    assert plain.words.shape[1] == 2
    assert len(plain) > 1_000
    assert {bytes(row) for row in plain.words} == {bytes(row) for row in compiled.words}
    assert (np.diff(lowest_members(compiled.words)) >= 0).all()
    with pytest.raises(TooManyCandidatesError):
        enumerate_candidates(asked, of, limit=len(plain) - 1)
