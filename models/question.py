"""A scenario put to an instance: names resolved, rules applied, contradictions found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from ..instances.arrays import IntArray
from ..instances.instance import Instance
from ..instances.problems import Problems
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
    together : tuple of tuple of int
        Groups that end up in one merger; no municipality is in two of them.
    apart : tuple of (int, int)
        Pairs that do not, the lower index first.
    """

    instance: Instance
    scenario: Scenario
    standalone: dict[int, str]
    together: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, int], ...]

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """Neighbours of each municipality inside its region, ascending."""
        found: list[list[int]] = [[] for _ in range(len(self.instance))]
        for a, b in self.instance.borders.pairs.tolist():
            if self.instance.region[a] == self.instance.region[b]:
                found[a].append(b)
                found[b].append(a)
        return tuple(tuple(sorted(near)) for near in found)

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
    together = _join(_resolve(instance, scenario.locks.together, "locks.together", problems))
    apart_groups = _resolve(instance, scenario.locks.apart, "locks.apart", problems)
    alone = _resolve(instance, [scenario.locks.alone], "locks.alone", problems)[0]
    problems.raise_if_any()
    apart = {pair for group in apart_groups for pair in combinations(group, 2)}
    question = Question(
        instance, scenario, _standalone(instance, scenario, alone), together, tuple(sorted(apart))
    )
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


def _standalone(instance: Instance, scenario: Scenario, alone: Iterable[int]) -> dict[int, str]:
    """Who stands alone, and by which rule; a lock goes before size, size before facility."""
    found: dict[int, str] = {}
    if scenario.rules.facility == "alone":
        found |= dict.fromkeys(np.flatnonzero(instance.facility).tolist(), FACILITY)
    found |= dict.fromkeys(np.flatnonzero(instance.population > scenario.population.max).tolist(), ABOVE_MAX)
    found |= dict.fromkeys(alone, LOCKED)
    return dict(sorted(found.items()))


_REASONS = {
    FACILITY: ("is a facility municipality and stands alone", 'set rules.facility = "free"'),
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
        if not near and i not in question.standalone and instance.population[i] < scenario.population.min:
            problems.add(
                f"{instance.label(i)} has {instance.population[i]} inhabitants, fewer than population.min, "
                "and no neighbour in its region; no rule lets it stand alone",
                "add a border, or name it in locks.alone",
            )
