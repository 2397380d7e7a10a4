"""What a plan does: indicators before and after, by merger, region, group and for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import numpy as np

from ...instances.common.problems import InputError, reject, suggest
from ...instances.entities import NO_ZONE
from ...instances.instance import Instance
from ...models.indicators import Indicator, build_indicator, indicator_class, indicator_classes, shown_names
from ...models.indicators.base import Amounts, Family
from ...models.indicators.names import check_indicator_name
from ...models.scenario.demands import Demands
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..results.mergers import Merger
from ..results.plan import Plan

ALL, PLAN, OUTSIDE = WHOLES = ("all", "plan", "outside")
"""What is measured as a whole: all municipalities of the instance, those of the plan, and the others."""

GROUPINGS = ("merger", "region", "class")
"""What mergers can be put together by, besides the layers of an instance."""


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
class GroupEffects:
    """What a plan does to some of its mergers together.

    Attributes
    ----------
    level : str
        What they were put together by: one of `GROUPINGS`, a layer, or one of `WHOLES`.
    name : str
        Of the merger, region, class or zone; empty for those in none, and for a whole.
    places : tuple of int
        Of the parts in `Effects.parts`.
    effects : tuple of Effect
        In the order of the indicators.
    """

    level: str
    name: str
    places: tuple[int, ...]
    effects: tuple[Effect, ...]


def is_detail(indicator: Indicator) -> bool:
    """Whether an indicator is of one layer, where another one is of all: short tables leave it out."""
    return indicator.takes == "layer" and indicator.argument != "all"


@dataclass(frozen=True)
class Measured:
    """An indicator, measured for the municipalities as they are and for the parts of a plan.

    Attributes
    ----------
    indicator : Indicator
    before, after : Amounts
    remarks : tuple of str
        What a reader of the values of the plan must know, one sentence each.
    """

    indicator: Indicator
    before: Amounts
    after: Amounts
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Effects:
    """What a plan does, measured.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
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
    scenario: Scenario
    plan: Plan
    parts: tuple[tuple[int, ...], ...]
    measured: tuple[Measured, ...]
    missing: tuple[tuple[str, InputError], ...]

    def of_parts(self, places: Iterable[int]) -> tuple[Effect, ...]:
        """Give the effects on some parts together, by their places in `parts`."""
        after = np.fromiter(sorted(places), dtype=np.int64)
        before = np.array([i for k in after for i in self.parts[k]], dtype=np.int64)
        return tuple(
            Effect(one.indicator, one.before.value(before), one.after.value(after)) for one in self.measured
        )

    def municipalities(self, places: Iterable[int]) -> tuple[int, ...]:
        """Give the municipalities of some parts, ascending."""
        return tuple(sorted(i for k in places for i in self.parts[k]))

    @property
    def whole(self) -> tuple[Effect, ...]:
        """Effects on all municipalities of the instance."""
        return self.of_parts(range(len(self.parts)))

    @property
    def wholes(self) -> tuple[GroupEffects, ...]:
        """Effects on all municipalities of the instance; before that on those of the plan, and the others."""
        planned, number = len(self.plan.mergers), len(self.parts)
        everything = self._together(ALL, "", range(number))
        if planned == number:
            return (everything,)
        inside, outside = range(planned), range(planned, number)
        return (self._together(PLAN, "", inside), self._together(OUTSIDE, "", outside), everything)

    @property
    def by_merger(self) -> tuple[tuple[Merger, tuple[Effect, ...]], ...]:
        """Effects on each merger of the plan of two municipalities or more."""
        return tuple((self.plan.mergers[k], self.of_parts([k])) for k in self._merged)

    @property
    def by_region(self) -> dict[str, tuple[Effect, ...]]:
        """Effects on the mergers with their seat in each reference region."""
        return {group.name: group.effects for group in self.by("region")}

    @property
    def by_class(self) -> dict[str, tuple[Effect, ...]]:
        """Effects on the mergers of each degree of equipment: that of their best-equipped member."""
        return {group.name: group.effects for group in self.by("class")}

    def by(self, level: str) -> tuple[GroupEffects, ...]:
        """Give the effects on the mergers of each group; those that stay alone are among them.

        Parameters
        ----------
        level : str
            ``merger``, for each merger of two municipalities or more; ``region``, of the seat; ``class``, the
            degree of equipment of the best-equipped member; or a layer: the zone of the seat.

        Raises
        ------
        InputError
            There is no such layer.
        """
        if level == "merger":
            return tuple(self._together(level, self.name_of(k), [k]) for k in self._merged)
        group_of = self._group_of.get(level)
        if group_of is None:
            check_grouping(self.instance, level)
            group_of = self._zone_of_seat(level)
        places = self._collected(group_of)
        return tuple(self._together(level, name, places[name]) for name in sorted(places))

    def grouped(self, group_of: Callable[[Merger], str]) -> dict[str, tuple[Effect, ...]]:
        """Give the effects on the mergers of each group of one's own, those that stay alone among them."""
        places = self._collected(group_of)
        return {name: self.of_parts(places[name]) for name in sorted(places)}

    def _collected(self, group_of: Callable[[Merger], str]) -> dict[str, list[int]]:
        """Put the places of the plan's mergers together by group."""
        places: dict[str, list[int]] = {}
        for k, merger in enumerate(self.plan.mergers):
            places.setdefault(group_of(merger), []).append(k)
        return places

    @cached_property
    def _merged(self) -> tuple[int, ...]:
        return tuple(k for k, merger in enumerate(self.plan.mergers) if len(merger.members) > 1)

    def name_of(self, place: int) -> str:
        """Name a part, by its place in `parts`."""
        if place < len(self.plan.mergers):
            return self.plan.mergers[place].name(self.instance)
        return self.instance.names[self.parts[place][0]]

    @cached_property
    def _group_of(self) -> Mapping[str, Callable[[Merger], str]]:
        given, classes = self.instance.given or self.instance, self.instance.classes
        return {
            "region": lambda merger: given.regions[given.region[merger.seat]],
            "class": lambda merger: min((classes[i] for i in merger.members if classes[i]), default=""),
        }

    def _zone_of_seat(self, layer: str) -> Callable[[Merger], str]:
        zones = self.instance.layers[layer]

        def zone_of(merger: Merger) -> str:
            zone = int(zones.zone[merger.seat])
            return "" if zone == NO_ZONE else zones.zones[zone]

        return zone_of

    def _together(self, level: str, name: str, places: Iterable[int]) -> GroupEffects:
        held = tuple(places)
        return GroupEffects(level, name, held, self.of_parts(held))


def check_grouping(instance: Instance, level: str) -> None:
    """Make sure that mergers can be put together by something.

    Raises
    ------
    InputError
        It is none of `GROUPINGS`, and no layer of the instance.
    """
    known = (*GROUPINGS, *instance.layers)
    if level not in known:
        reject("mergers are grouped by merger, region, class or a layer", suggest(level, known), value=level)


def names_of(names: Iterable[str]) -> tuple[str, ...]:
    """Read which indicators are meant: a key without an argument stands for all those that are shown.

    Parameters
    ----------
    names : iterable of str
        Such as ``councillors``, ``executives(first)``, or ``executives`` for all terms of office.

    Raises
    ------
    InputError
        There is no such indicator.
    """
    shown: dict[str, list[str]] = {}
    for name in shown_names():
        shown.setdefault(name.partition("(")[0], []).append(name)
    found: list[str] = []
    for name in names:
        if name in shown:
            found += shown[name]
            continue
        try:
            check_indicator_name(name)
        except ValueError as error:
            reject(str(error))
        found.append(name)
    families = get_args(Family)
    return tuple(sorted(dict.fromkeys(found), key=lambda name: families.index(indicator_class(name).family)))


def own_schemes(instance: Instance, demands: Demands) -> tuple[str, ...]:
    """Name the indicators that go by the schemes of a scenario, each of which is of one kind or more.

    Raises
    ------
    InputError
        A scheme is of no kind; what is wrong with it as that which it comes nearest to.
    """
    kinds = [kind for kind in indicator_classes() if kind.takes == "scheme"]
    names: list[str] = []
    for scheme in demands.schemes:
        refused: list[InputError] = []
        for kind in kinds:
            try:
                names.append(build_indicator(f"{kind.key}({scheme})", instance, demands).name)
            except InputError as error:
                refused.append(error)
        if len(refused) == len(kinds):
            raise min(refused, key=lambda error: len(error.problems))
    return tuple(names)


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
        Indicators; by default all, also by schemes of the scenario. What the instance lacks for some of them
        is told.

    Raises
    ------
    InputError
        The instance lacks what each of the indicators needs.
    """
    instance = framed(instance, scenario)
    demands = scenario.levels[0]
    held = {i for merger in plan.mergers for i in merger.members}
    others = [(i,) for i in range(len(instance)) if i not in held]
    parts = (*(merger.members for merger in plan.mergers), *others)
    alone = [(i,) for i in range(len(instance))]
    measured: list[Measured] = []
    missing: list[tuple[str, InputError]] = []
    wanted = (*shown_names(), *own_schemes(instance, demands)) if names is None else names
    for name in wanted:
        try:
            indicator = build_indicator(name, instance, demands)
            before, after = indicator.of_plan(alone), indicator.of_plan(parts)
            measured.append(Measured(indicator, before, after, indicator.remarks(parts)))
        except InputError as error:
            missing.append((name, error))
    if missing and not measured:
        raise InputError([problem for _, error in missing for problem in error.problems])
    return Effects(instance, scenario, plan, parts, tuple(measured), tuple(missing))
