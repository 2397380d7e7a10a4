"""The tables of a scenario file: bounds, rules, locks; what each key means and what it may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ...instances.common.field_types import MOST_PEOPLE, Municipality, Number, People, Whole
from ...instances.common.problems import suggest
from ...instances.common.younger_keys import YoungerKeys
from ...instances.entities import CLASSES

Groups = tuple[tuple[Municipality, ...], ...]
"""Groups of municipalities, by NIS code or name."""


_Some = Annotated[Whole, Field(gt=0, le=MOST_PEOPLE)]
_Number = Annotated[Whole, Field(ge=0, le=1_000_000)]
_Bonus = Annotated[Number, Field(ge=-10, le=10)]
_MOST = 10**12
_Amount = Annotated[Whole, Field(ge=0, le=_MOST)]
_Change = Annotated[Whole, Field(ge=-_MOST, le=_MOST)]
_Classes = TypeVar("_Classes", bound=Iterable[str])


def _known_classes(classes: _Classes) -> _Classes:
    """Refuse a class that is no degree of equipment."""
    for name in classes:
        if name not in CLASSES:
            raise ValueError(f"unknown class '{name}'; {suggest(name, CLASSES)}")
    return classes


class Part(YoungerKeys, BaseModel):
    """Base of all parts of a scenario: frozen, and without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Population(Part):
    """Bounds on the inhabitants of a merger, both included.

    Attributes
    ----------
    min, max : int
        Bounds. Hard, unless `floor` or `ceiling` lies beyond them.
    floor, ceiling : int or None
        Hard bounds where `min` or `max` is soft: every inhabitant between costs what the term `shortfall`
        weighs.
    also : tuple of str
        Columns of the instance, such as ``inhabitants_2026``, under each of which the hard bounds hold too.
    """

    ADDED: ClassVar[tuple[str, ...]] = ("also",)

    min: People = 30_000
    max: _Some = 130_000
    floor: People | None = None
    ceiling: _Some | None = None
    also: tuple[str, ...] = ()

    @field_validator("also")
    @classmethod
    def _each_once(cls, also: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({name for name in also if also.count(name) > 1})
        if twice:
            raise ValueError(f"'{twice[0]}' stands twice; keep it once")
        return also

    @model_validator(mode="after")
    def _ordered(self) -> Population:
        if self.min > self.max:
            raise ValueError(f"min ({self.min}) is above max ({self.max}); exchange or correct them")
        if self.lowest > self.min:
            raise ValueError(f"floor ({self.floor}) is above min ({self.min}); exchange or correct them")
        if self.highest < self.max:
            raise ValueError(f"ceiling ({self.ceiling}) is below max ({self.max}); exchange or correct them")
        return self

    @property
    def lowest(self) -> int:
        """Fewest inhabitants that a merger may have."""
        return self.min if self.floor is None else self.floor

    @property
    def highest(self) -> int:
        """Most inhabitants that a merger may have."""
        return self.max if self.ceiling is None else self.ceiling

    @property
    def soft(self) -> bool:
        """Whether a merger may miss a bound at a price."""
        return (self.lowest, self.highest) != (self.min, self.max)


class Count(Part):
    """Number of mergers of each region; municipalities that stand alone by rule are not counted.

    Attributes
    ----------
    min : int
    max : int or None
        None is without limit.
    regions : dict of str to (int, int)
        Bounds of single regions, in place of `min` and `max`.
    """

    min: _Number = 0
    max: _Number | None = None
    regions: dict[str, tuple[_Number, _Number]] = {}

    @field_validator("regions", mode="before")
    @classmethod
    def _pairs(cls, regions: Any) -> Any:
        for region, pair in regions.items() if isinstance(regions, dict) else ():
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                raise ValueError(f"{region}: write two numbers, the least and the most, as in [2, 3]")
        return regions

    @model_validator(mode="after")
    def _ordered(self) -> Count:
        if self.max is not None and self.min > self.max:
            raise ValueError(f"min ({self.min}) is above max ({self.max}); exchange or correct them")
        for region, (least, most) in self.regions.items():
            if least > most:
                raise ValueError(f"regions.{region}: {least} is above {most}; exchange or correct them")
        return self

    def of(self, region: str) -> tuple[int, int | None] | None:
        """Bounds of a region; None when every number will do."""
        if region in self.regions:
            return self.regions[region]
        return None if self.min == 0 and self.max is None else (self.min, self.max)


class Rules(Part):
    """Which municipalities stand alone by rule, exempt from the population bounds, and which are seats.

    Attributes
    ----------
    facility : {'alone', 'free'}
        Facility municipalities.
    joined : tuple of str
        Facility municipalities that take part all the same, by NIS code or name.
    above_max : {'alone', 'absorb'}
        Municipalities above the maximum: each stands alone, or may absorb neighbours.
    absorb_up_to : int
        Most inhabitants that one of them may absorb.
    isolated : {'free', 'alone'}
        Municipalities that have no other to merge with: they keep the bounds like all others, or stand alone.
        See `exemptions.isolated`.
    merged : {'free', 'priced', 'alone', 'kept'}
        Municipalities that came out of a merger in 2019 or 2025: they may merge again like all others; or at
        the price of the term `stacking`, which then must have a weight; or stand alone. 'kept': only those
        stand alone that are large enough for a merger by themselves.
    staying : tuple of str
        Municipalities that stay as they are for the time being, by NIS code or name. The earlier of two maps
        that are chosen together has here who merges later or never; see `StagedScenario`.
    seat : {'central', 'best_equipped'}
        Which member is the seat of a merger: the one nearest to all inhabitants, or the best-equipped one; of
        equals in this the nearest.
    enclosed : {'allowed', 'priced', 'forbidden'}
        Mergers that enclose a municipality, which stands alone among its neighbours: may be, cost what the
        term `detached` weighs, or may not be. See `surroundings`.
    enclosed_parts : {'towns', 'all'}
        What counts as enclosed: a municipality that stands alone, or also a merger that has neighbours in one
        other merger only.
    """

    ADDED: ClassVar[tuple[str, ...]] = ("merged", "staying", "seat", "enclosed", "enclosed_parts")

    facility: Literal["alone", "free"] = "alone"
    joined: tuple[Municipality, ...] = ()
    above_max: Literal["alone", "absorb"] = "alone"
    absorb_up_to: People = 30_000
    isolated: Literal["free", "alone"] = "free"
    merged: Literal["free", "priced", "alone", "kept"] = "free"
    staying: tuple[Municipality, ...] = ()
    seat: Literal["central", "best_equipped"] = "central"
    enclosed: Literal["allowed", "priced", "forbidden"] = "allowed"
    enclosed_parts: Literal["towns", "all"] = "towns"


class Requires(Part):
    """What each part of a plan must hold, unless it stands alone by rule.

    Attributes
    ----------
    classes : tuple of str
        At least one municipality of one of these degrees of equipment.
    functions : tuple of str
        For each of these, at least one municipality that has it.
    """

    classes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()

    @field_validator("classes")
    @classmethod
    def _known(cls, classes: tuple[str, ...]) -> tuple[str, ...]:
        return _known_classes(classes)


class Frames(Part):
    """Regions and layers as hard frames; what stands alone by rule is exempt from layers.

    Attributes
    ----------
    regions : bool
        No part of a plan crosses a reference region. False: all regions are one.
    unsplit : tuple of str
        Layers whose zones are never divided, as far as they lie in one region.
    within : tuple of str
        Layers whose zones no part of a plan may cross.
    zones : tuple of groups
        Zones of one's own that no part may cross. A file names another plan instead, by the key `plan`.
    source : str
        The file that the zones were read from.
    """

    FILE_KEYS: ClassVar[tuple[str, ...]] = ("plan", "from_vintage", "to_vintage")
    ADDED: ClassVar[tuple[str, ...]] = ("regions",)

    unsplit: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    zones: Groups = ()
    source: str = ""
    regions: bool = True


class BorderRules(Part):
    """Which borders count as such.

    Attributes
    ----------
    min_length : float
        Shortest shared border that counts, metres.
    added, removed : tuple of pairs
        Municipalities that are neighbours, or not, whatever the instance says.
    """

    min_length: Annotated[Number, Field(ge=0)] = 0.0
    added: tuple[tuple[Municipality, Municipality], ...] = ()
    removed: tuple[tuple[Municipality, Municipality], ...] = ()


class Locks(Part):
    """What is agreed already. Municipalities by NIS code or by name.

    Attributes
    ----------
    together : tuple of groups
        Each group ends up in one merger.
    apart : tuple of groups
        No two of a group end up in one merger.
    alone : tuple of str
        Stand alone, whatever their size.
    seat : tuple of str
        Are the seat of their merger.
    """

    together: Groups = ()
    apart: Groups = ()
    alone: tuple[Municipality, ...] = ()
    seat: tuple[Municipality, ...] = ()

    @field_validator("together", "apart")
    @classmethod
    def _groups(cls, groups: Groups) -> Groups:
        for group in groups:
            if len(group) < 2:
                raise ValueError(f"a group needs at least two municipalities, this one is {list(group)}")
        return groups


class Existing(Part):
    """Mergers of a plan that exists.

    Attributes
    ----------
    mode : {'extend', 'keep'}
        'extend': the members of each merger stay together, others may join them. 'keep': each merger is part
        of the plan as it is, whatever its size.
    mergers : tuple of groups
        The mergers, by NIS code or name. A file names another plan instead, by the key `plan`. A group of one
        says nothing where plans are extended, and stands alone where they are kept.
    source : str
        The file that the mergers were read from.
    """

    FILE_KEYS: ClassVar[tuple[str, ...]] = ("plan", "from_vintage", "to_vintage")

    mode: Literal["extend", "keep"] = "extend"
    mergers: Groups = ()
    source: str = ""


class Coverage(Part):
    """Share of each centre function in the coverage term; the shares sum to one."""

    shares: dict[str, Annotated[Number, Field(ge=0)]] = {}

    @field_validator("shares")
    @classmethod
    def _sum_to_one(cls, shares: dict[str, float]) -> dict[str, float]:
        total = sum(shares.values())
        if shares and abs(total - 1) > 1e-9:
            raise ValueError(f"the shares sum to {total:g}; they must sum to 1")
        return shares


class Orientation(Part):
    """To which centres of their region inhabitants turn, in the orientation term.

    The defaults of the last four were fitted on commuters; the documentation has a page on it.

    Attributes
    ----------
    by : {'gravity', 'flows'}
        In proportion to the attraction of centres, or to the flows of the instance.
    centres : tuple of str
        Degrees of equipment of centres. A region without any has those of the best class that it has.
    distance : float
        Exponent of the distance in km, from -10 to 0.
    inhabitants : float
        Exponent of the inhabitants of a centre, from 0 to 10.
    classes, functions : dict of str to float
        Bonus of a centre of a class, or with a function: attraction is multiplied by its exponential. From
        -10 to 10.
    """

    by: Literal["gravity", "flows"] = "gravity"
    centres: Annotated[tuple[str, ...], Field(min_length=1)] = ("a0", "a1", "a2")
    distance: Annotated[Number, Field(ge=-10, le=0)] = -1.9
    inhabitants: Annotated[Number, Field(ge=0, le=10)] = 1.0
    classes: dict[str, _Bonus] = {"a0": 0.5}
    functions: dict[str, _Bonus] = {"hospital": 0.2}

    @field_validator("centres", "classes")
    @classmethod
    def _known(cls, classes: _Classes) -> _Classes:
        return _known_classes(classes)


class Cooperation(Part):
    """Layers whose small zones the cooperation term looks at, with their weights; only proportions count."""

    layers: dict[str, Annotated[Number, Field(ge=0)]] = {}

    @field_validator("layers")
    @classmethod
    def _some_weight(cls, layers: dict[str, float]) -> dict[str, float]:
        if layers and not sum(layers.values()):
            raise ValueError("all layers weigh 0; give one of them a weight above 0")
        return layers


class Size(Part):
    """The size that the size term aims at.

    Attributes
    ----------
    target : int
        Inhabitants of a merger, more than 0. The default is twice the default minimum and about half the
        default maximum: in between in proportion (their geometric mean is 62,450).
    """

    target: _Some = 60_000


class Budget(Part):
    """Bounds on an indicator, summed over the whole plan: all municipalities that are answered together.

    Attributes
    ----------
    min, max : int or None
        Bounds on what the plan has, those that stay alone included; None is without limit.
    least_change, most_change : int or None
        Bounds on what it has beside what all its municipalities have, each alone: -200 is 200 fewer.
    """

    min: _Amount | None = None
    max: _Amount | None = None
    least_change: _Change | None = None
    most_change: _Change | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Budget:
        for low, high in (("min", "max"), ("least_change", "most_change")):
            least, most = getattr(self, low), getattr(self, high)
            if least is not None and most is not None and least > most:
                raise ValueError(f"{low} ({least}) is above {high} ({most}); exchange or correct them")
        if all(getattr(self, key) is None for key in type(self).model_fields):
            raise ValueError("it bounds nothing; give max, min, most_change or least_change a number")
        return self

    def limits(self, before: int) -> tuple[int, int | None]:
        """Give the bounds on what a plan has, where its municipalities have so much, each alone."""
        least = [n for n in (self.min, _plus(self.least_change, before)) if n is not None]
        most = [n for n in (self.max, _plus(self.most_change, before)) if n is not None]
        return max(0, *least) if least else 0, min(most, default=None)


def _plus(change: int | None, before: int) -> int | None:
    return None if change is None else before + change
