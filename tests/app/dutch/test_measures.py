"""Terms, values and points as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.app.dutch.measures import plain_number, points_said, term_label, term_value, value_text
from refzones.app.dutch.word_labels import Language, labels
from refzones.models.scenario.term_names import TERM_NAMES
from refzones.solver.results.terms import TermRecord


@pytest.mark.parametrize(
    ("name", "english", "dutch"),
    [
        ("distance", "Distance to the seat", "Afstand tot de zetel"),
        ("touched(police)", "Cuts of police zones", "Geraakte politiezones"),
        (
            "straddle(primary_care)",
            "Inhabitants outside the main primary-care zone",
            "Inwoners buiten de hoofdzone (eerstelijnszones)",
        ),
        ("zones.distance", "Zones: distance to the seat", "Zones: afstand tot de zetel"),
        ("straddle(river_basin)", "Inhabitants outside the main zone of river basin", None),
        ("own_thing(river_basin)", "Own thing (river basin)", None),
    ],
)
def test_terms_are_called_as_planners_do(name: str, english: str, dutch: str | None) -> None:
    assert term_label(name, "en") == english
    if dutch is not None:
        assert term_label(name, "nl") == dutch


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_term_of_the_program_has_a_label(language: Language) -> None:
    for name in TERM_NAMES:
        key = name.partition("(")[0]
        assert key in labels(language)["terms"]
        assert "{" not in term_label(name.replace("LAYER", "police").replace("layer", "police"), language)


@pytest.mark.parametrize(
    ("value", "unit", "counted", "english", "dutch"),
    [
        (0.72123, "share of inhabitants", False, "72.1 %", "72,1 %"),
        (0.0, "share of inhabitants", False, "0 %", "0 %"),
        (1.0, "share of inhabitants", False, "100 %", "100 %"),
        (0.9996, "share of inhabitants", False, "99.96 %", "99,96 %"),
        (0.00004, "share of inhabitants", False, "0.004 %", "0,004 %"),
        (6.3412, "km to the seat, mean over inhabitants", False, "6.34 km", "6,34 km"),
        (0.0, "km to the seat, mean over inhabitants", False, "0 km", "0 km"),
        (20105.0, "inhabitants missing to the bounds", True, "20,105", "20.105"),
        (8.0, "number of zones touched, summed over mergers", True, "8", "8"),
        (1234.5678, "inhabitants x km2", True, "1,235", "1.235"),
        (0.2345, "relative gap in income an inhabitant, mean over inhabitants", False, "0.23", "0,23"),
    ],
)
def test_values_in_their_unit(value: float, unit: str, counted: bool, english: str, dutch: str) -> None:
    assert value_text(value, unit, "en", counted=counted) == english
    assert value_text(value, unit, "nl", counted=counted) == dutch
    record = TermRecord(
        value=value,
        unit=unit,
        better="less",
        weight=1,
        points=-value,
        divided_by="nothing" if counted else "inhabitants",
        divisor=1,
        share=1,
    )
    assert term_value(record, "en") == english


@given(st.floats(0, 1))
def test_only_nothing_is_nothing_and_only_the_whole_is_the_whole(share: float) -> None:
    text = value_text(share, "share of inhabitants", "en")
    shown = float(text.removesuffix(" %")) / 100
    assert abs(shown - share) <= 0.0005 + 1e-9
    assert (shown == 0) == (share <= 1e-9)
    assert (shown == 1) == (share >= 1 - 1e-9)


def test_points_with_the_signs_of_a_language() -> None:
    assert points_said(-1_234_567_890_123, "en") == "-1,234.568"
    assert points_said(-1_234_567_890_123, "nl") == "-1.234,568"
    assert points_said(63_900_000, "nl", signed=True) == "+0,064"
    assert points_said(None, "nl", signed=True) == "-"


@pytest.mark.parametrize(
    ("value", "english", "dutch"),
    [(0.00002, "0.00002", "0,00002"), (200, "200", "200"), (1234.5, "1,234.5", "1.234,5"), (0, "0", "0")],
)
def test_numbers_that_somebody_chose(value: float, english: str, dutch: str) -> None:
    assert (plain_number(value, "en"), plain_number(value, "nl")) == (english, dutch)
