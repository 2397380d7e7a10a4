"""Encoding of the attribute table of a shapefile, which its .cpg file often gets wrong."""

from __future__ import annotations

import codecs
from pathlib import Path

_DOS = {0x01: "cp437", 0x02: "cp850"}
"""Encodings that the header of the table may name, other than those of Windows."""


def encoding_of(shapefile: Path) -> str:
    """Detect the encoding of a shapefile's attribute table.

    A table that is valid UTF-8 and not plain ASCII is UTF-8, whatever else is stated: other texts are hardly
    ever valid by chance. Otherwise the encoding is that of the .cpg file, else that of the table's header,
    else that of Windows.

    Parameters
    ----------
    shapefile : Path
        The .shp file.

    Returns
    -------
    str
        UTF-8 also where there is no readable table.
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
    """Read the encoding that the .cpg file names; empty where it is unknown, or UTF-8."""
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
    """Collect the cells of text columns that are not plain ASCII."""
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
    """Tell whether a cell is UTF-8; the width of the column may cut off its last character."""
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
