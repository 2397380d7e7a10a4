"""Decoding of text files: encodings that can be recognised, and those that must be declared."""

from __future__ import annotations

import codecs

LARGEST = 200_000_000
"""Bytes of the largest text file that is read."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b")
"""First bytes of workbooks and zip files, of older workbooks, and of gzip files."""


class UndecodableError(ValueError):
    """Bytes are no text in the encoding that was recognised or declared.

    Parameters
    ----------
    what, remedy : str
    row : int
        Line in the file, counted from 1; 0 where that is not known.
    """

    def __init__(self, what: str, remedy: str, row: int = 0) -> None:
        super().__init__(what)
        self.what, self.remedy, self.row = what, remedy, row


def decode(raw: bytes, encoding: str | None = None, declare: str = "") -> str:
    """Decode a text file.

    UTF-8 is recognised, and so are UTF-16 and UTF-32 by their byte order mark; UTF-16 without one is
    recognised by the zero bytes beside its letters. Windows-1252 looks like many others, so it must be
    declared.

    Parameters
    ----------
    raw : bytes
    encoding : str, optional
        The declared encoding; a byte order mark in the file overrides it.
    declare : str
        How to declare an encoding, for the message.

    Returns
    -------
    str
        Lines end with a line feed, whatever they end with in the file.

    Raises
    ------
    UndecodableError
    """
    if raw.startswith(_PACKED):
        raise UndecodableError(
            "this is no text but a workbook, or another packed file",
            "give a workbook the ending .xlsx or .xls; unpack another file",
        )
    name = next((name for mark, name in _MARKS if raw.startswith(mark)), None) or encoding or _by_zeros(raw)
    try:
        text = raw.decode(name)
    except UnicodeDecodeError as error:
        if name != "utf-8":
            raise UndecodableError(
                f"the file is not {name.upper()}", "save it again with the encoding 'UTF-8'"
            ) from None
        row = raw.count(b"\n", 0, error.start) + 1
        also = f", or declare what it has: {declare}" if declare else ""
        raise UndecodableError(
            f"the file is not UTF-8 (byte 0x{raw[error.start]:02X} looks like Latin-1 or Windows-1252)",
            f"save it again with the encoding 'UTF-8' (in a spreadsheet: 'CSV UTF-8'){also}",
            row,
        ) from None
    if len(text) == len(raw) and not raw.isascii() and _is_utf8(raw):
        raise UndecodableError(
            f"the file is UTF-8, and not {name}, as is declared",
            'leave the encoding out, or declare "utf-8" for this file',
        )
    if "\0" in text:
        raise UndecodableError("the file is no text: it holds zero bytes", "is it a file of another kind?")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def is_known(encoding: str) -> bool:
    """Tell whether there is a text encoding of this name."""
    try:
        return bool(codecs.lookup(encoding)._is_text_encoding)
    except LookupError:
        return False


def _is_utf8(raw: bytes) -> bool:
    """Tell whether bytes are UTF-8, which letters of single-byte encodings beyond ASCII never are."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_zeros(raw: bytes) -> str:
    """Tell UTF-16 without a byte order mark from UTF-8, which has no zero bytes."""
    start = raw[:4096]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if len(raw) % 2 or not (even or odd):
        return "utf-8"
    return "utf-8" if even and odd else "utf-16-le" if odd else "utf-16-be"
