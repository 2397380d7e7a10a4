"""Term values, scores and seats of single mergers, by the wording of `docs/design.md`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ...instances import Instance
from .exempt import is_above_max, stands_by_rule

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

Members = Sequence[int]

_POINT = 1_000_000_000  # nano-points in a point


def _coverage(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Sum over functions f of omega_f p(S), for those that at least one member has."""
    covered = 0.0
    for name, share in scenario.coverage.shares.items():
        function = instance.functions[name]
        if any(function.amount[i] >= function.at_least for i in members):
            covered += share
    return inhabitants_of(instance, members) * covered


def _distance(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants x kilometres to the seat."""
    return min((_effort(instance, members, to) for to in members), default=0) / 1000


def _moment(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants x square of whole kilometres to the member for which that is least."""
    sums = (sum(_people_by_square(instance, i, to) for i in members) for to in members)
    return float(min(sums, default=0))


def _people_by_square(instance: Instance, home: int, to: int) -> int:
    """Inhabitants of one municipality x square of its whole kilometres, half to even, to another one."""
    metres = math.hypot(float(instance.x[home] - instance.x[to]), float(instance.y[home] - instance.y[to]))
    return int(instance.population[home]) * round(metres / 1000) ** 2


def _straddle(instance: Instance, scenario: Scenario, members: Members, layer: str) -> float:
    """Inhabitants outside the zone that holds most of them; without a zone one is a zone of one's own."""
    zones: Counter[tuple[str, int]] = Counter()
    for i in members:
        zone = int(instance.layers[layer].of[i])
        zones[("none", i) if zone < 0 else ("zone", zone)] += int(instance.population[i])
    return float(zones.total() - max(zones.values(), default=0))


def _stacking(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants of members that came out of a merger and are merged again."""
    if len(members) < 2:
        return 0.0
    return float(sum(int(instance.population[i]) for i in members if instance.merged_in[i] > 0))


def _touched(instance: Instance, scenario: Scenario, members: Members, layer: str) -> float:
    """Different zones among the members; without a zone one is a zone of one's own."""
    of = instance.layers[layer].of
    return float(len({("none", i) if of[i] < 0 else ("zone", int(of[i])) for i in members}))


def _cut_edges(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Half the borders inside the region from a member to somebody else: the other half counts there."""
    near, own = _beside(instance), set(members)
    return sum(there not in own for i in members for there in near[i]) / 2


@lru_cache(maxsize=4)
def _beside(instance: Instance) -> list[list[int]]:
    """Municipalities of the same region that each one borders on, whatever a scenario says of borders."""
    near: list[list[int]] = [[] for _ in instance.codes]
    for a, b in instance.borders.pairs.tolist():
        if instance.region[a] == instance.region[b]:
            near[a].append(b)
            near[b].append(a)
    return near


def _commuting(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Commuters between two different members, out of all commuters between municipalities."""
    commuters, everybody = commuters_of(instance)
    inside = sum(commuters.get((home, work), 0) for home in members for work in members)
    return inside / everybody


@lru_cache(maxsize=4)  # instances are frozen and compared by identity
def commuters_of(instance: Instance) -> tuple[dict[tuple[int, int], int], int]:
    """Hundredths of commuters by home and work, those who stay left out, and their sum."""
    if instance.flows is None:
        return {}, 0
    flows = instance.flows
    commuters = {
        (home, work): round(people * 100)
        for home, work, people in zip(
            flows.origin.tolist(), flows.destination.tolist(), flows.people.tolist(), strict=True
        )
        if home != work
    }
    return commuters, sum(commuters.values())


def _fiscal(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants x relative gap of their income to the mean of all; the order of operations is given."""
    mean = income_of(instance, range(len(instance))) / int(instance.population.sum())
    inhabitants = inhabitants_of(instance, members)
    if not inhabitants:
        return 0.0
    return inhabitants * abs(income_of(instance, members) / inhabitants - mean) / mean


def income_of(instance: Instance, members: Members) -> int:
    """Net taxable income of all members, each in whole euro."""
    income = instance.attributes["net_taxable_income_eur"]
    return sum(round(float(income[i])) for i in members)


def _size(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants x relative distance from the target size."""
    inhabitants, target = inhabitants_of(instance, members), scenario.size.target
    return inhabitants * abs(inhabitants - target) / target


def _shortfall(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants missing to the minimum, or beyond the maximum.

    Neither is held against who stands alone by what it is, nor the latter against a city's own size.
    """
    inhabitants, bounds = inhabitants_of(instance, members), scenario.population
    if len(members) == 1 and stands_by_rule(members[0], instance, scenario):
        return 0.0
    if inhabitants < bounds.min:
        return float(bounds.min - inhabitants)
    if any(is_above_max(i, instance, scenario) for i in members):
        return 0.0
    return float(max(0, inhabitants - bounds.max))


@dataclass(frozen=True)
class Reading:
    """How the verifier reads a term: its value, its sense, and what a value that is shown is divided by."""

    value: Callable[[Instance, Scenario, Members, str], float]
    sense: int
    divided_by: str = "inhabitants"


READINGS = {
    "coverage": Reading(_coverage, +1),
    "distance": Reading(_distance, -1),
    "moment": Reading(_moment, -1, "nothing"),
    "straddle": Reading(_straddle, -1),
    "touched": Reading(_touched, -1, "nothing"),
    "cut_edges": Reading(_cut_edges, -1, "nothing"),
    "commuting": Reading(_commuting, +1, "commuters"),
    "stacking": Reading(_stacking, -1),
    "fiscal": Reading(_fiscal, -1),
    "size": Reading(_size, -1),
    "shortfall": Reading(_shortfall, -1, "nothing"),
}
"""Terms that can be verified, by key; a new term needs a function of its own here."""


def term_value(name: str, instance: Instance, scenario: Scenario, members: Members) -> float:
    """Value of one merger in one term.

    Parameters
    ----------
    name : str
        As in a scenario, such as ``straddle(police)``.
    instance : Instance
    scenario : Scenario
    members : sequence of int

    Returns
    -------
    float
        In inhabitants x unit, or in the unit of a count.
    """
    key, argument = split_name(name)
    return READINGS[key].value(instance, scenario, members, argument)


def score_nano(instance: Instance, scenario: Scenario, members: Members) -> int:
    """Score of one merger in nano-points, by the definition in `docs/design.md`.

    ``round(1e9 * (0 + c_1 + c_2 + ...))``, half to even, ``c_t = sense_t w_t (v_t / P)`` in the order of the
    weights. The order of operations is part of the definition and must not be tidied.
    """
    points = 0.0
    for name, weight in scenario.weights.items():
        reading = READINGS[split_name(name)[0]]
        divisor = int(instance.population.sum()) if reading.divided_by == "inhabitants" else 1
        points += reading.sense * weight * (term_value(name, instance, scenario, members) / divisor)
    return round(_POINT * points)


def seat(instance: Instance, members: Members) -> int:
    """Member with the least total distance to all inhabitants; of equals, the one with the lowest code."""
    return min(members, key=lambda to: (_effort(instance, members, to), instance.codes[to]))


def split_name(name: str) -> tuple[str, str]:
    """Key and argument of a term's name."""
    key, _, argument = name.partition("(")
    return key, argument.removesuffix(")")


def _effort(instance: Instance, members: Members, to: int) -> int:
    """Inhabitants x whole metres in a straight line from all members to one point."""
    x, y = instance.x, instance.y
    return sum(
        int(instance.population[i]) * round(math.hypot(float(x[i] - x[to]), float(y[i] - y[to])))
        for i in members
    )


def inhabitants_of(instance: Instance, members: Members) -> int:
    """Inhabitants of all members."""
    return sum(int(instance.population[i]) for i in members)
