"""All that a dossier tells, as the chapters take it."""

from __future__ import annotations

from dataclasses import dataclass

from ....instances.instance import Instance
from ....models.scenario.scenario import Scenario
from ....solver.infeasibility.diagnosis import Diagnosis
from ....solver.results.mergers import Merger
from ....solver.results.region_result import RegionResult
from ....solver.results.result import Result
from ....solver.review.absorbing import LoneCity
from ....solver.review.effects import Effects
from ....solver.review.lock_prices import LockPrice
from ....solver.review.without import PlanWithout
from ...maps.shapes import Shapes
from .others import Others
from .record import DossierRecord


@dataclass(frozen=True, eq=False)
class RegionFacts:
    """What a dossier tells of a region, beside its figures.

    Attributes
    ----------
    result : RegionResult
        As the run has it.
    without : tuple of PlanWithout
        The best plan without each part, mergers before zones; empty where the plan is not proved.
    others : Others or None
        Plans that differ; None where none is known.
    diagnosis : Diagnosis or None
        Why there is no plan; None where there is one, or where that was not told in time.
    lone : tuple of LoneCity
        Cities that may absorb neighbours and that nobody joins.
    """

    result: RegionResult
    without: tuple[PlanWithout, ...] = ()
    others: Others | None = None
    diagnosis: Diagnosis | None = None
    lone: tuple[LoneCity, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether all that there is to tell was found out in time."""
        if self.result.score_nano is None:
            return self.result.status != "infeasible" or self.diagnosis is not None
        if self.result.status != "optimal":
            return True  # nothing is proved without a part of a plan that is not proved itself
        return self.others is not None and all(one.decided.status != "not known" for one in self.without)


@dataclass(frozen=True, eq=False)
class DossierFacts:
    """All that a dossier tells.

    Attributes
    ----------
    instance : Instance
        With the regions of the scenario.
    result : Result
        The run.
    shapes : Shapes
    regions : dict of str to RegionFacts
        Those that the dossier is about, in the order of the run.
    locks : tuple of LockPrice
        What each agreement about them costs.
    record : DossierRecord
    effects : Effects or None
        What the plan does; None for a plan of zones alone, which merges nothing.
    """

    instance: Instance
    result: Result
    shapes: Shapes
    regions: dict[str, RegionFacts]
    locks: tuple[LockPrice, ...]
    record: DossierRecord
    effects: Effects | None = None

    @property
    def scenario(self) -> Scenario:
        """What was asked."""
        return self.result.scenario

    @property
    def is_complete(self) -> bool:
        """Whether all that a dossier tells of these regions was found out in time."""
        return all(one.is_complete for one in self.regions.values()) and all(
            price.status != "not known" for price in self.locks
        )

    @property
    def mergers(self) -> tuple[Merger, ...]:
        """Mergers of the regions that the dossier is about, by their first member."""
        found = (merger for one in self.regions.values() for merger in one.result.mergers)
        return tuple(sorted(found, key=lambda merger: merger.members))

    @property
    def zones(self) -> tuple[Merger, ...]:
        """Zones of these regions, likewise."""
        found = (zone for one in self.regions.values() for zone in one.result.zones)
        return tuple(sorted(found, key=lambda zone: zone.members))
