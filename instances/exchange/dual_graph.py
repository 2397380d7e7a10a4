"""A dual graph, of whatever file or library it comes: units with attributes, and pairs of neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..common.problems import Problems
from ..tables.form import TableForm
from .values import text_of

ABOUT = "refzones"
"""Attribute of a graph under which the program says what it wrote itself."""


@dataclass(frozen=True)
class Unit:
    """A unit as it was given: its code, its attributes, and its row where it stands in a table."""

    code: str
    attributes: Mapping[str, Any]
    row: int = 0

    @property
    def place(self) -> str:
        """Beginning of sentences about the unit; empty where its row says which one it is."""
        return "" if self.row else f"node '{self.code}': "


@dataclass(frozen=True)
class Pair:
    """Two neighbours, by number of their unit, with the attributes of their edge."""

    ends: tuple[int, int]
    attributes: Mapping[str, Any]


@dataclass(frozen=True)
class DualGraph:
    """Units and which of them are neighbours, unchecked but for the pairs.

    Attributes
    ----------
    file : str
        For messages.
    units : tuple of Unit
    pairs : tuple of Pair
        Each once, the lower number first.
    crs : str
        Coordinate reference system that the file names; empty where it names none.
    about : mapping
        What the program said of an instance that it wrote; empty for graphs of others.
    form : TableForm
        How numbers are written that are given as text.
    """

    file: str
    units: tuple[Unit, ...]
    pairs: tuple[Pair, ...]
    crs: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    form: TableForm = field(default_factory=TableForm)

    @property
    def attributes(self) -> list[str]:
        """Names of all attributes of units, in the order of their first use."""
        return list(dict.fromkeys(key for unit in self.units for key in unit.attributes))


@dataclass(frozen=True)
class Edge:
    """An edge as it was given, between units by their code.

    Attributes
    ----------
    ends : tuple of (object, object)
    attributes : mapping
    where : str
        Where it stands, such as ``edges[3]``.
    row : int
        0 where it stands in no table.
    """

    ends: tuple[Any, Any]
    attributes: Mapping[str, Any]
    where: str = ""
    row: int = 0


def paired(
    edges: Iterable[Edge], number: Mapping[str, int], file: str, problems: Problems, *, both_ways: bool
) -> tuple[Pair, ...]:
    """Pair up the ends of edges; note unknown units, loops, and pairs that stand twice.

    Parameters
    ----------
    edges : iterable of Edge
    number : mapping of str to int
        Number of each unit by its code.
    file : str
    problems : Problems
    both_ways : bool
        A pair may stand once in each direction, with the same attributes.
    """
    found: dict[tuple[int, int], tuple[Pair, Edge]] = {}
    seen: dict[tuple[int, int], Edge] = {}
    for edge in edges:
        codes = tuple(map(text_of, edge.ends))
        unknown = [code for code in codes if code not in number]
        if unknown or codes[0] == codes[1]:
            what = f"there is no unit '{unknown[0]}'" if unknown else "a unit is no neighbour of itself"
            remedy = "correct the edge" if unknown else "remove the loop"
            _note(problems, file, edge, what, remedy)
            continue
        way = number[codes[0]], number[codes[1]]
        ends = min(way), max(way)
        if way in seen or (ends in found and not both_ways):
            other = seen.get(way) or found[ends][1]
            where = f"row {other.row}" if other.row else other.where
            what = f"the pair stands already in {where}"
            _note(problems, file, edge, what, "keep one edge for each pair, with the length of both")
            continue
        seen[way] = edge
        pair = Pair(ends, edge.attributes)
        if ends in found and dict(found[ends][0].attributes) != dict(edge.attributes):
            what = "the two directions of the pair do not say the same"
            _note(problems, file, edge, what, "write the attributes of both alike")
            continue
        found.setdefault(ends, (pair, edge))
    return tuple(pair for _, (pair, _) in sorted(found.items()))


def _note(problems: Problems, file: str, edge: Edge, what: str, remedy: str) -> None:
    value = " - ".join(map(text_of, edge.ends))
    problems.add(what, remedy, file=file, row=edge.row, column=edge.where, value=value)


def numbered(units: Iterable[Unit], file: str, problems: Problems) -> dict[str, int]:
    """Number units by their code; note codes that are missing or stand twice."""
    number: dict[str, int] = {}
    for i, unit in enumerate(units):
        if not unit.code:
            what = "a unit needs an id" if unit.row else f"nodes[{i}]: a unit needs an id"
            problems.add(what, "give each its own", file=file, row=unit.row)
        elif unit.code in number:
            what = "this id stands twice"
            problems.add(what, "give each unit its own", file=file, row=unit.row, value=unit.code)
        else:
            number[unit.code] = i
    return number
