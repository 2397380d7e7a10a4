"""The maps of two dates, and what is proved of both together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ...instances.instance import Instance
from ...models.nano_points import NANO
from ...models.question.exemptions import exempt_by_rule
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ...models.scenario.staged import StagedScenario
from .plan import Plan
from .region_result import TAKEN_OVER, RegionResult
from .result import Result
from .status import Status, relative_gap, status_of, worst

Part = tuple[int, ...]

TOGETHER = "proved together with the map of another date, and not by itself"
"""Why nothing is proved of one of two maps that are proved to be the best together."""

FOUND_TOGETHER = "chosen together with the map of another date; better maps are not ruled out"


@dataclass(frozen=True)
class StagedRegion:
    """The maps of two dates in one reference region.

    Attributes
    ----------
    name : str
    municipalities : int
    earlier, target : tuple of tuple of int
        Members of each merger, and each municipality that is in none, on the map of each date; empty without
        a plan.
    sum_nano, bound_nano : int or None
        Nano-points of each map times its share of the years (`StagedScenario.shares`), summed, and the proved
        upper bound on it.
    seconds : float
    candidates, kept : int
        Mergers that the target map might have, and those that could still be in an optimum after fixing.
    reason : str
        Why there is no plan, or none that is proved, in words; empty otherwise.
    infeasible : bool
        Whether it is proved that no two maps keep the rules.
    """

    name: str
    municipalities: int
    earlier: tuple[Part, ...]
    target: tuple[Part, ...]
    sum_nano: int | None
    bound_nano: int | None
    seconds: float
    candidates: int = 0
    kept: int = 0
    reason: str = ""
    infeasible: bool = False

    @property
    def status(self) -> Status:
        """What follows from score and bound, and from the proof that there is no plan."""
        return status_of(self.sum_nano, self.bound_nano, infeasible=self.infeasible)


@dataclass(frozen=True)
class StagedResult:
    """The best maps of two dates, chosen together.

    Attributes
    ----------
    instance : Instance
    scenario : StagedScenario
    by_region : tuple of StagedRegion
    engine : str
    seed, workers : int
    seconds : float
    versions : mapping of str to str
    """

    instance: Instance
    scenario: StagedScenario
    by_region: tuple[StagedRegion, ...]
    engine: str
    seed: int
    workers: int
    seconds: float
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """The worst of the regions' statuses."""
        return worst(region.status for region in self.by_region)

    @property
    def answered(self) -> tuple[StagedRegion, ...]:
        """The regions that have a plan."""
        return tuple(region for region in self.by_region if region.sum_nano is not None)

    @property
    def sum_nano(self) -> int | None:
        """Nano-points of each map times its share of the years, summed; None where a region has no plan."""
        return _sum([region.sum_nano for region in self.by_region])

    @property
    def bound_nano(self) -> int | None:
        """Proved upper bound on `sum_nano`."""
        return _sum([region.bound_nano for region in self.by_region])

    @property
    def score(self) -> float | None:
        """Mean score of both maps over the years that they last, in points."""
        return mean_points(self.sum_nano, self.scenario)

    @property
    def bound(self) -> float | None:
        """Proved upper bound on the mean score, in points."""
        return mean_points(self.bound_nano, self.scenario)

    @property
    def gap(self) -> float | None:
        """Relative gap between bound and score."""
        return relative_gap(self.sum_nano, self.bound_nano)

    @property
    def earlier(self) -> Plan | None:
        """The earlier map of the regions that have one; None where none has."""
        return self._map(0)

    @property
    def target(self) -> Plan | None:
        """The target map of the regions that have one; None where none has."""
        return self._map(1)

    def _map(self, place: int) -> Plan | None:
        parts = [part for region in self.answered for part in (region.earlier, region.target)[place]]
        asked = self.scenarios[place]
        return Plan.of(framed(self.instance, asked), asked, parts) if parts else None

    @property
    def scenarios(self) -> tuple[Scenario, Scenario]:
        """What each map keeps by itself: see `earlier_alone`, and the second of `StagedScenario.stages`."""
        parts = [part for region in self.answered for part in region.earlier]
        return earlier_alone(self.instance, self.scenario, parts), self.scenario.stages[1]

    def result(self, place: int) -> Result:
        """Give the map of one date as a result of its own, of the regions that have a plan.

        Nothing is proved of one map by itself, so that its regions have no bound.

        Parameters
        ----------
        place : int
            0 for the earlier map, 1 for the target map.
        """
        asked, plan = self.scenarios[place], (self.earlier, self.target)[place]
        instance = framed(self.instance, asked)
        assert plan is not None, "a region has a plan"
        regions = [plan.within([region.name]) for region in self.answered]
        return Result(
            instance=instance,
            scenario=asked,
            by_region=tuple(
                RegionResult(
                    name=region.name,
                    municipalities=region.municipalities,
                    mergers=part.mergers,
                    score_nano=part.score_nano,
                    bound_nano=None,
                    seconds=region.seconds,
                    stages={TAKEN_OVER: region.seconds},
                    reason=TOGETHER if region.status == "optimal" else FOUND_TOGETHER,
                )
                for region, part in zip(self.answered, regions, strict=True)
            ),
            engine=self.engine,
            seed=self.seed,
            workers=self.workers,
            seconds=self.seconds,
            versions=self.versions,
        )

    def __repr__(self) -> str:
        score = "" if self.score is None else f", {self.score:,.4f} points"
        moments = " and ".join(self.scenario.moments)
        return (
            f"<StagedResult '{self.scenario.name}' on {self.instance.name}, {moments}: {self.status}{score}>"
        )


def mean_points(nano: int | None, scenario: StagedScenario) -> float | None:
    """Points, as the mean over the years, of a sum of nano-points times shares; None of None."""
    return None if nano is None else float(Fraction(nano, NANO * sum(scenario.shares)))


def earlier_alone(instance: Instance, scenario: StagedScenario, parts: Sequence[Part]) -> Scenario:
    """Say as a scenario of one level what the earlier map keeps by itself: who stays is named in its rules.

    Parameters
    ----------
    instance : Instance
    scenario : StagedScenario
    parts : sequence of tuple of int
        The mergers of the earlier map, and each municipality that is in none.
    """
    asked = scenario.stages[0]
    first, second = scenario.moments
    update: dict[str, object] = {"description": f"The map of {first}, chosen together with that of {second}"}
    if scenario.unmerged == "may_stay":
        exempt = exempt_by_rule(framed(instance, asked), with_staying(asked, ()))
        stay = sorted(part[0] for part in parts if len(part) == 1 and part[0] not in exempt)
        update["rules"] = with_staying(asked, (instance.codes[i] for i in stay)).rules
    return asked.model_copy(update=update)


def with_staying(asked: Scenario, codes: Iterable[str]) -> Scenario:
    """Give the same scenario of one level, in which some municipalities stay as they are, and no others."""
    rules = asked.rules.model_copy(update={"staying": tuple(codes)})
    return asked.model_copy(update={"rules": rules})


def _sum(numbers: Sequence[int | None]) -> int | None:
    return None if None in numbers else sum(number for number in numbers if number is not None)
