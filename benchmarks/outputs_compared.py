"""Comparing two folders of outputs file by file, what differs from run to run left out.

Left out are times, versions of refzones, the digest of `plan.json` (which covers a version), the lines that
say what goes on after a silence, and the order in which regions are told of as they end. Pictures are
compared by their pixels, Parquet by its columns and rows.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

SHOWN = 3  # differing lines of a file that are told
_WIDE = 160  # characters of such a line

_TIMES = "seconds"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^\.\.\. .* \(\d+ s\)\n", re.MULTILINE), ""),
    (re.compile(r"\b\d[\d,]*(?:\.\d+)? s\b"), "TIME s"),
    (re.compile(r'("(?:\w+_)?seconds": ?)[-+.\de]+'), r"\1TIME"),
    (re.compile(r'("digest": ?)"[0-9a-f]{64}"'), r'\1"DIGEST"'),
    (re.compile(r'("refzones": ?)"[^"]*"'), r'\1"VERSION"'),
    (re.compile(r"\brefzones \d+\.\d+\.\d+\S*"), "refzones VERSION"),
)
_RUNTIME = re.compile(r'("runtime": ?\{)([^{}]*)(\})')
_TOLD = re.compile(r"(?:^[^:\n]+: .*, TIME s\n){2,}", re.MULTILINE)
"""Lines about regions, each told when it is answered: several are worked on at a time."""

_NUMBER = re.compile(r": ?[-+.\de]+")
_TEXT = (".txt", ".json", ".geojson", ".toml", ".csv", ".md", ".html", ".svg", "")
_CELLS = re.compile("[│┃]")
_FRAME = re.compile("[─━]+")


@dataclass(frozen=True)
class Comparison:
    """What came of comparing two folders.

    Attributes
    ----------
    same : int
        Files without a difference.
    differing : dict of str to list of str
        Of each other file the first lines that differ, or what else does.
    left_out : list of str
        Files that were not compared because an exception names them.
    """

    same: int
    differing: dict[str, list[str]]
    left_out: list[str]


def compared(before: Path, after: Path, exceptions: Sequence[str] = ()) -> Comparison:
    """Compare two folders.

    Parameters
    ----------
    before, after : Path
    exceptions : sequence of str
        Patterns (``*``, ``?``) of files, by their paths in the folders, that may differ.
    """
    names = sorted({*_files(before), *_files(after)})
    left_out = [name for name in names if any(fnmatch(name, pattern) for pattern in exceptions)]
    held = [name for name in names if name not in set(left_out)]
    differences = {name: list(_differences(before / name, after / name)) for name in held}
    differing = {name: lines for name, lines in differences.items() if lines}
    return Comparison(len(held) - len(differing), differing, left_out)


def without_times(text: str, *, is_csv: bool = False) -> str:
    """Replace what differs from run to run."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    text = _RUNTIME.sub(lambda m: m[1] + _NUMBER.sub(": TIME", m[2]) + m[3], text)
    text = _TOLD.sub(lambda m: "".join(sorted(m[0].splitlines(keepends=True))), text)
    return _csv_without_times(text) if is_csv else _tables_without_times(text)


def _files(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _differences(before: Path, after: Path) -> Iterator[str]:
    for path, which in ((before, "before"), (after, "after")):
        if not path.is_file():
            yield f"is missing {which}"
            return
    first, second = before.read_bytes(), after.read_bytes()
    if first == second:
        return
    if before.suffix == ".png":
        yield from _picture_differences(before, after)
    elif before.suffix == ".parquet":
        yield from _line_differences(_parquet_lines(before), _parquet_lines(after))
    elif before.suffix in _TEXT:
        texts = (
            without_times(data.decode("utf-8"), is_csv=before.suffix == ".csv") for data in (first, second)
        )
        yield from _line_differences(*(text.splitlines(keepends=True) for text in texts))
    else:
        yield "its bytes differ"


def _line_differences(before: list[str], after: list[str]) -> Iterator[str]:
    """Give the first lines that differ, each with a minus (before) or a plus (after)."""
    if before == after:
        return
    difference = difflib.ndiff(_around(before, after), _around(after, before))
    lines = [line[:_WIDE].rstrip("\n") for line in difference if line[0] in "-+"]
    yield from lines[: 2 * SHOWN]


def _around(lines: list[str], other: list[str]) -> list[str]:
    """Cut out the lines from the first one that differs on; few, since finding pairs of lines is slow."""
    first = next((k for k, (one, two) in enumerate(zip(lines, other, strict=False)) if one != two), None)
    first = min(len(lines), len(other)) if first is None else first
    return lines[first : first + 2 * SHOWN]


def _picture_differences(before: Path, after: Path) -> Iterator[str]:
    """Pictures of equal pixels are equal, however they were packed."""
    import numpy as np
    from PIL import Image

    first, second = (np.asarray(Image.open(path).convert("RGBA")) for path in (before, after))
    if first.shape != second.shape:
        yield f"the picture has another size: {first.shape[1::-1]}, {second.shape[1::-1]}"
    elif (first != second).any():
        rows, columns = np.nonzero((first != second).any(axis=2))
        yield f"{len(rows):,} pixels differ, the first in row {rows[0]}, column {columns[0]}"


def _parquet_lines(path: Path) -> list[str]:
    """Give columns with their types, and rows."""
    import pyarrow.parquet as pq

    table: Any = pq.read_table(path)
    kept = [name for name in table.column_names if name != _TIMES]
    table = table.select(kept)
    head = [f"{field.name}: {field.type}" for field in table.schema]
    return [*head, *(str(row) for row in table.to_pylist())]


def _csv_without_times(text: str) -> str:
    """Replace the columns of seconds; a text without such a column stays as it is."""
    for delimiter in ",;":
        heading = text.partition("\n")[0].strip("\r\ufeff").split(delimiter)
        if _TIMES in heading:
            at = heading.index(_TIMES)
            rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
            for row in rows[1:]:
                row[at : at + 1] = ["TIME"]
            return "\n".join(map(repr, rows)) + "\n"
    return text


def _tables_without_times(text: str) -> str:
    """Replace the cells below the heading ``seconds`` of tables with lines, and their widths."""
    out: list[str] = []
    column: int | None = None
    for line in text.split("\n"):
        cells = _CELLS.split(line)
        if _TIMES in (stripped := [cell.strip() for cell in cells]):
            column = stripped.index(_TIMES)
            # the title above and the line around it are as wide as the seconds
            out[-2:] = [_FRAME.sub("━", above.strip()) for above in out[-2:]]
        if column is not None and len(cells) > column:
            cells[column] = "TIME"
            line = "│".join(cell.strip() for cell in cells)  # noqa: PLW2901
        elif column is not None and _FRAME.search(line):
            line = _FRAME.sub("━", line)  # noqa: PLW2901
        else:
            column = None
        out.append(line)
    return "\n".join(out)
