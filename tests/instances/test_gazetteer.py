from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import load
from refzones.instances.gazetteer import Gazetteer

NAMES = (
    "Sint-Niklaas",
    "Saint-Nicolas",
    "Liège",
    "Braine-l’Alleud",
    "'s-Gravenvoeren",
    "Heist-op-den-Berg",
    "Écaussinnes",
    "Mœrbeke",
    "Sint-Truiden",
    "Tielt",
    "Tielt-Winge",
    "Onze-Lieve-Vrouw-Waver",
    "Braine-le-Château",
    "Beveren",
    "Beveren",
)
CODES = tuple(f"{11001 + i}" for i in range(len(NAMES)))
PLACES = Gazetteer(CODES, NAMES)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (unicodedata.normalize("NFD", "Liège"), "Liège"),
        ("LIÈGE", "Liège"),
        ("Liege", "Liège"),
        ("\ufeffLiège\u200b\u00a0", "Liège"),
        ("Sint–Niklaas", "Sint-Niklaas"),
        ("Sint\u2011Niklaas", "Sint-Niklaas"),
        ("Sint\u2212Niklaas", "Sint-Niklaas"),
        ("Sint - Niklaas", "Sint-Niklaas"),
        ("Sint\u00adNiklaas", "Sint-Niklaas"),
        ("sint  niklaas", "Sint-Niklaas"),
        ("SintNiklaas", "Sint-Niklaas"),
        ("St.-Niklaas", "Sint-Niklaas"),
        ("St Niklaas", "Sint-Niklaas"),
        ("St.Niklaas", "Sint-Niklaas"),
        ("St-Nicolas", "Saint-Nicolas"),
        ("S\uff49nt-Truiden", "Sint-Truiden"),
        ("St. Truiden", "Sint-Truiden"),
        ("Braine-l'Alleud", "Braine-l’Alleud"),
        ("Braine l`Alleud", "Braine-l’Alleud"),
        ("BRAINE-L\u00b4ALLEUD", "Braine-l’Alleud"),
        ("\u2018s-Gravenvoeren", "'s-Gravenvoeren"),
        ("\u2019s Gravenvoeren", "'s-Gravenvoeren"),
        ("Heist op den Berg", "Heist-op-den-Berg"),
        ("Heist-o/d-Berg", "Heist-op-den-Berg"),
        ("Heist o.d. Berg", "Heist-op-den-Berg"),
        ("ECAUSSINNES", "Écaussinnes"),
        ("Moerbeke", "Mœrbeke"),
        ("O.L.V.-Waver", "Onze-Lieve-Vrouw-Waver"),
        ("O. L. V. Waver", "Onze-Lieve-Vrouw-Waver"),
        ("Stad Sint-Niklaas", "Sint-Niklaas"),
        ("Gemeente Heist-op-den-Berg", "Heist-op-den-Berg"),
        ("Ville de Liège", "Liège"),
        ("Tielt (stad)", "Tielt"),
        ("Tielt, stad", "Tielt"),
        ("Tielt *", "Tielt"),
        ("Tielt\u00b9", "Tielt"),
        ("“Tielt”", "Tielt"),
        ("Tielt,", "Tielt"),
        ("Tielt Winge", "Tielt-Winge"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, name: str) -> None:
    assert NAMES[PLACES.find(text)] == name


@pytest.mark.parametrize(
    "text",
    ["Tielt (Winge)", "Braine", "Sint", "St", "Niklaas", "", "-", "Saint-Niklaas", "Liège + Tielt", "Tielt+"],
)
def test_what_is_another_name_is_not_taken_for_one(text: str) -> None:
    assert PLACES.lookup(text) == ()


def test_one_form_for_two_municipalities_means_neither() -> None:
    with pytest.raises(KeyError, match=r"use the code: Beveren \(11014\), Beveren \(11015\)"):
        PLACES.find("beveren")
    saints = Gazetteer(("1", "2"), ("Sint-Gillis", "Saint-Gillis"))
    assert saints.find("Sint Gillis") == 0
    assert saints.lookup("St-Gillis") == (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "1001",
        "01001",
        "001001",
        " 01001 ",
        "1001.0",
        "1001,00",
        "01001.",
        "1.001",
        "1,001",
        "1 001",
        "BE01001",
        "BE1001",
        "be-01001",
        "BE_01001",
        "BE 01001",
        "NIS 01001",
        "nis-code 1001",
        "NIS:BE01001",
        "INS01001",
        "\uff10\uff11\uff10\uff10\uff11",
        "\u0661\u0660\u0660\u0661",
        "01001\u00a0",
        "0\u200b1001",
        "'01001",
        '="01001"',
        '"01001"',
        "01001*",
        "01001\u00b2",
        "1.001e3",
    ],
)
def test_a_code_is_found_whatever_programs_did_to_it(text: str) -> None:
    places = Gazetteer(("01001", "01002", "GM0003"))
    assert places.code(text) == 0


@pytest.mark.parametrize("text", ["GM0003", "gm0003", "GM 0003", "GM-0003", " gm_0003"])
def test_letters_belong_to_a_code(text: str) -> None:
    assert Gazetteer(("00003", "GM0003")).code(text) == 1


@pytest.mark.parametrize(
    "text",
    ["", "-1001", "10010", "1001.5", "100.1", "10 01", "01-001", "1001/2", "100", "GM3", "0003", "x1001"],
)
def test_other_codes_are_nobodys(text: str) -> None:
    assert Gazetteer(("01001", "01002", "GM0003")).code(text) is None


def test_a_code_that_could_be_two_is_nobodys() -> None:
    places = Gazetteer(("1001", "01001", "11", "11000"))
    assert (places.code("1001"), places.code("01001")) == (0, 1)
    assert places.code("1001.0") is None
    assert places.code("BE1001") is None
    assert places.code("11.000") is None


@pytest.mark.parametrize(
    "text", ["Tielt (11010)", "Tielt [11010]", "Tielt - 11010", "11010 Tielt", "11010: tielt", "Tielt 11010,"]
)
def test_code_and_name_in_one_text(text: str) -> None:
    assert PLACES.find(text) == 9


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Tielt (11003)", "contradict each other: the code is that of Liège .11003., the name that of Tielt"),
        ("11003 Tielt", "contradict each other"),
        ("Gent (11003)", "the code is that of Liège .11003., but no municipality has the name 'Gent'"),
        (
            "Tielt (99999)",
            "no municipality has the code 99999; those here are like 11001",
        ),
        ("99999", "no municipality has this code; those here are like 11001"),
        ("BE99999", "no municipality has this code"),
        ("Tjelt", "no municipality has this name; did you mean 'Tielt'"),
        ("Liège (11003) + Tielt (11010)", "no municipality has this name"),
    ],
)
def test_nobody_is_told_why(text: str, message: str) -> None:
    with pytest.raises(KeyError, match=message):
        PLACES.find(text)


def test_namesakes_are_told_apart_by_the_code_beside_them() -> None:
    assert PLACES.find("Beveren (11015)") == 14


@pytest.mark.parametrize("name", ["flanders-2024", "flanders-2025", "flanders-2026"])
def test_nobody_of_an_embedded_instance_is_taken_for_another(name: str) -> None:
    instance = load(name)
    for i, (code, text) in enumerate(zip(instance.codes, instance.names, strict=True)):
        spelt = text.replace("Sint-", "St.-").upper().replace("-", " \u2013 ")
        ways = (text, unicodedata.normalize("NFD", spelt), text.replace("-", " "), f"{text} ({code})")
        for way in (*ways, code, f"{code}.0", f"BE{code}"):
            assert instance.gazetteer.lookup(way) == (i,), way


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_gazetteer_finds_everybody_it_holds_by_code(one: str, other: str) -> None:
    codes = tuple(sorted({one, other}))
    places = Gazetteer(codes, codes)
    assert [places.code(code) for code in codes] == list(range(len(codes)))
