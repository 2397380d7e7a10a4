"""Multipliers of given centres: no bound is above a plan, and Newton steps leave hardly anything."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from refzones.solver.methods.compact.centres import bounding, smoothing
from refzones.solver.methods.compact.centres.bounding import (
    bound_one,
    bound_sets,
    costs_of,
    improved_at_once,
)
from refzones.solver.methods.compact.centres.bounding_kernel import improved
from refzones.solver.methods.compact.centres.problem import CentreProblem
from refzones.solver.methods.compact.centres.smoothing import sharpen


def drawn(seed: int, size: int, count: int, width: float = 0.1) -> CentreProblem:
    """Municipalities at random points, some without inhabitants."""
    rng = np.random.default_rng(seed)
    points = rng.random((size, 2)) * 100
    people = rng.integers(0, 50, size).astype(np.float64)
    people[0] = 30.0
    distance = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    middle = people.sum() / count
    return CentreProblem(people[:, None] * distance**2, people, middle * (1 - width), middle * (1 + width))


def cheapest(problem: CentreProblem, centres: list[int]) -> float:
    """The least cost of an assignment within the bounds, by trying all."""
    best = np.inf
    for places in product(range(len(centres)), repeat=len(problem)):
        chosen = np.array(centres)[list(places)]
        if any(chosen[centre] != centre for centre in centres):
            continue
        held = [problem.population[chosen == centre].sum() for centre in centres]
        if problem.low <= min(held) and max(held) <= problem.high:
            best = min(best, float(problem.cost[np.arange(len(problem)), chosen].sum()))
    return best


def test_no_bound_is_above_the_cheapest_assignment() -> None:
    found = 0
    for seed in range(12):
        problem = drawn(seed, 9, 2, 0.2)
        centres = [0, 4]
        cost = costs_of(problem, np.array([centres]))[0]
        bound, multipliers = bound_one(problem, cost, np.inf, np.zeros(2))
        least = cheapest(problem, centres)
        assert bound <= least + 1e-9 * abs(least)
        priced = cost + multipliers[:, None] * problem.population
        ends = np.maximum(multipliers * problem.low, multipliers * problem.high).sum()
        assert np.isclose(bound, priced.min(axis=0).sum() - ends)
        found += np.isfinite(least)
    assert found > 6


def test_no_small_step_leads_higher() -> None:
    for seed in range(6):
        problem = drawn(seed, 80, 4, 0.01)
        cost = costs_of(problem, np.array([[0, 20, 40, 60]]))[0]
        bound, multipliers = bound_one(problem, cost, np.inf, np.zeros(4))
        rng = np.random.default_rng(seed)
        scale = np.abs(multipliers).max() + 1.0
        for size in (1e-1, 1e-2, 1e-3, 1e-4):
            for _ in range(50):
                near = multipliers + size * scale * rng.normal(size=4)
                priced = (cost + near[:, None] * problem.population).min(axis=0).sum()
                other = priced - np.maximum(near * problem.low, near * problem.high).sum()
                assert other <= bound * (1 + 1e-3)


def test_bounds_never_fall_and_stop_beyond_the_limit() -> None:
    problem = drawn(3, 60, 3, 0.02)
    sets = np.array([[0, 20, 40], [1, 2, 3], [5, 30, 59]])
    cost = costs_of(problem, sets)
    start = np.zeros((3, 3))
    begun = cost.min(axis=1).sum(axis=1)
    bounds, _ = sharpen(problem, cost, np.inf, start, begun)
    assert (bounds >= begun).all()
    assert np.allclose(bound_sets(problem, sets, np.inf, 5).bounds, bounds, rtol=1e-3)
    limited, same = sharpen(problem, cost, float(begun.min()) - 1.0, start, begun)
    assert (limited == begun).all()
    assert (same == start).all()


def test_a_municipality_that_nobody_can_take() -> None:
    problem = drawn(1, 20, 2)
    cost = costs_of(problem, np.array([[0, 10]]))[0]
    cost[:, 5] = np.inf
    bound, _ = bound_one(problem, cost, 1.0, np.zeros(2))
    assert bound == np.inf


def test_bounds_are_the_same_compiled_and_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(6):
        problem = drawn(seed, 60, 4, 0.02)
        problem.cost[np.random.default_rng(seed).random(problem.cost.shape) < 0.2] = np.inf
        np.fill_diagonal(problem.cost, 0.0)
        sets = np.array([[0, 20, 40, 50], [1, 2, 3, 4], [5, 30, 31, 59]])
        limit = 1.5 * float(bound_sets(problem, sets, np.inf, 5).bounds.min())
        fast, fast_at = bound_sets(problem, sets, limit, 10), bound_sets(problem, sets, np.inf, 10)
        monkeypatch.setattr(bounding, "fast_improved", lambda: None)
        monkeypatch.setattr(smoothing, "fast_climbed", lambda: None)
        slow, slow_at = bound_sets(problem, sets, limit, 10), bound_sets(problem, sets, np.inf, 10)
        monkeypatch.undo()
        assert ((fast.bounds > limit) == (slow.bounds > limit)).all()
        assert np.allclose(fast_at.bounds, slow_at.bounds, rtol=1e-6)


def test_the_subgradient_method_is_the_same_compiled_and_not() -> None:
    problem = drawn(1, 50, 3, 0.05)
    sets = np.array([[0, 20, 40], [1, 2, 3], [5, 30, 49]])
    cost = costs_of(problem, sets)
    cost[1, :, 7] = np.inf
    limit = 1.2 * float(cost[0].min(axis=0).sum())
    given = []
    for method in (improved, improved_at_once):
        best, at = np.empty(3), np.empty((3, 3))
        method(cost, problem.population, problem.low, problem.high, limit, 25, np.zeros((3, 3)), best, at)
        given.append((best, at[[0, 2]]))
    for one, other in zip(*given, strict=True):
        assert np.allclose(one, other)
    assert given[0][0][1] == np.inf
