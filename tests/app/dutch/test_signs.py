"""The signs of numbers in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.app.dutch.signs import NUMBER, number_in_dutch


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("130,000", "130.000"),
        ("0.2", "0,2"),
        ("1,234.5", "1.234,5"),
        ("2025", "2025"),
        ("-0.042", "-0,042"),
        ("1e-06", "1e-06"),
    ],
)
def test_signs_are_exchanged(english: str, dutch: str) -> None:
    assert NUMBER.fullmatch(english)
    assert number_in_dutch(english) == dutch


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_every_number_that_python_writes_is_one(number: float, decimals: int) -> None:
    text = f"{number:,.{decimals}f}"
    assert NUMBER.fullmatch(text)
    assert float(number_in_dutch(text).replace(".", "").replace(",", ".")) == float(text.replace(",", ""))


@pytest.mark.parametrize("text", ["", "12,34", "1.2.3", "twelve", "1,000,00"])
def test_other_texts_are_none(text: str) -> None:
    assert not NUMBER.fullmatch(text)
