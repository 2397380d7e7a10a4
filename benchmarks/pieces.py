"""Small random questions: pieces of one drawn instance, with bounds, rules and weights drawn too."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from refzones.instances import Instance, synthesise
from refzones.models import Scenario

SMALLEST, LARGEST = 6, 12
"""Municipalities of a piece."""
_WEIGHTS = {
    "coverage": (10.0, 60.0),
    "distance": (0.5, 5.0),
    "moment": (1e-7, 1e-6),
    "straddle(police)": (2.0, 20.0),
    "straddle(primary_care)": (2.0, 20.0),
    "touched(primary_care)": (0.1, 2.0),
    "cut_edges": (0.05, 1.0),
    "stacking": (2.0, 20.0),
    "fiscal": (1.0, 10.0),
    "commuting": (10.0, 100.0),
}
"""Terms with a linear form, and between which points for a unit they are drawn."""


def piece(number: int) -> tuple[Instance, Scenario]:
    """Draw a question of 6 to 12 municipalities; the same for the same number, on every machine.

    The municipalities are a connected piece of a synthetic landscape, grown from one by neighbours drawn at
    random. One to five terms are weighed; a merger has room for two or three municipalities of mean size or
    more, one question in four fixes the number of mergers, and some have no plan.
    """
    draw = np.random.default_rng([number, 2025])
    land = _landscape()
    near: list[list[int]] = [[] for _ in range(len(land))]
    for a, b in land.borders.pairs.tolist():
        near[a].append(b)
        near[b].append(a)
    wanted = int(draw.integers(SMALLEST, LARGEST + 1))
    held = [int(draw.integers(len(land)))]
    while len(held) < wanted:
        beside = sorted({v for u in held for v in near[u]} - set(held))
        held.append(int(draw.choice(beside)))
    instance = land.subset(np.array(held, dtype=np.int64))
    return instance, Scenario.from_dict(_demands(instance, draw))


@cache
def _landscape() -> Instance:
    return synthesise(600, regions=4, per_merger=3, seed=1, flows=True).as_one_region()


def _demands(instance: Instance, draw: np.random.Generator) -> dict[str, Any]:
    mean = instance.total_population / len(instance)
    least = int(mean * draw.uniform(0.5, 2.0))
    terms = draw.choice(list(_WEIGHTS), size=int(draw.integers(1, 6)), replace=False).tolist()
    asked: dict[str, Any] = {
        "population": {"min": least, "max": least + int(mean * draw.uniform(1.0, 3.0))},
        "rules": {"facility": "free" if draw.random() < 0.5 else "alone"},
        "coverage": {"shares": dict(Scenario.preset("mergers").coverage.shares)},
        "weights": {term: float(draw.uniform(*_WEIGHTS[term])) for term in terms},
    }
    if draw.random() < 0.25:
        number = int(draw.integers(2, 1 + max(2, len(instance) // 2)))
        asked["count"] = {"min": number, "max": number}
    return asked
