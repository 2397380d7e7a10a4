"""Term values and scores of single mergers, by the wording of `docs/design.md`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...instances import Instance
from .readings import READINGS
from .seats import Members

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

_POINT = 1_000_000_000  # nano-points in a point


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


def lacking(name: str, instance: Instance, scenario: Scenario) -> Iterable[str]:
    """Say why a term cannot be read: it is unknown, or the instance lacks what it needs."""
    key, argument = split_name(name)
    if key not in READINGS:
        return [f"the verifier does not know the term '{name}'; its values and scores are not checked"]
    return READINGS[key].lacks(instance, scenario, argument)


def split_name(name: str) -> tuple[str, str]:
    """Key and argument of a term's name."""
    key, _, argument = name.partition("(")
    return key, argument.removesuffix(")")
