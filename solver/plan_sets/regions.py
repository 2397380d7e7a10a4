"""Plans region by region: what each region may be made of, listed one after the other."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ...instances.common.activity import doing
from ...instances.instance import Instance
from ...models.question.budgets import refuse_budgets
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..candidates.enumeration import TooManyCandidatesError
from ..candidates.region import RegionListing, list_regions, wanted_regions
from ..deadline import Deadline, TimeUpError
from ..progress import Step

Lacks = Literal["", "candidates", "time"]


@dataclass(frozen=True)
class Region:
    """A region that is asked for.

    Attributes
    ----------
    name : str
    listing : RegionListing or None
        None where its candidates are not known.
    lacks : {'', 'candidates', 'time'}
        Why they are not: they are too many, or there was too little time; empty where they are.
    deadline : Deadline
        Until which the region is worked on.
    begun, listed : float
        When its listing was begun and when it ended, on the clock of `time.perf_counter`.
    number, total : int
        Its place among the regions that are asked for, from 1, and how many these are.
    """

    name: str
    listing: RegionListing | None
    lacks: Lacks
    deadline: Deadline
    begun: float
    listed: float
    number: int
    total: int

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
