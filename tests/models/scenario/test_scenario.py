"""Scenarios: what is accepted, what is refused and with which words."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, embedded_instances, load
from refzones.models import Scenario, Scorer, ask, presets
from refzones.models.scenario.demands import Demands
from refzones.solver import solve
from refzones.solver.plan_sets.alternatives import best_plans
from support.build import build_instance
from support.strategies import nested_questions, questions

REFUSED = {
    "straddle without layer": ({"weights": {"straddle": 1}}, "write straddle(layer)"),
    "coverage with argument": ({"weights": {"coverage(police)": 1}}, "write coverage"),
    "weight below zero": ({"weights": {"distance": -1}}, "must be at least 0"),
    "weight beyond whole numbers": ({"weights": {"distance": 1e11}}, "must be at most 1,000,000"),
    "coverage without shares": ({"weights": {"coverage": 1}}, "[coverage.shares] names no function"),
    "shares": (
        {"coverage": {"shares": {"rail": 0.3, "centre": 0.3}}},
        "the shares sum to 0.6; they must sum to 1",
    ),
    "group of one": ({"locks": {"together": [["Gent"]]}}, "a group needs at least two municipalities"),
    "class": ({"requires": {"classes": ["a9"]}}, "unknown class 'a9'; known: a0, a1, a2, b0"),
    "level": ({"level": "zone"}, "level: must be 'mergers', 'zones' or 'nested'"),
    "preset": ({"preset": "merger"}, "there is no such preset; did you mean 'mergers'?"),
    "absorbing too much": (
        {"rules": {"above_max": "absorb", "absorb_up_to": 100_000}},
        "with these bounds it may be at most 64999",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    data, message = REFUSED[case]
    with pytest.raises(InputError) as caught:
        Scenario.from_dict(data, file="my.toml")
    assert message in str(caught.value)


def test_all_mistakes_are_listed() -> None:
    with pytest.raises(InputError) as caught:
        Scenario.from_dict({"levle": "mergers", "population": {"minimum": 3}, "weights": {"distnce": 1}})
    text = str(caught.value)
    assert "unknown key 'levle'; did you mean 'level'?" in text
    assert "unknown key 'population.minimum'; did you mean 'min'?" in text
    assert "unknown term 'distnce'; did you mean 'distance'?" in text


def test_preset_is_overlaid_table_by_table(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text(
        'preset = "mergers"\n[population]\nmin = 25000\n[weights]\ndistance = 1\n', encoding="utf-8"
    )
    mine, preset = Scenario.read(file), Scenario.preset("mergers")
    assert (mine.population.min, mine.population.max) == (25_000, preset.population.max)
    assert mine.weights == {**preset.weights, "distance": 1}
    assert list(mine.weights) == list(preset.weights)
    assert mine.coverage == preset.coverage


def test_unknown_name_is_no_file() -> None:
    with pytest.raises(InputError, match="there is no preset of this name and no such file"):
        Scenario.named("nothing.toml")


@pytest.mark.parametrize("name", presets())
def test_presets_read_back(name: str, tmp_path: Path) -> None:
    file = tmp_path / "copy.toml"
    file.write_text(Scenario.preset(name).to_toml(), encoding="utf-8")
    assert Scenario.read(file) == Scenario.preset(name)


@given(st.one_of(questions(largest=4, agreed=True), nested_questions(largest=4)))
def test_any_scenario_reads_back(question: tuple[object, Scenario]) -> None:
    scenario = question[1]
    back = Scenario.from_dict(tomllib.loads(scenario.to_toml()))
    assert back == scenario
    # the order of the weights decides the last digit of scores
    assert list(back.weights.items()) == list(scenario.weights.items())
    if scenario.zones is not None and back.zones is not None:
        assert list(back.zones.weights.items()) == list(scenario.zones.weights.items())


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
groups = st.lists(st.lists(words, min_size=2, max_size=3), max_size=2)


@given(words, groups, groups, st.lists(words, max_size=2))
@settings(max_examples=60, deadline=None)
def test_any_words_read_back(
    name: str, together: list[list[str]], apart: list[list[str]], alone: list[str]
) -> None:
    scenario = Scenario.from_dict(
        {"name": name, "locks": {"together": together, "apart": apart, "alone": alone}}
    )
    assert Scenario.from_dict(tomllib.loads(scenario.to_toml())) == scenario


# Every message in full


def refused(data: dict[str, Any]) -> list[str]:
    """What is said of a scenario that cannot be used."""
    with pytest.raises(InputError) as caught:
        Scenario.from_dict(data, file="my.toml")
    return [str(problem) for problem in caught.value.problems]


MESSAGES = [
    ({"wieghts": {}}, "my.toml: unknown key 'wieghts'; did you mean 'weights'?"),
    ({"rules": {"facilities": "free"}}, "my.toml: unknown key 'rules.facilities'; did you mean 'facility'?"),
    ({"locks": {"togther": []}}, "my.toml: unknown key 'locks.togther'; did you mean 'together'?"),
    (
        {"population": {"min": 50_000, "max": 40_000}},
        "my.toml: population: min (50000) is above max (40000); exchange or correct them",
    ),
    (
        {"population": {"min": -1}},
        "my.toml, value '-1': population.min: must be at least 0",
    ),
    ({"population": {"max": 0}}, "my.toml, value '0': population.max: must be more than 0"),
    (
        {"locks": {"apart": [["Gent", "Aalst"], []]}},
        "my.toml: locks.apart: a group needs at least two municipalities, this one is []",
    ),
    (
        {"coverage": {"shares": {"rail": 1.5, "hospital": -0.5}}},
        "my.toml, value '-0.5': coverage.shares.hospital: must be at least 0",
    ),
    (
        {"weights": {"distance": math.nan}},
        "my.toml, value 'nan': weights.distance: must be a finite number",
    ),
    (
        {"weights": {"distance": math.inf}},
        "my.toml, value 'inf': weights.distance: must be a finite number",
    ),
    (
        {"rules": {"facility": "maybe"}},
        "my.toml, value 'maybe': rules.facility: must be 'alone' or 'free'",
    ),
    (
        {"preset": "mergers", "population": {"min": 200_000}},
        "my.toml: population: min (200000) is above max (130000); exchange or correct them",
    ),
]


@pytest.mark.parametrize(("data", "message"), MESSAGES)
def test_message(data: dict[str, Any], message: str) -> None:
    assert refused(data) == [message]


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("Distance", "unknown term 'Distance'; did you mean 'distance'? (terms: "),
        ("stradle(police)", "unknown term 'stradle(police)'; did you mean 'straddle'? (terms: "),
        ("xyz", "unknown term 'xyz'; known: coverage, distance, "),
        ("straddle()", "unknown term 'straddle()'; did you mean 'straddle'? (terms: "),
    ],
)
def test_unknown_term_comes_with_a_suggestion_and_the_list(name: str, beginning: str) -> None:
    (message,) = refused({"weights": {name: 1}})
    assert message.startswith(f"my.toml: weights: {beginning}")
    listed = message.rpartition("(terms: ")[2].removesuffix(")").split(", ")
    assert {"coverage", "distance", "straddle(layer)", "stacking"} <= set(listed)


# Files


def written(folder: Path, content: bytes) -> Path:
    path = folder / "my.toml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "my.toml: the file is empty; fill it in or name another file"),
        (b"  \n\t\n", "my.toml: the file is empty; fill it in or name another file"),
        (
            'name = "x"\n\ndescription = "Li\u00e8ge"\n'.encode("latin-1"),
            "my.toml, row 3: the file is not UTF-8 (byte 0xE8 looks like Latin-1 or Windows-1252); "
            "save it again with the encoding 'UTF-8' (in a spreadsheet: 'CSV UTF-8')",
        ),
        (b"[popluation]\nmin = 3\n", "my.toml: unknown key 'popluation'; did you mean 'population'?"),
    ],
)
def test_file_that_cannot_be_used(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        Scenario.read(written(tmp_path, content))
    assert str(caught.value) == message


def test_invalid_toml_says_where(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"^my\.toml, row 2, value 'min = thirty': this is not valid TOML \("
    ):
        Scenario.read(written(tmp_path, b"[population]\nmin = thirty\n"))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    with pytest.raises(InputError) as caught:
        Scenario.read(missing)
    assert str(caught.value) == f"{missing}: the file is missing; add it or name another folder"
    with pytest.raises(InputError, match="the file cannot be read"):
        Scenario.named(tmp_path)


def test_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    assert Scenario.named(written(tmp_path, b"\xef\xbb\xbf" + b'name = "x"\n')).name == "x"


# Presets


@pytest.mark.parametrize("name", presets())
@pytest.mark.parametrize("instance", [entry.name for entry in embedded_instances()])
def test_presets_fit_the_embedded_instances(name: str, instance: str) -> None:
    scenario, data = Scenario.preset(name), load(instance)
    assert scenario.name == name
    assert len(Scorer(data, scenario).terms) == len(scenario.weights) > 0
    assert ask(data, scenario).scenario is scenario


def test_default_question_is_that_of_the_report() -> None:
    scenario = Scenario.preset("mergers")
    assert (scenario.population.min, scenario.population.max) == (30_000, 130_000)
    assert (scenario.rules.facility, scenario.rules.above_max) == ("alone", "alone")
    assert scenario.weights.keys() == {
        "coverage", "distance", "straddle(police)", "straddle(primary_care)", "stacking",
    }  # fmt: skip


def test_shares_are_laid_over_each_other_too() -> None:
    shares: dict[str, object] = {"rail": 0.2, "hospital": 0.15}
    mine = Scenario.from_dict({"preset": "mergers", "coverage": {"shares": shares}})
    assert mine.coverage.shares == {**Scenario.preset("mergers").coverage.shares, **shares}
    with pytest.raises(InputError, match=r"the shares sum to 1.85; they must sum to 1"):
        Scenario.from_dict({"preset": "mergers", "coverage": {"shares": {"rail": 1}}})
    mine = Scenario.from_dict({"preset": "mergers", "coverage": {"shares": {"rail": 1, "replace": True}}})
    assert mine.coverage.shares == {"rail": 1.0}
    assert mine.weights == Scenario.preset("mergers").weights


def test_scenario_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Scenario().name = "other"  # type: ignore[misc]


# Two levels


def test_each_level_is_a_scenario_of_its_own() -> None:
    nested = Scenario.preset("nested")
    mergers, zones = nested.at("mergers"), nested.at("zones")
    for level, name in ((mergers, "mergers"), (zones, "zones")):
        assert (level.level, level.zones, level.name) == (name, None, "nested")
        preset = Scenario.preset(name)
        assert all(getattr(level, key) == getattr(preset, key) for key in Demands.model_fields)


def test_zones_build_on_a_preset_of_their_own() -> None:
    mine = Scenario.from_dict(
        {
            "preset": "nested",
            "zones": {"preset": "zones", "population": {"min": 60_000}, "size": {"target": 9}},
        }
    )
    assert mine.zones is not None
    assert (mine.zones.population.min, mine.zones.population.max) == (60_000, 130_000)
    assert mine.zones.weights == Scenario.preset("zones").weights
    assert (mine.population.min, mine.size.target) == (30_000, 60_000)


LEVELS = [
    (
        {"level": "nested"},
        "my.toml: level 'nested' asks for zones too; add [zones], for instance zones.preset = \"zones\"",
    ),
    ({"zones": {"preset": "zones"}}, "my.toml: [zones] belongs to level 'nested', not to 'mergers'"),
    (
        {"level": "nested", "zones": {"level": "zones"}},
        "my.toml: unknown key 'zones.level'; known: preset, population, count, rules, requires, frames, "
        "borders, locks, existing, coverage, size, weights",
    ),
    (
        {"level": "nested", "zones": {"locks": {"seats": []}}},
        "my.toml: unknown key 'zones.locks.seats'; did you mean 'seat'?",
    ),
    (
        {"level": "nested", "zones": "zones"},
        "my.toml, value 'zones': zones: must be a table of keys and values",
    ),
    (
        {"level": "nested", "zones": {"population": {"floor": 0}}},
        "my.toml: zones: population.floor and population.ceiling make bounds soft; give each missing "
        "inhabitant a price: weights.shortfall, in points",
    ),
    (
        {"preset": "merger"},
        "my.toml, value 'merger': preset: there is no such preset; did you mean 'mergers'?",
    ),
]


@pytest.mark.parametrize(("data", "message"), LEVELS)
def test_message_of_levels(data: dict[str, Any], message: str) -> None:
    assert refused(data) == [message]


# Numbers, texts and codes as TOML writes them

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


# What weighs nothing

PLAIN = build_instance([40_000, 40_000], [(0, 1)])


@pytest.mark.parametrize(
    "parts",
    [{}, {"population": {"min": 10_000}}, {"level": "nested", "zones": {}}, {"level": "zones"}],
    ids=str,
)
def test_scenario_without_weights_is_not_answered(parts: dict[str, Any]) -> None:
    scenario = Scenario.from_dict({"name": "mine", **parts})
    with pytest.raises(InputError, match="the scenario 'mine' weighs nothing: it has no"):
        solve(PLAIN, scenario)
    with pytest.raises(InputError, match="the scenario 'mine' weighs nothing: it has no"):
        best_plans(PLAIN, scenario, 2)


@pytest.mark.parametrize(
    "parts",
    [
        {"weights": {}},
        {"weights": {"distance": 0}},
        {"preset": "mergers", "weights": {"replace": True}},
        {"level": "nested", "weights": {}, "zones": {}},
    ],
    ids=str,
)
def test_what_weighs_nothing_on_purpose_is_answered(parts: dict[str, Any]) -> None:
    scenario = Scenario.from_dict(parts)
    assert scenario.weighs_nothing
    assert solve(PLAIN, scenario).status == "optimal"
    # also when it comes back from a file
    assert solve(PLAIN, Scenario.from_dict(tomllib.loads(scenario.to_toml()))).status == "optimal"


def test_zones_may_weigh_where_mergers_do_not() -> None:
    scenario = Scenario.from_dict({"level": "nested", "zones": {"weights": {"distance": 1}}})
    assert not scenario.weighs_nothing
    assert solve(PLAIN, scenario).status == "optimal"


@pytest.mark.parametrize("name", presets())
def test_levels_are_scenarios_of_one_level(name: str) -> None:
    scenario = Scenario.preset(name)
    inner = {"nested": ("mergers", "zones")}.get(scenario.level, (scenario.level,))
    assert tuple(level.level for level in scenario.levels) == inner
    assert all(level.levels == (level,) for level in scenario.levels)
    assert scenario.levels[0].weights == scenario.weights


def test_scenario_shows_itself_on_one_line() -> None:
    shown = repr(Scenario.from_dict({"name": "mine", "weights": {"touched(police)": 0.5, "cut_edges": 2}}))
    assert shown == "<Scenario 'mine', level mergers: touched(police) 0.5, cut_edges 2>"
    assert max(len(repr(Scenario.preset(name)).splitlines()) for name in presets()) == 1
