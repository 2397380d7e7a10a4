"""A scenario put to an instance: names resolved, rules applied, contradictions found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray
from ...instances.common.problems import Problems, suggest
from ...instances.instance import Instance
from ..scenario.scenario import Scenario
from .clashes import check_kept, check_locks
from .exemptions import ABOVE_MAX, FACILITY, ISOLATED, LOCKED, exempt_by_rule
from .locks import Agreed, join_groups, resolve, resolve_agreed, touching
from .neighbours import Neighbours, check_frames, find_neighbours, own_zones, required_flags, unsplit_groups

__all__ = ["ABOVE_MAX", "FACILITY", "ISOLATED", "LOCKED", "Question", "ask"]


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of an instance, in indices.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    standalone : dict of int to str
        Municipalities that stand alone by rule, exempt from the bounds, with the rule: `FACILITY`,
        `ABOVE_MAX`, `ISOLATED` or `LOCKED`.
    neighbours : tuple of tuple of int
        Whom each municipality may be joined to directly, ascending.
    together : tuple of tuple of int
        Groups that end up in one merger, by lock or hard frame; no municipality is in two of them.
    apart : tuple of (int, int)
        Pairs that do not, the lower index first.
    required : tuple of (str, ndarray of bool)
        What each merger must hold, in words, and who has it.
    kept : tuple of tuple of int
        Mergers of two or more that are part of every plan as they are, exempt from the bounds.
    seats : tuple of int
        Municipalities that are the seat of their merger.
    """

    instance: Instance
    scenario: Scenario
    standalone: dict[int, str]
    neighbours: Neighbours
    together: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, int], ...]
    required: tuple[tuple[str, BoolArray], ...]
    kept: tuple[tuple[int, ...], ...] = ()
    seats: tuple[int, ...] = ()

    @cached_property
    def bounded(self) -> IntArray:
        """Inhabitants as the hard bounds count them, shape (n,).

        A municipality above the maximum that may absorb others counts as the hard maximum less what it may
        absorb.
        """
        bounds = self.scenario.population
        absorbing = bounds.highest - self.scenario.rules.absorb_up_to
        return np.where(self.instance.population > bounds.max, absorbing, self.instance.population)

    @cached_property
    def settled(self) -> frozenset[int]:
        """Municipalities whose place in every plan is given: alone, or in a merger that is kept."""
        return frozenset(self.standalone) | {i for group in self.kept for i in group}

    @cached_property
    def uncounted(self) -> frozenset[int]:
        """Municipalities that are no merger while they stand alone."""
        return frozenset(exempt_by_rule(self.instance, self.scenario))

    def free_members(self, region: int) -> IntArray:
        """Municipalities of a region whose place is open, ascending."""
        return np.array(
            [i for i in self.instance.members(region).tolist() if i not in self.settled], dtype=np.int64
        )

    def settled_parts(self, region: int) -> list[tuple[tuple[int, ...], str]]:
        """Parts of a region that are in every plan, with the rule, by first member."""
        alone = [((i,), rule) for i, rule in self.standalone.items() if self.instance.region[i] == region]
        kept = [(group, LOCKED) for group in self.kept if self.instance.region[group[0]] == region]
        return sorted(alone + kept)

    def count(self, region: int) -> tuple[int, int | None] | None:
        """Bounds on the number of mergers of a region, settled ones included; None when any will do."""
        return self.scenario.count.of(self.instance.regions[region])

    def is_counted(self, part: tuple[int, ...]) -> bool:
        """Whether a part of a plan counts as a merger."""
        return len(part) > 1 or part[0] not in self.uncounted


def ask(instance: Instance, scenario: Scenario, regions: Iterable[str] | None = None) -> Question:
    """Put a scenario of one level to an instance.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    regions : iterable of str, optional
        Names of the reference regions that are asked for; all by default. What is agreed about others is left
        out of the question, and what is wrong there is no problem. Names that mean nobody always are.

    Returns
    -------
    Question

    Raises
    ------
    InputError
        A lock names nobody or contradicts another lock or a rule, or a municipality is too small to be
        a merger and has no neighbour to merge with. All of them are listed.
    """
    problems = Problems()
    scope = _scope(instance, regions)
    agreed = resolve_agreed(instance, scenario, problems, scope)
    _check_joined(instance, scenario, scope, problems)
    _check_count(instance, scenario, problems)
    zones = own_zones(instance, scenario, problems, scope)
    neighbours = find_neighbours(instance, scenario, zones, problems, scope)
    required = required_flags(instance, scenario, problems)
    standalone = _standalone(instance, scenario, agreed)
    settled = standalone.keys() | {i for group in agreed.kept for i in group}
    framed = touching(unsplit_groups(instance, scenario, settled, problems), scope)
    problems.raise_if_any()
    pairs = {pair for group in agreed.apart for pair in combinations(group, 2)}
    apart = tuple(sorted((a, b) for a, b in pairs if a in scope or b in scope))
    open_groups = [group for group in agreed.together if not _inside_kept(group, agreed.kept)]
    question = Question(
        instance,
        scenario,
        standalone,
        neighbours,
        join_groups([*open_groups, *framed]),
        apart,
        required,
        agreed.kept,
        agreed.seats,
    )
    crossing = check_frames(question, open_groups, zones, problems)
    check_kept(question, agreed, crossing, problems)
    problems.raise_if_any()
    check_locks(question, problems)
    _check_orphans(question, scope, problems)
    problems.raise_if_any()
    return question


def _scope(instance: Instance, regions: Iterable[str] | None) -> frozenset[int]:
    """Municipalities of the regions that are asked for."""
    if regions is None:
        return frozenset(range(len(instance)))
    wanted = [instance.regions.index(name) for name in regions]
    return frozenset(np.flatnonzero(np.isin(instance.region, wanted)).tolist())


def _inside_kept(group: tuple[int, ...], kept: tuple[tuple[int, ...], ...]) -> bool:
    return any(set(group) <= set(merger) for merger in kept)


def _check_joined(instance: Instance, scenario: Scenario, scope: Collection[int], problems: Problems) -> None:
    """Note names of facility municipalities that are none."""
    for i in resolve(instance, [scenario.rules.joined], "rules.joined", problems)[0]:
        if i in scope and not instance.facility[i]:
            problems.add(
                f"rules.joined: {instance.label(i)} is no facility municipality",
                "remove it; it takes part anyway",
            )


def _check_count(instance: Instance, scenario: Scenario, problems: Problems) -> None:
    for region in scenario.count.regions:
        if region not in instance.regions:
            problems.add(
                "count.regions: there is no such region", suggest(region, instance.regions), value=region
            )


def _standalone(instance: Instance, scenario: Scenario, agreed: Agreed) -> dict[int, str]:
    """Who stands alone, and by which rule; a lock goes before what a municipality is."""
    found = exempt_by_rule(instance, scenario) | dict.fromkeys(agreed.alone, LOCKED)
    merged = {i for group in agreed.kept for i in group}
    return {i: rule for i, rule in sorted(found.items()) if i not in merged or i in agreed.named_alone}


def _check_orphans(question: Question, scope: Collection[int], problems: Problems) -> None:
    """Note municipalities that are too small and have nobody in their region to merge with."""
    instance, scenario = question.instance, question.scenario
    framed = bool(scenario.frames.within or scenario.frames.zones)
    place = "in its region and zone" if framed else "in its region"
    for i in sorted(scope):
        near = question.neighbours[i]
        too_small = question.bounded[i] < scenario.population.lowest
        if not near and i not in question.settled and too_small:
            problems.add(
                f"{instance.label(i)} has {instance.population[i]} inhabitants, fewer than population.min, "
                f"and no neighbour {place}; no rule lets it stand alone",
                "add a border, name it in locks.alone, or let all such municipalities stand alone: "
                'rules.isolated = "alone"',
            )
