"""Facts from the official tables: one value for each municipality of the instance."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from ..common.arrays import FloatArray, IntArray
from ..common.limits import AMOUNT, PEOPLE
from ..common.problems import Problems, suggest
from ..common.text import code_readings, fold, is_shown_error, one_spelling, plain_code
from ..entities import CLASSES, Function, Layer
from ..gazetteer import Gazetteer
from ..tables.sheets import Tables
from ..tables.table import Row
from ..tables.zone_names import zone_name
from ..yearly import year_of
from .config import (
    AttributeConfig,
    FacilityConfig,
    FigureConfig,
    FunctionConfig,
    ImportConfig,
    MergersConfig,
    PopulationConfig,
    TableConfig,
    YearlyConfig,
)

_SHOWN = 10  # codes listed before a message says "and so on"
_BLANK = 'fill it in, or declare that blank cells mean none: empty = [""]'


class Facts:
    """Reader of tables for the municipalities of an instance.

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
        self._places = Gazetteer(codes)
        self._tables = tables
        self._problems = problems

    def population(
        self, entry: PopulationConfig, drawn: Sequence[str] = ()
    ) -> tuple[tuple[str, ...], IntArray]:
        """Read names and inhabitants; note names that the boundaries give to another code."""
        rows = self._one_each(entry, entry.code, (entry.name, entry.value))
        names = tuple(row.text(entry.name) if row else "" for row in rows)
        for row, name in zip(rows, names, strict=True):
            if row and is_shown_error(name):
                row.complain(entry.name, "the spreadsheet showed an error here", "correct the formula")
        self._compare_names(rows, names, entry, drawn)
        above, at_least = (None, 0) if self._config.uninhabited else (0, None)
        counts = [
            row.number_of(entry.value, whole=True, above=above, at_least=at_least, limit=PEOPLE)
            if row
            else math.nan
            for row in rows
        ]
        return names, np.array([0 if math.isnan(count) else int(count) for count in counts], dtype=np.int64)

    def _compare_names(
        self, rows: Sequence[Row | None], names: Sequence[str], entry: PopulationConfig, drawn: Sequence[str]
    ) -> None:
        """Note names of other municipalities, which tell that rows or codes have slipped."""
        known = Gazetteer(self._codes, drawn)
        for i, (row, name) in enumerate(zip(rows, names, strict=True)):
            others = known.named(name) if drawn and row and name else ()
            if row and others and i not in others:
                what = f"in the boundaries this is {known.label(i)}, and the name is that of "
                what += " or ".join(known.label(other) for other in others[:3])
                row.complain(entry.name, what, "correct the code or the name")

    def words(self, entry: TableConfig) -> list[str]:
        """Read one word for each municipality, empty where the table has none."""
        return [_word(row, entry) if row else "" for row in self._one_each(entry, entry.code, (entry.value,))]

    def layer(self, entry: TableConfig) -> Layer:
        """Read the zones of the municipalities."""
        return Layer.from_names(one_spelling(self.words(entry)))

    def regions(self, entry: TableConfig) -> Layer:
        """Read the reference regions, of which every municipality is in one."""
        if entry.empty:
            self._problems.add("regions.empty: every municipality is in a region", "leave the key out")
        return self.layer(entry)

    def classes(self, entry: TableConfig) -> tuple[str, ...]:
        """Read the degrees of equipment, in lower case."""
        rows = self._one_each(entry, entry.code, (entry.value,))
        classes = [_word(row, entry).lower() if row else "" for row in rows]
        for row, name in zip(rows, classes, strict=True):
            if row and name and name not in CLASSES:
                row.complain(entry.value, "unknown degree of equipment", suggest(name, CLASSES))
        return tuple(classes)

    def facility(self, entry: FacilityConfig) -> IntArray:
        """Look up the facility municipalities."""
        rows = self._tables.rows(entry.file, (entry.code,), entry.form)
        places = {self._known(row, entry.code) for row in rows}
        return np.array(sorted(i for i in places if i is not None), dtype=np.int64)

    def merged_in(self, entry: MergersConfig) -> IntArray:
        """Read the year of the last merger of each municipality, 0 where there was none.

        In a crosswalk from old codes to new ones, a new code with at least two old ones is a merger.
        Municipalities that have merged again since are passed over.
        """
        years = np.zeros(len(self._codes), dtype=np.int64)
        for part in entry.lists:
            products = set(part.codes)
            if part.file and part.before and part.after:
                parts: defaultdict[str, set[str]] = defaultdict(set)
                for row in self._tables.rows(part.file, (part.before, part.after), part.form):
                    parts[plain_code(row.text(part.after))].add(plain_code(row.text(part.before)))
                products = {code for code, old in parts.items() if len(old) > 1}
            for i in map(self._places.code, products):
                if i is not None:
                    years[i] = max(years[i], part.year)
        return years

    def function(self, name: str, entry: FunctionConfig, classes: Sequence[str]) -> Function:
        """Read the amounts of a centre function."""
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
        where = {column: fold(value) for column, value in entry.where.items()}
        for row in self._tables.rows(entry.file, (entry.code, entry.amount, *where), entry.form):
            chosen = all(fold(row.text(column, required=False)) == value for column, value in where.items())
            i = self._known(row, entry.code) if chosen else None
            if i is not None:
                parts[i].append(row.number_of(entry.amount, at_least=0, limit=AMOUNT))
        for correction in entry.corrections:
            i = self._places.code(correction.code)
            if i is None:
                remedy = "take the code that the boundaries have"
                self._problems.add("a correction names an unknown code", remedy, value=correction.code)
            else:
                parts[i].append(correction.amount)
        return _rounded([math.fsum(parts[i]) for i in range(len(self._codes))], entry.round)

    def attribute(self, entry: AttributeConfig) -> FloatArray:
        """Read an attribute: the product of its columns."""
        rows = self._one_each(entry, entry.code, tuple(entry.columns))
        values = [
            math.prod(row.number_of(column, limit=AMOUNT) for column in entry.columns) if row else math.nan
            for row in rows
        ]
        return _rounded(values, entry.round)

    def yearly(self, entries: Sequence[YearlyConfig]) -> dict[int, FloatArray]:
        """Read the inhabitants of other years, NaN where no file knows them.

        The files may be of another vintage: codes that the instance does not have are passed over.
        """
        columns: dict[int, FloatArray] = {}
        for entry in entries:
            rows = self._rows_of_other_years(entry)
            for name, column in entry.columns.items():
                values = np.full(len(self._codes), np.nan)
                for i, row in rows.items():
                    values[i] = row.number_of(column, whole=True, at_least=0, limit=PEOPLE, required=False)
                year = year_of(name)
                assert year is not None
                if year in columns:
                    self._problems.add(f"yearly: {name} is read twice", "keep one of the two")
                columns[year] = values
        return dict(sorted(columns.items()))

    def figure(self, entry: FigureConfig) -> FloatArray:
        """Read a figure, NaN where the file does not know it.

        The file may be of another vintage: codes that the instance does not have are passed over.
        """
        rows = self._rows_where(entry)
        values = np.full(len(self._codes), np.nan)
        for i, several in rows.items():
            if len(several) > entry.rows:
                what = f"the municipality has {len(several)} rows, of which there should be {entry.rows}"
                several[-1].complain(entry.code, what, "say with 'where' which rows are meant")
            elif len(several) == entry.rows:
                values[i] = math.fsum(_figure_of(row, entry) for row in several) / entry.rows
        for code in entry.unknown:
            if (place := self._places.code(code)) is not None:
                values[place] = np.nan
        return values

    def _rows_where(self, entry: FigureConfig) -> dict[int, list[Row]]:
        """Find the rows of each municipality that a figure is made of."""
        texts = {column: set(map(fold, wanted)) for column, wanted in entry.where.items()}
        found: defaultdict[int, list[Row]] = defaultdict(list)
        table = self._tables.rows(entry.file, (entry.code, entry.value, *texts), entry.form)
        for row in table:
            chosen = all(fold(row.text(column, required=False)) in wanted for column, wanted in texts.items())
            code = row.text(entry.code, required=not row.is_total) if chosen else ""
            i = self._places.code(code) if code else None
            if i is not None:
                found[i].append(row)
        if table and not found:
            remedy = f"codes must be like {self._codes[0]}; is '{entry.code}' the column with the codes?"
            self._problems.add("no municipality has a row", remedy, file=table[0].table.name)
        return found

    def _rows_of_other_years(self, entry: YearlyConfig) -> dict[int, Row]:
        unknown = {self._places.code(code) for code in entry.unknown}
        rows: dict[int, Row] = {}
        table = self._tables.rows(entry.file, (entry.code, *entry.columns.values()), entry.form)
        for row in table:
            code = row.text(entry.code, required=not row.is_total)
            i = self._places.code(code) if code else None
            if i is not None and i in rows:
                what = f"the code stands already in row {rows[i].number}"
                row.complain(entry.code, what, "keep one of the two")
            elif i is not None:
                rows[i] = row
        if table and not rows:
            remedy = f"codes must be like {self._codes[0]}; is '{entry.code}' the column with the codes?"
            self._problems.add("no municipality has a row", remedy, file=table[0].table.name)
        return {i: row for i, row in rows.items() if i not in unknown}

    def _known(self, row: Row, column: str) -> int | None:
        """Look up the municipality of a row; None for areas outside the instance and for totals.

        A code in the ranges of the instance that the boundaries lack is a problem.
        """
        code = row.text(column, required=not row.is_total, remedy="fill it in, or remove the row")
        i = self._places.code(code) if code else None
        if code and i is None and self._is_ours(code):
            remedy = "take files of the same moment"
            row.complain(column, "the boundaries have no municipality with this code", remedy)
        return i

    def _is_ours(self, code: str) -> bool:
        """Tell whether a code, in any spelling, is in the ranges of the instance."""
        width = max(map(len, self._codes), default=0)
        return any(map(self._config.keeps, (code, *(text.zfill(width) for text in code_readings(code)))))

    def _one_each(
        self, entry: PopulationConfig | TableConfig | AttributeConfig, code: str, columns: Sequence[str]
    ) -> list[Row | None]:
        """Find the row of each municipality; note those that are missing or stand twice."""
        row_of: dict[int, Row] = {}
        rows = self._tables.rows(entry.file, (code, *columns), entry.form)
        for row in rows:
            i = self._known(row, code)
            if i is None:
                continue
            if i in row_of:
                what = f"the code stands already in row {row_of[i].number}"
                row.complain(code, what, "keep one of the two")
            row_of.setdefault(i, row)
        missing = [name for i, name in enumerate(self._codes) if i not in row_of]
        if rows and missing:
            remedy = "add them: " + listed(missing)
            if not row_of:
                remedy = f"codes must be like {missing[0]}; is '{code}' the column with the codes?"
            self._problems.add(
                f"{len(missing)} of the {len(self._codes)} municipalities have no row",
                remedy,
                file=rows[0].table.name,
                column=code,
            )
        return [row_of.get(i) for i in range(len(self._codes))]


def _word(row: Row, entry: TableConfig) -> str:
    """Read the word of a row, empty where it is declared to mean none; note undeclared placeholders."""
    return zone_name(
        row,
        entry.value,
        {fold(word) for word in entry.empty},
        blank=_BLANK,
        undeclared=lambda text: f'write its zone, or declare that it means none: empty = ["{text}"]',
    )


def _figure_of(row: Row, entry: FigureConfig) -> float:
    if entry.filled:
        return float(bool(row.text(entry.value, required=False)))
    return row.number_of(entry.value, limit=AMOUNT, required=False)


def _rounded(values: Sequence[float], digits: int | None) -> FloatArray:
    array = np.array(values, dtype=np.float64)
    return array if digits is None else np.array([round(float(v), digits) for v in array], dtype=np.float64)


def listed(codes: Sequence[str]) -> str:
    """List codes, cut off where there are very many."""
    more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
    return ", ".join(codes[:_SHOWN]) + more
