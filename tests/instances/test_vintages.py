"""Municipalities of other moments: what is known of them, and what is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from refzones.instances import InputError, load
from refzones.instances.vintages import (
    all_changes,
    by_older_spelling,
    changes_of,
    flemish_vintage,
    history,
    is_flemish,
    steps,
    vintage_named,
    vintage_of,
)

NEW, OLD = load("flanders-2025"), load("flanders-2024")


def test_numbers_of_municipalities() -> None:
    """15 became 7 in 2019, 28 became 13 in 2025."""
    for year, before, after in ((2019, 15, 7), (2025, 28, 13)):
        changes = [change for change in all_changes() if change.year == year]
        assert (len(changes), len({change.code for change in changes})) == (before, after)
        assert all(change.code in NEW.codes or year == 2019 for change in changes)
    moved = [change for change in all_changes() if change.year == 2025 and change.code != change.old_code]
    gone = {change.old_code for change in moved}
    come = {change.code for change in all_changes() if change.year == 2025}
    assert set(OLD.codes) - set(NEW.codes) == gone
    assert set(NEW.codes) - set(OLD.codes) == come - {"11002"}


def test_vintage_of_a_list_of_codes() -> None:
    assert vintage_of(NEW.codes) == 2025
    assert vintage_of(OLD.codes) == 2024
    merged = {change.code for change in all_changes() if change.year == 2019}
    assert vintage_of({*OLD.codes, "12030", "12034"} - merged) == 2018
    assert vintage_of(["11001", "11002"]) is None
    assert vintage_of(["01001"]) is None


def test_only_flemish_municipalities_have_a_past() -> None:
    assert is_flemish(NEW.codes)
    assert is_flemish(OLD.codes)
    assert not is_flemish([*NEW.codes, "0101"])
    assert not is_flemish(["21004"])
    assert (flemish_vintage(NEW.codes, "a"), flemish_vintage(OLD.codes, "b")) == (2025, 2024)
    assert flemish_vintage(["11001"], "no code of one moment only") == 2025
    with pytest.raises(InputError, match=r"--from-vintage knows .* Flemish .*; leave it out; 'elsewhere'"):
        flemish_vintage(["0101"], "elsewhere")


@pytest.mark.parametrize(
    ("text", "vintage"),
    [
        ("2018", 2018),
        ("2016", 2018),
        (2019, 2024),
        ("2024", 2024),
        ("2025", 2025),
        (2026, 2025),
        (" 2018 ", 2018),
    ],
)
def test_years(text: str | int, vintage: int) -> None:
    assert vintage_named(text) == vintage


@pytest.mark.parametrize("text", ["", "18", "2018-01-01", "last", "-2018", "2018.0", "９９９９"])
def test_no_years(text: str) -> None:
    with pytest.raises(InputError, match="--from-vintage must be a year; 2018"):
        vintage_named(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("46003", "46030"),
        ("Beveren", "46030"),
        ("beveren (46003)", "46030"),
        ("12030", "12041"),
        ("Sint-Amands", "12041"),
        ("St.-Amands", "12041"),
        ("BE11007", "11002"),
        ("11007.0", "11002"),
        ("Borsbeek", "11002"),
    ],
)
def test_what_became_of_municipalities(text: str, code: str) -> None:
    assert changes_of(text, steps(2018, 2025))[-1].code == code


def test_nothing_became_of_others() -> None:
    for text in ("11001", "Aartselaar", "46030", "99999", "", "Beveren-Kruibeke-Zwijndrecht"):
        assert changes_of(text, steps(2018, 2025)) == ()
    assert changes_of("46003", steps(2018, 2024)) == ()
    assert changes_of("12030", steps(2024, 2025)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11056", "Zwijndrecht (11056) is part of Beveren-Kruibeke-Zwijndrecht (46030) since 2025"),
        ("Kruibeke", "Kruibeke (46013) is part of Beveren-Kruibeke-Zwijndrecht (46030) since 2025"),
        ("12034", "Sint-Amands (12034) is part of Puurs-Sint-Amands (12041) since 2019"),
        ("99999", ""),
        ("Zoersel", ""),
    ],
)
def test_history(text: str, expected: str) -> None:
    assert history(text, NEW.codes) == expected


def test_history_of_what_is_not_there_yet() -> None:
    assert history("46029", OLD.codes) == (
        "Lokeren (46029) is there since 2025, made of Moerbeke (44045), Lokeren (46014)"
    )
    assert history("Pajottegem", OLD.codes).startswith(
        "Pajottegem (23106) is there since 2025, made of Galmaarden"
    )
    assert history("46003", ["10000", "10001"]) == ""  # other countries have nothing to do with it


def test_find_takes_other_official_spellings() -> None:
    assert NEW.names[NEW.find("Hove (Antwerpen)")] == "Hove"
    own = replace(NEW, names=tuple("Elsewhere" if name == "Hove" else name for name in NEW.names))
    with pytest.raises(KeyError):
        own.find("Hove (Antwerpen)")


@pytest.mark.parametrize("text", ["11056", "Kruibeke", "44045", "Moerbeke"])
def test_whoever_looks_for_an_old_municipality_is_told(text: str) -> None:
    with pytest.raises(KeyError, match=r"another moment than instance 'flanders-2025': .* since 2025"):
        NEW.find(text)
    assert OLD.find(text) >= 0


def test_no_code_is_answered_with_another() -> None:
    for code in ("11056", "99999", "46031", "11000"):
        with pytest.raises(KeyError) as caught:
            NEW.find(code)
        assert "did you mean" not in str(caught.value)


def test_other_official_spellings() -> None:
    assert by_older_spelling("Hove (Antwerpen)") == ("11021", "Hove")
    assert by_older_spelling("aalst (aalst)") == ("41002", "Aalst")
    assert by_older_spelling("Puurs") is None
