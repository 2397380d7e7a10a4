"""What a plan file must say of terms and numbers, read a second time from members and instance alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...instances import Instance
from .figures import split_name, term_value
from .pair_readings import commuters_of
from .readings import READINGS, inhabitants_of
from .seats import Members

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario


def values_of(
    instance: Instance, scenario: Scenario, parts: Sequence[Members]
) -> dict[str, dict[str, float | str]]:
    """Give all that a plan file must state of each term for some mergers, its unit aside.

    A value is the sum over the mergers divided by those who live in them: inhabitants, or commuters to
    another municipality; where the term is a count nothing divides it. Points are ``sense w value share``
    with the share of the divisor in that of the whole instance, that is ``sense w sum / whole``.

    Returns
    -------
    dict of str to dict
        By term; empty without mergers, of which nothing can be said.
    """
    if not parts:
        return {}
    values: dict[str, dict[str, float | str]] = {}
    for name, weight in scenario.weights.items():
        reading = READINGS[split_name(name)[0]]
        total = sum(term_value(name, instance, scenario, part) for part in parts)
        own = _number(instance, reading.divided_by, [i for part in parts for i in part])
        whole = _number(instance, reading.divided_by, range(len(instance)))
        if reading.divided_by == "commuters":
            total *= whole  # the value of a merger is a share of all commuters already
        values[name] = {
            "value": total / own if own else 0.0,
            "better": "more" if reading.sense > 0 else "less",
            "weight": weight,
            "points": reading.sense * weight * (total / whole if whole else 0.0),
            "divided_by": reading.divided_by,
            "divisor": own,
            "share": own / whole if whole else 0.0,
        }
    return values


def _number(instance: Instance, what: str, members: Members) -> float:
    """Count inhabitants of some municipalities, or commuters who live in them; 1 where nothing divides."""
    if what == "inhabitants":
        return inhabitants_of(instance, members)
    if what == "nothing":
        return 1
    living = set(members)
    flows, _ = commuters_of(instance)
    return sum(people for (home, _), people in flows.items() if home in living) / 100


def counts_of(parts: Sequence[Members], alone_by_rule: int) -> dict[str, int]:
    """Count municipalities before and after merging; how many stand alone by rule is given."""
    mergers = [part for part in parts if len(part) >= 2]
    return {
        "municipalities": len({i for part in parts for i in part}),
        "after": len(parts),
        "mergers": len(mergers),
        "unchanged": len(parts) - len(mergers),
        "alone_by_rule": alone_by_rule,
    }


def shown_scale(instance: Instance, name: str, members: Members) -> tuple[int, float]:
    """Give the sense of a term, and what brings its share of the whole instance to a mean over some."""
    reading = READINGS[split_name(name)[0]]
    own = _number(instance, reading.divided_by, members)
    return reading.sense, _number(instance, reading.divided_by, range(len(instance))) / own if own else 0.0
