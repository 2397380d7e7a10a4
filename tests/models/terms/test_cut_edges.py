"""Cut edges by hand, and as a graph counts them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models import NANO, Scenario, Scorer
from support.build import build_instance
from support.strategies import instances


@pytest.mark.parametrize(
    ("members", "expected"),
    [((0,), 0.5), ((1,), 1.0), ((0, 1), 0.5), ((0, 2), 1.5), ((1, 3), 2.0), ((0, 1, 2, 3, 4), 0.0)],
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    """Five municipalities in a row."""
    assert value("cut_edges", members) == expected


@pytest.mark.parametrize("borders", [{"removed": [["M0", "M1"]]}, {"added": [["M0", "M4"]]}])
def test_borders_of_the_scenario_change_nothing(value: Callable[..., float], borders: object) -> None:
    assert value("cut_edges", (0, 1), borders=borders) == 0.5


def test_borders_between_regions_are_left_out() -> None:
    instance = build_instance([1_000] * 4, [(0, 1), (1, 2), (2, 3), (0, 3)], region=[0, 0, 1, 1])
    assert values(instance, [(0,), (1,), (2, 3)]) == [0.5, 0.5, 0.0]


def test_it_is_a_count() -> None:
    instance = build_instance([1_000, 2_000], [(0, 1)])
    scorer = Scorer(instance, Scenario.from_dict({"weights": {"cut_edges": 3}}))
    assert scorer.score(np.eye(2), np.arange(2)).nano.tolist() == [-3 * NANO // 2] * 2


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_plan_has_as_many_as_its_graph(data: st.DataObject) -> None:
    """networkx counts the edges between the parts of any division of each region."""
    instance = data.draw(instances(connected=False))
    mark = [data.draw(st.integers(0, 2)) for _ in range(len(instance))]
    graph: nx.Graph[int] = nx.Graph(instance.borders.pairs.tolist())
    inside = [(a, b) for a, b in graph.edges if instance.region[a] == instance.region[b]]
    cut = sum(mark[a] != mark[b] for a, b in inside)
    parts = [
        [i for i in range(len(instance)) if (mark[i], int(instance.region[i])) == key]
        for key in sorted({(m, int(r)) for m, r in zip(mark, instance.region, strict=True)})
    ]
    assert sum(values(instance, parts)) == cut


def values(instance: Instance, parts: Sequence[Sequence[int]]) -> list[float]:
    """Value of each part in the only term."""
    scorer = Scorer(instance, Scenario.from_dict({"weights": {"cut_edges": 1}}))
    members = np.array([np.isin(np.arange(len(instance)), part) for part in parts], dtype=np.float64)
    found: list[float] = scorer.values(members, np.arange(len(instance)))[:, 0].tolist()
    return found
