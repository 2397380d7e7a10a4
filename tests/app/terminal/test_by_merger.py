"""A row a merger, rules in words and terms, in as much room as there is."""

from __future__ import annotations

import pytest
from refzones.app.terminal import by_merger
from refzones.app.terminal.by_merger import broken_words, show_rows, show_terms_of_each
from refzones.app.terminal.console import console
from refzones.models import Scenario
from refzones.solver import Evaluation, Plan, evaluate
from support.build import build_instance

ROW = build_instance([20_000, 30_000, 40_000, 70_000], [(0, 1), (1, 2)], region=[0, 0, 0, 1])
ASKED = Scenario.from_dict({"weights": {"distance": 1, "size": 2}, "count": {"max": 1}})


def evaluated(groups: list[tuple[int, ...]]) -> Evaluation:
    plan = Plan.of(ROW, ASKED, groups).labelled({(0, 2): "West and the rest of it"})
    return evaluate(ROW, ASKED, plan)


def lines_of(evaluation: Evaluation, width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(console, "_width", width)
    with console.capture() as shown:
        show_rows(evaluation)
        show_terms_of_each(evaluation)
    return shown.get().splitlines()


@pytest.mark.parametrize("width", [80, 100, 160])
def test_nothing_is_cut(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = evaluated([(0, 2), (1,), (3,)])
    lines = lines_of(found, width, monkeypatch)
    text = "\n".join(lines)
    assert "…" not in text
    assert max(len(line) for line in lines if line[:1] in "┏│└") <= width
    for one in found.by_merger:
        rows = [line for line in lines if line.startswith(f"│ {one.name} ")]
        (row,) = [line for line in rows if f"{one.population:,}" in line]
        assert broken_words(len(one.broken)) in row
    assert "West and the rest of it:" in lines
    assert "  breaks a rule: not connected: M0 lies apart" in lines
    assert "the plan as a whole:" in lines
    assert "  breaks a rule: R0 has 2 mergers that count, more than the 1 allowed" in lines


def test_terms_stand_beside_each_other_where_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    found = evaluated([(0, 1, 2), (3,)])
    wide, narrow = (lines_of(found, width, monkeypatch) for width in (160, 50))
    assert sum("Distance to the seat" in line for line in wide) == 1
    assert sum("Distance to the seat" in line for line in narrow) == 2


def test_terms_of_many_are_in_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_merger, "_CARDS", 1)
    lines = lines_of(evaluated([(0, 1, 2), (3,)]), 80, monkeypatch)
    assert lines[-1].startswith("the terms of each of these 2: with --xlsx FILE.xlsx")
