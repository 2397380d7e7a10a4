"""What a plan does, in as much room as there is."""

from __future__ import annotations

import re

import pytest
from refzones.app.dutch import labels, speak
from refzones.app.terminal.console import console
from refzones.app.terminal.effects import show_effects
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import Plan
from refzones.solver.review.effects import Effects, effects_of
from support.build import build_instance

SCENARIO = Scenario.from_dict({"weights": {"distance": 1.0}, "rules": {"isolated": "alone"}})


def lines_of(effects: Effects, width: int, monkeypatch: pytest.MonkeyPatch, *levels: str) -> list[str]:
    monkeypatch.setattr(console, "_width", width)
    with console.capture() as shown:
        show_effects(effects, levels)
    return shown.get().splitlines()


@pytest.fixture(scope="module")
def midwest() -> Effects:
    instance = load()
    members = instance.members(instance.regions.index("Midwest")).tolist()
    return effects_of(instance, SCENARIO, Plan.of(instance, SCENARIO, [members[:7], members[7:]]))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_nothing_is_cut(width: int, language, midwest: Effects, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(language)
    lines = lines_of(midwest, width, monkeypatch, "merger", "class")
    assert "…" not in "\n".join(lines)
    table = [line for line in lines if line[:1] in "│┃┏┗┡├└"]
    assert table
    assert max(map(len, table)) <= width
    (councillors,) = (one for one in midwest.wholes[0].effects if one.indicator.name == "councillors")
    word = {"en": "Councillors", "nl": "Gemeenteraadsleden"}[language]
    place = next(k for k, line in enumerate(lines) if line.lstrip("│ ").startswith(word))
    told = lines[place : place + 4]  # a row, or four lines where there is no room for a table
    figures = [f"{value:.0f}" for value in (councillors.before, councillors.after, councillors.change)]
    assert re.findall(r"(?<!\S)-?\d+(?!\S)", " ".join(told))[:3] == figures


def test_families_stand_in_order_and_each_once(midwest: Effects, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = lines_of(midwest, 140, monkeypatch)
    families = tuple(labels("en")["families"].values())
    outside = next(k for k, line in enumerate(lines) if "outside the plan" in line)
    for some, told in ((lines[:outside], families), (lines[outside:], families[-1:])):
        found = [name for line in some for name in families if line.startswith(f"│ {name} ")]
        assert tuple(found) == told  # outside the plan, money alone changes


def test_what_is_not_known_is_told_once_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = build_instance([900, 1_500, 2_500], [(0, 1), (1, 2)])  # without layers and functions
    effects = effects_of(instance, SCENARIO, Plan.of(instance, SCENARIO, [[0, 1], [2]]))
    lines = lines_of(effects, 100, monkeypatch)
    assert "not known:" in lines
    told = lines[lines.index("not known:") + 1 :]
    assert any("Centre functions" in line for line in told)
    problems = [line for line in told if line.startswith("    ")]
    assert any("refzones instance add-functions small FILE" in line for line in problems)
    assert len(set(problems)) == len(problems)


def test_those_outside_are_shown_where_something_changes_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = build_instance([900] * 4, [(0, 1), (1, 2), (2, 3)], region=[0, 0, 1, 1])
    effects = effects_of(instance, SCENARIO, Plan.of(instance, SCENARIO, [[0, 1]]), ["councillors"])
    text = "\n".join(lines_of(effects, 100, monkeypatch))
    assert "municipalities of the plan, before and after" in text
    assert "outside the plan" not in text  # no councillor there is fewer
