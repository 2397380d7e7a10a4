"""Numbers, dates and lists for people."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.app.dutch import Language, speak
from refzones.app.dutch.numbers import date_text, list_text, number_text


@pytest.mark.parametrize(
    ("value", "digits", "english", "dutch"),
    [
        (130000, 0, "130,000", "130.000"),
        (0.2, 3, "0.200", "0,200"),
        (-1234.5, 1, "-1,234.5", "-1.234,5"),
        (-0.0001, 3, "0.000", "0,000"),
        (2.675, 2, "2.67", "2,67"),
        (float("nan"), 1, "–", "–"),
        (float("inf"), 0, "–", "–"),
    ],
)
def test_number(value: float, digits: int, english: str, dutch: str) -> None:
    assert number_text(value, digits, "en") == english
    assert number_text(value, digits, "nl") == dutch


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_a_number_is_rounded_as_python_rounds_it(value: float, digits: int) -> None:
    assert number_text(value, digits, "en") == f"{value:z,.{digits}f}"


@pytest.mark.parametrize(("language", "text"), [("en", "26 November 2026"), ("nl", "26 november 2026")])
def test_date(language: Language, text: str) -> None:
    assert date_text(date(2026, 11, 26), language) == text
    assert date_text(datetime(2026, 11, 26, 23, 59), language) == text


def test_list() -> None:
    assert list_text(["Geel", "Mol", "Balen"], "nl") == "Geel, Mol en Balen"
    assert list_text(["Geel", "Mol"], "en") == "Geel and Mol"
    assert list_text(["Geel", "Mol"], "nl", between="or") == "Geel of Mol"
    assert list_text(["Geel"], "nl") == "Geel"
    assert list_text([], "nl") == ""


@pytest.mark.parametrize(("language", "text"), [("en", "1,234.5"), ("nl", "1.234,5")])
def test_the_language_is_the_one_that_is_spoken(language: Language, text: str) -> None:
    try:
        speak(language)
        assert number_text(1234.5, 1) == text
    finally:
        speak("en")
