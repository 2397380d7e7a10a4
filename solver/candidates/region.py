"""All admissible mergers of a region with their value in each term: listed once, scored under any weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...models.programmes.set_partition import SideConstraint
from ...models.question.budgets import refuse_budgets
from ...models.question.builder import ask
from ...models.question.question import Question
from ...models.question.surroundings import forbids_enclosed_mergers
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import Scorer
from ..deadline import Deadline
from .components import Component, components_of
from .constraints import side_constraints
from .enumeration import MOST_CANDIDATES, enumerate_candidates
from .rings import Rings
from .scoring import values_of_all
from .sets import Candidates, Part


@dataclass(frozen=True, eq=False)
class ListedComponent:
    """What a component may be made of, whatever the weights.

    Attributes
    ----------
    component : Component
    candidates : Candidates
        Settled parts of the component first.
    values : ndarray of float64, shape (k, t)
        One column a term of the scenario; see `Scorer`.
    constraints : tuple of SideConstraint
    """

    component: Component
    candidates: Candidates
    values: FloatArray
    constraints: tuple[SideConstraint, ...]


@dataclass(frozen=True, eq=False)
class RegionListing:
    """What a region may be made of: components that are independent of each other.

    Attributes
    ----------
    question : Question
    scorer : Scorer
    region : int
    components : tuple of ListedComponent
        One for each merger that is in every plan and for each connected part of the rest; one for the whole
        region where a side constraint binds them together.
    """

    question: Question
    scorer: Scorer
    region: int
    components: tuple[ListedComponent, ...]

    @property
    def name(self) -> str:
        """Name of the region."""
        return self.question.instance.regions[self.region]

    def scores(self, weights: Mapping[str, float] | None = None) -> Iterator[IntArray]:
        """Score the candidates of each component in nano-points, under the scenario's weights or others."""
        for listed in self.components:
            yield self.scorer.nano(listed.values, weights)

    def parts(self, component: int, chosen: IntArray | list[int] | tuple[int, ...]) -> list[Part]:
        """Give the members of some candidates of a component, by instance indices."""
        candidates = self.components[component].candidates
        return [candidates.members(int(row)) for row in chosen]


def list_region(
    question: Question,
    scorer: Scorer,
    region: int,
    *,
    deadline: Deadline = Deadline(),
    limit: int = MOST_CANDIDATES,
) -> RegionListing:
    """List the candidates of a region in all its components, with their value in each term.

    Parameters
    ----------
    question : Question
        Of one level.
    scorer : Scorer
        Of the same scenario.
    region : int
    deadline : Deadline
    limit : int
        Most candidates of a component.

    Returns
    -------
    RegionListing

    Raises
    ------
    TimeUpError, TooManyCandidatesError
    """
    listed = []
    for component, fixed in components_of(question, region):
        candidates = list_component(question, component, fixed, deadline, limit)
        values = values_of_all(scorer, candidates, deadline)
        constraints = side_constraints(question, region, candidates)
        if forbids_enclosed_mergers(question.scenario):
            constraints = (*constraints, *Rings.of(question, candidates, len(fixed)).every(deadline))
        listed.append(ListedComponent(component, candidates, values, constraints))
    return RegionListing(question, scorer, region, tuple(listed))


def list_regions(
    instance: Instance,
    scenario: Scenario,
    *,
    regions: Sequence[str] | None = None,
    deadline: Deadline = Deadline(),
) -> Iterator[RegionListing]:
    """List the candidates of each region, or of those named, one after the other.

    Raises
    ------
    InputError
        Scenario and instance do not fit, the scenario asks for two levels, or a region does not exist.
    TimeUpError, TooManyCandidatesError
    """
    if len(scenario.levels) > 1:
        reject(
            "this scenario asks for zones and mergers together, whose plans cannot be listed level by level",
            "ask for level 'mergers' or 'zones'",
            value=scenario.name,
        )
    instance = framed(instance, scenario)
    wanted = wanted_regions(instance, regions)
    refuse_budgets(scenario, wanted, "a list of plans")
    question, scorer = ask(instance, scenario, regions), Scorer(instance, scenario)
    for region in wanted:
        yield list_region(question, scorer, region, deadline=deadline)


def wanted_regions(instance: Instance, names: Sequence[str] | None) -> list[int]:
    """Look up the regions that are asked for, ascending; all by default.

    Raises
    ------
    InputError
        No region is asked for, or some do not exist; all of these are listed.
    """
    if names is None:
        return list(range(len(instance.regions)))
    if not names:
        reject("no region is asked for", "name at least one")
    return sorted(set(instance.region_indices(names)))


def list_component(
    question: Question,
    component: Component,
    fixed: list[Part],
    deadline: Deadline = Deadline(),
    limit: int = MOST_CANDIDATES,
    states: int | None = None,
) -> Candidates:
    """List the candidates of a component, its fixed parts first.

    Raises
    ------
    TimeUpError, TooManyCandidatesError
    """
    free = component.without(fixed).municipalities
    candidates = enumerate_candidates(question, free, deadline, limit, states)
    return candidates.onto(component.municipalities).after(fixed) if fixed else candidates
