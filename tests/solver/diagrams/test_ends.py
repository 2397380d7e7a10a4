"""The cheapest partition for each sum, against trying all partitions."""

from __future__ import annotations

import numpy as np
from hypothesis import event, given
from hypothesis import strategies as st
from refzones.models.programmes.set_partition import SideConstraint
from refzones.solver.candidates.sets import Candidates
from refzones.solver.diagrams.diagram import build_diagram
from refzones.solver.diagrams.ends import cheapest_ends
from refzones.solver.partition.problem import PartitionProblem, PricedProblem
from support.brute import partitions


@given(st.data())
def test_each_sum_has_its_cheapest_partition(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 6))
    masks = data.draw(st.lists(st.integers(1, (1 << size) - 1), min_size=1, max_size=30, unique=True))
    cost = np.array([data.draw(st.integers(0, 5)) for _ in masks], dtype=np.int64)
    amounts = np.array([data.draw(st.integers(0, 2)) for _ in masks], dtype=np.int64)
    budget = data.draw(st.integers(0, 12))
    place = {mask: row for row, mask in enumerate(masks)}
    wanted: dict[int, int] = {}
    for plan in partitions((1 << size) - 1, dict.fromkeys(masks, (0, True))):
        rows = [place[mask] for mask in plan]
        total, spent = int(amounts[rows].sum()), int(cost[rows].sum())
        if spent <= budget:
            wanted[total] = min(wanted.get(total, spent), spent)
    problem = PartitionProblem(
        Candidates(np.arange(size), np.array(masks, dtype=np.uint64)[:, None]),
        -cost,
        (SideConstraint(amounts, 0, int(amounts.sum())),),
    )
    graph = build_diagram(PricedProblem(problem, cost, (0,)), budget)
    ways = cheapest_ends(graph, cost)
    event(f"{min(len(ways), 2)} sums")
    assert {int(amounts[way].sum()): int(cost[way].sum()) for way in ways} == wanted
    assert len(ways) == len(wanted)
    for way in ways:
        assert sum(masks[row] for row in way.tolist()) == (1 << size) - 1
