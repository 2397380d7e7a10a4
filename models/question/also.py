"""Bounds that last: the hard bounds under further columns of inhabitants, such as those of other years."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.common.problems import Problems, suggest
from ...instances.instance import Instance
from ...instances.yearly import column_of
from ..scenario.demands import Demands

_NAMED = 10  # municipalities in a message before the rest is counted


@dataclass(frozen=True)
class ColumnBounds:
    """Hard bounds on a merger under one more column of inhabitants.

    Attributes
    ----------
    column : str
        Its name.
    counted : ndarray of int64, shape (n,)
        Inhabitants as the bounds count them.
    lower, upper : int, int or None
        Both included; None is without limit.
    """

    column: str
    counted: IntArray
    lower: int
    upper: int | None


def find_bounds(
    instance: Instance, scenario: Demands, problems: Problems, scope: Collection[int]
) -> tuple[ColumnBounds, ...]:
    """Look up the columns that a scenario names beside the inhabitants, with the bounds under each.

    A municipality that is above the maximum today counts as in `Question.bounded`: which ones that are does
    not depend on these columns.

    Parameters
    ----------
    instance : Instance
    scenario : Demands
    problems : Problems
        Receives columns that do not exist, and figures that are not known.
    scope : collection of int
        Municipalities of the regions that are asked for; figures of those above the maximum are not needed.

    Returns
    -------
    tuple of ColumnBounds
        In the order of the scenario.
    """
    bounds = scenario.population
    cities, room = instance.population > bounds.max, bounds.highest - scenario.rules.absorb_up_to
    needed = [i for i in sorted(scope) if not cities[i]]
    for column in bounds.also:
        _check(instance, column, problems, needed)
    return tuple(
        ColumnBounds(column, np.where(cities, room, people), bounds.lowest, bounds.highest)
        for column, people in columns_of(instance, scenario)
    )


def columns_of(instance: Instance, scenario: Demands) -> Iterator[tuple[str, IntArray]]:
    """Give the further columns that there are, in whole inhabitants.

    Figures that are not known are those of today: no answer rests on them, and a city stays one.
    """
    for column in scenario.population.also:
        people = instance.people(column)
        if people is not None:
            known = np.where(np.isnan(people), instance.population, people)
            yield column, np.rint(known).astype(np.int64)


def _check(instance: Instance, column: str, problems: Problems, needed: Sequence[int]) -> None:
    people = instance.people(column)
    if people is None:
        known = [*map(column_of, instance.yearly), *instance.attributes]
        what = f"population.also: the instance '{instance.name}' has no column of numbers named '{column}'"
        problems.add(what, suggest(column, known) or "leave it out")
        return
    unknown = [i for i in needed if np.isnan(people[i])]
    if unknown:
        problems.add(
            f"population.also: '{column}' is not known of {_named(instance, unknown)}",
            "fill the cells in, or leave the column out",
        )
    negative = [i for i in needed if people[i] < 0]
    if negative:
        problems.add(
            f"population.also: '{column}' is below 0 in {_named(instance, negative)}",
            "name a column of inhabitants",
        )


def _named(instance: Instance, municipalities: list[int]) -> str:
    names = ", ".join(instance.label(i) for i in municipalities[:_NAMED])
    more = len(municipalities) - _NAMED
    return f"{names} and {more} more" if more > 0 else names
