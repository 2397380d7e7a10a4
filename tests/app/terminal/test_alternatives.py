"""Alternatives in words, and from which loss on there are any."""

from __future__ import annotations

import pytest
from refzones.app.terminal.alternatives import show_alternatives, widening_lines
from refzones.app.terminal.console import console
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import best_plans, diverse_plans
from refzones.solver.plan_sets.alternatives import Loss, agreement

FLANDERS, MERGERS = load("flanders-2025"), Scenario.preset("mergers")
WAASLAND = ["Waasland"]


def test_the_next_plan_is_taken_in_by_the_loss_that_is_told() -> None:
    best = best_plans(FLANDERS, MERGERS, 2, regions=WAASLAND)
    second = best.by_region[0].plans[1].loss_nano
    agreed = agreement(FLANDERS, MERGERS, Loss.read("0"), regions=WAASLAND)
    (line,) = widening_lines(agreed, {"Waasland": second})
    assert line.startswith(
        "Waasland: no other plan is within 0 of the best one; the next one lacks 0.233 points"
    )
    told = line.partition("--loss ")[2].split()[0]
    assert float(told) * 1e9 >= second
    wider = agreement(FLANDERS, MERGERS, Loss.read(told), regions=WAASLAND)
    assert wider.by_region[0].plans >= 2
    assert list(widening_lines(wider, {})) == []
    (unknown,) = widening_lines(agreed, {})
    assert unknown.endswith("; --loss with a larger number takes in more")


def test_many_regions_are_told_in_one_line() -> None:
    names = ["Waasland", "Kempen", "Midwest", "Middenkust"]
    agreed = agreement(FLANDERS, MERGERS, Loss.read("0"), regions=names)
    (line,) = widening_lines(agreed, dict.fromkeys(names, 100_000_000))
    assert line.startswith(
        "no other plan is within 0 of the best one in Kempen, Middenkust, Midwest and Waasland;"
    )
    assert line.endswith("--loss 0.1 takes in more")


def test_what_differs_is_told_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "width", 140)
    agreed = agreement(FLANDERS, MERGERS, Loss.read("1%"), regions=WAASLAND)
    show_alternatives(best_plans(FLANDERS, MERGERS, 3, regions=WAASLAND), agreed)
    output = capsys.readouterr().out
    assert "what differs from the best plan, Waasland" in output
    assert "Stekene from Beveren-Kruibeke-Zwijndrecht to Sint-Niklaas" in output
    assert "as if everyone in Waasland were" in output
    many = [*WAASLAND, "Kempen", "Midwest", "Westhoek"]
    show_alternatives(diverse_plans(FLANDERS, MERGERS, 2, Loss.read("0.5"), regions=many), agreed)
    output = capsys.readouterr().out
    assert "what differs from the best plan, once a region" in output
    assert "--region NAME says it of all plans of a region" in output
    assert all(name in output for name in many)
