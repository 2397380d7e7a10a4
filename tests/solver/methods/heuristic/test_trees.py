"""Random trees, what their cuts give, carving, and pairs by complements."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models import Model, Scenario, Scorer, ask
from refzones.solver.candidates.enumeration import enumerate_candidates
from refzones.solver.engines import engine
from refzones.solver.methods.heuristic import SearchSpace
from refzones.solver.methods.heuristic.pairs import halves
from refzones.solver.methods.heuristic.pool import Pool
from refzones.solver.methods.heuristic.tree_partition import partition_by_trees
from refzones.solver.methods.heuristic.trees import draw_tree, tree_sets
from support.build import build_instance

GRID = [(i, i + 1) for i in range(16) if i % 4 < 3] + [(i, i + 4) for i in range(12)]


def land() -> Instance:
    return build_instance([10_000] * 16, GRID)


def ground_of(smallest: int, largest: int, **more: object) -> SearchSpace:
    scenario = Scenario.from_dict({"population": {"min": smallest, "max": largest}, **more})
    question = ask(land(), scenario)
    return SearchSpace(Model(question, Scorer(land(), scenario)), 0, question.free_members(0), engine())


EVERYBODY = tuple(range(16))


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_cuts_give_connected_sets_within_the_bounds(seed: int) -> None:
    space = ground_of(30_000, 60_000)
    tree = draw_tree(space, EVERYBODY, np.random.default_rng(seed))
    assert sorted(tree.nodes) == list(EVERYBODY)
    borders = {frozenset(pair) for pair in GRID}
    for place, above in enumerate(tree.parent[1:], 1):
        assert above < place
        assert frozenset((tree.nodes[place], tree.nodes[above])) in borders
    below = tree.below()
    for top in range(16):
        assert tree.subtree(top) == {tree.nodes[v] for v in np.flatnonzero(below[top])}
        assert tree.weights(space)[top] == 10_000 * below[top].sum()
    for row in tree_sets(space, tree):
        part = tuple(sorted(tree.nodes[v] for v in np.flatnonzero(row)))
        assert 3 <= len(part) <= 6
        assert len(space.pieces(part)) == 1


def test_a_group_is_never_cut() -> None:
    space = ground_of(10_000, 160_000, locks={"together": [["M0", "M1", "M2"]]})
    assert [space.atom[i] for i in (0, 1, 2)] == [0, 0, 0]
    for seed in range(20):
        tree = draw_tree(space, EVERYBODY, np.random.default_rng(seed))
        for row in tree_sets(space, tree)[:400]:
            part = {tree.nodes[v] for v in np.flatnonzero(row)}
            assert len(part & {0, 1, 2}) in (0, 3)


@given(st.integers(0, 10_000), st.sampled_from((None, 3, 4, 5)))
@settings(max_examples=30, deadline=None)
def test_carving_keeps_everybody_and_mostly_the_bounds(seed: int, number: int | None) -> None:
    space = ground_of(20_000, 70_000)
    parts = partition_by_trees(space, EVERYBODY, np.random.default_rng(seed), number)
    assert sorted(i for part in parts for i in part) == list(EVERYBODY)
    assert all(len(space.pieces(part)) == 1 for part in parts)
    assert all(space.sizes(part) >= 20_000 for part in parts)
    if number is not None:
        assert len(parts) <= number


def test_halves_are_all_pairs_of_complements() -> None:
    space = ground_of(10_000, 80_000)
    of = np.arange(8)
    candidates = enumerate_candidates(space.question, of)
    sets = {frozenset(candidates.members(row)) for row in range(len(candidates))}
    expected = {
        frozenset((one, frozenset(range(8)) - one)) for one in sets if frozenset(range(8)) - one in sets
    }
    found = {
        frozenset(frozenset(candidates.members(row)) for row in pair)
        for pair in halves(candidates).tolist()
        if pair[0] != pair[1]
    }
    assert found == expected
    whole = [pair for pair in halves(candidates).tolist() if pair[0] == pair[1]]
    assert [candidates.members(row) for row, _ in whole] == [tuple(range(8))]


def test_pool_finds_sets_within_and_forgets_the_oldest() -> None:
    pool = Pool(most=4)
    pool.add([(0, 1), (1, 2), (0, 1), (2, 3)], [1, 2, 9, 3])
    assert (len(pool), pool.nano[(0, 1)]) == (3, 1)
    assert pool.within((0, 1, 2)) == [(0, 1), (1, 2)]
    pool.add([(3,), (4,)], [4, 5])
    assert pool.nano == {(3,): 4, (4,): 5}
    assert pool.within((0, 1, 2, 3, 4)) == [(3,), (4,)]
