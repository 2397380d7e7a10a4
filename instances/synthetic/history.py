"""Income of the municipalities, and which of them come from a merger."""

from __future__ import annotations

import numpy as np

from ..common.arrays import FloatArray, IntArray
from .landscape import Landscape
from .people import VILLAGE, People

INCOME = "net_taxable_income_eur"

_MEAN_INCOME = 25_500  # euro an inhabitant; Flanders, income of 2023
_SPREAD = 0.07  # of the logarithm, between regions and between neighbours each: 0.1 in all
_MERGED = {2019: 0.025, 2025: 0.045}  # share of the municipalities, as in Flanders


def draw_income(region: IntArray, people: People, rng: np.random.Generator) -> FloatArray:
    """Draw the total net taxable income of each municipality in whole euro, with rich and poor regions."""
    between = rng.standard_normal(int(region.max()) + 1)[region]
    within = rng.standard_normal(len(region))
    income: FloatArray = np.rint(people.population * _MEAN_INCOME * np.exp(_SPREAD * (between + within)))
    return income


def draw_merged(landscape: Landscape, people: People, rng: np.random.Generator) -> IntArray:
    """Draw the municipalities that come from a merger of 2019 or 2025: mostly villages of a large area."""
    n = len(people.kind)
    merged = np.zeros(n, dtype=np.int64)
    chance = np.where(people.kind == VILLAGE, landscape.area**2, 0.0)
    counts = {year: round(share * n) for year, share in _MERGED.items()}
    drawn = rng.choice(n, size=sum(counts.values()), replace=False, p=chance / chance.sum())
    merged[drawn] = np.repeat(list(counts), list(counts.values()))
    return merged
