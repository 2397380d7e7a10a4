"""The census: all plans of each region, counted and measured."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import pairwise
from queue import SimpleQueue

import numpy as np

from ....instances.common.activity import doing
from ....instances.common.arrays import IntArray
from ....instances.common.deprecated import parameters_into
from ....instances.common.problems import reject
from ....instances.instance import Instance
from ....models.question.constraints import merger_amounts
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....models.scoring.reported_values import base_of
from ...candidates.constraints import amounts_of
from ...candidates.region import RegionListing
from ...deadline import Deadline, Limits, TimeUpError
from ...diagrams.diagram import DiagramLimitError
from ...executing.choosing import executor_of
from ...executing.executor import Executor
from ...limit_errors import OutOfMemoryError
from ...memory import budget
from ...progress import Progress, telling
from ..regions import Region, each_region
from .estimate import estimate
from .graph import PlanGraph, co_assignment, moments, plan_graph, scores_of, values_of
from .meet_in_the_middle import Cut, middle
from .params import CensusParams
from .partial_sums import PartialSums
from .region import SCORE, Distribution, RegionCensus
from .result import Census
from .sampling import draw

_NOT_LISTED = {
    "candidates": "its mergers are too many to list: not even an estimate",
    "time": "too little time to list its mergers: not even an estimate",
}


@parameters_into(Limits, "limits", memory="memory", time_limit="seconds")
@doing("counting plans")
def census(
    instance: Instance,
    scenario: Scenario,
    *,
    regions: Sequence[str] | None = None,
    bins: int = 40,
    limits: Limits = Limits(),
    seed: int = 0,
    params: CensusParams = CensusParams(),
    progress: Progress | None = None,
    cluster: Executor | str | None = None,
) -> Census:
    """Count all plans of each region, and measure how scores and terms are distributed over them.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    regions : sequence of str, optional
        All by default.
    bins : int
        Of each distribution; 0 for none.
    limits : Limits
        What does not fit is estimated, and says so.
    seed : int
        For estimates and samples; what is exact does not depend on it.
    params : CensusParams
    progress : callable, optional
    cluster : Executor or str, optional
        What answers in place of this process: the Dask scheduler at an address, or an executor. Does not
        change the answer; the limit of memory is one of each of its processes.

    Returns
    -------
    Census

    Raises
    ------
    InputError
        Scenario and instance do not fit, the scenario has two levels, or an option is wrong.

    Examples
    --------
    >>> from refzones.instances import load
    >>> census(load("flanders-2025"), Scenario.preset("mergers"), regions=["Waasland"], bins=0).count
    55
    """
    begun = time.perf_counter()
    instance = framed(instance, scenario)
    if bins < 0:
        reject("the number of bins must be 0 or more", "0 is without distributions", value=bins)
    done = each_region(
        instance,
        scenario,
        regions,
        replace(limits, memory=params.memory if limits.memory is None else limits.memory),
        partial(_counted, instance, bins, seed, params),
        tell=telling(progress),
        shared=True,
        executor=executor_of(cluster),
    )
    return Census(instance, scenario, tuple(done), time.perf_counter() - begun)


def _counted(instance: Instance, bins: int, seed: int, params: CensusParams, region: Region) -> RegionCensus:
    """Count the plans of a region."""
    memory = min(params.memory if region.memory is None else region.memory, budget().left)
    return _RegionWork(instance, region, bins, memory, seed, params).census()


class _RegionWork:
    """The census of one region."""

    def __init__(
        self,
        instance: Instance,
        region: Region,
        bins: int,
        memory: float,
        seed: int,
        params: CensusParams,
    ) -> None:
        self.region, self.bins, self.memory, self.seed, self.params = region, bins, memory, seed, params
        self.deadline = region.deadline
        members = instance.members(instance.regions.index(region.name))
        self.nothing = RegionCensus(
            region=region.name,
            municipalities=members,
            candidates=0,
            count=None,
            estimated=None,
            by_number=(),
            co_assignment=np.full((len(members), len(members)), np.nan),
            distributions={},
            states=0,
            note="",
            seconds=0.0,
            graph=None,
            nano=np.zeros(0, dtype=np.int64),
            counted=np.zeros(0, dtype=np.bool_),
            cut=None,
        )

    def census(self) -> RegionCensus:
        """Count, or estimate where that does not fit, and measure."""
        listed = self.region.listing
        if listed is None:
            note = self.region.reason or _NOT_LISTED[self.region.lacks]
            return self._done(self.nothing, note=note)
        known = replace(self.nothing, candidates=sum(len(one.candidates) for one in listed.components))
        try:
            graph = plan_graph(listed, memory=self.memory, deadline=self.deadline, params=self.params)
        except (DiagramLimitError, TimeUpError) as error:
            return self._estimated(known, listed, error)
        if graph is None:
            return self._done(known, count=0, note="no plan keeps all rules")
        return self._measured(known, listed, graph)

    def _estimated(self, known: RegionCensus, listed: RegionListing, error: Exception) -> RegionCensus:
        in_time = not isinstance(error, TimeUpError) or isinstance(error, OutOfMemoryError)
        short = "memory" if in_time else "time"
        deadline = Deadline.after(self.params.probe_seconds, self.deadline.until)
        estimated = estimate(listed, self.params.probes, self.seed, deadline)
        if not estimated.count:
            note = f"too little {short} to count: none of {estimated.probes:,} random probes came upon a plan"
            return self._done(known, note=note)
        note = f"too little {short} to count: estimated by {estimated.probes:,} random probes"
        return self._done(known, estimated=estimated, note=note)

    def _measured(self, known: RegionCensus, listed: RegionListing, graph: PlanGraph) -> RegionCensus:
        amounts = merger_amounts(listed.question)
        counted = np.concatenate([amounts_of(amounts, one.candidates) > 0 for one in listed.components])
        cut, note = middle(graph), ""
        fits = cut.sums <= min(self.memory / self.params.sum_bytes, self.params.most_sums)
        known = replace(
            known,
            count=graph.count,
            by_number=tuple(graph.by_number(counted)),
            co_assignment=co_assignment(graph, self.nothing.municipalities),
            states=graph.states,
            graph=graph,
            nano=scores_of(listed),
            counted=counted,
            cut=cut if fits else None,
        )
        distributions = self._distributions(listed, graph, known.cut) if self.bins else {}
        sampled = [name for name, one in distributions.items() if one.sample]
        if sampled:
            some = "" if len(sampled) == len(distributions) else f" of {', '.join(sampled)}"
            number = self.params.sample
            note = f"distributions{some} rest on {number:,} random plans: exact ones take {cut.sums:,} sums"
        return self._done(known, distributions=distributions, note=note)

    def _distributions(
        self, listed: RegionListing, graph: PlanGraph, cut: Cut | None
    ) -> dict[str, Distribution]:
        """Measure the score and each term, as many at a time as there are processors and memory for."""
        names = (SCORE, *(term.name for term in listed.scorer.terms))
        # sums are merged by compiled code, which leaves the interpreter to others
        fit = 1 if cut is None else int(self.memory / (self.params.sum_bytes * cut.sums))
        threads = max(1, min(len(names), fit, os.cpu_count() or 1))
        room: SimpleQueue[PartialSums | None] = SimpleQueue()

        def measure(name: str) -> Distribution:
            halves = room.get()
            try:
                return self._distribution(listed, graph, name, halves)
            finally:
                room.put(halves)

        with ThreadPoolExecutor(max_workers=threads, initializer=budget().begin) as pool:
            for _ in range(threads):
                room.put(None if cut is None else PartialSums(graph, cut.state))
            return dict(zip(names, pool.map(measure, names), strict=True))

    def _distribution(
        self, listed: RegionListing, graph: PlanGraph, name: str, halves: PartialSums | None
    ) -> Distribution:
        term = next((term for term in listed.scorer.terms if term.name == name), None)
        nano, weight = (scores_of(listed), 1.0) if term is None else values_of(listed, name)
        least, most, mean, sd = moments(graph, nano)
        edges = np.array(
            sorted({least + (most + 1 - least) * k // self.bins for k in range(self.bins + 1)}),
            dtype=np.int64,
        )
        plans, sample = self._filled(graph, nano, edges, halves)
        unit, sense = ("points", 1) if term is None else (term.unit, term.sense)
        scale = 1.0 if term is None else base_of(term, self.nothing.municipalities.tolist()).scale
        return Distribution(name, unit, sense, edges, plans, least, most, mean, sd, weight, sample, scale)

    def _filled(
        self, graph: PlanGraph, nano: IntArray, edges: IntArray, halves: PartialSums | None
    ) -> tuple[tuple[int, ...], int]:
        """Number of plans in each bin, and of how many; 0 for all."""
        if halves is not None:
            try:
                below = halves.below(nano, edges, self.deadline)
                return tuple(high - low for low, high in pairwise(below)), 0
            except TimeUpError:
                pass  # a sample takes little time
        sums = np.array([int(nano[list(plan)].sum()) for plan in draw(graph, self.params.sample, self.seed)])
        return tuple(np.histogram(sums, edges)[0].tolist()), self.params.sample

    def _done(self, known: RegionCensus, **changes: object) -> RegionCensus:
        return replace(known, seconds=self.region.seconds, **changes)  # type: ignore[arg-type]
