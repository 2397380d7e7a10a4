"""Trade-offs of a question: the front of each region, and of all of them together."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from ...instances.activity import doing
from ...instances.arrays import IntArray
from ...instances.instance import Instance
from ...instances.problems import reject
from ...models.scenario import Scenario
from ...models.scorer import NANO, Scorer
from ..alternatives.best import listings
from ..alternatives.covers import MOST_ARCS
from ..family import ALL
from ..limits import Deadline
from ..listing import Part, RegionListing
from .labels import MOST_LABELS
from .result import Front, ParetoFront
from .segments import FramePoints, frame_front
from .sums import sum_of_fronts
from .surface import frame_surface
from .thin import sum_of_surfaces
from .weighing import check_terms, weighing
from .weights import weight_intervals

PRECISION = 0.1
"""Share of the span of each of three terms."""

Progress = Callable[[Front], None]
"""Called when the front of a region is done."""


@doing("looking for trade-offs")
def pareto_front(
    instance: Instance,
    scenario: Scenario,
    terms: Sequence[str],
    *,
    regions: Sequence[str] | None = None,
    precision: float = PRECISION,
    time_limit: float | None = None,
    most_arcs: int = MOST_ARCS,
    most_labels: int = MOST_LABELS,
    progress: Progress | None = None,
) -> ParetoFront:
    """Find the points that no plan beats in every one of some terms, for each region and for all together.

    Two terms: all of them, exactly. Three: enough of them that every plan is within a precision of one.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level. Its bounds, rules and locks hold; its weights do not matter.
    terms : sequence of str
        Two or three different ones, whether the scenario weighs them or not.
    regions : sequence of str, optional
        All by default.
    precision : float
        With three terms: a share of the span of each term in the region, 0 to 1; see `frame_surface`. What
        it comes to stands in each `Front`; for all regions together it is twice the sum over the regions.
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
    if not 0 <= precision <= 1:
        reject("the precision must be a share from 0 to 1", "0.1 is a tenth of the span", value=precision)
    deadline = Deadline.after(time_limit)
    asked = weighing(scenario, terms)
    signs = [term.sense for term in Scorer(instance, asked).terms]
    fronts = []
    for name, listed in listings(instance, asked, regions, deadline):
        start = time.perf_counter()
        points = FramePoints(np.zeros((0, len(terms)), dtype=np.int64), (), is_proved=False)
        near: tuple[int, ...] = (0,) * len(terms)
        if listed is not None and len(terms) == 2:
            points = _of_region(listed, tuple(terms), deadline, most_arcs, most_labels)
        elif listed is not None:
            points, near = _surface_of_region(listed, tuple(terms), precision, deadline, most_arcs)
        seconds = time.perf_counter() - start
        front = _front(name, terms, signs, points, near, seconds)
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
    return FramePoints(values, _joined(frames, parents), all(one.is_proved for one in frames))


def _surface_of_region(
    listed: RegionListing, terms: tuple[str, ...], precision: float, deadline: Deadline, most_arcs: int
) -> tuple[FramePoints, tuple[int, ...]]:
    """Front of a region in three terms, and its precision in nano-units."""
    scores = [list(listed.nano({term: 1.0})) for term in terms]
    frames, near = [], np.zeros(len(terms), dtype=np.int64)
    for k, (frame, sides) in enumerate(zip(listed.frames, listed.sides, strict=True)):
        values = np.column_stack([nano[k] for nano in scores])
        found, within = frame_surface(
            frame.candidates, values, precision, sides, deadline=deadline, most_arcs=most_arcs
        )
        frames.append(found)
        near += np.array(within, dtype=np.int64)
        if not len(found.values):
            return found, tuple(within)
    values, parents = sum_of_surfaces([one.values for one in frames], (0,) * len(terms))
    points = FramePoints(values, _joined(frames, parents), all(one.is_proved for one in frames))
    return points, tuple(near.tolist())


def _joined(frames: Sequence[FramePoints], parents: IntArray) -> tuple[tuple[Part, ...], ...]:
    """Put the plans of frames together."""
    return tuple(
        tuple(sorted(part for one, place in zip(frames, row, strict=True) for part in one.plans[place]))
        for row in parents.tolist()
    )


def _front(
    name: str,
    terms: Sequence[str],
    signs: Sequence[int],
    points: FramePoints,
    near: Sequence[int],
    seconds: float,
) -> Front:
    return _made(name, terms, signs, points.values, points.plans, None, near, points.is_proved, seconds)


def _whole(fronts: Sequence[Front], terms: Sequence[str], signs: Sequence[int]) -> Front:
    """Front of all regions together."""
    begun = time.perf_counter()
    near = np.zeros(len(terms), dtype=np.int64)
    if len(terms) == 2:
        values, parents = sum_of_fronts([front.nano for front in fronts])
    else:
        of_regions = np.array([front.precision for front in fronts]).sum(axis=0)
        cell = [int(NANO * one / len(fronts)) for one in of_regions.tolist()]
        values, parents = sum_of_surfaces([front.nano for front in fronts], cell)
        near = np.ceil(NANO * of_regions).astype(np.int64) + len(fronts) * np.array(cell)
    proved = all(front.is_proved for front in fronts)
    seconds = time.perf_counter() - begun
    return _made(ALL, terms, signs, values, (), parents, near.tolist(), proved, seconds)


def _made(
    name: str,
    terms: Sequence[str],
    signs: Sequence[int],
    nano: IntArray,
    plans: tuple[tuple[Part, ...], ...],
    parents: IntArray | None,
    near: Sequence[int],
    is_proved: bool,
    seconds: float,
) -> Front:
    nowhere = np.full(len(nano), np.nan)
    low, high = weight_intervals(nano) if len(terms) == 2 else (nowhere, nowhere)
    return Front(
        region=name,
        terms=tuple(terms),
        nano=nano,
        values=nano * np.array(signs) / NANO,
        parents=np.zeros((len(nano), 0), dtype=np.int64) if parents is None else parents,
        plans=plans,
        weight_from=low,
        weight_to=high,
        precision=() if len(terms) == 2 else tuple(one / NANO for one in near),
        is_proved=is_proved,
        seconds=seconds,
    )
