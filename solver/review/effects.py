"""What a plan does: indicators before and after, by merger, region, group and for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.common.problems import InputError
from ...instances.instance import Instance
from ...models.indicators import Indicator, build_indicator, shown_names
from ...models.indicators.base import Amounts
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..results.mergers import Merger
from ..results.plan import Plan


@dataclass(frozen=True)
class Effect:
    """What a plan does in one indicator to some of its mergers.

    Attributes
    ----------
    indicator : Indicator
    before, after : float or None
        Values; None where they are not known.
    """

    indicator: Indicator
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """What is added to the value; None where one of the two is not known."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Measured:
    """An indicator, measured for the municipalities as they are and for the parts of a plan."""

    indicator: Indicator
    before: Amounts
    after: Amounts


@dataclass(frozen=True)
class Effects:
    """What a plan does, measured.

    Attributes
    ----------
    instance : Instance
    plan : Plan
    parts : tuple of tuple of int
        Mergers and municipalities alone, those of the plan first; all municipalities of the instance are in
        one, also those of regions that the plan says nothing of.
    measured : tuple of Measured
        By family.
    missing : tuple of (str, InputError)
        Indicators that the instance lacks something for.
    """

    instance: Instance
    plan: Plan
    parts: tuple[tuple[int, ...], ...]
    measured: tuple[Measured, ...]
    missing: tuple[tuple[str, InputError], ...]

    @cached_property
    def _of(self) -> IntArray:
        """Place of the part of each municipality, shape (n,)."""
        place = np.zeros(len(self.instance), dtype=np.int64)
        for k, part in enumerate(self.parts):
            place[list(part)] = k
        return place

    def of_parts(self, places: Iterable[int]) -> tuple[Effect, ...]:
        """Give the effects on some parts together, by their places in `parts`."""
        after = sorted(places)
        before = [i for k in after for i in self.parts[k]]
        return tuple(
            Effect(one.indicator, one.before.value(before), one.after.value(after)) for one in self.measured
        )

    @property
    def by_merger(self) -> tuple[tuple[Merger, tuple[Effect, ...]], ...]:
        """Effects on each merger of the plan of two municipalities or more."""
        return tuple(
            (merger, self.of_parts([k]))
            for k, merger in enumerate(self.plan.mergers)
            if len(merger.members) > 1
        )

    def grouped(self, group_of: Callable[[Merger], str]) -> dict[str, tuple[Effect, ...]]:
        """Give the effects on the mergers of each group, those that stay alone among them."""
        places: dict[str, list[int]] = {}
        for k, merger in enumerate(self.plan.mergers):
            places.setdefault(group_of(merger), []).append(k)
        return {name: self.of_parts(places[name]) for name in sorted(places)}

    @property
    def by_region(self) -> dict[str, tuple[Effect, ...]]:
        """Effects on the mergers with their seat in each reference region."""
        given = self.instance.given or self.instance
        return self.grouped(lambda merger: given.regions[given.region[merger.seat]])

    @property
    def by_class(self) -> dict[str, tuple[Effect, ...]]:
        """Effects on the mergers of each degree of equipment: that of their best-equipped member."""
        classes = self.instance.classes
        return self.grouped(
            lambda merger: min((classes[i] for i in merger.members if classes[i]), default="")
        )

    @property
    def whole(self) -> tuple[Effect, ...]:
        """Effects on all municipalities of the instance."""
        return self.of_parts(range(len(self.parts)))


def effects_of(
    instance: Instance, scenario: Scenario, plan: Plan, names: Sequence[str] | None = None
) -> Effects:
    """Measure what a plan does.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    plan : Plan
        Municipalities that it says nothing of stay as they are.
    names : sequence of str, optional
        Indicators, by default all; one that is named must be known, of all others what is missing is told.

    Raises
    ------
    InputError
        The instance lacks what an indicator that is named needs.
    """
    instance = framed(instance, scenario)
    demands = scenario.levels[0]
    held = {i for merger in plan.mergers for i in merger.members}
    others = [(i,) for i in range(len(instance)) if i not in held]
    parts = (*(merger.members for merger in plan.mergers), *others)
    alone = [(i,) for i in range(len(instance))]
    measured, missing = [], []
    for name in shown_names() if names is None else names:
        try:
            indicator = build_indicator(name, instance, demands)
            measured.append(Measured(indicator, indicator.of_plan(alone), indicator.of_plan(parts)))
        except InputError as error:
            if names is not None:
                raise
            missing.append((name, error))
    return Effects(instance, plan, parts, tuple(measured), tuple(missing))
