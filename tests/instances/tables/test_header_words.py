from __future__ import annotations

import pytest
from refzones.instances.tables.header_words import (
    CODE,
    DESTINATION,
    GROUP,
    MERGER,
    NAME,
    ORIGIN,
    PEOPLE,
    POSTCODES,
    ZONE,
    columns_called,
    words_of,
)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("NIS-code", CODE),
        ("nis code", CODE),
        ("NISCODE", CODE),
        ("Niscode:", CODE),
        ("REFNIS", CODE),
        ("Code INS", CODE),
        ("Gemeente", NAME),
        ("naam", NAME),
        ("Commune", NAME),
        ("fusie", MERGER),
        ("Nieuwe gemeente", MERGER),
        ("nieuwe_gemeente", MERGER),
        ("Fusiegemeente", MERGER),
        ("Nouvelle\u00a0commune", MERGER),
        ("Referentiezone", ZONE),
        ("Groep", GROUP),
        ("Herkomst", ORIGIN),
        ("Bestemming", DESTINATION),
        ("Pendelaars", PEOPLE),
    ],
)
def test_words_of_planners(column: str, words: tuple[str, ...]) -> None:
    assert columns_called(["x", column, ""], words) == [column]


def test_a_postcode_is_no_code() -> None:
    assert words_of("Postcode") in POSTCODES
    assert not any(words_of(word) in POSTCODES for word in (*CODE, *NAME))


def test_no_word_has_two_meanings() -> None:
    roles = [set(map(words_of, words)) for words in (CODE, NAME, MERGER, ZONE, GROUP)]
    assert sum(map(len, roles)) == len(set().union(*roles))
    ends = [set(map(words_of, words)) for words in (ORIGIN, DESTINATION, PEOPLE)]
    assert sum(map(len, ends)) == len(set().union(*ends))
