"""Trade-offs of a question: the front of each region, and of all of them together."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from ...instances.instance import Instance
from ...models.scenario import Scenario
from ...models.scorer import NANO, Scorer
from ..alternatives.best import listings
from ..alternatives.covers import MOST_ARCS
from ..limits import Deadline
from ..listing import RegionListing
from .labels import MOST_LABELS
from .result import ALL, Front, ParetoFront
from .segments import FramePoints, frame_front
from .sums import sum_of_fronts
from .weighing import check_terms, weighing
from .weights import weight_intervals

Progress = Callable[[Front], None]
"""Called when the front of a region is done."""


def pareto_front(
    instance: Instance,
    scenario: Scenario,
    terms: Sequence[str],
    *,
    regions: Sequence[str] | None = None,
    time_limit: float | None = None,
    most_arcs: int = MOST_ARCS,
    most_labels: int = MOST_LABELS,
    progress: Progress | None = None,
) -> ParetoFront:
    """Find all points that no plan beats in both of two terms, for each region and for all together.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level. Its bounds, rules and locks hold; its weights do not matter.
    terms : sequence of str
        Two different ones, whether the scenario weighs them or not.
    regions : sequence of str, optional
        All by default.
    time_limit : float, optional
        Seconds for everything; fronts that are not complete then say so.
    most_arcs, most_labels : int
        Sizes at which the work on a front is ended likewise.
    progress : callable, optional

    Returns
    -------
    ParetoFront
        A region without a plan has an empty front.

    Raises
    ------
    InputError
        Scenario, instance and terms do not fit.

    Examples
    --------
    >>> from refzones.instances import load
    >>> found = pareto_front(
    ...     load("flanders-2025"), Scenario.preset("mergers"), ["coverage", "distance"], regions=["Waasland"]
    ... )
    >>> len(found.of("Waasland"))
    6
    """
    begun = time.perf_counter()
    check_terms(terms)
    deadline = Deadline.after(time_limit)
    asked = weighing(scenario, terms)
    signs = [term.sense for term in Scorer(instance, asked).terms]
    fronts = []
    for name, listed in listings(instance, asked, regions, deadline):
        start = time.perf_counter()
        points = FramePoints(np.zeros((0, len(terms)), dtype=np.int64), (), is_proved=False)
        if listed is not None:
            points = _of_region(listed, tuple(terms), deadline, most_arcs, most_labels)
        seconds = time.perf_counter() - start
        front = _front(name, terms, signs, points, seconds)
        fronts.append(front)
        if progress is not None:
            progress(front)
    whole = _whole(fronts, terms, signs) if len(fronts) > 1 and all(map(len, fronts)) else None
    return ParetoFront(instance, scenario, tuple(terms), tuple(fronts), whole, time.perf_counter() - begun)


def _of_region(
    listed: RegionListing, terms: tuple[str, ...], deadline: Deadline, most_arcs: int, most_labels: int
) -> FramePoints:
    """Front of a region: those of its frames, summed."""
    scores = [list(listed.nano({term: 1.0})) for term in terms]
    frames = []
    for k, (frame, sides) in enumerate(zip(listed.frames, listed.sides, strict=True)):
        values = np.column_stack([nano[k] for nano in scores])
        found = frame_front(
            frame.candidates, values, sides, deadline=deadline, most_arcs=most_arcs, most_labels=most_labels
        )
        frames.append(found)
        if not len(found.values):
            return found
    values, parents = sum_of_fronts([one.values for one in frames])
    plans = tuple(
        tuple(sorted(part for one, place in zip(frames, row, strict=True) for part in one.plans[place]))
        for row in parents.tolist()
    )
    return FramePoints(values, plans, all(one.is_proved for one in frames))


def _front(
    name: str, terms: Sequence[str], signs: Sequence[int], points: FramePoints, seconds: float
) -> Front:
    low, high = weight_intervals(points.values)
    return Front(
        region=name,
        terms=tuple(terms),
        nano=points.values,
        values=points.values * np.array(signs) / NANO,
        parents=np.zeros((len(points.values), 0), dtype=np.int64),
        plans=points.plans,
        weight_from=low,
        weight_to=high,
        is_proved=points.is_proved,
        seconds=seconds,
    )


def _whole(fronts: Sequence[Front], terms: Sequence[str], signs: Sequence[int]) -> Front:
    """Front of all regions together."""
    begun = time.perf_counter()
    values, parents = sum_of_fronts([front.nano for front in fronts])
    low, high = weight_intervals(values)
    return Front(
        region=ALL,
        terms=tuple(terms),
        nano=values,
        values=values * np.array(signs) / NANO,
        parents=parents,
        plans=(),
        weight_from=low,
        weight_to=high,
        is_proved=all(front.is_proved for front in fronts),
        seconds=time.perf_counter() - begun,
    )
