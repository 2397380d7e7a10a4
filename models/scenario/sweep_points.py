"""The settings of a sweep: grid, list and sample combined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from ...instances.common.arrays import FloatArray
from .overlay import without_lost_prices
from .scenario import Scenario
from .sweep import BASE, SweepSpec
from .sweep_axes import Sample

BOUNDS = (
    "population.min",
    "population.max",
    "population.floor",
    "population.ceiling",
    "count.min",
    "count.max",
    "size.target",
)
"""Keys of a scenario, besides weights and locks, that may vary."""


@dataclass(frozen=True)
class Point:
    """One setting, whatever the instance.

    Attributes
    ----------
    weights : tuple of float
        Of all terms of the spec, in their order.
    bounds : tuple of (str, int)
        Keys of `BOUNDS` that vary, with their values.
    locks : str
        Name of the variant of the locks.
    seed : int
        For the engine.
    """

    weights: tuple[float, ...]
    bounds: tuple[tuple[str, int], ...]
    locks: str
    seed: int

    @property
    def rules(self) -> tuple[tuple[tuple[str, int], ...], str]:
        """Everything but weights and seed: points that share it have the same candidates."""
        return self.bounds, self.locks


def points(spec: SweepSpec) -> Iterator[Point]:
    """Give the settings of a spec, in the order of list, grid and sample, the last one running fastest."""
    listed = [{}] if spec.items is None else [item.varied() for item in spec.items]
    grid = {} if spec.grid is None else spec.grid.varied()
    lattice = [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]
    drawn = [{}] if spec.sample is None else list(_drawn(spec.sample))
    terms = spec.terms
    base = {f"weights.{term}": spec.scenario.weights.get(term, 0.0) for term in terms}
    for parts in product(listed, lattice, drawn):
        values: dict[str, Any] = {key: value for part in parts for key, value in part.items()}
        yield Point(
            tuple(float(values.get(key, weight)) for key, weight in base.items()),
            tuple((key, int(values[key])) for key in BOUNDS if key in values),
            values.get("locks", BASE),
            values.get("seed", 0),
        )


def _drawn(sample: Sample) -> Iterator[dict[str, float]]:
    if sample.method == "lattice":
        steps, total = sample.steps or 1, 100.0 if sample.total is None else sample.total
        for parts in _compositions(steps, len(sample.terms)):
            keys = (f"weights.{term}" for term in sample.terms)
            yield {key: total * part / steps for key, part in zip(keys, parts, strict=True)}
        return
    ranges = sample.varied()
    unit = latin_hypercube(sample.points or 0, len(ranges), sample.draw)
    for row in unit.tolist():
        yield {key: _between(low, high, u) for (key, (low, high)), u in zip(ranges.items(), row, strict=True)}


def _between(low: float, high: float, share: float) -> float:
    """Value at some share of a range; of whole numbers each is as likely as the others."""
    if isinstance(low, int) and isinstance(high, int):
        return min(high, low + int(share * (high - low + 1)))
    return low + share * (high - low)


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to write a number as an ordered sum of so many whole numbers, zeros included."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


def latin_hypercube(count: int, dimensions: int, seed: int) -> FloatArray:
    """Draw points of the unit cube such that each of `count` equal slices of each axis holds one.

    Returns
    -------
    ndarray of float64, shape (count, dimensions)
    """
    rng = np.random.default_rng(seed)
    cells = np.stack([rng.permutation(count) for _ in range(dimensions)], axis=1)
    return np.asarray((cells + rng.random((count, dimensions))) / count, dtype=np.float64)


def scenario_at(spec: SweepSpec, point: Point) -> Scenario:
    """Give the scenario of a setting.

    Raises
    ------
    InputError
        Its bounds or weights do not go together.
    """
    data = spec.scenario.model_dump()
    data["weights"] = dict(zip(spec.terms, point.weights, strict=True))
    bounds: dict[str, dict[str, int]] = {}
    for key, value in point.bounds:
        table, name = key.split(".")
        bounds.setdefault(table, {})[name] = value
    data = without_lost_prices(data, bounds)
    for table, values in bounds.items():
        data[table] = {**data[table], **values}
    if point.locks != BASE:
        data["locks"] = spec.locks[point.locks].model_dump()
    return Scenario.from_dict(data)
