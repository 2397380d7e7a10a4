from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances.tables.decoding import UndecodableError, decode

TEXT = "nis;naam\n11001;Liège\n"


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\n", "\r\n").encode("utf-16"),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\r\n").encode(),
    ],
)
def test_encodings_that_say_what_they_are(raw: bytes) -> None:
    assert decode(raw) == TEXT


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp850", "mac-roman"])
def test_encodings_that_must_be_declared(encoding: str) -> None:
    raw = TEXT.encode(encoding)
    assert decode(raw, encoding) == TEXT
    with pytest.raises(UndecodableError) as caught:
        decode(raw, declare="--encoding cp1252")
    assert caught.value.row == 2
    assert "--encoding cp1252" in caught.value.remedy


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp850"])
def test_utf8_that_is_declared_as_something_else(encoding: str) -> None:
    with pytest.raises(UndecodableError, match="the file is UTF-8"):
        decode(TEXT.encode(), encoding)
    assert decode(b"nis;naam\n", encoding) == "nis;naam\n"


def test_a_mark_goes_before_what_is_declared() -> None:
    assert decode(TEXT.encode("utf-16"), "cp1252") == TEXT


@pytest.mark.parametrize("raw", [b"nis\0,naam\0x", b"nis\0\0\0\0x", TEXT.encode("utf-16")[:-1]])
def test_what_is_no_text(raw: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(raw)


@pytest.mark.parametrize("start", ["504b0304", "d0cf11e0a1b11ae1", "1f8b08"])
def test_workbooks_and_packed_files_are_no_text_in_another_encoding(start: str) -> None:
    with pytest.raises(UndecodableError, match="workbook") as caught:
        decode(bytes.fromhex(start) + b"nis\x9a\0", declare="--encoding cp1252")
    assert "--encoding" not in caught.value.remedy


@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_refused(raw: bytes) -> None:
    with contextlib.suppress(UndecodableError):
        text = decode(raw)
        assert "\r" not in text
        assert "\0" not in text
