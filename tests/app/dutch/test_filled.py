"""Sentences filled in for one language."""

from __future__ import annotations

import pytest
from refzones.app.dutch.filled import filled


def test_slots_are_filled_in_both_languages() -> None:
    text, values = "{names} are in one merger", {"names": "Aalst en Lede"}
    assert filled(text, values, "en") == "Aalst en Lede are in one merger"
    assert filled(text, values, "nl") == "Aalst en Lede zitten in dezelfde fusie"


def test_braces_of_people_stay() -> None:
    assert (
        filled("{names} are in one merger", {"names": "{names}"}, "nl") == "{names} zitten in dezelfde fusie"
    )


def test_what_has_no_dutch_is_no_sentence() -> None:
    with pytest.raises(KeyError):
        filled("the moon has {number} mergers", {"number": "3"}, "nl")
    with pytest.raises(KeyError):
        filled("{names} are in one merger", {}, "en")
