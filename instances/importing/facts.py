"""What follows from the tables: one value for each municipality of the instance."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from ..arrays import FloatArray, IntArray
from ..parts import CLASSES, Function, Layer
from ..problems import Problems, suggest
from ..tables import Row
from .config import (
    AttributeConfig,
    FacilityConfig,
    FunctionConfig,
    ImportConfig,
    MergersConfig,
    PopulationConfig,
    TableConfig,
)
from .sheets import Tables

_SHOWN = 400  # codes listed in full before a message says "and so on"


class Facts:
    """Reads tables for the municipalities of an instance.

    Parameters
    ----------
    config : ImportConfig
    codes : sequence of str
        The municipalities, in order.
    tables : Tables
    problems : Problems
    """

    def __init__(
        self, config: ImportConfig, codes: Sequence[str], tables: Tables, problems: Problems
    ) -> None:
        self._config = config
        self._codes = tuple(codes)
        self._index = {code: i for i, code in enumerate(codes)}
        self._tables = tables
        self._problems = problems

    def population(self, entry: PopulationConfig) -> tuple[tuple[str, ...], IntArray]:
        """Names and inhabitants."""
        rows = self._one_each(entry.file, entry.code, (entry.name, entry.value))
        names = tuple(row.text(entry.name) if row else "" for row in rows)
        counts = [row.number_of(entry.value, whole=True, above=0) if row else math.nan for row in rows]
        return names, np.array([0 if math.isnan(count) else int(count) for count in counts], dtype=np.int64)

    def words(self, entry: TableConfig) -> list[str]:
        """One word for each municipality, empty where the table says none."""
        rows = self._one_each(entry.file, entry.code, (entry.value,))
        found = [row.text(entry.value) if row else "" for row in rows]
        return ["" if word in entry.empty else word for word in found]

    def layer(self, entry: TableConfig) -> Layer:
        """Zones of the municipalities."""
        return Layer.from_names(self.words(entry))

    def classes(self, entry: TableConfig) -> tuple[str, ...]:
        """Degree of equipment, in lower case."""
        rows = self._one_each(entry.file, entry.code, (entry.value,))
        found = [row.text(entry.value).lower() if row else "" for row in rows]
        for row, name in zip(rows, found, strict=True):
            if row and name and name not in CLASSES:
                row.complain(entry.value, "unknown degree of equipment", suggest(name, CLASSES))
        return tuple(found)

    def facility(self, entry: FacilityConfig) -> IntArray:
        """Indices of the facility municipalities."""
        rows = self._tables.rows(entry.file, (entry.code,))
        found = {self._known(row, entry.code) for row in rows}
        return np.array(sorted(i for i in found if i is not None), dtype=np.int64)

    def merged_in(self, entry: MergersConfig) -> IntArray:
        """Year of the last merger of each municipality, 0 where there was none.

        In a table from old codes to new ones, a new code with at least two old ones is a merger.
        Products of a merger that have gone since are passed over.
        """
        years = np.zeros(len(self._codes), dtype=np.int64)
        for part in entry.lists:
            products = set(part.codes)
            if part.file and part.before and part.after:
                parts: defaultdict[str, set[str]] = defaultdict(set)
                for row in self._tables.rows(part.file, (part.before, part.after)):
                    parts[row.text(part.after)].add(row.text(part.before))
                products = {code for code, old in parts.items() if len(old) > 1}
            for code in products & self._index.keys():
                years[self._index[code]] = max(years[self._index[code]], part.year)
        return years

    def function(self, name: str, entry: FunctionConfig, classes: Sequence[str]) -> Function:
        """Amount of a centre function in each municipality."""
        if entry.classes is not None:
            for word in entry.classes:
                if word not in CLASSES:
                    self._problems.add(
                        f"functions.{name}: unknown degree of equipment", suggest(word, CLASSES), value=word
                    )
            amount = np.array([float(word in entry.classes) for word in classes])
        else:
            amount = self._summed(entry)
        return Function(name, amount, entry.label, entry.unit, entry.at_least)

    def _summed(self, entry: FunctionConfig) -> FloatArray:
        assert entry.file is not None
        assert entry.code is not None
        assert entry.amount is not None
        parts: defaultdict[int, list[float]] = defaultdict(list)
        for row in self._tables.rows(entry.file, (entry.code, entry.amount, *entry.where)):
            chosen = all(row.text(column, required=False) == value for column, value in entry.where.items())
            i = self._known(row, entry.code) if chosen else None
            if i is not None:
                parts[i].append(row.number_of(entry.amount, at_least=0))
        for correction in entry.corrections:
            if correction.code not in self._index:
                remedy = suggest(correction.code, self._codes)
                self._problems.add("a correction names an unknown code", remedy, value=correction.code)
            else:
                parts[self._index[correction.code]].append(correction.amount)
        return _rounded([math.fsum(parts[i]) for i in range(len(self._codes))], entry.round)

    def attribute(self, entry: AttributeConfig) -> FloatArray:
        """Product of an attribute's columns."""
        rows = self._one_each(entry.file, entry.code, tuple(entry.columns))
        values = [
            math.prod(row.number_of(column) for column in entry.columns) if row else math.nan for row in rows
        ]
        return _rounded(values, entry.round)

    def _known(self, row: Row, column: str) -> int | None:
        """Index of the municipality of a row; None for areas outside the instance.

        A code in the ranges of the instance that the boundaries do not have is a problem.
        """
        code = row.text(column)
        if code not in self._index and self._config.keeps(code):
            remedy = "take files of the same moment; " + suggest(code, self._codes)
            row.complain(column, "the boundaries have no municipality with this code", remedy)
        return self._index.get(code)

    def _one_each(self, file: str, code: str, columns: Sequence[str]) -> list[Row | None]:
        """One row for each municipality, in order; what is missing or stands twice is noted."""
        found: dict[int, Row] = {}
        rows = self._tables.rows(file, (code, *columns))
        for row in rows:
            i = self._known(row, code)
            if i is None:
                continue
            if i in found:
                row.complain(code, f"the code stands already in row {found[i].number}", "keep one of the two")
            found.setdefault(i, row)
        missing = [name for i, name in enumerate(self._codes) if i not in found]
        if rows and missing:
            self._problems.add(
                f"{len(missing)} of the {len(self._codes)} municipalities have no row",
                "add them: " + listed(missing),
                file=rows[0].table.name,
                column=code,
            )
        return [found.get(i) for i in range(len(self._codes))]


def _rounded(values: Sequence[float], digits: int | None) -> FloatArray:
    array = np.array(values, dtype=np.float64)
    return array if digits is None else np.array([round(float(v), digits) for v in array], dtype=np.float64)


def listed(codes: Sequence[str]) -> str:
    """Write codes behind each other, cut off where there are very many."""
    more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
    return ", ".join(codes[:_SHOWN]) + more
