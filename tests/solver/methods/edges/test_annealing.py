"""Simulated annealing of plans: what it tells keeps the bounds, and is better each time."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from refzones.models import Scenario, ask
from refzones.solver.deadline import Deadline
from refzones.solver.methods.edges.annealing import annealed
from refzones.solver.methods.edges.graph import Graph
from refzones.solver.methods.edges.listing import Bounds
from refzones.solver.methods.edges.params import EdgeParams
from refzones.solver.methods.edges.search import Division
from support.build import build_instance

pytest.importorskip("numba")
SIDE = 8


def _lattice() -> Graph:
    """A square of municipalities with one inhabitant each."""
    cells = list(product(range(SIDE), range(SIDE)))
    pairs = [
        (SIDE * x + y, SIDE * (x + dx) + y + dy)
        for x, y in cells
        for dx, dy in ((1, 0), (0, 1))
        if x + dx < SIDE and y + dy < SIDE
    ]
    instance = build_instance([1] * len(cells), pairs)
    scenario = Scenario.from_dict({"population": {"min": 0, "max": 99}, "weights": {"cut_edges": 1}})
    return Graph.of(ask(instance, scenario), np.arange(len(cells)))


def test_comb_is_made_straight_within_the_bounds() -> None:
    """Two combs whose teeth interlock become two halves, which cut one edge a row."""
    graph = _lattice()
    first = [
        SIDE * x + y for x, y in product(range(SIDE), range(SIDE)) if y == 0 or (x % 2 == 0 and y < SIDE - 1)
    ]
    second = sorted(set(range(SIDE * SIDE)) - set(first))
    told: list[Division] = []
    begun: Division = (tuple(first), tuple(second))
    annealed(graph, Bounds(30, 34), begun, 0, Deadline(), EdgeParams(), told.append)
    cuts = []
    for division in told:
        labels = np.zeros(len(graph), dtype=np.int64)
        labels[list(division[1])] = 1
        assert sorted(v for part in division for v in part) == list(range(SIDE * SIDE))
        for part in division:
            assert 30 <= len(part) <= 34
            assert len(graph.within(np.array(part)).pieces()) == 1
        cuts.append(graph.cut(labels))
    assert cuts == sorted(set(cuts), reverse=True)
    assert cuts[-1] == SIDE


def test_no_time_is_kept() -> None:
    told: list[Division] = []
    half = SIDE * SIDE // 2
    begun: Division = (tuple(range(half)), tuple(range(half, 2 * half)))
    annealed(_lattice(), Bounds(30, 34), begun, 0, Deadline.after(1e-9), EdgeParams(), told.append)
    assert told == []
