"""All that a dossier tells of a plan, asked of the solver and put down in one record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ....instances.common.problems import reject
from ....instances.instance import Instance
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....solver.deadline import Limits
from ....solver.progress import Progress, Step, telling
from ....solver.results.mergers import Merger
from ....solver.results.record import PlanRecord
from ....solver.results.region_result import RegionResult
from ....solver.results.result import Result
from ....solver.results.terms import TermRecord
from ....solver.review.whatif import result_of
from ...maps.shapes import Shapes
from .cards import merger_figures
from .record import DossierRecord, RegionFigures, Without
from .sizes import sizes_before, sizes_of
from .weights import weight_figures


@dataclass(frozen=True, eq=False)
class RegionFacts:
    """What a dossier tells of a region, beside its figures.

    Attributes
    ----------
    result : RegionResult
        As the run has it.
    """

    result: RegionResult


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
    record : DossierRecord
    """

    instance: Instance
    result: Result
    shapes: Shapes
    regions: dict[str, RegionFacts]
    record: DossierRecord

    @property
    def scenario(self) -> Scenario:
        """What was asked."""
        return self.result.scenario

    @property
    def mergers(self) -> tuple[Merger, ...]:
        """Mergers of the regions that the dossier is about."""
        return tuple(merger for one in self.regions.values() for merger in one.result.mergers)


def gather(
    instance: Instance,
    record: PlanRecord,
    regions: Sequence[str],
    shapes: Shapes,
    *,
    limits: Limits = Limits(),
    workers: int | None = None,
    progress: Progress | None = None,
) -> DossierFacts:
    """Ask the solver for all that a dossier tells of a plan.

    Parameters
    ----------
    instance : Instance
        The one that the plan was made for.
    record : PlanRecord
        Of the run; taken at its word.
    regions : sequence of str
        Those that the dossier is about; all of the run where none is named.
    shapes : Shapes
        One geometry a municipality.
    limits : Limits
        For everything; what is not known by then is said to be not known.
    workers : int, optional
        Regions worked on at a time.
    progress : callable, optional
        Called for each region.

    Raises
    ------
    InputError
        The run has no plan, or none of the regions; or the instance is another one.
    """
    tell = telling(progress)
    result = result_of(instance, record)
    names = _wanted(result, regions)
    instance = framed(instance, result.scenario)
    found: dict[str, RegionFacts] = {}
    figures: dict[str, RegionFigures] = {}
    for region in result.by_region:
        if region.name in names:
            found[region.name] = RegionFacts(region)
            figures[region.name] = _region_figures(instance, result.scenario, region, record)
            tell(Step(region.name, len(found), len(names), answer=region))
    asked, parts = result.scenario.levels[0], [part for one in found.values() for part in one.result.mergers]
    everybody = [i for name in found for i in instance.members(instance.regions.index(name)).tolist()]
    written = DossierRecord(
        plan=record,
        before=sizes_before(instance, asked, everybody),
        after=sizes_of(instance, asked, parts) if parts else None,
        regions=figures,
        weights={
            f"{prefix}.{name}" if prefix else name: weight
            for prefix, level in result.scenario.levels_by_prefix.items()
            for name, weight in weight_figures(instance, level).items()
        },
    )
    return DossierFacts(instance, result, shapes, found, written)


def _wanted(result: Result, regions: Sequence[str]) -> set[str]:
    """Names of the regions that are meant."""
    known = {region.name.casefold(): region for region in result.by_region}
    names = set()
    for name in regions:
        if name.casefold() not in known:
            reject(
                "the run has no such region",
                f"it has: {', '.join(region.name for region in result.by_region)}",
                value=name,
            )
        names.add(known[name.casefold()].name)
    names = names or {region.name for region in result.by_region}
    if all(region.score_nano is None for region in result.by_region if region.name in names):
        reject(
            "the run has no plan of these regions, so that there is nothing to tell of it",
            "refzones why tells which rules leave no plan",
        )
    return names


def _region_figures(
    instance: Instance, scenario: Scenario, region: RegionResult, record: PlanRecord
) -> RegionFigures:
    members = instance.members(instance.regions.index(region.name)).tolist()
    inner, *around = scenario.levels
    of_plan = next(one for one in record.regions if one.name == region.name)
    zone_of = {i: zone.name(instance) for zone in region.zones for i in zone.members}
    return RegionFigures(
        before=sizes_before(instance, inner, members),
        after=sizes_of(instance, inner, region.mergers) if region.mergers else None,
        points=_shares(of_plan.terms | {f"zones.{key}": one for key, one in of_plan.zone_terms.items()}),
        mergers=[
            merger_figures(instance, inner, part, Without(status="not known"), zone_of.get(part.seat, ""))
            for part in region.mergers
        ],
        zones=[
            merger_figures(instance, around[0], part, Without(status="not known")) for part in region.zones
        ],
    )


def _shares(terms: dict[str, TermRecord]) -> dict[str, float]:
    """Give the share of each term in all points, whatever their sign."""
    everything = sum(abs(term.points) for term in terms.values())
    return {name: abs(term.points) / everything if everything else 0.0 for name, term in terms.items()}
