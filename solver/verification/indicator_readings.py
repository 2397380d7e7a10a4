"""The verifier's reading of the indicators that a scenario may weigh or bound, one merger at a time.

Laws and schemes are read from the same files; what follows from them is worked out a second time.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...instances import Instance
from .body_readings import BODY_READINGS
from .seats import Members
from .size_readings import SIZE_READINGS, lacks_size

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

_SCHEMES = "refzones.models.indicators.schemes"


def _nothing_lacks(instance: Instance, scenario: Scenario, argument: str) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class IndicatorReading:
    """How the verifier reads an indicator.

    Attributes
    ----------
    amount : callable
        Whole number of a merger, or of a municipality that stays alone, from instance, scenario, members and
        the argument of the indicator's name.
    lacks : callable
        What it needs and the instance has not, from instance, scenario and argument; in sentences.
    """

    amount: Callable[[Instance, Scenario, Members, str], float]
    lacks: Callable[[Instance, Scenario, str], Iterable[str]] = _nothing_lacks


INDICATOR_READINGS: dict[str, IndicatorReading] = {}
"""Indicators that can be verified, by key."""


def add_indicator_reading(key: str, reading: IndicatorReading) -> None:
    """Register how the verifier reads an indicator; one without a reading leaves no plan clean."""
    INDICATOR_READINGS[key] = reading


def indicator_amount(instance: Instance, scenario: Scenario, members: Members, name: str) -> float:
    """Work out what a merger has of an indicator, by its name."""
    key, argument = _split(name)
    return INDICATOR_READINGS[key].amount(instance, scenario, members, argument)


def lacks_indicator(instance: Instance, scenario: Scenario, name: str) -> Iterable[str]:
    """Say why an indicator cannot be read: it is unknown, or the instance lacks what it needs."""
    key, argument = _split(name)
    if key not in INDICATOR_READINGS:
        return [f"the verifier does not know the indicator '{name}'; its amounts are not checked"]
    return INDICATOR_READINGS[key].lacks(instance, scenario, argument)


def _split(name: str) -> tuple[str, str]:
    key, _, argument = name.partition("(")
    return key, argument.removesuffix(")")


@cache
def scheme_file(name: str) -> dict[str, Any]:
    """Read a scheme file of the project as it is."""
    return tomllib.loads((files(_SCHEMES) / f"{name}.toml").read_text("utf-8"))


def value_at(steps: dict[str, Any], people: int) -> float:
    """Go through steps until one ends above a number of people."""
    for end, value in zip(steps["below"], steps["values"], strict=False):
        if people < end:
            return float(value)
    return float(steps["values"][-1])


def _people(instance: Instance, members: Members) -> int:
    return sum(int(instance.population[i]) for i in members)


def _councillors(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Seats of one council, by the inhabitants of all members."""
    return value_at(scheme_file("mandates")["councillors"], _people(instance, members))


def _executives(instance: Instance, scenario: Scenario, members: Members, term: str) -> float:
    """One mayor, the aldermen by inhabitants, and those that a merger brings in this term."""
    mandates = scheme_file("mandates")
    aldermen = value_at(mandates["aldermen"], _people(instance, members))
    return 1 + aldermen + (mandates["more_after_merger"][term] if len(members) > 1 else 0)


def _lacks_term(instance: Instance, scenario: Scenario, term: str) -> Iterable[str]:
    if term not in scheme_file("mandates")["more_after_merger"]:
        yield f"there is no term of office '{term}'"


def _bonus(instance: Instance, scenario: Scenario, members: Members, name: str) -> float:
    """Euro for each inhabitant by the size of the merger, and a fixed sum; at most what one may get."""
    if len(members) < 2:
        return 0.0
    scheme = _bonus_scheme(scenario, name)
    people = sum(_counted(instance, scheme.get("inhabitants", ""), i) for i in members)
    rate = value_at(scheme["per_inhabitant"], people)
    return float(min(scheme.get("fixed", 0) + rate * people, scheme.get("most", {}).get("merger", math.inf)))


def _bonus_scheme(scenario: Scenario, name: str) -> dict[str, Any]:
    if name in scenario.schemes:
        return dict(scenario.schemes[name])
    if name.endswith(".toml"):
        return tomllib.loads(Path(name).read_text("utf-8"))
    return scheme_file(f"bonus-{name}")


def _counted(instance: Instance, column: str, municipality: int) -> int:
    """Inhabitants in the column of a scheme; where they are not known, those of the instance."""
    known = math.nan
    if column in instance.attributes:
        known = float(instance.attributes[column][municipality])
    elif column:
        known = float(instance.yearly[int(column.removeprefix("inhabitants_"))][municipality])
    return int(instance.population[municipality]) if math.isnan(known) else round(known)


def _lacks_scheme(instance: Instance, scenario: Scenario, name: str) -> Iterable[str]:
    try:
        column = _bonus_scheme(scenario, name).get("inhabitants", "")
    except (OSError, tomllib.TOMLDecodeError):
        yield f"there is no scheme '{name}'"
        return
    years = [f"inhabitants_{year}" for year in instance.yearly]
    if column and column not in instance.attributes and column not in years:
        yield f"the instance has no column '{column}'"


add_indicator_reading("bonus", IndicatorReading(_bonus, _lacks_scheme))
for _key, _reading in BODY_READINGS.items():
    add_indicator_reading(_key, IndicatorReading(_reading))
add_indicator_reading("councillors", IndicatorReading(_councillors))
add_indicator_reading("executives", IndicatorReading(_executives, _lacks_term))
for _key, _reading in SIZE_READINGS.items():
    add_indicator_reading(_key, IndicatorReading(_reading, lacks_size))
