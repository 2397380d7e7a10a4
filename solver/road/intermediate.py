"""The instances in between: the municipalities that there are from each date on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ...instances.groups import Grouping
from ...instances.instance import Instance
from ...instances.merging import MergerList, merge_municipalities
from .schedule import Schedule


@dataclass(frozen=True)
class Intermediate:
    """The instance from a date on.

    Attributes
    ----------
    date : date
    instance : Instance
    notes : tuple of str
        What was decided on the way, one sentence each.
    """

    date: datetime.date
    instance: Instance
    notes: tuple[str, ...]


def intermediate_instances(schedule: Schedule) -> tuple[Intermediate, ...]:
    """Make the instance of each date on which something merges, each from the one before.

    A merger has the name, and its municipality a code of the rule, that `merge_municipalities` gives it.
    """
    problem = schedule.problem
    given = problem.instance.given or problem.instance
    found, before = [], given
    for place, date in enumerate(problem.road.dates):
        groups = tuple(
            tuple(given.codes[i] for i in one.merger.members) for one in schedule.mergers_at(place)
        )
        if not groups:
            continue
        none = ("",) * len(groups)
        lines = tuple((0,) * len(group) for group in groups)
        grouping = Grouping(f"schedule of {date}", groups, lines, none)
        listed = MergerList(grouping, none, none, none, (date.year,) * len(groups))
        merged = merge_municipalities(
            before, listed, name=f"{given.name}-{date.year}", across_regions=True, in_pieces=True
        )
        before = merged.instance
        found.append(Intermediate(date, merged.instance, merged.notes))
    return tuple(found)
