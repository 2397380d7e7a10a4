"""Statistics of a map, each with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ...instances.common.arrays import FloatArray, IntArray

TODAY: Final = "today"
OPTIMUM: Final = "optimum"
DRAWS: Final = "draws"

CORRELATIONS: Final = {"kendall": -1.0, "spearman": -1.0, "eta_squared": 0.0, "eta_squared_ranks": 0.0}
"""How steps agree with a measure, with the least value of each statistic; the greatest is 1."""

STABILITY: Final = {"kappa": -1.0, "changed_inhabitants": 0.0, "changed_municipalities": 0.0}
"""How steps after mergers agree with those of today: weighted kappa, and the shares on another step."""

NAN: Final = float("nan")

NINETY: Final = 1.6449
"""Standard errors on either side of an interval of 90 per cent."""


@dataclass(frozen=True)
class Cell:
    """A statistic of a map, with its uncertainty.

    Attributes
    ----------
    value : float
        Over draws: the mean. NaN where it is not defined.
    low, high : float
        Of a map: 90 per cent, by the jackknife over municipalities, and within what is possible. Over draws:
        the 5 and 95 percentiles.
    error : float
        Standard error: of the jackknife, or of the mean over draws (Monte Carlo).
    sd : float
        Standard deviation over draws; NaN for a map.
    above : float
        Share of the draws with a value above zero; NaN for a map.
    defined : int
        In how many draws it is defined; 1 or 0 for a map.
    """

    value: float
    low: float
    high: float
    error: float
    sd: float = NAN
    above: float = NAN
    defined: int = 1


@dataclass(frozen=True, eq=False)
class MapStatistics:
    """What is found on one map, or over plans drawn at random.

    Attributes
    ----------
    name : str
        `TODAY`, a layer, `OPTIMUM` or `DRAWS`.
    units : float
        Municipalities; over draws their mean number.
    correlations : mapping of (statistic, measure, steps) to Cell
        Steps are those of `STEPS` and `DIFFERENCES`.
    stability : mapping of (statistic, steps) to Cell
        Empty for the map of today.
    part : ndarray of int64 or None
        New municipality of each one; None over draws.
    steps : ndarray of int64, shape (3, new municipalities), or None
        Step of each, one row for each of `STEPS`, more being higher; None over draws.
    values : ndarray of float64, shape (measures, new municipalities), or None
    plans : int
        Number of plans that were drawn; 0 for a map.
    """

    name: str
    units: float
    correlations: Mapping[tuple[str, str, str], Cell]
    stability: Mapping[tuple[str, str], Cell]
    part: IntArray | None = None
    steps: IntArray | None = None
    values: FloatArray | None = None
    plans: int = 0
