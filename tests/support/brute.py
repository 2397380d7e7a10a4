"""Brute force over all partitions of a small instance: the answer that every route must give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver.verification.figures import score_nano

from .admissible import Rules, is_connected

__all__ = [
    "BruteForce",
    "Parts",
    "admissible_parts",
    "brute_force",
    "is_connected",
    "members_of",
    "partitions",
]

Partition = frozenset[tuple[int, ...]]
Parts = dict[int, tuple[int, bool]]
"""Sets that may be part of a plan, as bit sets, with their score and whether they count."""


@dataclass(frozen=True)
class BruteForce:
    """The complete answer to a small question.

    Attributes
    ----------
    score_nano : int
        Best score of any plan.
    plans : tuple of Partition
        All plans with that score.
    feasible : int
        Number of plans that keep the rules.
    """

    score_nano: int
    plans: tuple[Partition, ...]
    feasible: int

    @property
    def chosen(self) -> list[tuple[int, ...]]:
        """The best plan; of several, the one that the rule for ties chooses."""
        return min(sorted(plan) for plan in self.plans)


def brute_force(instance: Instance, scenario: Scenario) -> BruteForce | None:
    """Enumerate all plans of one level; None where there is none.

    Sets of municipalities are bit sets. Bell(n) steps: 21,147 for n = 9.
    """
    rules = Rules(instance, scenario)
    parts = {} if rules.refused() else admissible_parts(rules, range(len(instance)))
    best: int | None = None
    plans: list[Partition] = []
    feasible = 0
    for plan in partitions((1 << len(instance)) - 1, parts):
        if not _numbers_are_right(rules, plan, parts):
            continue
        feasible += 1
        score = sum(parts[part][0] for part in plan)
        if best is None or score > best:
            best, plans = score, []
        if score == best:
            plans.append(frozenset(members_of(part) for part in plan))
    return None if best is None else BruteForce(best, tuple(plans), feasible)


def admissible_parts(rules: Rules, municipalities: range | list[int]) -> Parts:
    """Score all admissible sets of some municipalities."""
    parts: Parts = {}
    for number in range(1, 1 << len(municipalities)):
        members = tuple(municipalities[k] for k in members_of(number))
        if rules.admits(members):
            bits = sum(1 << i for i in members)
            parts[bits] = (score_nano(rules.instance, rules.scenario, members), rules.counts(members))
    return parts


def _numbers_are_right(rules: Rules, plan: list[int], parts: Parts) -> bool:
    region = rules.instance.region
    numbers = Counter(int(region[members_of(part)[0]]) for part in plan if parts[part][1])
    return all(rules.number_is_right(r, numbers[r]) for r in range(len(rules.instance.regions)))


def members_of(part: int) -> tuple[int, ...]:
    """List the indices in a bit set, ascending."""
    return tuple(i for i in range(part.bit_length()) if part >> i & 1)


def partitions(rest: int, admissible: Parts) -> Iterator[list[int]]:
    """Enumerate the partitions of a bit set into admissible parts; each part holds the lowest index left."""
    if not rest:
        yield []
        return
    lowest = rest & -rest
    others = rest ^ lowest
    chosen = others
    while True:
        part = lowest | chosen
        if part in admissible:
            for more in partitions(rest ^ part, admissible):
                yield [part, *more]
        if not chosen:
            return
        chosen = (chosen - 1) & others
