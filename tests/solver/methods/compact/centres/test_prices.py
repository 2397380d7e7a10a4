"""Prices: the bound holds for every set of centres, and rises."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from refzones.solver.methods.compact.centres.bounding import bound_sets
from refzones.solver.methods.compact.centres.prices import Ascent, first_prices
from refzones.solver.methods.compact.centres.problem import CentreProblem, centre_values, values_by_sorting
from refzones.solver.methods.compact.centres.starting import Starts

from .test_smoothing import drawn


def least_of_all(problem: CentreProblem, count: int) -> float:
    """The least bound of all sets of centres, which no plan is below."""
    sets = np.array(list(combinations(range(len(problem)), count)))
    return float(bound_sets(problem, sets, np.inf, 20).bounds.min())


@pytest.mark.parametrize("seed", range(4))
def test_the_bound_holds(seed: int) -> None:
    problem = drawn(seed, 18, 3)
    ascent = Ascent(problem, 3, first_prices(problem))
    truth = least_of_all(problem, 3)
    ascent.climb(truth, 200)
    values = np.sort(centre_values(problem, ascent.prices))
    assert np.isclose(ascent.bound, ascent.prices.sum() + values[:3].sum())
    assert ascent.bound <= truth * (1 + 1e-3)
    before = ascent.bound
    ascent.climb(truth, 50)
    assert ascent.bound >= before


def test_values_of_some_centres_are_those_of_all() -> None:
    problem = drawn(7, 30, 3)
    prices = first_prices(problem)
    some = np.array([4, 0, 17])
    assert np.allclose(centre_values(problem, prices)[some], centre_values(problem, prices, some))


@pytest.mark.parametrize("seed", range(4))
def test_starts_are_near_the_best_sets(seed: int) -> None:
    problem = drawn(seed, 18, 3)
    starts = Starts(problem, 3, seed)
    one = starts.drawn()
    assert one is not None
    best = starts.best([one.centres.tolist()], np.inf)
    assert best[0].bound <= one.bound * (1 + 1e-4)
    assert best[0].bound <= 1.2 * least_of_all(problem, 3)


@pytest.mark.parametrize("seed", range(12))
def test_values_are_the_same_compiled_and_sorted(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = drawn(seed, 25, int(rng.integers(1, 6)), float(rng.choice([0.01, 0.3])))
    problem.cost[rng.random(problem.cost.shape) < 0.2] = np.inf
    np.fill_diagonal(problem.cost, 0.0)
    prices = first_prices(problem) * rng.choice([0.0, 0.3, 1.0, 5.0])
    # prices that are equal for many, so that there are ties
    prices = np.round(prices, -2) if seed % 2 else prices
    every = np.arange(len(problem))
    assert np.allclose(centre_values(problem, prices), values_by_sorting(problem, prices, every))
