"""docs/effects.md: its tables say what the classes say, and its output and code come out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from refzones.app.dutch import labels
from refzones.instances import load
from refzones.models import Scenario
from refzones.models.indicators import _CLASSES as CLASSES
from refzones.models.indicators import indicator_classes
from refzones.models.indicators.names import INDICATOR_NAMES
from refzones.solver import Plan, effects_of, solve

PAGE = (Path(__file__).parents[2] / "docs" / "effects.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([\w()]+)` \| (.+?) \| (.+?) \| (.+?) \| (yes|-) \|$", re.MULTILINE)


def sections() -> dict[str, str]:
    """Text of each family, by its key."""
    names = {name: key for key, name in labels("en")["families"].items()}
    parts = PAGE.split("## Indicators")[1].split("## What is not known")[0].split("### ")[1:]
    return {names[part.partition("\n")[0]]: part for part in parts}


def test_every_indicator_has_a_row_in_its_family() -> None:
    found = {family: [row[0] for row in ROW.findall(text)] for family, text in sections().items()}
    right: dict[str, list[str]] = {family: [] for family in found}
    for kind in indicator_classes():
        right[kind.family].append(kind.written())
    assert found == right
    assert sorted(sum(found.values(), [])) == sorted(INDICATOR_NAMES)  # noqa: RUF017


def test_rows_say_the_unit_and_whether_scenarios_may_ask_for_it() -> None:
    rows = {name: (unit, asked) for name, unit, _, _, asked in ROW.findall(PAGE)}
    for kind in indicator_classes():
        asked = "yes" if getattr(kind, "weighable", False) else "-"
        assert rows[kind.written()] == (kind.unit, asked)


def test_the_output_comes_out() -> None:
    instance, scenario = load(), Scenario.preset("mergers")
    plan = solve(instance, scenario, regions=["Midwest"]).plan
    assert plan is not None
    names = ["councillors", "executives(first)", "bonus(2025)"]
    effects = effects_of(instance, scenario, plan, names)
    labelled = ("Councillors", "Mayors and aldermen, first", "Merger bonus")
    for label, effect in zip(labelled, effects.wholes[0].effects, strict=True):
        row = re.search(rf"^│ {label}.*│ +(\S+) │ +(\S+) │ +(\S+) │$", PAGE, re.MULTILINE)
        assert row is not None, label
        told = [float(cell.replace(",", "")) for cell in row.groups()]
        assert told == [effect.before, effect.after, effect.change]
    for merger, (councillors, *_) in effects.by_merger:
        row = re.search(
            rf"^│ {re.escape(merger.name(instance))} +│ +(\d+) │ +(\d+) │ +(-\d+) │$", PAGE, re.MULTILINE
        )
        assert row is not None
        assert [float(cell) for cell in row.groups()] == [
            councillors.before,
            councillors.after,
            councillors.change,
        ]


@pytest.fixture
def _forgotten():
    yield
    INDICATOR_NAMES.remove("large_area")
    del CLASSES["large_area"]


@pytest.mark.usefixtures("_forgotten")
def test_an_indicator_of_ones_own_works_as_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    codes = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    assert len(codes) == 2
    exec(codes[0], {})
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "councillors",
        "bonus(2025)",
    ]
    exec(codes[1], {})
    instance, scenario = load(), Scenario.preset("mergers")
    pair = [instance.find("Tielt"), instance.find("Wingene")]
    effects = effects_of(instance, scenario, Plan.of(instance, scenario, [pair]), ["large_area"])
    (found,) = effects.of_parts([0])
    areas = [float(instance.area[i]) for i in pair]
    assert found.after == pytest.approx(sum(areas) if sum(areas) > 100 else 0)
    assert found.before == pytest.approx(sum(area for area in areas if area > 100))
