"""Tables as a Belgian spreadsheet opens them: semicolons, decimal commas, headings in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from ...instances.common.activity import doing
from ...instances.common.problems import reject, suggest
from ...instances.tables.formulas import shielded
from ..dutch import LANGUAGES, Language, labels
from .plan_workbook import municipalities_of, parts_of
from .right_sheets import right_municipalities, right_parts
from .run_file import Run, RunFile, Stated
from .sheet_check import Found, Right, differences, written_says
from .tables import ASSIGNMENT, MERGERS, ZONES
from .workbook import Sheet, plain

CsvStyle = Literal["plain", "belgian"]
STYLES: Final[tuple[CsvStyle, ...]] = ("plain", "belgian")
_DELIMITERS = (";", ",", "\t")
_BYTE_ORDER_MARK = "\ufeff"


def csv_style(text: str) -> CsvStyle:
    """Read how tables are to be written.

    Raises
    ------
    InputError
        There is no such way.
    """
    for style in STYLES:
        if text.lower() == style:
            return style
    reject("--csv: tables are written plain or belgian", suggest(text, STYLES), value=text)


def belgian_name(name: str) -> str:
    """Name the Belgian table beside a plain one: ``mergers.csv`` has ``mergers-belgian.csv``."""
    return f"{name.removesuffix('.csv')}-belgian.csv"


def write_belgian(path: Path, sheet: Sheet, language: Language) -> None:
    """Write a sheet as delimited text in the Belgian way.

    With a byte-order mark, semicolons, decimal commas, all decimals, and lines that end as in Windows. No
    spreadsheet runs a cell of it.

    Parameters
    ----------
    path : Path
    sheet : Sheet
    language : {'en', 'nl'}
        Of "yes" and "no".
    """
    path.write_bytes((_BYTE_ORDER_MARK + belgian_text(sheet, language)).encode())


def belgian_text(sheet: Sheet, language: Language) -> str:
    """Give the text that `write_belgian` writes behind its byte-order mark."""
    said = labels(language)["yesno"]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([shielded(column.heading) for column in sheet.columns])
    writer.writerows([_cell(plain(value), said["yes"], said["no"]) for value in row] for row in sheet.rows)
    return stream.getvalue()


def _cell(value: object, yes: str, no: str) -> object:
    if isinstance(value, bool):
        return yes if value else no
    if isinstance(value, float):
        digits = f"{Decimal(repr(value)):f}"
        return (digits.rstrip("0").rstrip(".") if "." in digits else digits).replace(".", ",")
    return "" if value is None else shielded(value)


Make = Callable[[Run], Sheet]
Expect = Callable[[Stated, Language], Right]


def _written(beside: RunFile, make: Make, expect: Expect) -> RunFile:
    """Make the file of a run that holds in the Belgian way what a plain table holds."""

    @doing("writing tables")
    def write(path: Path, run: Run) -> str:
        write_belgian(path, make(run), run.language)
        return ""

    def check(path: Path, stated: Stated) -> Iterator[str]:
        try:
            found = _read(path)
        except FileNotFoundError:
            yield f"{path.name}: the file is missing"
            return
        except (OSError, ValueError, csv.Error) as error:
            yield f"{path.name}: it cannot be read as a table ({error})"
            return
        rights = {language: expect(stated, language) for language in LANGUAGES}
        language = max(LANGUAGES, key=lambda one: len(set(found.headings) & set(rights[one].headings)))
        said = labels(language)["yesno"]
        for text in differences(found, rights[language], written_says(said["yes"], said["no"])):
            yield f"{path.name}{text}"

    return RunFile(belgian_name(beside.name), write, check, beside.belongs, extra=True)


def _read(path: Path) -> Found:
    """Split a table into its header and rows, whatever program saved it."""
    text = path.read_bytes().decode("utf-8-sig")
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, Sequence[object]]] = [
        (reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)
    ]
    if not lines:
        raise ValueError("it is empty")
    for number, cells in lines:
        if len(cells) != len(lines[0][1]):
            raise ValueError(f"row {number} has {len(cells)} cells, the header {len(lines[0][1])}")
    return Found([str(cell) for cell in lines[0][1]], lines[1:])


BELGIAN: Final = (
    _written(
        ASSIGNMENT,
        municipalities_of,
        lambda stated, language: right_municipalities(stated.record, stated.instance, language),
    ),
    _written(
        MERGERS,
        lambda run: parts_of(run, "merger"),
        lambda stated, language: right_parts(stated.record, stated.instance, "merger", language),
    ),
    _written(
        ZONES,
        lambda run: parts_of(run, "zone"),
        lambda stated, language: right_parts(stated.record, stated.instance, "zone", language),
    ),
)
"""The tables of a run in the Belgian way, on request."""
