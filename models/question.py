"""A scenario put to an instance: names resolved, rules applied, contradictions found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from ..instances.arrays import BoolArray, IntArray
from ..instances.instance import Instance
from ..instances.problems import Problems
from .frames import Neighbours, check_frames, find_neighbours, required_flags, unsplit_groups
from .scenario import Scenario

FACILITY = "facility"
ABOVE_MAX = "above_max"
LOCKED = "locked"
"""Why a municipality stands alone."""


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of an instance, in indices.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    standalone : dict of int to str
        Municipalities that stand alone by rule, exempt from the bounds, with the rule: `FACILITY`,
        `ABOVE_MAX` or `LOCKED`.
    neighbours : tuple of tuple of int
        Whom each municipality may be joined to directly, ascending.
    together : tuple of tuple of int
        Groups that end up in one merger, by lock or hard frame; no municipality is in two of them.
    apart : tuple of (int, int)
        Pairs that do not, the lower index first.
    required : tuple of (str, ndarray of bool)
        What each merger must hold, in words, and who has it.
    """

    instance: Instance
    scenario: Scenario
    standalone: dict[int, str]
    neighbours: Neighbours
    together: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, int], ...]
    required: tuple[tuple[str, BoolArray], ...]

    @cached_property
    def bounded(self) -> IntArray:
        """Inhabitants as the bounds count them, shape (n,).

        A municipality above the maximum that may absorb others counts as the maximum less what it may absorb.
        """
        scenario = self.scenario
        most = scenario.population.max
        absorbing = most - scenario.rules.absorb_up_to
        return np.where(self.instance.population > most, absorbing, self.instance.population)

    def free_members(self, region: int) -> IntArray:
        """Municipalities of a region that do not stand alone, ascending."""
        return np.array(
            [i for i in self.instance.members(region).tolist() if i not in self.standalone], dtype=np.int64
        )


def ask(instance: Instance, scenario: Scenario) -> Question:
    """Put a scenario to an instance.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario

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
    locks = scenario.locks
    locked = _resolve(instance, locks.together, "locks.together", problems)
    apart_groups = _resolve(instance, locks.apart, "locks.apart", problems)
    alone, joined = (
        _resolve(instance, [locks.alone], "locks.alone", problems)[0],
        _joined(instance, scenario, problems),
    )
    neighbours = find_neighbours(instance, scenario, problems)
    required = required_flags(instance, scenario, problems)
    standalone = _standalone(instance, scenario, alone, joined)
    framed = unsplit_groups(instance, scenario, standalone, problems)
    problems.raise_if_any()
    apart = tuple(sorted({pair for group in apart_groups for pair in combinations(group, 2)}))
    together = _join([*locked, *framed])
    question = Question(instance, scenario, standalone, neighbours, together, apart, required)
    check_frames(question, locked, problems)
    problems.raise_if_any()
    _check_locks(question, problems)
    _check_orphans(question, problems)
    problems.raise_if_any()
    return question


def _resolve(
    instance: Instance, groups: Sequence[Iterable[str]], key: str, problems: Problems
) -> list[tuple[int, ...]]:
    """Turn codes and names into indices; what cannot be found is a problem."""
    resolved = []
    for group in groups:
        found = []
        for text in group:
            try:
                found.append(instance.find(text))
            except KeyError as error:
                problems.add(f"{key}: {error.args[0]}", value=text)
        for i in sorted({i for i in found if found.count(i) > 1}):
            problems.add(f"{key}: {instance.label(i)} stands twice in one group", "keep it once")
        resolved.append(tuple(sorted(set(found))))
    return resolved


def _join(groups: Iterable[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """Unite groups that share a municipality."""
    joined: list[set[int]] = []
    for group in groups:
        new = set(group)
        rest = []
        for other in joined:
            if other & new:
                new |= other
            else:
                rest.append(other)
        joined = [*rest, new]
    return tuple(sorted(tuple(sorted(group)) for group in joined))


def _joined(instance: Instance, scenario: Scenario, problems: Problems) -> tuple[int, ...]:
    """Facility municipalities that take part by name."""
    joined = _resolve(instance, [scenario.rules.joined], "rules.joined", problems)[0]
    for i in joined:
        if not instance.facility[i]:
            problems.add(
                f"rules.joined: {instance.label(i)} is no facility municipality",
                "remove it; it takes part anyway",
            )
    return joined


def _standalone(
    instance: Instance, scenario: Scenario, alone: Iterable[int], joined: Iterable[int]
) -> dict[int, str]:
    """Who stands alone, and by which rule; a lock goes before size, size before facility."""
    found: dict[int, str] = {}
    if scenario.rules.facility == "alone":
        bound = set(np.flatnonzero(instance.facility).tolist()) - set(joined)
        found |= dict.fromkeys(bound, FACILITY)
    if scenario.rules.above_max == "alone":
        above = np.flatnonzero(instance.population > scenario.population.max).tolist()
        found |= dict.fromkeys(above, ABOVE_MAX)
    found |= dict.fromkeys(alone, LOCKED)
    return dict(sorted(found.items()))


_REASONS = {
    FACILITY: ("is a facility municipality and stands alone", "name it in rules.joined"),
    ABOVE_MAX: ("has more inhabitants than population.max and stands alone", "raise population.max"),
    LOCKED: ("is in locks.alone", "remove one of the two locks"),
}


def _check_locks(question: Question, problems: Problems) -> None:
    """Note locks that contradict each other, a rule, or the regions."""
    instance = question.instance
    apart = set(question.apart)
    for group in question.together:
        names = ", ".join(instance.label(i) for i in group)
        regions = sorted({instance.regions[instance.region[i]] for i in group})
        if len(regions) > 1:
            problems.add(
                f"locks.together: {names} are in different regions ({', '.join(regions)}), "
                "and no merger crosses one",
                "remove the lock",
            )
        for i in group:
            if i in question.standalone:
                reason, remedy = _REASONS[question.standalone[i]]
                problems.add(
                    f"locks.together: {instance.label(i)} {reason}", f"remove it from the group or {remedy}"
                )
        for a, b in combinations(group, 2):
            if (a, b) in apart:
                problems.add(
                    f"{instance.label(a)} and {instance.label(b)} are locked both together and apart",
                    "remove one of the two locks",
                )


def _check_orphans(question: Question, problems: Problems) -> None:
    """Note municipalities that are too small and have nobody in their region to merge with."""
    instance, scenario = question.instance, question.scenario
    for i, near in enumerate(question.neighbours):
        too_small = question.bounded[i] < scenario.population.min
        if not near and i not in question.standalone and too_small:
            problems.add(
                f"{instance.label(i)} has {instance.population[i]} inhabitants, fewer than population.min, "
                "and no neighbour in its region; no rule lets it stand alone",
                "add a border, or name it in locks.alone",
            )
