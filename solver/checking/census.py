"""Checking the certificate of a census: its diagrams are read, and everything is counted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ...instances import Instance
from ...instances.common.activity import doing
from ..results.census_certificate import CensusCertificate, RegionDiagram
from ..results.certificate import CERTIFIED
from ..verification.figures import score_nano
from ..verification.level import Part, rules_of, scope_of
from ..verification.regions import with_regions
from ..verification.scores import unclear_terms
from .admissible import Region
from .connected import TooManySetsError, bits, mask_of
from .diagram import Diagram, Ground, read_diagram
from .plan_counts import Moments, by_number, moments, uses
from .plan_sums import PlanSums
from .tree import Open, ProofError

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario


@dataclass(frozen=True, eq=False)
class PlansOfRegion:
    """All plans of a region, from a diagram that is checked.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    members : list of int
        Municipalities of the region, ascending.
    parts : list of tuple of int
        What the rules allow.
    counts : list of int
        1 for each part that counts as one, 0 for the others.
    diagram : Diagram
    distributions : bool
        Whether sums are said to be few enough.
    """

    instance: Instance
    scenario: Scenario
    members: list[int]
    parts: list[Part]
    counts: list[int]
    diagram: Diagram
    distributions: bool

    @property
    def plans(self) -> int:
        """Number of plans."""
        return self.diagram.ways_on[0] if len(self.diagram.arcs) > 1 else 0

    @property
    def states(self) -> int:
        """States of the diagram; none without plans."""
        return len(self.diagram.arcs) if self.plans else 0

    @cached_property
    def by_number(self) -> dict[int, int]:
        """Number of plans by number of parts that count."""
        return by_number(self.diagram, self.counts) if self.plans else {}

    @cached_property
    def together(self) -> dict[tuple[int, int], int]:
        """Number of plans in which two municipalities, the lower one first, are in one part."""
        shared: dict[tuple[int, int], int] = {}
        for part, used in zip(self.parts, uses(self.diagram, len(self.parts)), strict=True):
            for at, a in enumerate(part):
                for b in part[at + 1 :]:
                    shared[a, b] = shared.get((a, b), 0) + used
        return shared

    def values(self, term: str = "", weight: float = 1.0) -> list[int]:
        """Value of each part in billionths: its score, or a term alone under a weight."""
        scenario = self.scenario.model_copy(update={"weights": {term: weight}}) if term else self.scenario
        return [score_nano(self.instance, scenario, part) for part in self.parts]

    def moments(self, values: Sequence[int]) -> Moments:
        """Add up the values of parts over all plans."""
        return moments(self.diagram, values)

    def below(self, values: Sequence[int], limits: Sequence[int]) -> list[int]:
        """Count the plans whose parts have less than each limit together.

        Raises
        ------
        ProofError
            That takes too many sums.
        """
        return self._sums.below(values, limits)

    @cached_property
    def _sums(self) -> PlanSums:
        return PlanSums(self.diagram)


@dataclass(frozen=True, eq=False)
class CensusCheck:
    """What the certificate of a census proves of a region.

    Attributes
    ----------
    name : str
    plans : PlansOfRegion or None
        None where nothing is proved.
    problem : str
        Why nothing is, in words.
    """

    name: str
    plans: PlansOfRegion | None
    problem: str = ""


def check_census(
    certificate: CensusCertificate, instance: Instance, scenario: Scenario
) -> tuple[CensusCheck, ...]:
    """Check the diagrams of a certificate, from instance and scenario alone.

    Parameters
    ----------
    certificate : CensusCertificate
        Its hashes are not looked at.
    instance : Instance
    scenario : Scenario
        Of one level.

    Returns
    -------
    tuple of CensusCheck
        One for each region of the certificate.
    """
    own = with_regions(instance, scenario)
    names = [region.name for region in certificate.regions]
    if len(set(names)) < len(names) or not set(names) <= set(own.regions):
        return tuple(CensusCheck(name, None, "the regions are not those of the instance") for name in names)
    bound = _of_whole_plans(scenario)
    return tuple(
        CensusCheck(region.name, None, bound) if bound else _check_region(region, own, scenario, names)
        for region in certificate.regions
    )


def _of_whole_plans(scenario: Scenario) -> str:
    """Say which rule of whole plans no diagram holds; empty for none."""
    if len(scenario.levels) > 1:
        return "mergers inside zones are not counted"
    if scenario.budgets:
        return "budgets are rules of whole plans"
    if scenario.rules.enclosed == "forbidden" and scenario.rules.enclosed_parts == "all":
        return "that mergers are not enclosed is a rule of whole plans"
    return ""


def _check_region(
    stated: RegionDiagram, instance: Instance, scenario: Scenario, names: Sequence[str]
) -> CensusCheck:
    if stated.proof != CERTIFIED:
        return CensusCheck(stated.name, None, stated.reason or "nothing is proved of it")
    try:
        with doing(f"{stated.name}: checking its proof"):
            return CensusCheck(stated.name, _plans(stated, instance, scenario, names))
    except ProofError as error:
        return CensusCheck(stated.name, None, str(error))
    except TooManySetsError:
        return CensusCheck(stated.name, None, "it has more connected sets than the check lists")


def _plans(
    stated: RegionDiagram, instance: Instance, scenario: Scenario, names: Sequence[str]
) -> PlansOfRegion:
    """List the parts of a region anew, and read its diagram.

    Raises
    ------
    ProofError, TooManySetsError
    """
    level = rules_of(instance, scenario, scope_of(instance, names))
    unclear = unclear_terms(level)
    if unclear:
        raise ProofError(unclear[0].text)
    region = Region(level, instance.regions.index(stated.name))
    order = [instance.index.get(code, -1) for code in stated.municipalities]
    if sorted(order) != region.members:
        raise ProofError("it is about other municipalities")
    parts = region.parts()
    if stated.sets != len(parts):
        raise ProofError(f"it knows {stated.sets} parts; there are {len(parts)}")
    counts = [int(region.counts(part)) for part in parts]
    diagram = read_diagram(stated, _ground(region, order, parts, counts))
    found = PlansOfRegion(instance, scenario, region.members, parts, counts, diagram, stated.distributions)
    if stated.plans != str(found.plans):
        raise ProofError("it becomes another number of plans than it says")
    return found


def _ground(region: Region, order: list[int], parts: list[Part], counts: list[int]) -> Ground:
    """Put everything that a diagram is about by place in its order."""
    place = {i: at for at, i in enumerate(order)}
    near = [mask_of([place[j] for j in bits(region.near.get(i, 0))]) for i in order]
    sets = [
        Open(mask_of([place[i] for i in part]), 0, 0, number)
        for part, number in zip(parts, counts, strict=True)
    ]
    people = [int(region.level.instance.population[i]) for i in order]
    return Ground(len(order), sets, region.number, mask_of([place[i] for i in region.free]), near, people)
