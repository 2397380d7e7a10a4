"""What a scenario asks of an instance: names resolved to indices, rules applied."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray
from ...instances.common.deprecated import Renamed
from ...instances.instance import Instance
from ..scenario.scenario import Scenario
from ..seats import seat_ranks
from .also import ColumnBounds
from .budgets import PlanBudget
from .exemptions import ABOVE_MAX, FACILITY, ISOLATED, LOCKED, MERGED, STAYING, exempt_by_rule
from .neighbours import Neighbours

__all__ = ["ABOVE_MAX", "FACILITY", "ISOLATED", "LOCKED", "MERGED", "STAYING", "Question"]


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of an instance, in indices.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    standalone : dict of int to str
        Municipalities that stand alone by rule, exempt from the bounds, with the rule: `FACILITY`,
        `ABOVE_MAX`, `MERGED`, `ISOLATED`, `STAYING` or `LOCKED`.
    neighbours : tuple of tuple of int
        Which others each municipality may be joined to directly, ascending.
    together : tuple of tuple of int
        Groups that end up in one merger, by lock or hard frame; no municipality is in two of them.
    apart : tuple of (int, int)
        Pairs that do not, the lower index first.
    required : tuple of (str, ndarray of bool)
        What each merger must hold, in words, and which municipalities have it.
    kept : tuple of tuple of int
        Mergers of two or more that are part of every plan as they are, exempt from the bounds.
    seats : tuple of int
        Municipalities that are the seat of their merger.
    unenclosed : tuple of tuple of int
        The `surroundings` of each municipality that no merger may enclose, empty for others; empty as a whole
        where mergers may enclose any.
    also : tuple of ColumnBounds
        Hard bounds under further columns of inhabitants.
    budgets : tuple of PlanBudget
        Bounds on indicators, summed over the plans of all regions that are asked for.
    each : Question or None
        The question of the regions by themselves, where this one answers some of them as one: see `united`.
    """

    instance: Instance
    scenario: Scenario
    standalone: dict[int, str]
    neighbours: Neighbours
    together: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, int], ...]
    required: tuple[tuple[str, BoolArray], ...]
    kept: tuple[tuple[int, ...], ...] = ()
    seats: tuple[int, ...] = ()
    unenclosed: Neighbours = ()
    also: tuple[ColumnBounds, ...] = ()
    budgets: tuple[PlanBudget, ...] = ()
    each: Question | None = None

    settled = Renamed("fixed")
    settled_parts = Renamed("fixed_parts")

    @cached_property
    def bounded(self) -> IntArray:
        """Inhabitants as the hard bounds count them, shape (n,).

        A municipality above the maximum that may absorb others counts as the hard maximum less what it may
        absorb.
        """
        bounds = self.scenario.population
        absorbing = bounds.highest - self.scenario.rules.absorb_up_to
        return np.where(self.instance.population > bounds.max, absorbing, self.instance.population)

    @cached_property
    def fixed(self) -> frozenset[int]:
        """Municipalities whose place in every plan is given: alone, or in a merger that is kept."""
        return frozenset(self.standalone) | {i for group in self.kept for i in group}

    @cached_property
    def seat_ranks(self) -> IntArray:
        """Rank of each municipality as a seat, shape (n,); see `models.seats.seat_ranks`."""
        return seat_ranks(self.instance, self.scenario, self.seats)

    @cached_property
    def uncounted(self) -> frozenset[int]:
        """Municipalities that are no merger while they stand alone."""
        return frozenset(exempt_by_rule(self.instance, self.scenario))

    def free_members(self, region: int) -> IntArray:
        """Municipalities of a region whose place is open, ascending."""
        return np.array(
            [i for i in self.instance.members(region).tolist() if i not in self.fixed], dtype=np.int64
        )

    def fixed_parts(self, region: int) -> list[tuple[tuple[int, ...], str]]:
        """Parts of a region that are in every plan, with the rule, by first member."""
        alone = [((i,), rule) for i, rule in self.standalone.items() if self.instance.region[i] == region]
        kept = [(group, LOCKED) for group in self.kept if self.instance.region[group[0]] == region]
        return sorted(alone + kept)

    def count(self, region: int) -> tuple[int, int | None] | None:
        """Bounds on the number of mergers of a region, fixed ones included; None when any will do.

        Where regions are answered as one, each of them has its own: see `plan_constraints`.
        """
        return None if self.is_united(region) else self.scenario.count.of(self.instance.regions[region])

    def is_united(self, region: int) -> bool:
        """Whether a region is several that are answered as one."""
        return len(self.regions_in(region)) > 1

    def regions_in(self, region: int) -> tuple[str, ...]:
        """Name the reference regions that a region of this question is made of."""
        if self.each is None:
            return (self.instance.regions[region],)
        held = sorted(set(self.each.instance.region[self.instance.members(region)].tolist()))
        return tuple(self.each.instance.regions[k] for k in held)

    def is_counted(self, part: tuple[int, ...]) -> bool:
        """Whether a part of a plan counts as a merger."""
        return len(part) > 1 or part[0] not in self.uncounted
