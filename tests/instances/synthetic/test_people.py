from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from refzones.instances import synthesise
from refzones.instances.common.arrays import IntArray
from refzones.instances.synthetic.people import _factors, _whole
from refzones.models import Scenario
from refzones.solver import solve
from support.scenarios import FUNCTIONS_NEARBY

ANY_PLAN = Scenario.from_dict({"weights": {}})  # the default bounds and rules, and nothing to aim at


@given(
    st.integers(10, 60),
    st.integers(0, 100_000),
    st.floats(2, 15),
    st.booleans(),
)
@hypothesis_settings(max_examples=30, deadline=None)
def test_inhabitants_are_exactly_as_many_as_defined(
    n: int, seed: int, per_merger: float, most_regions: bool
) -> None:
    regions = max(1, int(n / per_merger)) if most_regions else None
    instance = synthesise(n, regions=regions, per_merger=per_merger, seed=seed)
    assert abs(instance.total_population - n * (30_000 * 130_000) ** 0.5 / per_merger) <= 0.5
    assert instance.population.min() > 0


@pytest.mark.parametrize(
    ("n", "regions", "per_merger", "seed"),
    [(10, None, 2, 0), (10, 5, 2, 1), (40, None, 2, 3), (60, 20, 3, 4), (60, 30, 2, 5), (80, 16, 5, 8)],
)
def test_the_default_question_has_a_plan(n: int, regions: int | None, per_merger: float, seed: int) -> None:
    instance = synthesise(n, regions=regions, per_merger=per_merger, seed=seed)
    assert solve(instance, ANY_PLAN).status == "optimal"


@pytest.mark.parametrize(("per_merger", "seed"), [(15, 2), (8, 1), (6, 5), (5, 3)])
def test_thick_mergers_exist_too(per_merger: float, seed: int) -> None:
    """In each region there is a partition within the bounds, by trying all of them."""
    instance = synthesise(24, regions=1 if per_merger > 12 else 3, per_merger=per_merger, seed=seed)
    graph: nx.Graph[int] = nx.Graph(instance.borders.pairs.tolist())
    for region in range(len(instance.regions)):
        assert can_be_divided(instance.population, graph, frozenset(instance.members(region).tolist()))


def can_be_divided(population: IntArray, graph: nx.Graph[int], members: frozenset[int]) -> bool:
    """Whether a set is one merger within the bounds, or a merger with a rest that can be divided."""

    def is_merger(part: frozenset[int]) -> bool:
        inhabitants = int(population[list(part)].sum())
        return 30_000 <= inhabitants <= 130_000 and bool(nx.is_connected(graph.subgraph(part)))

    if not members or is_merger(members):
        return True
    first, *others = sorted(members)
    return any(
        is_merger(part) and can_be_divided(population, graph, members - part)
        for size in range(len(others))
        for part in (frozenset((first, *more)) for more in combinations(others, size))
    )


@pytest.mark.parametrize(("n", "regions", "per_merger"), [(150, None, 2.0), (60, None, 3.0), (40, 3, 4.0)])
def test_mergers_have_so_many_members(n: int, regions: int | None, per_merger: float) -> None:
    """As a question with hard bounds draws them."""
    result = solve(synthesise(n, regions=regions, per_merger=per_merger, seed=2), FUNCTIONS_NEARBY)
    assert result.status == "optimal"
    merged = [merger for merger in result.mergers if not merger.standalone]
    members = sum(len(merger.members) for merger in merged)
    assert members / len(merged) == pytest.approx(per_merger, rel=0.25)


def test_cities_above_the_maximum_do_not_tear_their_region() -> None:
    """They are drawn now and then, stand alone, and the question keeps its answer."""
    instance = synthesise(100, per_merger=2, seed=1)
    above = np.flatnonzero(instance.population > 130_000)
    assert len(above) > 0
    assert {instance.names[i].split()[0] for i in above.tolist()} == {"City"}
    regions = sorted({instance.regions[instance.region[i]] for i in above.tolist()})
    result = solve(instance, Scenario.preset("mergers"), regions=regions)
    assert result.status == "optimal"
    assert sum(merger.standalone == "above_max" for merger in result.mergers) == len(above)


def test_factors_scale_together_until_a_bound_is_met() -> None:
    loads = np.array([10_000.0, 60_000.0, 70_000.0, 400_000.0])
    scaled = loads * _factors(loads, 320_000)
    assert scaled.sum() == pytest.approx(320_000)
    assert scaled[0] == pytest.approx(30_600)
    assert scaled[3] == pytest.approx(127_400)
    assert scaled[1] / scaled[2] == pytest.approx(6 / 7)


def test_a_sum_that_no_factor_gives_is_a_defect() -> None:
    with pytest.raises(AssertionError, match="middle size"):
        _factors(np.array([1.0, 1.0]), 1_000)


@given(st.lists(st.floats(20, 1e5), min_size=1, max_size=30))
def test_rounding_keeps_the_sum(drawn: list[float]) -> None:
    total = round(sum(drawn))
    rounded = _whole(np.array(drawn), total)
    assert int(rounded.sum()) == total
    assert (abs(rounded - np.array(drawn)) <= 1.5).all()
