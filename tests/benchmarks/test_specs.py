"""What benchmarks measure is right: optima against brute force, peers against our optimum."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from given import give, largest_part
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError
from registry import Case
from specs import formulations, frames, recombination
from specs.maxp import most_parts
from support.build import build_instance


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int]]]:
    """Inhabitants, and borders that hang together."""
    n = draw(st.integers(2, 7))
    tree = {(draw(st.integers(0, i - 1)), i) for i in range(1, n)}
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] < pair[1])
    more = draw(st.sets(pairs, max_size=4))
    return draw(st.lists(st.integers(1, 6), min_size=n, max_size=n)), sorted(tree | more)


def most_by_brute_force(population: list[int], borders: list[tuple[int, int]], least: int) -> int:
    """Most parts over all ways to keep or cut every border."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(population)))
    best = 0
    for cut in range(1 << len(borders)):
        graph.clear_edges()
        graph.add_edges_from(pair for k, pair in enumerate(borders) if not cut >> k & 1)
        parts = list(nx.connected_components(graph))
        if all(sum(population[i] for i in part) >= least for part in parts):
            best = max(best, len(parts))
    return best


@settings(deadline=None, max_examples=40)
@given(graphs(), st.integers(1, 12))
def test_most_parts_against_brute_force(
    graph: tuple[list[int], list[tuple[int, int]]], threshold: int
) -> None:
    population, borders = graph
    out, parts = most_parts(build_instance(population, borders), threshold)
    expected = most_by_brute_force(population, borders, threshold)
    assert (out.status, out.score, out.bound, len(parts)) == ("optimal", expected, expected, expected)
    whole: nx.Graph[int] = nx.Graph(borders)
    for part in parts:
        assert sum(population[i] for i in part) >= threshold
        assert nx.is_connected(whole.subgraph(part))
    if parts:
        assert sorted(i for part in parts for i in part) == list(range(len(population)))


@pytest.mark.parametrize("method", ["cut", "flow"])
def test_formulations_agree_and_their_plans_are_clean(method: str) -> None:
    ours = formulations.run(Case("synthetic/10-1-3-1", "partition", "highs", 30.0))
    other = formulations.run(Case("synthetic/10-1-3-1", method, "highs", 30.0))
    assert ours.status == other.status == "optimal"
    assert ours.score == other.score == ours.bound
    assert ours.verified is other.verified is True
    assert set(ours.phases) == set(other.phases) == {"build", "solve"}
    assert other.bound is not None
    assert ours.score is not None
    assert other.bound >= ours.score


def test_a_region_scores_what_solve_says() -> None:
    """With municipalities that stand alone by rule, which formulations do not see."""
    out = formulations.run(Case("flanders-2025/Middenkust", "partition", "highs", 30.0))
    whole = frames.run(Case("flanders-2025/Middenkust", "mergers", limit=30.0))
    assert (out.score, out.bound, out.parts) == (whole.score, whole.bound, whole.parts)
    assert whole.verified is True


@pytest.mark.parametrize("aim", ["score", "cut edges"])
def test_a_chain_stays_within_the_bounds_and_below_the_optimum(aim: str) -> None:
    pytest.importorskip("gerrychain", reason="gerrychain is in the extra 'bench'")
    case = Case("flanders-2025/Zuid-West-Vlaanderen", "gerrychain", "", 0.3, {"aim": aim})
    ours = recombination.run(Case(case.instance, "refzones", "highs", 30.0, case.options))
    chain = recombination.run(case)
    assert chain.verified is True
    assert chain.parts == ours.parts
    assert chain.score is not None
    assert ours.score is not None
    assert chain.score <= ours.score == ours.bound
    assert chain.bound is None
    # what the chain noted on its way is in the units of our score
    early = chain.facts["after our time"]
    assert early is None or early <= chain.score


def test_instances_by_name() -> None:
    drawn, _ = give("synthetic/20-2-3-1")
    assert (len(drawn), len(drawn.regions)) == (20, 2)
    region, scenario = give("flanders-2025/Waasland", preset="zones")
    assert (region.regions, scenario.level) == (("Waasland",), "zones")
    assert len(give("flanders-2025/*")[0].regions) == 1
    with pytest.raises(InputError, match="four numbers"):
        give("synthetic/20")
    with pytest.raises(InputError, match="no such region"):
        give("flanders-2025/Waasld")


def test_the_largest_part() -> None:
    part = largest_part(build_instance([1, 1, 1, 1, 1], [(0, 1), (2, 3), (3, 4)]))
    assert part.codes == ("10002", "10003", "10004")
    assert part.borders.pairs.tolist() == np.array([[0, 1], [1, 2]]).tolist()
