"""Settings of a sweep: how grid, list and sample combine, and what a sample draws."""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.scenario.sweep import BASE, SweepSpec
from refzones.models.scenario.sweep_points import BOUNDS, latin_hypercube, points, scenario_at


def test_every_item_with_every_point_of_the_grid_and_of_the_sample() -> None:
    spec = SweepSpec.from_dict(
        {
            "list": [{"locks": "agreed", "seed": 3}, {"population": {"min": 20_000}}],
            "grid": {"weights": {"size": [1, 2]}, "population": {"max": [90_000, 80_000]}},
            "sample": {"points": 3, "weights": {"distance": [0, 10]}},
            "locks": {"agreed": {"alone": ["Gent"]}},
        }
    )
    found = list(points(spec))
    assert len(found) == spec.number == 2 * 4 * 3
    assert spec.terms == (*Scenario.preset("mergers").weights, "size")
    size, distance = spec.terms.index("size"), spec.terms.index("distance")
    drawn = [point.weights[distance] for point in found[:3]]
    assert [point.weights[distance] for point in found] == drawn * 8
    pairs = [(point.weights[size], dict(point.bounds)["population.max"]) for point in found[:12:3]]
    assert pairs == list(product((1, 2), (90_000, 80_000)))
    assert {(point.locks, point.seed) for point in found[:12]} == {("agreed", 3)}
    assert {(point.locks, point.seed) for point in found[12:]} == {(BASE, 0)}
    assert {dict(point.bounds).get("population.min") for point in found[12:]} == {20_000}
    preset = Scenario.preset("mergers")
    first, last = scenario_at(spec, found[0]), scenario_at(spec, found[-1])
    assert (first.locks.alone, last.locks) == (("Gent",), preset.locks)
    assert (first.population.min, last.population.min) == (preset.population.min, 20_000)
    assert last.weights == {**preset.weights, "distance": drawn[-1], "size": 2.0}
    assert list(last.weights) == list(spec.terms)


@given(st.integers(1, 40), st.integers(1, 4), st.integers(0, 2**31 - 2))
@settings(max_examples=40, deadline=None)
def test_each_slice_of_each_axis_holds_one_point(count: int, dimensions: int, seed: int) -> None:
    drawn = latin_hypercube(count, dimensions, seed)
    assert drawn.shape == (count, dimensions)
    for column in drawn.T:
        assert sorted(np.floor(column * count).astype(int).tolist()) == list(range(count))
    assert np.array_equal(drawn, latin_hypercube(count, dimensions, seed))


def test_ranges_are_kept_and_whole_numbers_stay_whole() -> None:
    ranges = {"weights": {"distance": [2, 3]}, "population": {"min": [7, 9]}}
    spec = SweepSpec.from_dict({"sample": {"points": 300, "draw": 5, **ranges}})
    found = list(points(spec))
    place = spec.terms.index("distance")
    assert all(2 <= point.weights[place] <= 3 for point in found)
    assert len({point.weights[place] for point in found}) == 300
    counts = np.bincount([dict(point.bounds)["population.min"] for point in found])
    assert counts.tolist() == [0] * 7 + [100] * 3
    other = SweepSpec.from_dict({"sample": {"points": 300, "draw": 6, **ranges}})
    assert list(points(other)) != found


@given(st.integers(1, 6), st.integers(2, 4))
@settings(max_examples=20, deadline=None)
def test_a_lattice_has_every_mixture_once(steps: int, terms: int) -> None:
    names = ["size", "distance", "stacking", "fiscal"][:terms]
    spec = SweepSpec.from_dict({"sample": {"method": "lattice", "terms": names, "steps": steps, "total": 12}})
    where = [spec.terms.index(name) for name in names]
    mixtures = [tuple(point.weights[k] for k in where) for point in points(spec)]
    assert len(set(mixtures)) == len(mixtures) == spec.number == comb(steps + terms - 1, terms - 1)
    for mixture in mixtures:
        assert sum(mixture) == pytest.approx(12)
        assert all(abs(weight * steps / 12 - round(weight * steps / 12)) < 1e-9 for weight in mixture)


def test_a_lattice_sums_to_a_hundred_by_default() -> None:
    spec = SweepSpec.from_dict({"sample": {"method": "lattice", "terms": ["size", "fiscal"], "steps": 4}})
    assert [point.weights[-2:] for point in points(spec)] == [
        (0, 100), (25, 75), (50, 50), (75, 25), (100, 0),
    ]  # fmt: skip


def test_bounds_that_may_vary_are_keys_of_a_scenario() -> None:
    scenario = Scenario()
    for key in BOUNDS:
        table, name = key.split(".")
        assert hasattr(getattr(scenario, table), name)
        spec = SweepSpec.from_dict({"grid": {table: {name: [50_000]}}})
        (point,) = points(spec)
        assert point.bounds == ((key, 50_000),)


def test_bounds_that_do_not_go_together() -> None:
    spec = SweepSpec.from_dict({"list": [{"population": {"min": 200_000}}]})
    with pytest.raises(InputError, match=r"min \(200000\) is above max"):
        scenario_at(spec, next(iter(points(spec))))
