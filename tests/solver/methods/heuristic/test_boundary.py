"""Moves across boundaries: parts stay connected, bounds are kept, and what is followed of the score gains."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from refzones.instances.synthetic import synthesise
from refzones.models import Scenario, Scorer, ask
from refzones.models.scoring.model import Model
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.methods.heuristic import SearchSpace, boundary
from refzones.solver.methods.heuristic.boundary import BoundarySearch
from refzones.solver.methods.heuristic.tight import TightConstruction

INSTANCE = synthesise(60, regions=1, per_merger=3, seed=4)


def space_of(weights: dict[str, float], **more: Any) -> SearchSpace:
    total = int(INSTANCE.population.sum())
    scenario = Scenario.from_dict(
        {
            "population": {"min": int(0.31 * total), "max": int(0.36 * total)},
            "count": {"min": 3, "max": 3},
            "rules": {"facility": "free", "above_max": "alone"},
            "weights": weights,
            **more,
        }
    )
    question = ask(INSTANCE, scenario)
    return SearchSpace(Model(question, Scorer(INSTANCE, scenario)), 0, question.free_members(0), engine())


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("weights", [{"cut_edges": 1.0}, {"moment": 1e-6}, {"distance": 1.0}])
def test_better_plans_are_better_and_keep_the_rules(
    weights: dict[str, float], compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With numba and without."""
    if not compiled:
        monkeypatch.setattr(boundary, "fast_walk", lambda: None)
    space, rng = space_of(weights), np.random.default_rng(0)
    parts = next(TightConstruction(space, rng, Deadline()).plans())
    search = BoundarySearch(space, rng)
    assert search.guides
    better = next(filter(None, (search.better(parts, heat) for heat in (0.1, 0.3, 1.0))))
    assert sum(space.score(better)) > sum(space.score(parts))
    assert all(map(space.is_admissible, better))
    assert sorted(i for part in better for i in part) == space.municipalities.tolist()


def test_what_stays_together_and_apart_does_so() -> None:
    code = INSTANCE.codes
    graph = nx.Graph(INSTANCE.borders.pairs.tolist())
    a, b = next(iter(graph.edges))
    far = max(nx.single_source_shortest_path_length(graph, a).items(), key=lambda one: one[1])[0]
    locks = {"together": [[code[a], code[b]]], "apart": [[code[a], code[far]]]}
    space, rng = space_of({"cut_edges": 1.0}, locks=locks), np.random.default_rng(1)
    parts = next(TightConstruction(space, rng, Deadline()).plans())
    search = BoundarySearch(space, rng)
    for heat in (0.3, 1.0):
        parts = search.better(parts, heat) or parts
        assert all(map(space.is_admissible, parts))
        (mine,) = [part for part in parts if a in part]
        assert b in mine
        assert far not in mine


def test_parts_beyond_the_bounds_are_mended() -> None:
    space, rng = space_of({"cut_edges": 1.0}), np.random.default_rng(2)
    plan = next(TightConstruction(space, rng, Deadline()).plans())
    search = BoundarySearch(space, rng)
    begin, near = search.network.rows
    first, second, *_ = plan
    moved = next(i for i in first if any(j in second for j in space.near[i]))
    beyond = [tuple(i for i in first if i != moved), tuple(sorted((*second, moved))), *plan[2:]]
    if all(len(space.pieces(part)) == 1 for part in beyond):
        mended = search.mend(beyond, 4, Deadline())
        assert mended is not None
        assert all(map(space.is_admissible, mended))
    assert len(near) == begin[-1]
