"""Plans region by region: what each region may be made of, listed one after the other."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ..candidates.region import RegionListing, list_regions, wanted_regions
from ..candidates.sets import TooManyCandidatesError
from ..deadline import Deadline, TimeUpError


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
    begun : float
        When its listing was begun, on the clock of `time.perf_counter`.
    """

    name: str
    listing: RegionListing | None
    lacks: Literal["", "candidates", "time"]
    deadline: Deadline
    begun: float

    @property
    def seconds(self) -> float:
        """Seconds since the listing of the region was begun."""
        return time.perf_counter() - self.begun


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
    wanted = wanted_regions(instance, regions)
    for left, region in zip(range(len(wanted), 0, -1), wanted, strict=True):
        name = instance.regions[region]
        own, begun = deadline.part(1.0 / left) if shared else deadline, time.perf_counter()
        try:
            (listing,) = list_regions(instance, scenario, regions=[name], deadline=own)
        except TooManyCandidatesError:
            yield Region(name, None, "candidates", own, begun)
        except TimeUpError:
            yield Region(name, None, "time", own, begun)
        else:
            yield Region(name, listing, "", own, begun)
