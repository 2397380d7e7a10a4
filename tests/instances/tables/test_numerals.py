from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances.tables.numerals import AmbiguousError, NumeralError, is_ambiguous, read_numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("007", 7),
        ("-5", -5),
        ("\u22125", -5),
        ("+5", 5),
        ("12.5", 12.5),
        ("12,5", 12.5),
        (".5", 0.5),
        ("5.", 5),
        ("12.0", 12),
        ("0.125", 0.125),
        ("0,125", 0.125),
        ("1234.567", 1234.567),
        ("1234,567", 1234.567),
        ("1.2500", 1.25),
        ("1 250", 1250),
        ("1\u00a0250", 1250),
        ("1\u202f250\u2009000", 1250000),
        ("1'250", 1250),
        ("1\u2019250,5", 1250.5),
        ("1.000.000", 1e6),
        ("1,000,000", 1e6),
        ("12,345.6", 12345.6),
        ("12.345,6", 12345.6),
        ("1.234.567,891", 1234567.891),
        ("1 250,500", 1250.5),
        ("1e5", 1e5),
        ("1.5E+3", 1500),
        ("1e-3", 0.001),
        ("\uff11\uff12", 12),
        ("\u0663\u0664", 34),
        (" 12\u200b ", 12),
    ],
)
def test_numbers_with_one_reading(text: str, number: float) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("20.000", 20, 20000),
        ("20,000", 20000, 20),
        ("1.250", 1.25, 1250),
        ("999.999", 999.999, 999999),
        ("-1.250", -1.25, -1250),
        ("1,234", 1234, 1.234),
    ],
)
def test_two_readings_are_refused_or_declared(text: str, point: float, comma: float) -> None:
    with pytest.raises(AmbiguousError):
        read_numeral(text)
    assert is_ambiguous(text)
    assert read_numeral(text, ".") == point
    assert read_numeral(text, ",") == comma
    assert read_numeral(text, thousands=",") == point
    assert read_numeral(text, thousands=".") == comma


def test_an_ambiguous_number_shows_both_readings() -> None:
    with pytest.raises(AmbiguousError, match=r"this can be 20000, or 20$"):
        read_numeral("20.000")
    with pytest.raises(AmbiguousError, match=r"this can be 1250, or 1\.25$"):
        read_numeral("1,250")


def test_no_thousands_leave_one_reading() -> None:
    assert read_numeral("20.000", thousands="") == 20
    assert read_numeral("1,250", thousands="") == 1.25


@pytest.mark.parametrize(
    "text", ["20000\u00b2", "\u00b9", "20000 \u00b9", "20\u00bd", "\u2460", "20000\u2080"]
)
def test_a_raised_digit_is_no_digit(text: str) -> None:
    with pytest.raises(NumeralError) as raised:
        read_numeral(text)
    assert "footnote" in raised.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        "--5",
        "- 5",
        "1 2",
        "1 250 00",
        "1.2.3",
        "1.234.56",
        "1,23,456",
        "0.250.000",
        "1_000",
        "inf",
        "-inf",
        "nan",
        "1e999",
        "0x10",
        "(12)",
        "12-",
        "1..5",
        "1.,5",
        "12 km",
        "twelve",
        "½",
    ],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(NumeralError):
        read_numeral(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("5%", "percentage"),
        ("1.1.2025", "date"),
        ("2025-01-31", "date"),
        ("01/02/2025", "date"),
        ("€ 5", "not a number"),
    ],
)
def test_what_looks_like_a_number_is_told(text: str, what: str) -> None:
    with pytest.raises(NumeralError, match=what):
        read_numeral(text)


@pytest.mark.parametrize(
    ("text", "decimal", "thousands"),
    [
        ("12.5", ",", None),
        ("12,5", ".", None),
        ("1'250", ",", "."),
        ("1.000.000", ".", None),
        ("12,5", None, ","),
    ],
)
def test_what_does_not_fit_the_declared_signs(text: str, decimal: str | None, thousands: str | None) -> None:
    with pytest.raises(NumeralError):
        read_numeral(text, decimal, thousands)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_writes_reads_back_or_is_ambiguous(number: float) -> None:
    text = repr(number)
    if is_ambiguous(text):
        with pytest.raises(AmbiguousError):
            read_numeral(text)
    else:
        assert read_numeral(text) == number
    assert read_numeral(text, ".") == number


@given(
    st.integers(0, 10**15), st.sampled_from((".", ",", " ", "'", "\u00a0", "\u2019")), st.sampled_from(".,")
)
def test_grouped_thousands_with_two_decimals(whole: int, sign: str, decimal: str) -> None:
    text = f"{whole:,}".replace(",", sign) + decimal + "25"
    if sign == decimal:
        with pytest.raises(NumeralError):
            read_numeral(text if whole >= 1000 else f"1{sign}000{decimal}25")
    else:
        assert read_numeral(text) == whole + 0.25


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    with contextlib.suppress(NumeralError):
        assert math.isfinite(read_numeral(text))
