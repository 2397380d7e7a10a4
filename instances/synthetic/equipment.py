"""Degrees of equipment and centre functions, by size and place of the municipalities."""

from __future__ import annotations

import numpy as np

from ..common.arrays import BoolArray, FloatArray, IntArray
from ..entities import Function
from .landscape import Landscape
from .people import CITY, TOWN, VILLAGE, People

_SPHERE = 0.4  # share of the villages inside the sphere of influence of a city
_LUCK = 0.4  # other causes than size of a high degree of equipment, as the spread of the logarithm

_VERY_WELL = 0.41  # share of the towns in class a1
_INSIDE = (("b0", 0.61), ("b1", 0.39))
_OUTSIDE = (("c0", 0.18), ("c1", 0.28), ("c2", 0.27), ("c3", 0.27))
"""Shares of the classes, counted in Flanders in 2025."""

_CENTRES = ("a0", "a1", "a2")
_WELL_EQUIPPED = (*_CENTRES, "b0", "c0", "c1")
_HOSPITAL = {"a0": 1.0, "a1": 0.92, "a2": 0.58, "b0": 0.07, "b1": 0.05, "c0": 0.31, "c1": 0.02}
_RAIL = {
    "a0": 1.0,
    "a1": 0.92,
    "a2": 0.58,
    "b0": 0.5,
    "b1": 0.35,
    "c0": 0.38,
    "c1": 0.49,
    "c2": 0.2,
    "c3": 0.1,
}
"""Share of each class that has a hospital, and a station with 50 stops a day, counted in the same way."""


def draw_classes(landscape: Landscape, people: People, rng: np.random.Generator) -> tuple[str, ...]:
    """Draw the degree of equipment of each municipality, in the shares that the classes have in Flanders."""
    merit = np.log(people.population) + _LUCK * rng.standard_normal(len(people.kind))
    villages = np.flatnonzero(people.kind == VILLAGE)
    near = villages[np.argsort(_pull(landscape, people)[villages], kind="stable")]
    inside, outside = np.split(near, [round(_SPHERE * len(near))])
    towns = np.flatnonzero(people.kind == TOWN)
    class_of = dict.fromkeys(np.flatnonzero(people.kind == CITY).tolist(), "a0")
    for group, shares in (
        (towns, (("a1", _VERY_WELL), ("a2", 1 - _VERY_WELL))),
        (inside, _INSIDE),
        (outside, _OUTSIDE),
    ):
        best_first = group[np.argsort(-merit[group], kind="stable")]
        ends = np.rint(np.cumsum([share for _, share in shares])[:-1] * len(group)).astype(np.int64)
        for (name, _), members in zip(shares, np.split(best_first, ends), strict=True):
            class_of |= dict.fromkeys(members.tolist(), name)
    return tuple(class_of[i] for i in range(len(people.kind)))


def _pull(landscape: Landscape, people: People) -> FloatArray:
    """Measure the distance to the nearest city, in units that grow with its size."""
    away = np.full(len(people.kind), np.inf)
    for city in landscape.cities:
        reach = np.sqrt(people.population[city])
        dx, dy = landscape.x - landscape.x[city], landscape.y - landscape.y[city]
        away = np.minimum(away, np.hypot(dx, dy) / reach)
    return away


def draw_functions(
    classes: tuple[str, ...], population: IntArray, rng: np.random.Generator
) -> dict[str, Function]:
    """Draw the centre functions that the embedded instances have, under the same names."""
    chance = rng.random((2, len(classes)))
    noise = rng.standard_normal((2, len(classes)))
    beds = np.rint(60 + 0.006 * population * np.exp(0.4 * noise[0]))
    stops = np.rint(50 + 0.004 * population * np.exp(0.8 * noise[1]))
    hospital = np.where(chance[0] < _shares(classes, _HOSPITAL), beds, 0.0)
    rail = np.where(chance[1] < _shares(classes, _RAIL), stops, 0.0)
    return {
        f.name: f
        for f in (
            Function("regional_city", _flag(classes, ("a0",)), "large or regional city"),
            Function("centre", _flag(classes, _CENTRES), "centre"),
            Function("well_equipped", _flag(classes, _WELL_EQUIPPED), "well equipped"),
            Function("hospital", hospital, "general hospital with emergency care", "beds"),
            Function("rail", rail, "railway station", "stops a day", 50.0),
        )
    }


def _shares(classes: tuple[str, ...], share: dict[str, float]) -> FloatArray:
    return np.array([share.get(name, 0.0) for name in classes])


def _flag(classes: tuple[str, ...], which: tuple[str, ...]) -> FloatArray:
    has: BoolArray = np.isin(classes, which)
    return has.astype(np.float64)
