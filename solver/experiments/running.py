"""The experiment on steps: maps, statistics, and their uncertainty."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from ...instances.common.activity import doing
from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..deadline import Deadline, Limits
from ..plan_sets.census import Census, census
from ..progress import Progress
from ..regions.solving import solve
from ..results.result import Result
from ..verification.defects import check_own_plan
from .cells import CORRELATIONS, DRAWS, NAN, NINETY, OPTIMUM, STABILITY, TODAY, Cell, MapStatistics
from .maps import along, drawn, under
from .measures import Measuring
from .result import StepsExperiment
from .statistics import explained, kendall, midranks, spearman, weighted_kappa
from .steps import DIFFERENCES, STEPS, InhabitantSteps, equipment_of, steps_of

LAYERS = ("primary_care", "police")
"""Zones along which the report looked at mergers."""

_Key = TypeVar("_Key")

_FOR_COUNTING, _FOR_SOLVING = 0.5, 0.6
"""Shares of the time that is left: the rest is for measuring."""
_LEAST = 1e-6


@doing("comparing steps")
def steps_experiment(
    instance: Instance,
    scenario: Scenario,
    *,
    regions: Sequence[str] | None = None,
    draws: int = 1000,
    seed: int = 0,
    bounds: InhabitantSteps | None = None,
    columns: Sequence[str] = (),
    limits: Limits = Limits(),
    progress: Progress | None = None,
) -> StepsExperiment:
    """Compare steps of inhabitants with steps of equipment as measures of centre function.

    On the map of today, merged along zones, under the optimum, and over plans drawn at random, all with the
    same probability.

    Parameters
    ----------
    instance : Instance
        With degrees of equipment.
    scenario : Scenario
        Of one level: whose plans are drawn, and which one is best.
    regions : sequence of str, optional
        All by default. Those without a plan, or with plans that could not be counted, take no part.
    draws, seed : int
        The same seed draws the same plans.
    bounds : InhabitantSteps, optional
        Of the fixed steps; default: those by which the law counts aldermen.
    columns : sequence of str
        Further columns of the instance that measure centre function.
    limits : Limits
    progress : callable, optional
        Told of each region whose plans were counted.

    Returns
    -------
    StepsExperiment

    Raises
    ------
    InputError
        The instance has no degrees of equipment or no measure of centre function, or an option is wrong.
    """
    begun = time.perf_counter()
    instance = framed(instance, scenario)
    if draws < 0:
        reject("the number of plans to draw must be 0 or more", value=draws)
    bounds = InhabitantSteps.of_law() if bounds is None else bounds
    equipment_of(instance, _in_regions(instance, regions))  # what is missing is told before the work
    Measuring.of(instance, _in_regions(instance, regions), columns)
    deadline = limits.start()
    half = _part(limits, deadline, _FOR_COUNTING)
    counted = census(instance, scenario, regions=regions, bins=0, limits=half, seed=seed, progress=progress)
    best = _best(counted, _part(limits, deadline, _FOR_SOLVING))
    named = tuple(one.name for one in best.by_region if one.score_nano is not None) if best else ()
    members = _in_regions(instance, named)
    taking = replace(counted, by_region=tuple(one for one in counted.by_region if one.region in named))
    data = _Data(Measuring.of(instance, members, columns), equipment_of(instance, members), bounds)
    maps = [data.on_map(*one) for one in _maps(instance, members, best)] if best and named else []
    if maps and draws:
        maps.append(data.over(drawn(taking, members, draws, seed), deadline))
    return StepsExperiment(
        instance=instance,
        scenario=scenario,
        municipalities=members,
        regions=named,
        left_out=_left_out(counted, named),
        bounds=bounds,
        measures=data.measuring.measures,
        circular=data.measuring.circular,
        unknown=data.measuring.unknown,
        maps=tuple(maps),
        draws=sum(one.plans for one in maps),
        seed=seed,
        plans=taking.count if maps and draws else None,
        proved=best is not None
        and all(one.status == "optimal" for one in best.by_region if one.name in named),
        missing=tuple(layer for layer in LAYERS if layer not in instance.layers),
        seconds=time.perf_counter() - begun,
    )


def _best(counted: Census, limits: Limits) -> Result | None:
    """Find the best plan of the regions whose plans were counted, and verify it; None where there is none."""
    named = [one.region for one in counted.by_region if one.graph is not None]
    if not named:
        return None
    best = solve(counted.instance, counted.scenario, regions=named, limits=limits)
    if best.plan is not None:
        solved = [one.name for one in best.by_region if one.score_nano is not None]
        check_own_plan(best.instance, best.scenario, best.plan, solved)
    return best


def _part(limits: Limits, deadline: Deadline, share: float) -> Limits:
    """Give a share of the time that is left."""
    left = deadline.remaining
    return replace(limits, seconds=None if left is None else max(_LEAST, share * left))


def _in_regions(instance: Instance, regions: Sequence[str] | None) -> IntArray:
    wanted = instance.region_indices(instance.regions if regions is None else regions)
    return np.flatnonzero(np.isin(instance.region, wanted)).astype(np.int64)


def _left_out(counted: Census, named: Sequence[str]) -> tuple[tuple[str, str], ...]:
    notes = ((one.region, one.note or "no plan was found in time") for one in counted.by_region)
    return tuple((region, note) for region, note in notes if region not in named)


def _maps(instance: Instance, members: IntArray, best: Result) -> list[tuple[str, IntArray]]:
    zones = [(layer, along(instance, members, layer)) for layer in LAYERS if layer in instance.layers]
    plan = under(instance, members, (merger.members for merger in best.mergers))
    return [(TODAY, np.arange(len(members), dtype=np.int64)), *zones, (OPTIMUM, plan)]


@dataclass(frozen=True, eq=False)
class _Data:
    """What is known of the municipalities of today."""

    measuring: Measuring
    equipment: IntArray
    bounds: InhabitantSteps

    @property
    def inhabitants(self) -> IntArray:
        return self.measuring.instance.population[self.measuring.municipalities]

    def steps(self, part: IntArray) -> IntArray:
        """Put the municipalities of a map on steps; shape (steps, new municipalities)."""
        number = int(part.max()) + 1
        inhabitants = np.bincount(part, self.inhabitants, minlength=number).astype(np.int64)
        equipment = np.zeros(number, dtype=np.int64)
        np.maximum.at(equipment, part, self.equipment)
        return steps_of(inhabitants, equipment, self.bounds)

    def on_map(self, name: str, part: IntArray) -> MapStatistics:
        """Measure a map, with the error of the jackknife over its municipalities."""
        steps, values = self.steps(part), self.measuring.taken(part)
        number = steps.shape[1]
        kept = [np.arange(number) != unit for unit in range(number)]
        found = _correlations(steps, values)
        without = np.array([_correlations(steps[:, keep], values[:, keep]) for keep in kept])
        cells = _keyed(self._keys, _jackknifed(found, without, CORRELATIONS.values()))
        if name == TODAY:
            return MapStatistics(name, number, cells, {}, part, steps, values)
        before, after = self.steps(np.arange(len(part))), steps[:, part]
        stable = self._stability(before, after, np.ones(len(part), dtype=bool))
        others = np.array([self._stability(before, after, part != unit) for unit in range(number)])
        stability = _keyed(_STABILITY_KEYS, _jackknifed(stable, others, STABILITY.values()))
        return MapStatistics(name, number, cells, stability, part, steps, values)

    def over(self, parts: Iterable[IntArray], deadline: Deadline) -> MapStatistics:
        """Measure many maps, as long as there is time: mean, percentiles, and the error of the mean."""
        before = self.steps(np.arange(len(self.equipment)))
        everybody = np.ones(len(self.equipment), dtype=bool)
        found, stable, units = [], [], []
        for part in parts:
            steps = self.steps(part)
            units.append(steps.shape[1])
            found.append(_correlations(steps, self.measuring.taken(part)))
            stable.append(self._stability(before, steps[:, part], everybody))
            if deadline.passed:
                break
        return MapStatistics(
            DRAWS,
            float(np.mean(units)),
            _keyed(self._keys, _spread(np.array(found))),
            _keyed(_STABILITY_KEYS, _spread(np.array(stable))),
            plans=len(units),
        )

    @property
    def _keys(self) -> list[tuple[str, str, str]]:
        names = [one.name for one in self.measuring.measures]
        return [(s, name, k) for s in CORRELATIONS for k in (*STEPS, *DIFFERENCES) for name in names]

    def _stability(self, before: IntArray, after: IntArray, keep: BoolArray) -> FloatArray:
        """Compare the steps of each municipality before and after; shape (statistics, steps)."""
        inhabitants = self.inhabitants[keep]
        before, after = before[:, keep], after[:, keep]
        if not keep.any():
            return np.full((len(STABILITY), len(STEPS) + len(DIFFERENCES)), np.nan)
        other = before != after
        kappa = [weighted_kappa(*pair) for pair in zip(before, after, strict=True)]
        shares = np.array([kappa, other @ inhabitants / inhabitants.sum(), other.mean(axis=1)])
        return _with_differences(shares)


_STABILITY_KEYS = [(statistic, steps) for statistic in STABILITY for steps in (*STEPS, *DIFFERENCES)]


def _correlations(steps: IntArray, values: FloatArray) -> FloatArray:
    """Give all statistics of `CORRELATIONS`; shape (statistics, steps and differences, measures)."""
    rows = steps.astype(np.float64)
    if rows.shape[1] < 2:
        return np.full((len(CORRELATIONS), len(STEPS) + len(DIFFERENCES), len(values)), np.nan)
    ranks = np.array([midranks(row) for row in values])
    found = [kendall(rows, values), spearman(rows, values), explained(rows, values), explained(rows, ranks)]
    return _with_differences(np.array(found))


def _with_differences(found: FloatArray) -> FloatArray:
    """Add along axis 1 what equipment has more than the two others."""
    return np.concatenate([found, found[:, 2:3] - found[:, :2]], axis=1)


def _jackknifed(found: FloatArray, without: FloatArray, lowest: Iterable[float]) -> list[Cell]:
    """Give the standard error from the values without one municipality each (Efron and Stein 1981).

    Parameters
    ----------
    found : ndarray, shape (statistics, steps and differences, ...)
    without : ndarray, shape (municipalities, statistics, steps and differences, ...)
    lowest : sequence of float
        The least value that each statistic may have; the greatest is 1. Differences are not cut.
    """
    number = len(without)
    apart = without - without.mean(axis=0)
    error = np.sqrt((number - 1) / number * (apart**2).sum(axis=0))
    low, high = found - NINETY * error, found + NINETY * error
    for k, least in enumerate(lowest):
        own = (k, slice(0, len(STEPS)))
        low[own], high[own] = np.maximum(low[own], least), np.minimum(high[own], 1.0)
    each = (array.ravel().tolist() for array in (found, low, high, error))
    return [
        Cell(one, least, most, e, defined=int(np.isfinite(one)))
        for one, least, most, e in zip(*each, strict=True)
    ]


def _spread(found: FloatArray) -> list[Cell]:
    """Describe how values are distributed over draws, along axis 0."""
    return [_over_draws(column) for column in found.reshape(len(found), -1).T]


def _over_draws(values: FloatArray) -> Cell:
    known = values[np.isfinite(values)]
    if not len(known):
        return Cell(NAN, NAN, NAN, NAN, defined=0)
    low, high = np.percentile(known, [5, 95])
    sd = float(known.std(ddof=1)) if len(known) > 1 else float("nan")
    error, above = sd / len(known) ** 0.5, float((known > 0).mean())
    return Cell(float(known.mean()), float(low), float(high), error, sd, above, len(known))


def _keyed(keys: Sequence[_Key], cells: Sequence[Cell]) -> dict[_Key, Cell]:
    return dict(zip(keys, cells, strict=True))
