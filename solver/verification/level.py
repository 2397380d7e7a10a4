"""What the parts of a plan must keep, read from the scenario."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...instances import Instance, reject, suggest

if TYPE_CHECKING:
    from ...models.scenario import Scenario
    from ..result import Plan


@dataclass(frozen=True, eq=False)
class Level:
    """Parts of a plan at one level, and the rules that hold there.

    A second level, such as zones, is a second one of these with bounds and exemptions of its own.

    Attributes
    ----------
    instance, scenario, plan
    scope : frozenset of int
        Who must be in the plan.
    parts : tuple of tuple of int
        Members of each merger that the instance knows, ascending, each once.
    smallest, largest : int
        Bounds on the inhabitants of a part, both included.
    standalone : dict of int to str
        Who stands alone by rule and is exempt from the bounds, with the rule.
    locks : Locks
    """

    instance: Instance
    scenario: Scenario
    plan: Plan
    scope: frozenset[int]
    parts: tuple[tuple[int, ...], ...]
    smallest: int
    largest: int
    standalone: dict[int, str]
    locks: Locks


@dataclass(frozen=True)
class Locks:
    """Locks in indices, and those that name nobody."""

    together: tuple[frozenset[int], ...]
    apart: tuple[frozenset[int], ...]
    alone: frozenset[int]
    unclear: tuple[str, ...]


def scope_of(instance: Instance, regions: Sequence[str] | None) -> frozenset[int]:
    """Municipalities that the plan is to hold."""
    names = instance.regions if regions is None else regions
    for name in names:
        if name not in instance.regions:
            reject("there is no such region", suggest(name, instance.regions), value=name)
    return frozenset(i for i in range(len(instance)) if instance.regions[instance.region[i]] in names)


def mergers_level(instance: Instance, scenario: Scenario, plan: Plan, scope: frozenset[int]) -> Level:
    """Read the rules for mergers out of the scenario."""
    n = len(instance)
    parts = tuple(tuple(sorted({i for i in merger.members if 0 <= i < n})) for merger in plan.mergers)
    locks = _read_locks(instance, scenario)
    return Level(
        instance,
        scenario,
        plan,
        scope,
        parts,
        smallest=scenario.population.min,
        largest=scenario.population.max,
        standalone={
            i: reason for i in range(n) if (reason := _stands_alone(i, instance, scenario, locks.alone))
        },
        locks=locks,
    )


def _stands_alone(i: int, instance: Instance, scenario: Scenario, locked: frozenset[int]) -> str:
    """Rule by which a municipality stands alone: a lock first, then size, then facility; or empty."""
    joined = {text.strip().casefold() for text in scenario.rules.joined}
    if i in locked:
        return "locked"
    if scenario.rules.above_max == "alone" and instance.population[i] > scenario.population.max:
        return "above_max"
    takes_part = instance.codes[i] in joined or instance.names[i].casefold() in joined
    if scenario.rules.facility == "alone" and instance.facility[i] and not takes_part:
        return "facility"
    return ""


def _read_locks(instance: Instance, scenario: Scenario) -> Locks:
    """Find the municipalities that the locks name."""
    unclear: list[str] = []

    def find(key: str, group: Iterable[str]) -> frozenset[int]:
        found = set()
        for text in group:
            try:
                found.add(instance.find(text))
            except KeyError as error:
                unclear.append(f"locks.{key} names '{text}': {error.args[0]}")
        return frozenset(found)

    locks = scenario.locks
    return Locks(
        tuple(find("together", group) for group in locks.together),
        tuple(find("apart", group) for group in locks.apart),
        find("alone", locks.alone),
        tuple(unclear),
    )
