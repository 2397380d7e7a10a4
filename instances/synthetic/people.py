"""Inhabitants of cities, towns and villages, drawn such that the default question has a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.arrays import BoolArray, FloatArray, IntArray
from .division import Land, dissolve, divide
from .landscape import Landscape
from .settings import LARGEST, MIDDLE, SMALLEST, Settings

VILLAGE, TOWN, CITY = 0, 1, 2
"""Kinds of municipality."""

_TOWNS_A_CITY = 2.5  # as in Flanders: 13 regional cities, 32 other centres
_CITY_SIZE, _CITY_SPREAD = 75_000, 0.45
_TOWN_SIZE, _TOWN_SPREAD = 35_000, 0.3
_MOST_IN_TOWNS = 0.5  # share of all inhabitants; mergers of many members need small municipalities
_MOST_ABOVE = 0.3  # share of all inhabitants in cities above the maximum
_MARGIN = 0.02  # distance of the planted mergers from the bounds, so that rounding cannot break them
_FEWEST = 20  # inhabitants of a municipality


@dataclass(frozen=True)
class People:
    """Inhabitants and kind of each municipality.

    Attributes
    ----------
    population : ndarray of int64, shape (n,)
    kind : ndarray of int64, shape (n,)
        `VILLAGE`, `TOWN` or `CITY`.
    """

    population: IntArray
    kind: IntArray


def draw_people(
    settings: Settings, landscape: Landscape, regions: list[list[int]], land: Land, rng: np.random.Generator
) -> People:
    """Draw log-normal populations, higher ones for towns, with `settings.inhabitants` in all.

    A plan is planted: each region, without its cities above the maximum, is divided into contiguous mergers,
    and the populations of each are scaled together into the default bounds. So the default question has an
    answer, whatever is drawn. The planted plan is not kept, and zones are drawn independently of it.

    Parameters
    ----------
    settings : Settings
    landscape : Landscape
    regions : list of list of int
        Members of each region, connected.
    land : Land
        Neighbours inside regions.
    rng : Generator

    Returns
    -------
    People
    """
    kind = _kinds(settings, landscape, rng)
    drawn = _drawn(settings, landscape, kind, rng)
    above = _above_maximum(drawn, regions, land)
    drawn[(drawn > LARGEST) & ~above] = 0.9 * LARGEST
    planted = [part for members in regions for part in _planted(members, above, drawn, land, rng)]
    rest = settings.inhabitants - int(np.rint(drawn[above]).sum())
    factors = _factors(np.array([drawn[part].sum() for part in planted]), rest)
    for part, factor in zip(planted, factors.tolist(), strict=True):
        drawn[part] *= factor
    return People(_whole(drawn, settings.inhabitants), kind)


def _kinds(settings: Settings, landscape: Landscape, rng: np.random.Generator) -> IntArray:
    """Draw towns besides the cities, more likely far from these than near."""
    n = len(landscape.x)
    kind = np.full(n, VILLAGE, dtype=np.int64)
    away = np.full(n, np.inf)
    for city in landscape.cities:
        dx, dy = landscape.x - landscape.x[city], landscape.y - landscape.y[city]
        away = np.minimum(away, np.hypot(dx, dy))
    towns = min(round(_TOWNS_A_CITY * settings.cities), n // 3)
    kind[rng.choice(n, size=towns, replace=False, p=away / away.sum())] = TOWN
    kind[landscape.cities] = CITY
    return kind


def _drawn(settings: Settings, landscape: Landscape, kind: IntArray, rng: np.random.Generator) -> FloatArray:
    """Draw log-normal populations by kind; those of villages grow with their area."""
    n = len(kind)
    # small municipalities differ more from each other than large ones do
    spread = 0.45 + 0.03 * (settings.per_merger - 2)
    noise = rng.standard_normal(n)
    villages: FloatArray = np.exp(spread * noise) * (landscape.area / landscape.area.mean()) ** 0.4
    towns = np.where(
        kind == CITY, _CITY_SIZE * np.exp(_CITY_SPREAD * noise), _TOWN_SIZE * np.exp(_TOWN_SPREAD * noise)
    )
    urban = kind != VILLAGE
    total = settings.inhabitants
    in_towns = min(1.0, _MOST_IN_TOWNS * total / towns[urban].sum()) * towns
    in_villages = villages * (total - in_towns[urban].sum()) / villages[~urban].sum()
    drawn: FloatArray = np.maximum(np.where(urban, in_towns, in_villages), _FEWEST)
    return drawn


def _above_maximum(drawn: FloatArray, regions: list[list[int]], land: Land) -> BoolArray:
    """Choose cities that may stay above the maximum: the rest of their region stays contiguous."""
    above = np.zeros(len(drawn), dtype=np.bool_)
    most = _MOST_ABOVE * drawn.sum()
    for members in regions:
        for i in members:
            if drawn[i] > LARGEST and drawn[above].sum() + drawn[i] <= most:
                rest = [j for j in members if j != i and not above[j]]
                above[i] = len(land.pieces(rest)) <= 1
    return above


def _planted(
    members: list[int],
    above: BoolArray,
    weight: FloatArray,
    land: Land,
    rng: np.random.Generator,
) -> list[list[int]]:
    """Divide a region into mergers of about the middle size."""
    rest = [i for i in members if not above[i]]
    if not rest:
        return []
    count = min(len(rest), max(1, round(float(weight[rest].sum()) / MIDDLE)))
    return dissolve(land, divide(land, rest, weight, count, rng), weight, MIDDLE / 2)


def _factors(loads: FloatArray, total: float) -> FloatArray:
    """Scale loads by one factor, clipped to the bounds, such that they sum to a total; by bisection."""
    low, high = SMALLEST * (1 + _MARGIN), LARGEST * (1 - _MARGIN)
    if not low * len(loads) <= total <= high * len(loads):
        raise AssertionError("mergers of about the middle size always sum to what they must")
    below, beyond = 0.0, high / loads.min()
    for _ in range(100):
        middle = (below + beyond) / 2
        if np.clip(middle * loads, low, high).sum() < total:
            below = middle
        else:
            beyond = middle
    factors: FloatArray = np.clip(beyond * loads, low, high) / loads
    return factors


def _whole(drawn: FloatArray, total: int) -> IntArray:
    """Round to whole inhabitants with the given sum; the largest municipalities absorb the difference."""
    whole = np.maximum(np.rint(drawn), 1).astype(np.int64)
    left = total - int(whole.sum())
    order = np.lexsort((np.arange(len(whole)), -whole))
    whole[order[: abs(left)]] += np.sign(left)
    return whole
