"""The problem data: municipalities, their borders, zones and functions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from .changes import Change, Crosswalk
from .checks import check_shapes, check_values
from .common.arrays import FloatArray, IntArray, frozen
from .common.problems import Problems, reject, suggest
from .data import InstanceData
from .entities import Borders, Layer
from .exchanged import Exchanged
from .figures import check_figures
from .gazetteer import Gazetteer
from .vintages import by_older_spelling, history
from .yearly import check_yearly, column_of, year_of

ONE_FRAME = "all regions"
"""Name of the one region that `Instance.in_one_frame` makes of all."""


@dataclass(frozen=True, eq=False)
class Instance(Exchanged, InstanceData):
    """Municipalities with their borders, zones and functions; frozen and checked.

    Municipalities are indexed 0..n-1 in the order of their code.

    Attributes
    ----------
    name : str
        Key of the instance, such as ``flanders-2025``.
    title, vintage, crs : str
        Heading for readers; vintage of the municipal codes; coordinate reference system of x and y.
    codes, names : tuple of str
        NIS code and name of each municipality.
    population : ndarray of int64, shape (n,)
        Inhabitants, more than zero unless `uninhabited`.
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
    texts : mapping of str to tuple of str
        Columns of one's own that hold text; nothing is computed from them.
    yearly : mapping of int to ndarray of float64, shape (n,)
        Inhabitants on 1 January of other years, by year; NaN where not known. Scenarios name them as
        ``inhabitants_YEAR``.
    figures : mapping of str to ndarray of float64, shape (n,)
        Numbers that are not known of all municipalities, such as tax rates; NaN where not known.
    flows : Flows or None
        People a day between municipalities.
    villages : Villages or None
    changes : tuple of Change
        What its municipalities were before, where they come from mergers of a list (see `Crosswalk`).
    uninhabited : bool
        Units may have no inhabitants, as census tracts do.
    sources : mapping of str to Source
    columns : mapping of str to Column
        By ``file.column``.
    given : Instance or None
        The instance with its reference regions, where these are united for a question (`in_one_frame`).

    Raises
    ------
    InputError
        The data break one of the rules above; all of them are listed.
    """

    given: Instance | None = None

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
        for key in ("layers", "functions", "attributes", "texts", "yearly", "figures", "sources", "columns"):
            object.__setattr__(self, key, MappingProxyType(dict(getattr(self, key))))
        problems = Problems()
        check_shapes(self, problems)
        check_yearly(self, problems)
        check_figures(self, problems)
        problems.raise_if_any()
        check_values(self, problems)
        problems.raise_if_any()

    def __reduce__(self) -> tuple[Callable[[dict[str, Any]], Instance], tuple[dict[str, Any]]]:
        """Pickle plain mappings, since read-only ones cannot be pickled."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        plain = {key: dict(value) if isinstance(value, Mapping) else value for key, value in values.items()}
        return _rebuilt, (plain,)

    def __repr__(self) -> str:
        return (
            f"<Instance {self.name}: {len(self)} municipalities, {len(self.borders.pairs)} borders, "
            f"{len(self.regions)} region{'s' if len(self.regions) > 1 else ''}, "
            f"{self.total_population:,} inhabitants>"
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
    def gazetteer(self) -> Gazetteer:
        """Finder of municipalities by code or name."""
        return Gazetteer(self.codes, self.names)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of all data that can change an answer, as 64 hexadecimal digits.

        Yearly inhabitants and figures change an answer only where a scenario asks for them: see `hash_with`.
        Regions that are united for a question are no other data: the question says it.
        """
        if self.given is not None:
            return self.given.hash
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
        parts += [(key, layer.zones, layer.zone.tolist()) for key, layer in sorted(self.layers.items())]
        parts += [(key, f.at_least, f.amount.tolist()) for key, f in sorted(self.functions.items())]
        parts += [(key, column.tolist()) for key, column in sorted(self.attributes.items())]
        if self.flows is not None:  # instances without flows keep the hash they had before there were any
            flows = self.flows
            parts += [flows.origin.tolist(), flows.destination.tolist(), flows.people.tolist()]
        for part in parts:
            digest.update(repr(part).encode())
        return digest.hexdigest()

    def hash_with(self, columns: Iterable[str]) -> str:
        """SHA-256 as `hash`, of the yearly inhabitants and figures among some columns too.

        Parameters
        ----------
        columns : iterable of str
            Names such as ``inhabitants_2026``; columns that `hash` covers already add nothing.

        Returns
        -------
        str
            `hash` itself where none of the columns is one of yearly inhabitants or a figure.
        """
        wanted = set(columns)
        asked = [(column_of(year), self.yearly[year]) for year in sorted(self.yearly)]
        asked += [(key, self.figures[key]) for key in sorted(self.figures) if key not in self.attributes]
        asked = [(key, values) for key, values in asked if key in wanted]
        if not asked:
            return self.hash
        digest = hashlib.sha256(self.hash.encode())
        for key, values in asked:
            digest.update(repr((key, values.tolist())).encode())
        return digest.hexdigest()

    def people(self, column: str) -> FloatArray | None:
        """Look up a column of inhabitants: a year, or a numeric column of one's own.

        Parameters
        ----------
        column : str
            ``inhabitants_YEAR``, or the name of an attribute.

        Returns
        -------
        ndarray of float64 or None
            NaN where not known; None where there is no such column.
        """
        year = year_of(column)
        if year is not None and year in self.yearly:
            return self.yearly[year]
        return self.attributes.get(column)

    def figure(self, column: str) -> FloatArray | None:
        """Look up an attribute, else a figure; NaN where it is not known, None where there is neither."""
        return self.attributes[column] if column in self.attributes else self.figures.get(column)

    def members(self, region: int) -> IntArray:
        """List the municipalities of a region, ascending."""
        return np.flatnonzero(self.region == region).astype(np.int64)

    def find(self, text: str) -> int:
        """Find a municipality by code or by name, however they are written (see `Gazetteer`).

        Parameters
        ----------
        text : str
            NIS code, name, or both as in ``Melle (44040)``.

        Returns
        -------
        int
            Its index.

        Raises
        ------
        KeyError
            None matches, or more than one; the message says why.
        """
        try:
            return self.gazetteer.find(text)
        except KeyError:
            code, name = by_older_spelling(text) or ("", "")
            i = self.index.get(code)
            if i is not None and self.names[i] == name:
                return i
            if past := self.history(text) or history(text, self.codes):
                raise KeyError(f"this is of another moment than instance '{self.name}': {past}") from None
            raise

    @cached_property
    def _past(self) -> Crosswalk:
        return Crosswalk.of(self.changes)

    def _became(self, text: str) -> tuple[Change, ...]:
        became = self._past.follow(text) if self.changes else ()
        return became if became and became[-1].code in self.index else ()

    def history(self, text: str) -> str:
        """Say what became of a municipality in the changes that made the instance; empty without any."""
        became = self._became(text)
        return f"{became[0].was} is part of {became[-1].now} since {became[-1].year}" if became else ""

    def successor(self, text: str) -> int | None:
        """Find what an earlier municipality, given by code or name, became in the changes of the instance."""
        became = self._became(text)
        return self.index[became[-1].code] if became else None

    def region_indices(
        self, names: Iterable[str], *, unknown: str = "there is no such region", any_case: bool = False
    ) -> list[int]:
        """Look up reference regions by name.

        Parameters
        ----------
        names : iterable of str
        unknown : str
            Message for a name that no region has.
        any_case : bool
            Ignore upper and lower case.

        Returns
        -------
        list of int
            In the order of the names.

        Raises
        ------
        InputError
            Lists all names that no region has.
        """
        fold = str.casefold if any_case else str
        known = {fold(name): k for k, name in enumerate(self.regions)}
        problems, indices = Problems(), []
        for name in names:
            if fold(name) in known:
                indices.append(known[fold(name)])
            elif self.given is not None and fold(name) in map(fold, self.given.regions):
                what = f"{unknown}: frames.regions = false unites the reference regions"
                problems.add(what, "leave the region out", value=name)
            else:
                problems.add(unknown, suggest(name, self.regions), value=name)
        problems.raise_if_any()
        return indices

    def restricted(self, regions: Sequence[str]) -> Instance:
        """Keep the municipalities of some regions only, with the borders between them.

        Totals such as `total_population` are then those of the part.

        Raises
        ------
        InputError
            A region does not exist.
        """
        return self.subset(np.flatnonzero(np.isin(self.region, self.region_indices(regions))))

    def as_one_region(self, name: str = "all") -> Instance:
        """Unite all reference regions into one, so that mergers may cross their borders.

        Borders across regions are part of every instance: `flanders-2025` has 185 of them among its 754. The
        new instance has another name, so that its plans are not taken for those of this one.

        Parameters
        ----------
        name : str
            Of the one region.

        Raises
        ------
        InputError
            The name is empty.
        """
        if not name.strip():
            reject("a region needs a name", "give one", value=name)
        columns = {key: column for key, column in self.columns.items() if key != "municipalities.region"}
        return replace(
            self,
            name=f"{self.name}-{name.strip()}",
            regions=(name.strip(),),
            region=np.zeros(len(self), dtype=np.int64),
            columns=columns,
            given=None,
        )

    @cached_property
    def in_one_frame(self) -> Instance:
        """The same instance, of the same name and hash, for a question in which no region is a frame.

        Its plans are plans of this instance: `as_one_region` makes another one.
        """
        if self.given is not None or len(self.regions) == 1:
            return self
        return replace(self.as_one_region(ONE_FRAME), name=self.name, given=self)

    def subset(self, keep: IntArray) -> Instance:
        """Keep some municipalities, given by index, with all of their data."""
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
            texts={key: tuple(column[i] for i in keep) for key, column in self.texts.items()},
            yearly={year: column[keep] for year, column in self.yearly.items()},
            figures={key: column[keep] for key, column in self.figures.items()},
            flows=None if self.flows is None else self.flows.subset(place),
            given=None if self.given is None else self.given.subset(keep),
            villages=None if self.villages is None else self.villages.subset(place),
        )


def _rebuilt(values: dict[str, Any]) -> Instance:
    return Instance(**values)
