"""Putting a scenario to an instance: names are resolved, rules applied, contradictions found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import combinations

import numpy as np

from ...instances.common.problems import InputError, Problems
from ...instances.instance import Instance
from ..scenario.framing import framed
from ..scenario.scenario import Scenario
from .also import find_bounds
from .budgets import find_budgets
from .clashes import check_frames, check_kept, check_locks
from .exemptions import LOCKED, exempt_by_rule
from .layers import own_zones, required_flags, unsplit_groups
from .locks import Agreed, join_groups, resolve, resolve_agreed, touching
from .neighbours import find_neighbours
from .question import Question
from .surroundings import unenclosed


def ask(instance: Instance, scenario: Scenario, regions: Iterable[str] | None = None) -> Question:
    """Put a scenario of one level to an instance.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    regions : iterable of str, optional
        Names of the reference regions that are asked for; all by default. What is agreed about others is left
        out of the question, and what is wrong there is no problem. Unknown names always are.

    Returns
    -------
    Question

    Raises
    ------
    InputError
        A lock or column has an unknown name, a lock contradicts another lock or a rule, or a municipality is
        too small to be a merger and has no neighbour to merge with. All of them are listed.
    """
    instance = framed(instance, scenario)
    problems = Problems()
    scope = _scope(instance, regions)
    agreed = resolve_agreed(instance, scenario, problems, scope)
    _check_joined(instance, scenario, scope, problems)
    _check_count(instance, scenario, problems)
    zones = own_zones(instance, scenario, problems, scope)
    neighbours = find_neighbours(instance, scenario, zones, problems, scope)
    required = required_flags(instance, scenario, problems)
    also = find_bounds(instance, scenario, problems, scope)
    budgets = find_budgets(instance, scenario, scope, problems)
    standalone = _standalone(instance, scenario, agreed)
    settled = standalone.keys() | {i for group in agreed.kept for i in group}
    whole = touching(unsplit_groups(instance, scenario, settled, problems), scope)
    problems.raise_if_any()
    pairs = {pair for group in agreed.apart for pair in combinations(group, 2)}
    apart = tuple(sorted((a, b) for a, b in pairs if a in scope or b in scope))
    open_groups = [group for group in agreed.together if not _inside_kept(group, agreed.kept)]
    question = Question(
        instance,
        scenario,
        standalone,
        neighbours,
        join_groups([*open_groups, *whole]),
        apart,
        required,
        agreed.kept,
        agreed.seats,
        unenclosed(instance, scenario, agreed.kept),
        also,
        budgets,
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
    return frozenset(np.flatnonzero(np.isin(instance.region, instance.region_indices(regions))).tolist())


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
    resolve(instance, [scenario.rules.staying], "rules.staying", problems)


def _check_count(instance: Instance, scenario: Scenario, problems: Problems) -> None:
    try:
        instance.region_indices(scenario.count.regions)
    except InputError as error:
        problems.take(error, "count.regions: ")


def _standalone(instance: Instance, scenario: Scenario, agreed: Agreed) -> dict[int, str]:
    """Municipalities that stand alone, with the rule; a lock goes before what one is."""
    alone = exempt_by_rule(instance, scenario) | dict.fromkeys(agreed.alone, LOCKED)
    merged = {i for group in agreed.kept for i in group}
    return {i: rule for i, rule in sorted(alone.items()) if i not in merged or i in agreed.named_alone}


def _check_orphans(question: Question, scope: Collection[int], problems: Problems) -> None:
    """Note municipalities that are too small and have no other in their region to merge with."""
    instance, scenario = question.instance, question.scenario
    framed = bool(scenario.frames.within or scenario.frames.zones)
    place = "in its region and zone" if framed else "in its region"
    for i in sorted(scope):
        near = question.neighbours[i]
        too_small = question.bounded[i] < scenario.population.lowest
        if not near and i not in question.fixed and too_small:
            problems.add(
                f"{instance.label(i)} has {instance.population[i]} inhabitants, fewer than population.min, "
                f"and no neighbour {place}; no rule lets it stand alone",
                "add a border, name it in locks.alone, or let all such municipalities stand alone: "
                'rules.isolated = "alone"',
            )
