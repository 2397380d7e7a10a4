"""Reading the JSON file of a districting instance, with all checks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..common.json_text import json_object
from ..common.path_names import as_text
from ..common.problems import Problems
from ..tables.table import read_text

_KEYS = ("n", "pop", "x", "y", "edges", "k", "L", "U", "epsg")
_MOST_PEOPLE = 10**10  # in one unit; whatever is more is a mistake, and sums of it would not fit in 64 bits


@dataclass(frozen=True)
class DistrictingFile:
    """The checked contents of a file; units are numbered from 0.

    Attributes
    ----------
    name : str
    codes, names : tuple of str
    population : tuple of int
        0 or more: census tracts of water or industry have no inhabitants.
    x, y : tuple of float
        Metres.
    edges : tuple of (int, int)
        Each pair of neighbours once, the lower first.
    k, least, most : int
        Number of districts, and the bounds L and U of their inhabitants.
    epsg : int
        Coordinate reference system of x and y.
    """

    name: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    population: tuple[int, ...]
    x: tuple[float, ...]
    y: tuple[float, ...]
    edges: tuple[tuple[int, int], ...]
    k: int
    least: int
    most: int
    epsg: int


def read_districting(path: Path) -> DistrictingFile:
    """Read a districting instance.

    Parameters
    ----------
    path : Path
        A JSON object with `n` units, their inhabitants `pop`, planar `x` and `y` in metres of the coordinate
        reference system `epsg`, `edges` as pairs of unit numbers from 0 on, and `k`, `L` and `U`; optionally
        `name`, the number `m` of edges, `geoid` (codes) and `name_of` (names). Other keys are passed over.

    Returns
    -------
    DistrictingFile

    Raises
    ------
    InputError
        The file is no JSON object; or, all listed, its values are missing, no numbers, out of range or
        contradictory.
    """
    problems = Problems()
    data = _read_object(path, problems)
    problems.raise_if_any()
    reader = _Reader(data, path.name, problems)
    n = reader.whole("n", 1)
    k, least, most = reader.whole("k", 1), reader.whole("L", 0), reader.whole("U", 1)
    epsg = reader.whole("epsg", 1)
    population = reader.column("pop", n, _is_people, "this must be a whole number of inhabitants, 0 or more")
    x, y = (reader.column(key, n, _is_finite, "this must be a finite number of metres") for key in "xy")
    codes, names = reader.codes(n), reader.texts("name_of", n)
    edges = reader.edges(n)
    _check_question(population, k, least, most, path.name, problems)
    problems.raise_if_any()
    return DistrictingFile(
        name=as_text(str(data.get("name") or path.stem)),
        codes=codes or tuple(f"{i:0{len(str(n - 1))}d}" for i in range(n)),
        names=names or codes or tuple(f"Unit {i}" for i in range(n)),
        population=population,
        x=tuple(map(float, x)),
        y=tuple(map(float, y)),
        edges=edges,
        k=k,
        least=least,
        most=most,
        epsg=epsg,
    )


def is_districting(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is that of a districting instance, by its keys."""
    return {"n", "pop", "edges", "k"} <= set(data)


def _read_object(path: Path, problems: Problems) -> dict[str, Any]:
    text = read_text(path, problems, needs="fetch it again")
    if text is None:
        return {}
    unlike, holding = "this is no districting file", f"with the keys {', '.join(_KEYS)}"
    return json_object(text, path.name, problems, unlike=unlike, remedy="name another one", holding=holding)


class _Reader:
    """Reader of the values of the object, which notes what is wrong with them.

    A value that cannot be used is given as 0 or as an empty tuple, and is not used further.
    """

    def __init__(self, data: dict[str, Any], file: str, problems: Problems) -> None:
        self._data, self._file, self._problems = data, file, problems
        for key in _KEYS:
            if key not in data:
                self._note(key, "", "the key is missing", "add it")

    def _note(self, key: str, value: object, what: str, remedy: str = "correct it") -> None:
        self._problems.add(what, remedy, file=self._file, column=key, value=value)

    def whole(self, key: str, lowest: int) -> int:
        """Read a whole number; 0 where it is not one."""
        value = self._data.get(key, 0)
        if key in self._data and not (_is_whole(value) and value >= lowest):
            self._note(key, value, f"this must be a whole number, {lowest} or more")
            return 0
        return int(value)

    def _list(self, key: str, n: int) -> list[Any]:
        """Read a list with one entry a unit."""
        value = self._data.get(key)
        if not isinstance(value, list):
            if key in self._data:
                self._note(key, "", "this must be a list with one entry a unit")
            return []
        if n and len(value) != n:
            self._note(key, "", f"the list has {len(value)} entries, n says {n}", "correct one of the two")
        return value

    def column(self, key: str, n: int, is_good: Callable[[Any], bool], rule: str) -> tuple[Any, ...]:
        """Read one number a unit; empty where one is wrong."""
        values = self._list(key, n)
        wrong = [i for i, value in enumerate(values) if not is_good(value)]
        for i in wrong:
            self._note(f"{key}[{i}]", values[i], rule)
        return () if wrong else tuple(values)

    def texts(self, key: str, n: int) -> tuple[str, ...]:
        """Read one text a unit; empty where the file has none."""
        if key not in self._data:
            return ()
        values = self._list(key, n)
        for i, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                self._note(f"{key}[{i}]", value, "this must be a text that is not empty")
        return tuple(str(value).strip() for value in values)

    def codes(self, n: int) -> tuple[str, ...]:
        """Read the codes of the units; empty where the file has none."""
        codes = self.texts("geoid", n)
        for code, times in Counter(codes).items():
            if times > 1:
                self._note("geoid", code, f"{times} units have this code", "give each its own")
        return codes

    def edges(self, n: int) -> tuple[tuple[int, int], ...]:
        """Read the pairs of neighbours, each once with the lower number first."""
        given = self._data.get("edges", [])
        if not isinstance(given, list):
            self._note("edges", "", "this must be a list of pairs of unit numbers")
            return ()
        stated = self._data.get("m", len(given))
        if "edges" in self._data and stated != len(given):
            what = f"the list has {len(given)} entries, m says {stated}"
            self._note("edges", "", what, "correct one of the two")
        first: dict[tuple[int, int], int] = {}
        for i, edge in enumerate(given):
            what = _wrong_with(edge, n)
            if what:
                self._note(f"edges[{i}]", edge, what)
                continue
            pair = (min(edge), max(edge))
            if pair in first:
                what = f"edges[{first[pair]}] is the same pair"
                self._note(f"edges[{i}]", edge, what, "remove one of the two")
            first.setdefault(pair, i)
        return tuple(first)


def _wrong_with(edge: Any, n: int) -> str:
    """Say why an edge is not valid; empty where it is."""
    if not (isinstance(edge, list) and len(edge) == 2 and all(map(_is_whole, edge))):
        return "this must be a pair of unit numbers"
    unknown = [unit for unit in edge if unit < 0 or (n and unit >= n)]
    if unknown:
        numbers = f"; units are numbered 0 to {n - 1}" if n else ""
        return f"there is no unit {unknown[0]}{numbers}"
    return "a unit cannot be its own neighbour" if edge[0] == edge[1] else ""


def _check_question(
    population: tuple[int, ...], k: int, least: int, most: int, file: str, problems: Problems
) -> None:
    """Note bounds and numbers that are infeasible whatever the borders; 0 means unknown."""
    if most and least > most:
        problems.add(f"L ({least}) is above U ({most})", "exchange or correct them", file=file, column="L")
    if not population:
        return
    total = sum(population)
    if not total:
        problems.add("no unit has inhabitants", "correct them", file=file, column="pop")
    if k > len(population):
        what = f"{len(population)} units cannot make {k} districts"
        problems.add(what, "correct k", file=file, column="k", value=k)
    elif k and most and least <= most and not k * least <= total <= k * most:
        what = f"{k} districts of {least} to {most} inhabitants cannot hold {total} inhabitants"
        problems.add(what, "correct k, L or U", file=file, column="k", value=k)
    for i, people in enumerate(population):
        if most and people > most:
            what = f"the unit has more inhabitants than U ({most}), no district can hold it"
            problems.add(what, "correct pop or U", file=file, column=f"pop[{i}]", value=people)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_people(value: Any) -> bool:
    return _is_whole(value) and 0 <= value < _MOST_PEOPLE


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
