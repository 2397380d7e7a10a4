from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances.importing import configurations, import_instance, read_config
from refzones.instances.importing.config import config_path

Edit = Callable[[str, str, str], Path]
Complaints = Callable[..., list[str]]


def test_the_configurations_that_come_along_are_sound() -> None:
    assert configurations() == ["flanders-2024", "flanders-2025", "flanders-2026"]


def test_a_configuration_extends_another(tmp_path: Path, complaints: Complaints) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'extends = "flanders-2025"\nname = "own"\nkeep = ["11"]\n[population]\nvalue = "pop_2024"\n',
        encoding="utf-8",
    )
    base, made = read_config(config_path("flanders-2025")), read_config(own)
    assert (made.name, made.keep, made.title) == ("own", ["11"], base.title)  # lists are values
    assert made.population == base.population.model_copy(update={"value": "pop_2024"})
    assert made.zones == base.zones
    own.write_text('extends = "flandres-2025"\n', encoding="utf-8")
    assert complaints(read_config, own) == [
        "value 'flandres-2025': extends: no configuration of this name comes with the package; "
        "did you mean 'flanders-2025'?"
    ]
    own.write_text('extends = "flanders-2025"\nvillage = 1\n', encoding="utf-8")
    assert complaints(read_config, own) == ["own.toml: unknown key 'village'; did you mean 'villages'?"]


def test_ranges_of_leading_digits(config: Path) -> None:
    settings = read_config(config)
    kept = [code for code in ("10999", "11001", "12002", "13001", "21001", "99991") if settings.keeps(code)]
    assert kept == ["11001", "12002"]
    assert [code for code in ("11001", "20001", "21001", "22001") if settings.opens(code)] == ["21001"]


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        pytest.param(
            "vintage",
            "vintige",
            ["the key 'vintage' is missing; add it", "unknown key 'vintige'; did you mean 'vintage'?"],
            id="unknown key",
        ),
        pytest.param(
            'empty = ["None at all"]',
            'emtpy = ["None at all"]',
            ["unknown key 'zones.police.emtpy'; did you mean 'empty'?"],
            id="unknown key of a zone table",
        ),
        pytest.param(
            'municipality = "nis"',
            'municipal = "nis"',
            [
                "the key 'villages.municipality' is missing; add it",
                "unknown key 'villages.municipal'; did you mean 'municipality'?",
            ],
            id="unknown key of an optional table",
        ),
        pytest.param(
            'keep = ["11-12"]',
            'keep = ["11-2"]',
            ["keep: '11-2' is not a range of leading digits such as '11-13', '21' or 'GM'"],
            id="range",
        ),
        pytest.param(
            '[boundaries]\nsource = "map"',
            '[boundaries]\nsource = "maps"',
            ["no entry in [sources] for 'maps' (did you mean 'map'?)"],
            id="unknown source",
        ),
        pytest.param(
            'amount = "beds"\n',
            "",
            ["functions.hospital: give either 'classes', or 'file', 'code', 'amount' and 'source'"],
            id="half a site table",
        ),
        pytest.param(
            'classes = ["a0", "a1"]',
            'classes = ["a0"]\nfile = "sites.csv"',
            ["functions.centre: give either 'classes', or 'file', 'code', 'amount' and 'source'"],
            id="classes and a file",
        ),
        pytest.param(
            'after = "new"\n',
            "",
            ["mergers.lists, entry 1: give either 'codes', or 'file', 'before' and 'after'"],
            id="half a merger table",
        ),
        pytest.param(
            '[classes]\nsource = "tables"\nfile = "classes.csv"\ncode = "nis"\nvalue = "class"\n',
            "",
            ["functions that come from classes need a [classes] table"],
            id="classes needed",
        ),
    ],
)
def test_mistakes(edit: Edit, complaints: Complaints, *, old: str, new: str, messages: list[str]) -> None:
    told = complaints(read_config, edit("squares.toml", old, new))
    places = [message.partition(": ")[0].partition(",")[0] for message in told]
    assert set(places) == {"squares.toml"}
    assert sorted(message.split(": ", 1)[1] for message in told) == sorted(messages)


def test_not_toml(config: Path, complaints: Complaints) -> None:
    config.write_text("name = squares", encoding="utf-8")
    (message,) = complaints(read_config, config)
    assert message.startswith("squares.toml, row 1, value 'name = squares': this is not valid TOML (")


def test_empty(config: Path, complaints: Complaints) -> None:
    config.write_text("", encoding="utf-8")
    assert complaints(read_config, config) == [
        "squares.toml: the file is empty; fill it in or name another file"
    ]


def test_no_such_configuration(complaints: Complaints) -> None:
    assert complaints(import_instance, "flandres-2025") == [
        "value 'flandres-2025': there is no such configuration file, and none of this name comes with the "
        "package; did you mean 'flanders-2025'?"
    ]
