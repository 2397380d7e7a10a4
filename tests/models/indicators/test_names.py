"""Names of indicators as they are written, and what is wrong with others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.app.dutch import labels
from refzones.models.indicators import indicator_class, indicator_classes, shown_names
from refzones.models.indicators.names import INDICATOR_NAMES, check_indicator_name


def test_each_name_has_a_class_of_its_key_with_what_it_takes() -> None:
    assert [kind.written() for kind in indicator_classes()] == INDICATOR_NAMES
    for name in INDICATOR_NAMES:
        key, _, takes = name.removesuffix(")").partition("(")
        kind = indicator_class(f"{key}(x)" if takes else key)
        assert (kind.key, kind.takes) == (key, takes)


def test_each_indicator_has_a_label_in_both_languages_and_no_two_the_same() -> None:
    keys = {kind.key for kind in indicator_classes()}
    for language in ("en", "nl"):
        said = labels(language)["indicators"]
        assert said.keys() == keys
        assert len(set(said.values())) == len(said)
        for kind in indicator_classes():
            assert ("{argument}" in said[kind.key]) == bool(kind.takes), kind.key


def test_what_is_shown_stands_by_family() -> None:
    families = [indicator_class(name).family for name in shown_names()]
    assert len(set(families)) == sum(a != b for a, b in zip(families, ["", *families], strict=False))
    assert len(set(shown_names())) == len(shown_names())


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("councilors", "did you mean 'councillors'"),
        ("executives", r"write executives\(term\)"),
        ("councillors(1)", "write councillors"),
        ("executives()", "unknown indicator"),
        ("", "unknown indicator"),
        ("bonus(2025", "unknown indicator"),
    ],
)
def test_what_is_wrong_is_said(name: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        check_indicator_name(name)


@given(st.text(min_size=1))
def test_a_scheme_may_have_any_name(scheme: str) -> None:
    assert check_indicator_name(f"bonus({scheme})") == ("bonus", scheme)
