"""Which member is the seat of a merger, by the wording of `docs/scenarios.md` and `docs/design.md`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ...instances import Instance

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

Members = Sequence[int]

_DEGREES = {"a0": 1, "a1": 2, "a2": 3, "c0": 4, "b0": 5, "c1": 6, "b1": 7, "c2": 7, "c3": 8}
"""The lower, the better equipped; a municipality of unknown degree comes last."""


def seat(instance: Instance, scenario: Scenario, members: Members) -> int:
    """Member with the least total distance to all inhabitants; of equals, the one with the lowest code.

    Where seats are the best-equipped members, only locked seats come into question; without one, only members
    of the best degree, of these those with the most functions, and of these those with the most inhabitants.
    """
    may = list(members)
    if scenario.rules.seat == "best_equipped":
        best = min(_equipment(instance, i) for i in members)
        equipped = [i for i in members if _equipment(instance, i) == best]
        may = [i for i in _locked(instance, scenario) if i in members] or equipped
    return min(may, key=lambda to: (effort(instance, members, to), instance.codes[to]))


def effort(instance: Instance, members: Members, to: int) -> int:
    """Inhabitants x whole metres in a straight line from all members to one point."""
    known = _people_by_metre(instance)
    total = 0
    for i in members:
        if (i, to) not in known:
            east, north = instance.x[i] - instance.x[to], instance.y[i] - instance.y[to]
            metres = round(math.hypot(float(east), float(north)))
            known[i, to] = int(instance.population[i]) * metres
        total += known[i, to]
    return total


@lru_cache(maxsize=4)  # instances are frozen and compared by identity
def _people_by_metre(instance: Instance) -> dict[tuple[int, int], int]:
    """Inhabitants x whole metres from one municipality to another one, as far as it was asked for."""
    return {}


def _locked(instance: Instance, scenario: Scenario) -> Iterator[int]:
    """Municipalities that are locked as seats; a text that means none is reported elsewhere."""
    for text in scenario.locks.seat:
        try:
            yield instance.find(text)
        except KeyError:
            continue


def _equipment(instance: Instance, i: int) -> tuple[int, int, int]:
    """The lower, the better: degree, functions, inhabitants."""
    known = _equipped(instance)
    if i not in known:
        known[i] = _read_equipment(instance, i)
    return known[i]


@lru_cache(maxsize=4)
def _equipped(instance: Instance) -> dict[int, tuple[int, int, int]]:
    """The equipment of municipalities, as far as it was asked for."""
    return {}


def _read_equipment(instance: Instance, i: int) -> tuple[int, int, int]:
    functions = sum(function.amount[i] >= function.at_least for function in instance.functions.values())
    return _DEGREES.get(instance.classes[i], 9), -int(functions), -int(instance.population[i])
