"""Candidates as bit sets: membership, sums and selections, however many words they take."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.solver.candidates import sets as module
from refzones.solver.candidates.sets import Candidates, bit_sets, single_words, words_below


def test_dense_rows() -> None:
    candidates = Candidates(np.array([4, 7, 9]), np.array([[0b101], [0b010]], dtype=np.uint64))
    assert candidates.dense().tolist() == [[1, 0, 1], [0, 1, 0]]
    assert candidates.members(0) == (4, 9)


@given(st.sampled_from([1, 7, 8, 9, 63, 64, 65, 130]), st.data())
@settings(max_examples=60, deadline=None)
def test_sums_are_those_of_the_matrix(size: int, data: st.DataObject) -> None:
    sets = data.draw(st.lists(st.integers(0, 2**size - 1), max_size=5))
    width = (size + 63) // 64
    words = np.array([[s >> 64 * w & 2**64 - 1 for w in range(width)] for s in sets], dtype=np.uint64)
    candidates = Candidates(np.arange(size) + 3, words.reshape(-1, width))
    weights = np.array(data.draw(st.lists(st.integers(-(2**50), 2**50), min_size=size, max_size=size)))
    exact = [sum(int(w) for i, w in enumerate(weights) if s >> i & 1) for s in sets]
    assert candidates.sums(weights).tolist() == exact
    assert candidates.dense().shape == (len(sets), size)
    assert (candidates.dense().astype(np.int64) @ weights).tolist() == exact
    fractions = weights / 1024
    assert np.allclose(candidates.sums(fractions), candidates.dense() @ fractions, rtol=1e-12)
    for k, s in enumerate(sets):
        assert candidates.members(k) == tuple(i + 3 for i in range(size) if s >> i & 1)


def test_take_by_index_and_mask() -> None:
    candidates = Candidates(np.arange(3), np.array([[1], [2], [4]], dtype=np.uint64))
    assert [candidates.take(np.array([2, 0])).members(k) for k in (0, 1)] == [(2,), (0,)]
    assert len(candidates.take(np.array([True, False, False]))) == 1
    assert candidates.dense(np.array([1])).tolist() == [[0, 1, 0]]


@given(st.sampled_from([1, 63, 64, 65, 130]), st.data())
@settings(max_examples=60, deadline=None)
def test_who_holds_some_municipalities(size: int, data: st.DataObject) -> None:
    some = st.sets(st.integers(0, size - 1))
    sets = data.draw(st.lists(some, max_size=6))
    wanted = sorted(data.draw(st.one_of(some, st.sampled_from(sets) if sets else some)))
    order = np.array(data.draw(st.permutations(range(size))))
    words = bit_sets([[int(np.flatnonzero(order == i)[0]) for i in one] for one in sets], size)
    candidates = Candidates(order + 3, words)
    members = [i + 3 for i in wanted]
    assert candidates.holding(members).tolist() == [k for k, one in enumerate(sets) if set(wanted) <= one]
    assert candidates.equal_to(members).tolist() == [k for k, one in enumerate(sets) if set(wanted) == one]


@given(st.sampled_from([1, 63, 64, 65, 130]), st.data())
@settings(max_examples=60, deadline=None)
def test_sets_inside_some_municipalities(size: int, data: st.DataObject) -> None:
    some = st.sets(st.integers(0, size - 1), max_size=4)
    sets = data.draw(st.lists(some, max_size=6))
    order = np.array(data.draw(st.permutations(range(size))))
    words = bit_sets([[int(np.flatnonzero(order == i)[0]) for i in one] for one in sets], size)
    wanted = data.draw(st.permutations(sorted(set().union(*sets[:3], data.draw(some)))))
    rows, kept = Candidates(order + 3, words).inside(np.array(wanted, dtype=np.int64) + 3)
    assert rows.tolist() == [k for k, one in enumerate(sets) if one <= set(wanted)]
    assert kept.municipalities.tolist() == [i + 3 for i in wanted]
    assert [kept.members(k) for k in range(len(kept))] == [
        tuple(i + 3 for i in sorted(sets[row])) for row in rows.tolist()
    ]


@given(st.integers(1, 200), st.data())
def test_words_of_one_and_of_all_below(size: int, data: st.DataObject) -> None:
    some = np.array(data.draw(st.lists(st.integers(0, size - 1))), dtype=np.int64)
    width = (size + 63) // 64
    assert single_words(some, width).tolist() == bit_sets([[v] for v in some.tolist()], size).tolist()
    assert words_below(some, width).tolist() == bit_sets([range(v) for v in some.tolist()], size).tolist()


def test_places_are_those_of_the_ones() -> None:
    candidates = Candidates(np.arange(70), bit_sets([[0, 65], [], [3], [69, 2]], 70))
    which, bits = candidates.places(np.array([3, 0, 1]))
    assert list(zip(which.tolist(), bits.tolist(), strict=True)) == [(0, 2), (0, 69), (1, 0), (1, 65)]


def test_slices_of_wide_sets_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """All in their order, however few fit."""
    candidates = Candidates(np.arange(70), bit_sets([[k] for k in range(10)], 70))
    assert list(candidates.chunks()) == [slice(0, module._CHUNK)]
    for places, rows in ((210, 3), (70, 1), (7, 1)):
        monkeypatch.setattr(module, "_PLACES", places)
        slices = [candidates.words[some] for some in candidates.chunks()]
        assert list(map(len, slices[:-1])) == [rows] * (9 // rows)
        assert np.concatenate(slices).tolist() == candidates.words.tolist()
