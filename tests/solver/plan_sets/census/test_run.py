"""Counts, distributions and standings against brute force over all plans."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from importlib import import_module
from itertools import combinations, pairwise
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver import solve, verify
from refzones.solver.deadline import Limits
from refzones.solver.plan_sets.census import Census, Distribution, RegionCensus, census
from refzones.solver.plan_sets.census.params import CensusParams
from refzones.solver.plan_sets.census.region import SCORE
from support.admissible import Rules
from support.all_plans import Plan, all_plans
from support.build import build_instance
from support.shown import shown_by_hand
from support.strategies import questions

pytest.importorskip("numba")
GRAPH = import_module("refzones.solver.plan_sets.census.graph")


def ladder(rungs: int) -> tuple[Instance, Scenario]:
    """Two rows of municipalities side by side, in parts of two to four."""
    n = 2 * rungs
    borders = [(i, i + 2) for i in range(n - 2)] + [(i, i + 1) for i in range(0, n, 2)]
    points = [(1000.0 * (i // 2), 1000.0 * (i % 2)) for i in range(n)]
    scenario = {"population": {"min": 2000, "max": 4000}, "weights": {"distance": 1, "size": 1}}
    instance = build_instance([1000 + 10 * (i % 3) for i in range(n)], borders, points=points)
    return instance, Scenario.from_dict(scenario)


@settings(deadline=None, max_examples=60)
@given(questions(largest=8, agreed=True), st.integers(0, 9))
def test_all_numbers_are_those_of_brute_force(question: tuple[Instance, Scenario], bins: int) -> None:
    instance, scenario = question
    try:
        found = census(instance, scenario, bins=bins)
    except InputError:
        event("refused")
        return
    product = 1
    for number, one in enumerate(found.by_region):
        plans = all_plans(instance, scenario, number)
        product *= len(plans)
        event("plans" if len(plans) > 1 else f"{len(plans)} plans")
        assert one.count == len(plans)
        if not plans:
            assert one.graph is None
            assert one.note
            continue
        check_numbers(instance, scenario, one, plans)
        assert set(one.distributions) == ({SCORE, *scenario.weights} if bins else set())
        for name, distribution in one.distributions.items():
            check_distribution(distribution, values(instance, scenario, number, name, distribution), bins)
            if name != SCORE:
                check_reading(instance, scenario, distribution, [parts for _, parts in plans])
        check_standings(one, sorted(score for score, _ in plans))
    assert found.count == product


def check_numbers(
    instance: Instance, scenario: Scenario, one: RegionCensus, plans: list[tuple[int, Plan]]
) -> None:
    rules = Rules(instance, scenario)
    numbers = Counter(sum(map(rules.counts, parts)) for _, parts in plans)
    assert {k: n for k, n in enumerate(one.by_number) if n} == numbers
    of = one.municipalities.tolist()
    for a, b in combinations(range(len(of)), 2):
        shared = sum(any({of[a], of[b]} <= set(part) for part in parts) for _, parts in plans)
        assert one.co_assignment[a, b] == one.co_assignment[b, a] == shared / len(plans)
    assert (np.diag(one.co_assignment) == 1).all()


def values(
    instance: Instance, scenario: Scenario, region: int, name: str, distribution: Distribution
) -> list[int]:
    """Value of each plan in nano-units by the verifier's arithmetic."""
    if name != SCORE:
        scenario = scenario.model_copy(update={"weights": {name: distribution.weight}})
    return sorted(score for score, _ in all_plans(instance, scenario, region))


def check_distribution(found: Distribution, known: list[int], bins: int) -> None:
    assert (found.least, found.most) == (known[0], known[-1])
    assert found.mean == pytest.approx(fmean(known), rel=1e-9, abs=1e-6)
    assert found.sd == pytest.approx(pstdev(known), rel=1e-6, abs=1e-3)
    assert found.sample == 0
    edges = found.edges.tolist()
    assert edges == sorted(set(edges))
    assert len(edges) <= bins + 1
    assert edges[0] == known[0]
    assert edges[-1] == known[-1] + 1
    filled = Counter(bisect_right(edges, value) - 1 for value in known)
    assert list(found.plans) == [filled[k] for k in range(len(edges) - 1)]


def check_reading(instance: Instance, scenario: Scenario, found: Distribution, plans: list[Plan]) -> None:
    """Values read as means over the region's own inhabitants, and counts as they are."""
    read = [shown_by_hand(instance, scenario, found.term, parts)[0] for parts in plans]
    ends = sorted((found.read(found.least), found.read(found.most)))
    near = 1e-8 * len(instance) * found.scale / found.weight  # each merger is rounded to a nano-unit
    assert ends == pytest.approx([min(read), max(read)], abs=near)


def check_standings(one: RegionCensus, scores: list[int]) -> None:
    for score in {scores[0] - 1, *scores, scores[-1] + 1}:
        found = one.standing(score)
        lower, equal = sum(s < score for s in scores), scores.count(score)
        assert (found.lower, found.equal, found.higher) == (lower, equal, len(scores) - lower - equal)
        assert found.is_exact
    best, worst = one.standing(scores[-1]), one.standing(scores[0])
    assert best.percentile == 100
    assert worst.percentile == (0 if scores[0] < scores[-1] else 100)


def test_percentiles_of_the_optimum_and_of_the_lowest_plan() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    regions = ["Waasland", "Regio Gent"]
    found = census(instance, scenario, regions=regions, bins=0)
    result = solve(instance, scenario, regions=regions)
    assert [one.percentile for one in found.standings(result.plan)] == [100.0, 100.0]
    for one in found.by_region:
        assert one.scores is not None
        assert one.standing(one.scores[0]).percentile == 0
        assert one.standing(one.scores[1]).higher == 0
    for plan in found.draw(20, seed=3):
        assert verify(instance, scenario, plan, regions=regions) == ()
        assert all(0 <= one.percentile <= 100 and one.equal for one in found.standings(plan))


def test_random_plans_are_uniform() -> None:
    instance, scenario = ladder(5)
    plans = all_plans(instance, scenario)
    (one,) = census(instance, scenario, bins=0).by_region
    assert one.count == len(plans)
    assert 20 <= len(plans) <= 200
    each = 50
    drawn = Counter(one.draw(each * len(plans), seed=7))
    assert set(drawn) == {parts for _, parts in plans}
    square = sum((n - each) ** 2 / each for n in drawn.values())
    freedom = len(plans) - 1
    # 99.9 % of the chi-square distribution, by the cube of a normal one (Wilson and Hilferty 1931)
    assert square < freedom * (1 - 2 / (9 * freedom) + 3.09 * (2 / (9 * freedom)) ** 0.5) ** 3


def test_a_sample_depends_on_its_seed_only() -> None:
    (one,) = census(*ladder(4), bins=0).by_region
    assert one.draw(30, seed=1) == one.draw(30, seed=1)
    assert one.draw(30, seed=1) != one.draw(30, seed=2)
    assert one.draw(0) == []


def test_a_region_in_two_pieces() -> None:
    instance = build_instance([1000] * 7, [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6)])
    scenario = Scenario.from_dict({"population": {"min": 1000, "max": 2000}, "weights": {"distance": 1}})
    (one,) = census(instance, scenario, bins=5).by_region
    assert one.count == 5 * 3 == len(all_plans(instance, scenario))
    assert one.co_assignment[3, 4] == 0
    assert one.co_assignment[0, 1] == pytest.approx(2 / 5)


def test_numbers_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    instance, scenario = ladder(4)
    (small,) = census(instance, scenario, bins=6).by_region
    monkeypatch.setattr(GRAPH, "_SMALL", 0.0)
    (large,) = census(instance, scenario, bins=6).by_region
    assert large.graph is not None
    assert large.graph.paths_from.dtype == object
    assert (large.count, large.by_number) == (small.count, small.by_number)
    assert (large.co_assignment == small.co_assignment).all()
    assert large.scores == small.scores
    for name, found in small.distributions.items():
        assert large.distributions[name].plans == found.plans
    assert large.draw(10, 1) == small.draw(10, 1)


def test_more_plans_than_64_bits_hold() -> None:
    # pairs and single ones along a line are counted by Fibonacci's numbers
    n = 120
    instance = build_instance([1000] * n, [(i, i + 1) for i in range(n - 1)])
    scenario = Scenario.from_dict({"population": {"min": 1000, "max": 2000}, "weights": {"distance": 1}})
    found = census(instance, scenario, bins=0)
    a, b = 1, 1
    for _ in range(n - 1):
        a, b = b, a + b
    assert found.count == b > 1 << 63
    assert sum(found.by_region[0].by_number) == b


def test_too_little_memory_gives_an_estimate_and_says_so() -> None:
    instance, scenario = ladder(6)
    truth = census(instance, scenario, bins=0).count
    (one,) = census(instance, scenario, limits=Limits(memory=1.0), seed=5).by_region
    assert truth is not None
    assert one.count is None
    assert one.estimated is not None
    assert "too little memory" in one.note
    assert "random probes" in one.note
    assert abs(one.estimated.count - truth) < 4 * one.estimated.error
    with pytest.raises(InputError, match="could not be counted"):
        one.standing(0)
    with pytest.raises(InputError, match="could not be counted"):
        one.draw(1)


def test_a_region_without_a_plan() -> None:
    instance = build_instance([1000] * 4, [(0, 1), (0, 2), (0, 3)])
    scenario = Scenario.from_dict({"population": {"min": 2000, "max": 3000}, "weights": {"distance": 1}})
    found = census(instance, scenario)
    assert found.count == 0
    assert found.by_region[0].note == "no plan keeps all rules"
    with pytest.raises(InputError, match="no plans to draw from"):
        found.draw(1)


@pytest.mark.parametrize("params", [CensusParams(sum_bytes=1e12), CensusParams(most_sums=3)])
def test_too_many_sums_are_sampled_and_say_so(params: CensusParams) -> None:
    instance, scenario = ladder(5)
    exact = census(instance, scenario, bins=4)
    found = census(instance, scenario, bins=4, params=params)
    (one,), (known,) = found.by_region, exact.by_region
    assert one.count == known.count
    assert "20,000 random plans" in one.note
    assert not any(row[-1] for row in found.distribution_rows())
    for term, distribution in one.distributions.items():
        assert distribution.sample == sum(distribution.plans) == 20_000
        share = known.distributions[term].share
        error = np.sqrt(share * (1 - share) / 20_000)
        assert (np.abs(distribution.share - share) <= 4.5 * error).all()
    assert one.scores is not None
    standing = one.standing(one.scores[1])
    assert not standing.is_exact
    assert standing.higher == 0


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"regions": ["Nowhere"]}, "no such region"),
        ({"regions": []}, "no region is asked for"),
        ({"bins": -1}, "number of bins"),
    ],
)
def test_bad_options(options: dict[str, object], what: str) -> None:
    with pytest.raises(InputError, match=what):
        census(*ladder(2), **options)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=40)
@given(questions(largest=7))
def test_rows_tell_what_was_found(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        found: Census = census(instance, scenario, bins=3)
    except InputError:
        assume(False)
    for one, row in zip(found.by_region, found.region_rows(), strict=True):
        assert row[:4] == (one.region, len(one.municipalities), one.candidates, one.count)
    for name in {row[0] for row in found.distribution_rows()}:
        rows = [row for row in found.distribution_rows() if (row[0], row[2]) == (name, SCORE)]
        people = sum(instance.population[found.of(name).municipalities].tolist())
        assert {row[1] for row in rows} == {people}
        assert sum(row[6] for row in rows) == found.of(name).count
        assert all(row[4] < row[5] for row in rows)
        assert all(a[5] == b[4] for a, b in pairwise(rows))
