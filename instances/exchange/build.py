"""An instance of a dual graph whose attributes have roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.arrays import FloatArray
from ..common.limits import AMOUNT, AREA, LENGTH, PEOPLE, PLACE, YEAR
from ..common.problems import Problems
from ..common.text import clean_code, is_placeholder, one_spelling, plain_code
from ..entities import Borders, Column, Function, Layer, Source
from ..header import FunctionEntry, Header
from ..instance import Instance
from ..vectors.crs import check_coordinates, is_checked, normal_crs
from ..yearly import column_of, year_of
from .about import check_own_names, header_of, roles_of
from .dual_graph import DualGraph, Unit
from .roles import Roles
from .unit_reader import UnitReader
from .values import number_of, text_of

NOMINAL_BORDER = 1000.0
"""Metres, where a graph says who are neighbours and not how long their border is."""

ONE_REGION = "all"
_SOURCE = "file"


def instance_of_graph(graph: DualGraph, roles: Roles, name: str = "", crs: str = "") -> Instance:
    """Build an instance.

    Parameters
    ----------
    graph : DualGraph
    roles : Roles
        What the program said of a graph that it wrote itself counts where these say nothing, and what is
        known by its usual name after that.
    name : str
        By default that in the graph, else the name of the file.
    crs : str
        By default the one that the graph names.

    Raises
    ------
    InputError
        Lists every attribute that is not there and every value that cannot be used.
    """
    return instance_and_roles(graph, roles, name, crs)[0]


def instance_and_roles(
    graph: DualGraph, roles: Roles, name: str = "", crs: str = ""
) -> tuple[Instance, Roles]:
    """Build an instance as `instance_of_graph`, and say which attribute is what."""
    problems = Problems()
    header = header_of(graph.about, graph.file, problems)
    said = roles_of(graph.about, graph.file, problems)
    problems.raise_if_any()
    roles = roles.over(said)
    check_own_names(roles, graph.file, problems)
    edges = list(dict.fromkeys(key for pair in graph.pairs for key in pair.attributes))
    roles = roles.known_by_name(graph.attributes, edges, (), graph.file, problems)
    for key in ("population", "x", "y"):
        if not getattr(roles, key):
            _ask(key, graph, problems)
    problems.raise_if_any()
    crs = normal_crs(crs) or _code_of(graph.crs)
    if not crs:
        what = "the file names no coordinate reference system"
        problems.add(what, "say which one x and y are in: --crs EPSG:NUMBER", file=graph.file)
    instance = _Builder(graph, roles, header, problems).build(name, crs)
    return instance, roles


def _ask(key: str, graph: DualGraph, problems: Problems) -> None:
    """Note that nothing says which attribute is the population, or a place."""
    there = ", ".join(graph.attributes[:40]) or "none"
    if key == "population":
        what, remedy = "no attribute is known to be the population", "say which one is: --population NAME"
    else:
        what = f"no attribute is known to be {key}, in metres"
        remedy = f"say which one is: --{key} NAME; a table with a point for each unit adds it: --table FILE"
    problems.add(f"{what}; there are: {there}", remedy, file=graph.file)


def _code_of(crs: str) -> str:
    """Give the code of a coordinate system that a file describes; empty where it has none."""
    if not crs or normal_crs(crs).startswith("EPSG:") or not is_checked():
        return normal_crs(crs)
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        code = CRS.from_user_input(crs).to_authority()
    except (CRSError, ValueError, TypeError):
        return ""
    return ":".join(code) if code else ""


@dataclass(frozen=True)
class _Builder:
    """Reader of the attributes of a graph, which notes what is wrong with them."""

    graph: DualGraph
    roles: Roles
    header: Header | None
    problems: Problems

    def build(self, name: str, crs: str) -> Instance:
        graph, roles, header = self.graph, self.roles, self.header
        codes = self._codes()
        order = sorted(range(len(codes)), key=codes.__getitem__)
        units = [graph.units[i] for i in order]
        read = UnitReader(units, graph.file, self.problems, graph.form)
        population = read.numbers(roles.population, PEOPLE, whole=True, at_least=0)
        regions = Layer.from_names(
            one_spelling(read.texts(roles.region, required=True))
            if roles.region
            else [ONE_REGION] * len(codes)
        )
        x, y = (read.numbers(getattr(roles, key), PLACE) for key in "xy")
        area = read.numbers(roles.area, AREA, at_least=0) if roles.area else np.zeros(len(codes))
        values: dict[str, Any] = {
            "names": tuple(text or codes[i] for text, i in zip(self._labels(read), order, strict=True)),
            "classes": tuple(read.classes(roles.equipment)) if roles.equipment else (),
            "facility": read.flags(roles.facility),
            "merged_in": read.numbers(roles.merged_in, YEAR, whole=True, at_least=0, empty=0.0).astype(
                np.int64
            ),
            "layers": {key: Layer.from_names(one_spelling(read.texts(a))) for key, a in roles.zones.items()},
            "functions": {key: self._function(read, key, a) for key, a in roles.functions.items()},
            "attributes": {key: read.numbers(a, AMOUNT) for key, a in roles.attributes.items()},
            "texts": {key: tuple(read.texts(a, placeholders=True)) for key, a in roles.texts.items()},
            "yearly": self._yearly(read),
            "figures": {key: read.numbers(a, AMOUNT, empty=np.nan) for key, a in roles.figures.items()},
        }
        place = {old: new for new, old in enumerate(order)}
        borders = Borders.from_dict(self._lengths(place))
        if crs and not self.problems:
            extent = area if area.any() else np.ones(1)  # km2: no instance is smaller
            check_coordinates(crs, x, y, extent, self.problems, file=graph.file)
        self.problems.raise_if_any()
        return Instance(
            name=name or (header.name if header else graph.file.partition(".")[0]) or "graph",
            title=header.title if header else "",
            vintage=header.vintage if header else "",
            crs=crs,
            uninhabited=(header is not None and header.uninhabited) or int(population.min()) == 0,
            codes=tuple(codes[i] for i in order),
            population=population.astype(np.int64),
            area=area,
            x=x,
            y=y,
            regions=regions.zones,
            region=regions.zone,
            borders=borders,
            **values,
            **self._origin(),
        )

    def _codes(self) -> list[str]:
        """Read the codes; note those that files could not tell apart."""
        graph, attribute = self.graph, self.roles.code
        codes = [
            clean_code(text_of(unit.attributes.get(attribute)) if attribute else unit.code)
            for unit in graph.units
        ]
        seen: dict[str, int] = {}
        for i, code in enumerate(codes):
            unit = graph.units[i]
            column = attribute or "id"
            if is_placeholder(code) or not code:
                what = f"{unit.place}a unit needs a code"
                self._note(unit, column, code, what, "give each its own")
                continue
            read = plain_code(code).lstrip("0")
            if read in seen:
                other = codes[seen[read]]
                what = f"{unit.place}another unit has this code" + ("" if other == code else f": '{other}'")
                self._note(unit, column, code, what, "give each its own; zeros before a number do not count")
            seen.setdefault(read, i)
        self.problems.raise_if_any()
        return codes

    def _note(self, unit: Unit, column: str, value: object, what: str, remedy: str) -> None:
        self.problems.add(what, remedy, file=self.graph.file, row=unit.row, column=column, value=value)

    def _labels(self, read: UnitReader) -> Sequence[str]:
        return read.texts(self.roles.label, placeholders=True) if self.roles.label else [""] * len(read.units)

    def _function(self, read: UnitReader, key: str, attribute: str) -> Function:
        amount = read.numbers(attribute, AMOUNT, at_least=0, empty=0.0)
        entry = self.header.functions.get(key) if self.header else None
        entry = entry or FunctionEntry()
        return Function(key, amount, entry.label, entry.unit, entry.at_least)

    def _yearly(self, read: UnitReader) -> dict[int, FloatArray]:
        found: dict[int, FloatArray] = {}
        for key, attribute in self.roles.yearly.items():
            year = year_of(key)
            if year is None:
                what = f"'{key}' is no name of a year such as '{column_of(2026)}'"
                self.problems.add(what, "name it so", file=self.graph.file)
                continue
            found[year] = read.numbers(attribute, PEOPLE, at_least=0, empty=np.nan)
        return dict(sorted(found.items()))

    def _lengths(self, place: Mapping[int, int]) -> dict[tuple[int, int], float]:
        """Read the lengths of borders; all have one, or all are taken to be alike."""
        attribute, file = self.roles.length, self.graph.file
        lengths: dict[tuple[int, int], float] = {}
        for pair in self.graph.pairs:
            a, b = (place[i] for i in pair.ends)
            length = (
                number_of(pair.attributes.get(attribute), self.graph.form) if attribute else NOMINAL_BORDER
            )
            if length is None or not 0 <= length <= LENGTH.most:
                codes = " - ".join(self.graph.units[i].code for i in pair.ends)
                what = f"edge '{codes}': the length must be a number of metres, 0 or more"
                value = text_of(pair.attributes.get(attribute))
                self.problems.add(what, "correct it", file=file, column=attribute, value=value)
                continue
            lengths[a, b] = length
        return lengths

    def _origin(self) -> dict[str, Any]:
        """Give the sources and descriptions of columns: those that the graph carries, else that file."""
        roles, header = self.roles, self.header
        if header is not None:
            return {
                "sources": {key: Source(**entry.model_dump()) for key, entry in header.sources.items()},
                "columns": {key: Column(**entry.model_dump()) for key, entry in header.columns.items()},
            }
        no_length = "" if roles.length else f"not in the file; {NOMINAL_BORDER:g} everywhere"
        columns = {
            "municipalities.population": Column(_SOURCE, "inhabitants", roles.population),
            "municipalities.area_km2": Column(_SOURCE, "km2", roles.area or "not in the file"),
            "municipalities.x": Column(_SOURCE, "m", roles.x),
            "municipalities.y": Column(_SOURCE, "m", roles.y),
            "borders.length_m": Column(_SOURCE, "m", no_length or roles.length),
        }
        return {"sources": {_SOURCE: Source(self.graph.file, "", "", "that of the file")}, "columns": columns}
