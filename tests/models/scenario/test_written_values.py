"""Numbers, texts and codes as TOML writes them."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from refzones.models import Scenario, ask
from support.build import build_instance
from support.refusals import refused

WHOLE = [
    ("population", "min", "population.min"),
    ("population", "max", "population.max"),
    ("population", "floor", "population.floor"),
    ("population", "ceiling", "population.ceiling"),
    ("count", "min", "count.min"),
    ("count", "max", "count.max"),
    ("rules", "absorb_up_to", "rules.absorb_up_to"),
    ("size", "target", "size.target"),
]


def of_text(text: str) -> list[str]:
    return refused(tomllib.loads(text))


@pytest.mark.parametrize(("table", "key", "name"), WHOLE)
@pytest.mark.parametrize(
    ("value", "shown", "remedy"),
    [
        ("25.000", "25.0", "write 25000 or 25_000 if thousands are meant, 25 if not"),
        ("25000.0", "25000.0", "write 25000"),
        ("1.25", "1.25", "write 1250 or 1_250 if thousands are meant"),
        ("70000.5", "70000.5", "write 70000"),
        ("inf", "inf", "write digits only"),
        ("nan", "nan", "write digits only"),
        ("1e300", "1e+300", "write digits only"),
        ("1e-400", "0.0", "write 0"),
        ("3e4", "30000.0", "write 30000"),
    ],
)
def test_whole_numbers_are_no_fractions(
    table: str, key: str, name: str, value: str, shown: str, remedy: str
) -> None:
    (message, *_) = of_text(f"[{table}]\n{key} = {value}\n[weights]\nshortfall = 1\n")
    assert message == (
        f"my.toml, value '{shown}': {name}: must be a whole number, without a decimal point; {remedy}"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('population.min = "25000"', "value '25000': population.min: must be a whole number, without quotes"),
        ("population.min = true", "value 'True': population.min: must be a whole number, without quotes"),
        ("population.min = 2025-01-01", "population.min: must be a whole number, without quotes"),
        ("population.min = -1", "value '-1': population.min: must be at least 0"),
        (f"population.max = {10**30}", "population.max: must be at most 1,000,000,000,000"),
        ("count.regions.Waasland = [1.0, 2]", "count.regions.Waasland, entry 1: must be a whole number"),
        ('weights.distance = "5"', "value '5': weights.distance: must be a number, without quotes"),
        ("weights.distance = true", "weights.distance: must be a number, without quotes"),
        ("weights.distance = 1e7", "weights.distance: must be at most 1,000,000"),
        ("borders.min_length = inf", "borders.min_length: must be a finite number"),
        ('coverage.shares.rail = "all"', "coverage.shares.rail: must be a number, without quotes"),
        ("name = 7", "value '7': name: must be text, in quotes"),
        ("frames.within = [1]", "value '1': frames.within, entry 1: must be text, in quotes"),
        ("locks.together = [[11001.0, 11002]]", "locks.together, entry 1, entry 1: must be text, in quotes"),
        ("locks.alone = [true]", "locks.alone, entry 1: true and false are no municipality"),
        ("borders.added = [[11001]]", "borders.added, entry 1: entry 2 is missing; add it"),
        ("borders.added = [[1, 2, 3]]", "borders.added, entry 1: holds at most 2; these are 3"),
        ('level = "Mergers"', "level: must be 'mergers', 'zones' or 'nested'"),
    ],
)
def test_values_of_other_types_are_refused(text: str, message: str) -> None:
    found = of_text(text)
    assert len(found) == 1
    assert message in found[0]
    assert "Input should" not in found[0]


def test_codes_may_be_numbers() -> None:
    text = """
    locks = {together = [[11001, "11004"]], apart = [[11005, 11007]], alone = [23023], seat = [11001]}
    borders = {added = [[11001, 11002]], removed = [["Gent", 11004]]}
    existing.mergers = [[44021, "Aalst"]]
    rules.joined = [45041]
    frames.zones = [[11001]]
    """
    found = Scenario.from_dict(tomllib.loads(text))
    assert found.locks.together == (("11001", "11004"),)
    assert found.locks.apart == (("11005", "11007"),)
    assert (found.locks.alone, found.locks.seat, found.rules.joined) == (("23023",), ("11001",), ("45041",))
    assert (found.borders.added, found.borders.removed) == ((("11001", "11002"),), (("Gent", "11004"),))
    assert (found.existing.mergers, found.frames.zones) == ((("44021", "Aalst"),), (("11001",),))


def test_code_that_lost_its_zeros_as_a_number_is_found() -> None:
    instance = build_instance([20_000, 20_000, 20_000], [(0, 1), (1, 2)])
    instance = replace(instance, codes=("01001", "01002", "01003"))
    scenario = Scenario.from_dict({"population": {"min": 1}, "locks": {"together": [[1001, 1002]]}})
    assert ask(instance, scenario).together == ((0, 1),)
