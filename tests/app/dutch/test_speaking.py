"""Which language is spoken."""

from __future__ import annotations

import pytest
from refzones.app.dutch import language_of, speak, spoken, told
from refzones.instances import InputError


@pytest.mark.parametrize(
    ("given", "variables", "language"),
    [
        (None, {}, "en"),
        ("nl", {"REFZONES_LANG": "en", "LANG": "en_GB.UTF-8"}, "nl"),
        ("NL", {}, "nl"),
        (None, {"REFZONES_LANG": "nl", "LANG": "en_GB.UTF-8"}, "nl"),
        (None, {"REFZONES_LANG": "", "LANG": "nl_BE.UTF-8"}, "nl"),
        (None, {"LC_ALL": "C", "LANG": "nl_BE.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "nl_NL", "LANG": "fr_BE"}, "nl"),
        (None, {"LANG": "fr_BE.UTF-8"}, "en"),
    ],
)
def test_language(
    given: str | None, variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REFZONES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language_of(given) == language


@pytest.mark.parametrize("given", ["fr", "dutch", "nl-BE"])
def test_other_languages_are_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=f"value '{given}': --lang: the program speaks Dutch and English"):
        language_of(given)
    monkeypatch.setenv("REFZONES_LANG", given)
    with pytest.raises(InputError, match="REFZONES_LANG: the program"):
        language_of(None)


def test_what_is_said_is_said_in_the_language_that_is_spoken() -> None:
    assert spoken() == "en"
    assert told("the seat") == "the seat"
    assert told("the seat", "nl") == "de zetel"
    speak("nl")
    assert told("the seat") == "de zetel"
    assert told("Herk-de-Stad") == "Herk-de-Stad"
