"""Scenarios: what is accepted, what is refused and with which words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, embedded_instances, load
from refzones.models import Scenario, Scorer, ask, presets
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
    # centres in the middle of those who turn to them; whole zones; merging again as a last resort
    assert {
        "orientation", "distance", "touched(police)", "touched(primary_care)", "stacking",
    } <= scenario.weights.keys()  # fmt: skip


@pytest.mark.parametrize("name", ["mergers", "zones"])
def test_presets_leave_no_town_in_a_ring_and_name_mergers_after_the_best_equipped(name: str) -> None:
    rules = Scenario.preset(name).rules
    assert (rules.enclosed, rules.seat) == ("forbidden", "best_equipped")
    assert Scenario.preset("nested").at("mergers").rules == Scenario.preset("mergers").rules
    assert Scenario.preset("nested").at("zones").rules == Scenario.preset("zones").rules


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


def test_scenario_shows_itself_on_one_line() -> None:
    shown = repr(Scenario.from_dict({"name": "mine", "weights": {"touched(police)": 0.5, "cut_edges": 2}}))
    assert shown == "<Scenario 'mine', level mergers: touched(police) 0.5, cut_edges 2>"
    assert max(len(repr(Scenario.preset(name)).splitlines()) for name in presets()) == 1
