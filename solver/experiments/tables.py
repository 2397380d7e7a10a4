"""Tables of an experiment on steps: statistics, and the municipalities that they are computed from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.instance import Instance
from .cells import Cell, MapStatistics
from .measures import Measure
from .steps import STEPS

STATISTIC_COLUMNS = (
    *("map", "municipalities", "statistic", "measure", "steps"),
    *("value", "low", "high", "error", "sd", "above_zero", "plans"),
)
_DIGITS = 6


def statistic_rows(maps: Sequence[MapStatistics]) -> list[tuple[object, ...]]:
    """Give one row a statistic of a map; see `Cell`. `plans` counts the draws in which it is defined."""
    rows: list[tuple[object, ...]] = []
    for one in maps:
        head = (one.name, round(one.units, _DIGITS))
        for (statistic, measure, steps), cell in one.correlations.items():
            rows.append((*head, statistic, measure, steps, *_cells(cell, one.plans)))
        for (statistic, steps), cell in one.stability.items():
            rows.append((*head, statistic, "", steps, *_cells(cell, one.plans)))
    return rows


def _cells(cell: Cell, plans: int) -> tuple[object, ...]:
    figures = (cell.value, cell.low, cell.high, cell.error, cell.sd, cell.above)
    written = ("" if np.isnan(figure) else round(figure, _DIGITS) for figure in figures)
    return (*written, cell.defined if plans else "")


def municipality_columns(measures: Sequence[Measure]) -> tuple[str, ...]:
    """Name the columns of `municipality_rows`."""
    steps = (f"step_{steps}" for steps in STEPS)
    return ("map", "members", "member_nis", "population", *steps, *(one.name for one in measures))


def municipality_rows(
    instance: Instance, municipalities: IntArray, maps: Sequence[MapStatistics]
) -> list[tuple[object, ...]]:
    """Give one row a municipality of each map that is not drawn, with what statistics are computed from."""
    rows: list[tuple[object, ...]] = []
    for one in maps:
        if one.part is None or one.steps is None or one.values is None:
            continue
        for k in range(one.steps.shape[1]):
            members = municipalities[one.part == k].tolist()
            names = "; ".join(instance.names[i] for i in members)
            codes = "; ".join(instance.codes[i] for i in members)
            population = int(instance.population[members].sum())
            values = (round(value, _DIGITS) for value in one.values[:, k].tolist())
            rows.append((one.name, names, codes, population, *one.steps[:, k].tolist(), *values))
    return rows
