"""The problem data: municipalities, their borders, zones and functions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np

from .arrays import BoolArray, FloatArray, IntArray, frozen
from .problems import Problems, suggest

CLASSES = ("a0", "a1", "a2", "b0", "b1", "c0", "c1", "c2", "c3")
"""Degrees of equipment (*uitrustingsgraad*), from large and regional cities to weakly equipped ones."""

NO_ZONE = -1
"""Index of a municipality that is in no zone of a layer; it then counts as a zone of its own."""


@dataclass(frozen=True)
class Layer:
    """A division of the municipalities into zones, such as the police zones.

    Attributes
    ----------
    zones : tuple of str
        Names of the zones.
    of : ndarray of int64, shape (n,)
        Index of each municipality's zone, `NO_ZONE` where it has none.
    """

    zones: tuple[str, ...]
    of: IntArray

    @classmethod
    def from_names(cls, names: Sequence[str]) -> Layer:
        """Build a layer from one zone name a municipality; an empty name means no zone."""
        zones = tuple(sorted({name for name in names if name}))
        index = {name: i for i, name in enumerate(zones)}
        return cls(zones, frozen(np.array([index.get(name, NO_ZONE) for name in names], dtype=np.int64)))

    def name_of(self, municipality: int) -> str:
        """Name of a municipality's zone, empty where it has none."""
        zone = int(self.of[municipality])
        return "" if zone == NO_ZONE else self.zones[zone]

    def separate(self) -> IntArray:
        """Zone index of each municipality, those without a zone numbered as zones of their own."""
        own = len(self.zones) + np.arange(len(self.of), dtype=np.int64)
        return np.where(self.of == NO_ZONE, own, self.of)


@dataclass(frozen=True)
class Function:
    """A centre function (*centrumfunctie*) and how much of it each municipality has.

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
    """Pairs of neighbours, each once with the lower index first, sorted.

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
class Villages:
    """Former municipalities (*deelgemeenten*): the points that generalised maps are drawn from.

    Attributes
    ----------
    codes, names : tuple of str
    municipality : ndarray of int64, shape (k,)
        Index of the municipality that each is part of.
    x, y : ndarray of float64, shape (k,)
        Metres, in the instance's CRS.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    municipality: IntArray
    x: FloatArray
    y: FloatArray


@dataclass(frozen=True)
class Source:
    """Where a column comes from."""

    title: str
    publisher: str
    year: str
    licence: str


@dataclass(frozen=True)
class Column:
    """What a column of the instance's files holds: its source, unit and how it was made."""

    source: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, eq=False)
class Instance:
    """Municipalities with their borders, zones and functions; frozen and checked.

    Municipalities are indexed 0..n-1 in the order of their code.

    Attributes
    ----------
    name : str
        Key of the instance, such as ``flanders-2025``.
    title, vintage, crs : str
        For readers; the moment of the municipal codes; coordinate reference system of x and y.
    codes, names : tuple of str
        NIS code and name of each municipality.
    population : ndarray of int64, shape (n,)
        Inhabitants, more than zero.
    area : ndarray of float64, shape (n,)
        Square kilometres.
    x, y : ndarray of float64, shape (n,)
        A point inside the municipality, metres.
    regions : tuple of str
        Names of the reference regions (*referentieregio's*), sorted.
    region : ndarray of int64, shape (n,)
        Index of each municipality's region.
    classes : tuple of str
        Degree of equipment, one of `CLASSES`, or empty where unknown.
    facility : ndarray of bool, shape (n,)
        Facility municipalities (*faciliteitengemeenten*).
    merged_in : ndarray of int64, shape (n,)
        Year in which the municipality came out of a merger, 0 where it did not.
    borders : Borders
    layers : mapping of str to Layer
    functions : mapping of str to Function
    attributes : mapping of str to ndarray of float64, shape (n,)
    villages : Villages or None
    sources : mapping of str to Source
    columns : mapping of str to Column
        By ``file.column``.

    Raises
    ------
    InputError
        The data break one of the rules above; all of them are listed.
    """

    name: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    population: IntArray
    area: FloatArray
    x: FloatArray
    y: FloatArray
    regions: tuple[str, ...]
    region: IntArray
    borders: Borders
    classes: tuple[str, ...] = ()
    facility: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    merged_in: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    layers: Mapping[str, Layer] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    attributes: Mapping[str, FloatArray] = field(default_factory=dict)
    villages: Villages | None = None
    title: str = ""
    vintage: str = ""
    crs: str = "EPSG:31370"
    sources: Mapping[str, Source] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n = len(self.codes)
        defaults = {
            "classes": self.classes or ("",) * n,
            "facility": self.facility if self.facility.size else np.zeros(n, dtype=np.bool_),
            "merged_in": self.merged_in if self.merged_in.size else np.zeros(n, dtype=np.int64),
        }
        for key, value in defaults.items():
            object.__setattr__(self, key, value)
        for key in ("population", "area", "x", "y", "region", "facility", "merged_in"):
            frozen(getattr(self, key))
        for key in ("layers", "functions", "attributes", "sources", "columns"):
            object.__setattr__(self, key, MappingProxyType(dict(getattr(self, key))))
        problems = Problems()
        _check_shapes(self, problems)
        problems.raise_if_any()
        _check_values(self, problems)
        problems.raise_if_any()

    def __len__(self) -> int:
        return len(self.codes)

    def __repr__(self) -> str:
        return (
            f"<Instance {self.name}: {len(self)} municipalities, {len(self.borders.pairs)} borders, "
            f"{len(self.regions)} regions, {self.total_population:,} inhabitants>"
        )

    @cached_property
    def total_population(self) -> int:
        """Inhabitants of the whole instance."""
        return int(self.population.sum())

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Index of each municipality by code."""
        return MappingProxyType({code: i for i, code in enumerate(self.codes)})

    @cached_property
    def hash(self) -> str:
        """SHA-256 of everything that can change an answer, as 64 hexadecimal digits."""
        digest = hashlib.sha256()
        parts: list[object] = [self.codes, self.names, self.regions, self.classes]
        parts += [
            array.tolist()
            for array in (
                self.population,
                self.area,
                self.x,
                self.y,
                self.region,
                self.facility,
                self.merged_in,
            )
        ]
        parts += [self.borders.pairs.tolist(), self.borders.length.tolist()]
        parts += [(key, layer.zones, layer.of.tolist()) for key, layer in sorted(self.layers.items())]
        parts += [(key, f.at_least, f.amount.tolist()) for key, f in sorted(self.functions.items())]
        parts += [(key, column.tolist()) for key, column in sorted(self.attributes.items())]
        for part in parts:
            digest.update(repr(part).encode())
        return digest.hexdigest()

    def members(self, region: int) -> IntArray:
        """Indices of a region's municipalities, ascending."""
        return np.flatnonzero(self.region == region).astype(np.int64)

    def label(self, municipality: int) -> str:
        """Name and code of a municipality, for messages."""
        return f"{self.names[municipality]} ({self.codes[municipality]})"

    def find(self, text: str) -> int:
        """Find a municipality by code or by name, in whatever case.

        Parameters
        ----------
        text : str
            NIS code or name.

        Returns
        -------
        int
            Its index.

        Raises
        ------
        KeyError
            Nothing matches, or more than one name does; the message says what is nearest.
        """
        wanted = text.strip()
        if wanted in self.index:
            return self.index[wanted]
        same = [i for i, name in enumerate(self.names) if name.casefold() == wanted.casefold()]
        if len(same) == 1:
            return same[0]
        if same:
            raise KeyError(
                "more than one municipality has this name; use the code: "
                + ", ".join(self.label(i) for i in same)
            )
        if wanted.isdigit():
            return self._no_code(wanted)
        raise KeyError(f"no municipality has this name; {suggest(wanted, self.names)}")

    def _no_code(self, wanted: str) -> int:
        near = min(range(len(self)), key=lambda i: (_code_distance(self.codes[i], wanted), self.codes[i]))
        raise KeyError(f"no municipality has this code; did you mean {self.label(near)}?")

    def restricted(self, regions: Sequence[str]) -> Instance:
        """Keep the municipalities of some regions only, with the borders between them.

        Totals such as `total_population` then are those of the part.

        Raises
        ------
        InputError
            A region does not exist.
        """
        problems = Problems()
        for name in regions:
            if name not in self.regions:
                problems.add("there is no such region", suggest(name, self.regions), value=name)
        problems.raise_if_any()
        keep = np.flatnonzero(np.isin(self.region, [self.regions.index(name) for name in regions]))
        return self.subset(keep)

    def subset(self, keep: IntArray) -> Instance:
        """Keep some municipalities, given by index, with everything that concerns them."""
        keep = np.sort(keep)
        place = np.full(len(self), -1, dtype=np.int64)
        place[keep] = np.arange(len(keep))
        both = (place[self.borders.pairs] >= 0).all(axis=1)
        regions = tuple(sorted({self.regions[r] for r in self.region[keep]}))
        return replace(
            self,
            codes=tuple(self.codes[i] for i in keep),
            names=tuple(self.names[i] for i in keep),
            population=self.population[keep],
            area=self.area[keep],
            x=self.x[keep],
            y=self.y[keep],
            regions=regions,
            region=np.array([regions.index(self.regions[r]) for r in self.region[keep]], dtype=np.int64),
            classes=tuple(self.classes[i] for i in keep),
            facility=self.facility[keep],
            merged_in=self.merged_in[keep],
            borders=Borders(place[self.borders.pairs[both]], self.borders.length[both]),
            layers={
                key: Layer.from_names([layer.name_of(int(i)) for i in keep])
                for key, layer in self.layers.items()
            },
            functions={key: replace(f, amount=f.amount[keep]) for key, f in self.functions.items()},
            attributes={key: column[keep] for key, column in self.attributes.items()},
            villages=_villages_of(self.villages, place),
        )


def _villages_of(villages: Villages | None, place: IntArray) -> Villages | None:
    if villages is None:
        return None
    kept = np.flatnonzero(place[villages.municipality] >= 0)
    return Villages(
        tuple(villages.codes[i] for i in kept),
        tuple(villages.names[i] for i in kept),
        place[villages.municipality[kept]],
        villages.x[kept],
        villages.y[kept],
    )


def _code_distance(code: str, wanted: str) -> tuple[int, int]:
    """Order codes by how many digits differ, then by numeric distance."""
    length = max(len(code), len(wanted))
    digits = sum(a != b for a, b in zip(code.zfill(length), wanted.zfill(length), strict=True))
    return digits, abs(int(code) - int(wanted)) if code.isdigit() else 0


def _check_shapes(instance: Instance, problems: Problems) -> None:
    """Every per-municipality array has one entry a municipality."""
    n = len(instance)
    if n == 0:
        problems.add("an instance needs at least one municipality")
    sizes = {
        key: len(getattr(instance, key))
        for key in ("names", "population", "area", "x", "y", "region", "classes", "facility", "merged_in")
    }
    sizes |= {f"layer {key}": len(layer.of) for key, layer in instance.layers.items()}
    sizes |= {f"function {key}": len(f.amount) for key, f in instance.functions.items()}
    sizes |= {f"attribute {key}": len(column) for key, column in instance.attributes.items()}
    for key, size in sizes.items():
        if size != n:
            problems.add(f"{key} has {size} entries, there are {n} municipalities")


def _check_values(instance: Instance, problems: Problems) -> None:
    """Order, positivity, known classes and regions, borders symmetric and without loops."""
    n = len(instance)
    if list(instance.codes) != sorted(set(instance.codes)):
        problems.add("codes must be unique and in ascending order")
    for i in np.flatnonzero(instance.population <= 0):
        problems.add("the population must be more than zero", value=instance.label(int(i)))
    for i, name in enumerate(instance.classes):
        if name and name not in CLASSES:
            problems.add(f"unknown class '{name}'", suggest(name, CLASSES), value=instance.label(i))
    if ((instance.region < 0) | (instance.region >= len(instance.regions))).any():
        problems.add("every municipality must be in a region")
    pairs = instance.borders.pairs
    if len(pairs) and (pairs.min() < 0 or pairs.max() >= n):
        problems.add("a border names a municipality that does not exist")
    elif len(pairs):
        if (pairs[:, 0] >= pairs[:, 1]).any():
            problems.add("a border must join two municipalities, the lower index first")
        if len(np.unique(pairs, axis=0)) != len(pairs):
            problems.add("a border stands twice")
        if (instance.borders.length < 0).any():
            problems.add("the length of a border must not be negative")
