"""Plans region by region: what each region may be made of, listed one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from ...instances.common.activity import doing
from ...instances.instance import Instance
from ...models.question.budgets import refuse_budgets
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..candidates.enumeration import TooManyCandidatesError
from ..candidates.region import RegionListing, list_regions, wanted_regions
from ..deadline import Deadline, Limits, TimeUpError
from ..executing.executor import Executor, Here, Lost
from ..progress import Progress, Step

Lacks = Literal["", "candidates", "time", "cluster"]

R = TypeVar("R")


@dataclass(frozen=True)
class Region:
    """A region that is asked for.

    Attributes
    ----------
    name : str
    listing : RegionListing or None
        None where its candidates are not known.
    lacks : {'', 'candidates', 'time', 'cluster'}
        Why they are not: they are too many, there was too little time, or the cluster that was to answer
        lost the region; empty where they are.
    deadline : Deadline
        Until which the region is worked on.
    begun, listed : float
        When its listing was begun and when it ended, on the clock of `time.perf_counter`.
    number, total : int
        Its place among the regions that are asked for, from 1, and how many these are.
    memory : float or None
        Bytes that the work on the region may take; None for what it takes by itself.
    reason : str
        Why the cluster lost it.
    """

    name: str
    listing: RegionListing | None
    lacks: Lacks
    deadline: Deadline
    begun: float
    listed: float
    number: int
    total: int
    memory: float | None = None
    reason: str = ""

    @property
    def limits(self) -> Limits:
        """Limits of the work on the region, but for its deadline."""
        return Limits(memory=self.memory)

    @property
    def seconds(self) -> float:
        """Seconds since the listing of the region was begun."""
        return time.perf_counter() - self.begun

    @property
    def seconds_of_work(self) -> float:
        """Seconds since the region was listed."""
        return time.perf_counter() - self.listed

    def step(self, answer: object) -> Step:
        """Report what came out for the region."""
        return Step(self.name, self.number, self.total, self.seconds_of_work, answer)


def listed_regions(
    instance: Instance,
    scenario: Scenario,
    regions: Sequence[str] | None,
    deadline: Deadline,
    *,
    shared: bool = False,
) -> Iterator[Region]:
    """List the candidates of some regions, one region after the other.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    regions : sequence of str, optional
        Names; all by default.
    deadline : Deadline
    shared : bool
        Divide the time among the regions: each has an equal share of what those before it left.

    Yields
    ------
    Region
        In the order of the instance.

    Raises
    ------
    InputError
        See `list_regions`.
    """
    instance = framed(instance, scenario)
    wanted = wanted_regions(instance, regions)
    refuse_budgets(scenario, wanted, "a set of plans")
    for number, region in enumerate(wanted, start=1):
        name, begun = instance.regions[region], time.perf_counter()
        own = deadline.part(1.0 / (len(wanted) - number + 1)) if shared else deadline
        with doing(f"{name} ({number} of {len(wanted)}):" if len(wanted) > 1 else f"{name}:"):
            listing, lacks = _listed(instance, scenario, name, own)
            yield Region(name, listing, lacks, own, begun, time.perf_counter(), number, len(wanted))


def each_region(
    instance: Instance,
    scenario: Scenario,
    regions: Sequence[str] | None,
    limits: Limits,
    work: Callable[[Region], R],
    *,
    tell: Progress,
    shared: bool = False,
    executor: Executor | None = None,
) -> list[R]:
    """Do some work on the candidates of each region, here or on a cluster.

    Parameters
    ----------
    instance, scenario, regions, shared
        See `listed_regions`.
    limits : Limits
        That of memory is one of each process.
    work : callable
        A function of a module, or a partial one. It is called here for a region that a cluster lost.
    tell : callable
        Called when a region is done.
    executor : Executor, optional

    Returns
    -------
    list
        What came of each region, in the order of the instance.
    """
    deadline = limits.start()
    if executor is None:
        done = []
        for region in listed_regions(instance, scenario, regions, deadline, shared=shared):
            done.append(work(replace(region, memory=limits.memory)))
            tell(region.step(done[-1]))
        return done
    instance = framed(instance, scenario)
    wanted = wanted_regions(instance, regions)
    refuse_budgets(scenario, wanted, "a set of plans")
    names = [instance.regions[region] for region in wanted]
    order = sorted(range(len(names)), key=lambda place: -len(instance.members(wanted[place])))
    asked = _Asked(instance, scenario, limits.memory, work, shared)
    found: dict[int, R] = {}
    for at, answer in executor.each(_answer, asked, [names[place] for place in order], deadline=deadline):
        place, seconds = order[at], 0.0
        if isinstance(answer, Lost):
            now = time.perf_counter()
            lost = Region(names[place], None, "cluster", deadline, now, now, place + 1, len(names))
            found[place] = work(replace(lost, memory=limits.memory, reason=answer.reason))
        else:
            found[place], seconds = answer
        tell(Step(names[place], len(found), len(names), seconds, found[place]))
    return [found[place] for place in range(len(names))]


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is asked of all regions."""

    instance: Instance
    scenario: Scenario
    memory: float | None
    work: Callable[[Region], object]
    shared: bool


def _answer(asked: _Asked, name: str, here: Here) -> tuple[object, float]:
    """Do the work on a region: the task of a worker; give its seconds too."""
    deadline = here.deadline.part(here.share) if asked.shared else here.deadline
    (region,) = listed_regions(asked.instance, asked.scenario, [name], deadline)
    done = asked.work(replace(region, memory=here.memory(asked.memory)))
    return done, region.seconds_of_work


def _listed(
    instance: Instance, scenario: Scenario, name: str, deadline: Deadline
) -> tuple[RegionListing | None, Lacks]:
    try:
        (listing,) = list_regions(instance, scenario, regions=[name], deadline=deadline)
    except TooManyCandidatesError:
        return None, "candidates"
    except TimeUpError:
        return None, "time"
    return listing, ""
