"""The verifier's reading of each term: what a merger is worth in it, from the wording of `docs/design.md`.

A term is read twice, here and in `models.terms`, by different means; tests hold the two against each other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ...instances import Instance
from .enclosed import enclosed_by
from .exempt import is_above_max, stands_by_rule
from .indicator_readings import indicator_amount, lacks_indicator
from .pair_readings import (
    centres_by_region,
    lacks_centres,
    lacks_flows,
    lacks_layers,
    read_commuting,
    read_cooperation,
    read_orientation,
)
from .seats import Members, effort, seat

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario


def _nothing_lacks(instance: Instance, scenario: Scenario, argument: str) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class Reading:
    """How the verifier reads a term.

    Attributes
    ----------
    value : callable
        Value of a merger from instance, scenario, members, and the argument of the term's name.
    sense : int
        +1 when more is better, -1 when less is.
    divided_by : {'inhabitants', 'commuters', 'nothing'}
        What a value that is shown is a mean over.
    lacks : callable
        What the term needs and the instance has not, from instance, scenario and argument; in sentences.
    """

    value: Callable[[Instance, Scenario, Members, str], float]
    sense: int
    divided_by: str = "inhabitants"
    lacks: Callable[[Instance, Scenario, str], Iterable[str]] = _nothing_lacks


READINGS: dict[str, Reading] = {}
"""Terms that can be verified, by key."""


def add_reading(key: str, reading: Reading) -> None:
    """Register how the verifier reads a term; a plan that weighs a term without a reading is never clean."""
    READINGS[key] = reading


def _coverage(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Sum over functions f of omega_f p(S), for those that at least one member has."""
    covered = 0.0
    for name, share in scenario.coverage.shares.items():
        if not _having(instance, name).isdisjoint(members):
            covered += share
    return inhabitants_of(instance, members) * covered


@lru_cache(maxsize=32)  # instances are frozen and compared by identity
def _having(instance: Instance, name: str) -> frozenset[int]:
    """Municipalities that have a function."""
    function = instance.functions[name]
    return frozenset(i for i in range(len(instance)) if function.amount[i] >= function.at_least)


def _distance(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants x kilometres to the seat."""
    return effort(instance, members, seat(instance, scenario, members)) / 1000 if members else 0.0


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
        zone = int(instance.layers[layer].zone[i])
        zones[("none", i) if zone < 0 else ("zone", zone)] += int(instance.population[i])
    return float(zones.total() - max(zones.values(), default=0))


def _stacking(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants of members that came out of a merger and are merged again."""
    if len(members) < 2:
        return 0.0
    return float(sum(int(instance.population[i]) for i in members if instance.merged_in[i] > 0))


def _touched(instance: Instance, scenario: Scenario, members: Members, layer: str) -> float:
    """Different zones among the members; without a zone one is a zone of one's own."""
    zone = instance.layers[layer].zone
    return float(len({("none", i) if zone[i] < 0 else ("zone", int(zone[i])) for i in members}))


def _cut_edges(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Half the borders inside the region from a member to another merger: the other half counts there."""
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

    Neither is held against one that stands alone by what it is, nor the latter against a city's own size.
    """
    inhabitants, bounds = inhabitants_of(instance, members), scenario.population
    if len(members) == 1 and stands_by_rule(members[0], instance, scenario):
        return 0.0
    if inhabitants < bounds.min:
        return float(bounds.min - inhabitants)
    if any(is_above_max(i, instance, scenario) for i in members):
        return 0.0
    return float(max(0, inhabitants - bounds.max))


def _detached(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants around each centre town that these enclose: all around it are members, and it is not."""
    centres = centres_by_region(instance, tuple(scenario.orientation.centres))
    people = 0
    for town, around in enclosed_by(instance, scenario, members).items():
        if town in centres[int(instance.region[town])]:
            people += inhabitants_of(instance, sorted(around))
    return float(people)


def inhabitants_of(instance: Instance, members: Members) -> int:
    """Inhabitants of all members."""
    return int(instance.population[list(members)].sum()) if members else 0


def has_column(instance: Instance, column: str) -> bool:
    """Whether an instance has a column of inhabitants beside those of today."""
    return column in instance.attributes or column in _years(instance)


def _years(instance: Instance) -> dict[str, int]:
    """Columns of yearly inhabitants, each with its year."""
    return {f"inhabitants_{year}": year for year in instance.yearly}


def inhabitants_under(instance: Instance, column: str, members: Iterable[int]) -> list[float]:
    """Inhabitants of some municipalities in a column that the instance has, each to a whole one or NaN."""
    years = _years(instance)
    figures = instance.yearly[years[column]] if column in years else instance.attributes[column]
    return [float(figures[i]) if math.isnan(figures[i]) else round(float(figures[i])) for i in members]


def _lacks_functions(instance: Instance, scenario: Scenario, _: str) -> Iterable[str]:
    for function in scenario.coverage.shares:
        if function not in instance.functions:
            yield f"coverage.shares: the instance has no function '{function}'"


def _lacks_layer(key: str) -> Callable[[Instance, Scenario, str], Iterable[str]]:
    def lacks(instance: Instance, scenario: Scenario, layer: str) -> Iterable[str]:
        if layer not in instance.layers:
            yield f"{key}({layer}): the instance has no layer '{layer}'"

    return lacks


def _lacks_classes(instance: Instance, scenario: Scenario, _: str) -> Iterable[str]:
    if not any(instance.classes):
        yield "detached: the instance has no degrees of equipment, so no centre towns"


def _lacks_incomes(instance: Instance, scenario: Scenario, _: str) -> Iterable[str]:
    if "net_taxable_income_eur" not in instance.attributes:
        yield "fiscal: the instance has no attribute 'net_taxable_income_eur'"
    elif income_of(instance, range(len(instance))) <= 0:
        yield "fiscal: the instance has no income to compare"


def _lacks_indicator(instance: Instance, scenario: Scenario, indicator: str) -> Iterable[str]:
    return (f"effect({indicator}): {why}" for why in lacks_indicator(instance, scenario, indicator))


add_reading("coverage", Reading(_coverage, +1, lacks=_lacks_functions))
add_reading("distance", Reading(_distance, -1))
add_reading("moment", Reading(_moment, -1, "nothing"))
add_reading("straddle", Reading(_straddle, -1, lacks=_lacks_layer("straddle")))
add_reading("touched", Reading(_touched, -1, "nothing", _lacks_layer("touched")))
add_reading("cut_edges", Reading(_cut_edges, -1, "nothing"))
add_reading("commuting", Reading(read_commuting, +1, "commuters", lacks_flows))
add_reading("orientation", Reading(read_orientation, +1, lacks=lacks_centres))
add_reading("cooperation", Reading(read_cooperation, +1, lacks=lacks_layers))
add_reading("stacking", Reading(_stacking, -1))
add_reading("fiscal", Reading(_fiscal, -1, lacks=_lacks_incomes))
add_reading("size", Reading(_size, -1))
add_reading("shortfall", Reading(_shortfall, -1, "nothing"))
add_reading("detached", Reading(_detached, -1, lacks=_lacks_classes))
add_reading("effect", Reading(indicator_amount, -1, "nothing", _lacks_indicator))
