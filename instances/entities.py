"""The parts that an instance is made of: zone layers, functions, borders, flows, villages, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .common.arrays import BoolArray, FloatArray, IntArray, frozen
from .common.deprecated import Renamed, renamed_fields
from .tables.header_words import words_of

CLASSES = ("a0", "a1", "a2", "b0", "b1", "c0", "c1", "c2", "c3")
"""Degrees of equipment (*uitrustingsgraad*), from large and regional cities to weakly equipped ones."""

EQUIPMENT = (("a0",), ("a1",), ("a2",), ("c0",), ("b0",), ("c1",), ("b1", "c2"), ("c3",))
"""Degrees of equipment, the best first: b0 is (very) well and b1 moderately or weakly equipped, inside the
sphere of a centre city; c0 is very well, c1 well, c2 moderately and c3 weakly equipped, outside one."""

SUMMED_UNITS = frozenset(
    {"inhabitants", "people", "people a day", "persons", "households", "inwoners", "personen", "huishoudens"}
    | {"euro", "eur", "€", "km2", "km²", "ha", "hectare", "hectares", "m2", "m²"}
    | {"jobs", "banen", "workers", "commuters", "pupils", "students", "leerlingen", "places", "plaatsen"}
    | {"dwellings", "woningen", "establishments", "vestigingen", "enterprises", "bedrijven", "vehicles"}
    | {"beds", "bedden", "stops a day", "sites", "points", "number", "aantal", "count", "votes", "births"}
)
"""Units of amounts: that of a merger is the sum of those of its members, as no rate, share or mean is."""

NO_ZONE = -1
"""Zone index of a municipality that is in no zone of a layer, and counts as a zone of its own."""

OUTSIDE = -1
"""Municipality index of a village point outside the instance; maps leave its cell open."""


@renamed_fields(of="zone")
@dataclass(frozen=True)
class Layer:
    """A division of the municipalities into zones, such as the police zones.

    Attributes
    ----------
    zones : tuple of str
        Names of the zones.
    zone : ndarray of int64, shape (n,)
        Index of each municipality's zone, `NO_ZONE` where it has none.
    """

    zones: tuple[str, ...]
    zone: IntArray
    of = Renamed("zone")

    @classmethod
    def from_names(cls, names: Sequence[str]) -> Layer:
        """Build a layer from one zone name a municipality, empty where it has none."""
        zones = tuple(sorted({name for name in names if name}))
        index = {name: i for i, name in enumerate(zones)}
        return cls(zones, frozen(np.array([index.get(name, NO_ZONE) for name in names], dtype=np.int64)))

    def name_of(self, municipality: int) -> str:
        """Give the name of a municipality's zone, empty where it has none."""
        zone = int(self.zone[municipality])
        return "" if zone == NO_ZONE else self.zones[zone]

    def separate(self) -> IntArray:
        """Number the zones by municipality; one without a zone gets a number of its own."""
        own = len(self.zones) + np.arange(len(self.zone), dtype=np.int64)
        return np.where(self.zone == NO_ZONE, own, self.zone)


@dataclass(frozen=True)
class Function:
    """A centre function (*centrumfunctie*) and its amount in each municipality.

    Attributes
    ----------
    name : str
        Key used in scenarios.
    label : str
        For readers.
    unit : str
        Unit of the amounts, such as beds, or 'yes/no'.
    at_least : float
        The municipality has the function from this amount on.
    amount : ndarray of float64, shape (n,)
    """

    name: str
    amount: FloatArray
    label: str = ""
    unit: str = "yes/no"
    at_least: float = 1.0

    @property
    def present(self) -> BoolArray:
        """Which municipalities have the function, shape (n,)."""
        return self.amount >= self.at_least


@dataclass(frozen=True)
class Borders:
    """Pairs of neighbouring municipalities, sorted, each once with the lower index first.

    Attributes
    ----------
    pairs : ndarray of int64, shape (m, 2)
    length : ndarray of float64, shape (m,)
        Shared border in metres.
    """

    pairs: IntArray
    length: FloatArray

    @classmethod
    def from_dict(cls, lengths: Mapping[tuple[int, int], float]) -> Borders:
        """Build from unordered index pairs with their shared length in metres."""
        ordered = sorted((min(pair), max(pair), length) for pair, length in lengths.items())
        pairs = np.array([(a, b) for a, b, _ in ordered], dtype=np.int64).reshape(-1, 2)
        return cls(frozen(pairs), frozen(np.array([length for *_, length in ordered], dtype=np.float64)))


@dataclass(frozen=True)
class Flows:
    """Origin-destination flows: people a day from their municipality of residence to that of work.

    Pairs are sorted by origin, then destination, each once. A pair may have the same origin and destination;
    its people do not commute.

    Attributes
    ----------
    origin, destination : ndarray of int64, shape (k,)
        Indices of municipalities.
    people : ndarray of float64, shape (k,)
        People a day, 0 or more; official figures are fractional.
    """

    origin: IntArray
    destination: IntArray
    people: FloatArray

    def __post_init__(self) -> None:
        for array in (self.origin, self.destination, self.people):
            frozen(array)

    @classmethod
    def from_dict(cls, people: Mapping[tuple[int, int], float]) -> Flows:
        """Build from (origin, destination) index pairs with their people a day."""
        ordered = sorted(people.items())
        pairs = np.array([pair for pair, _ in ordered], dtype=np.int64).reshape(-1, 2)
        amounts = np.array([amount for _, amount in ordered], dtype=np.float64)
        return cls(pairs[:, 0].copy(), pairs[:, 1].copy(), amounts)

    def __len__(self) -> int:
        return len(self.people)

    @property
    def between(self) -> float:
        """People a day between different municipalities."""
        return float(self.people[self.origin != self.destination].sum())

    def subset(self, place: IntArray) -> Flows:
        """Keep the flows inside a part, given the new index of each municipality, -1 where it is left out."""
        inside = (place[self.origin] >= 0) & (place[self.destination] >= 0)
        return Flows(place[self.origin[inside]], place[self.destination[inside]], self.people[inside])


@dataclass(frozen=True)
class Villages:
    """Former municipalities (*deelgemeenten*): the points that generalised maps are drawn from.

    Attributes
    ----------
    codes, names : tuple of str
    municipality : ndarray of int64, shape (k,)
        Index of the municipality that each is part of. `OUTSIDE` marks a point beyond the instance, such as
        Brussels, where a map stays open.
    x, y : ndarray of float64, shape (k,)
        Metres, in the instance's CRS.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    municipality: IntArray
    x: FloatArray
    y: FloatArray

    def subset(self, place: IntArray) -> Villages:
        """Keep the villages of a part, given the new index of each municipality, -1 where it is left out.

        A point outside stays with the nearest village.
        """
        inside, outside = self.municipality != OUTSIDE, self.municipality == OUTSIDE
        near = self.municipality.copy()
        if inside.any() and outside.any():
            dx = self.x[outside, None] - self.x[None, inside]
            dy = self.y[outside, None] - self.y[None, inside]
            near[outside] = self.municipality[inside][np.hypot(dx, dy).argmin(axis=1)]
        kept = np.flatnonzero((near == OUTSIDE) | (place[near] >= 0))
        return Villages(
            tuple(self.codes[i] for i in kept),
            tuple(self.names[i] for i in kept),
            np.where(outside[kept], OUTSIDE, place[near[kept]]),
            self.x[kept],
            self.y[kept],
        )


@dataclass(frozen=True)
class Source:
    """The source of a column."""

    title: str
    publisher: str
    year: str
    licence: str


@dataclass(frozen=True)
class Column:
    """A column of the instance's files: its source, unit, and how it was made.

    Attributes
    ----------
    source, unit, note : str
    additive : bool or None
        Whether the number of a merger is the sum of those of its members; None where the unit says it.
    """

    source: str
    unit: str = ""
    note: str = ""
    additive: bool | None = None

    @property
    def sums_up(self) -> bool:
        """Whether the number of a merger is the sum of those of its members, as declared or by the unit."""
        return words_of(self.unit) in SUMMED_UNITS if self.additive is None else self.additive
