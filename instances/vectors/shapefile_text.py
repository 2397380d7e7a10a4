"""The encoding of the texts beside a shapefile, which the file that should say it often gets wrong."""

from __future__ import annotations

import codecs
from pathlib import Path

_DOS = {0x01: "cp437", 0x02: "cp850"}
"""Encodings that the header of the table may name, apart from those of Windows."""


def encoding_of(shapefile: Path) -> str:
    """Find out how the texts of a shapefile's table are encoded.

    What is UTF-8 throughout and not plain ASCII is UTF-8, whatever else is said: other texts are hardly ever
    that by chance. What is not is in the encoding that the .cpg file names, else in that of the table's
    header, else in that of Windows.

    Parameters
    ----------
    shapefile : Path
        The .shp file.

    Returns
    -------
    str
        UTF-8 too where there is no table, or none that can be read.
    """
    table = _beside(shapefile, ".dbf")
    try:
        raw = table.read_bytes() if table is not None else b""
    except OSError:
        return "UTF-8"
    cells = _text_cells(raw)
    if all(map(_is_utf8, cells)):
        return "UTF-8"
    stated = _stated(shapefile)
    if stated and all(_can(cell, stated) for cell in cells):
        return stated
    marked = _DOS.get(raw[29], "cp1252")
    return marked if all(_can(cell, marked) for cell in cells) else "iso8859-1"


def _beside(shapefile: Path, suffix: str) -> Path | None:
    """Find the file of the same name with another ending, in upper or lower case."""
    for ending in (suffix, suffix.upper()):
        path = shapefile.with_suffix(ending)
        if path.is_file():
            return path
    return None


def _stated(shapefile: Path) -> str:
    """Encoding that the .cpg file names, where Python knows it and it is not UTF-8."""
    path = _beside(shapefile, ".cpg")
    if path is None:
        return ""
    try:
        name = path.read_text(encoding="ascii", errors="replace").strip().lower()
    except OSError:
        return ""
    for text in (name, f"cp{name.removeprefix('ansi').strip(' -_')}", name.replace("88591", "iso8859-1")):
        try:
            codec = codecs.lookup(text).name
        except (LookupError, ValueError):
            continue
        return "" if codec == "utf-8" else codec
    return ""


def _text_cells(raw: bytes) -> list[bytes]:
    """All cells of text columns that are not plain ASCII."""
    if len(raw) < 65 or raw.isascii():
        return []
    start, size = int.from_bytes(raw[8:10], "little"), int.from_bytes(raw[10:12], "little")
    columns, place = [], 1  # each record begins with a mark for deleted ones
    for begin in range(32, start - 1, 32):
        if raw[begin : begin + 1] == b"\r":
            break
        width = raw[begin + 16]
        if raw[begin + 11 : begin + 12] in (b"C", b"M"):
            columns.append((place, place + width))
        place += width
    if size < 1:
        return []
    records = (raw[begin : begin + size] for begin in range(start, len(raw) - size + 1, size))
    cells = (record[low:high].rstrip(b" \0") for record in records for low, high in columns)
    return [cell for cell in cells if not cell.isascii()]


def _is_utf8(cell: bytes) -> bool:
    """Say whether a cell is UTF-8; its last character may be cut off by the width of the column."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(cell)
    except UnicodeDecodeError:
        return False
    return True


def _can(cell: bytes, encoding: str) -> bool:
    try:
        cell.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
