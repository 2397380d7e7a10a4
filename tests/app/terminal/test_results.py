"""Results on the terminal."""

from __future__ import annotations

import pytest
from refzones.app.terminal import results
from refzones.app.terminal.comparison import show_compared
from refzones.app.terminal.evaluation import show_evaluated
from refzones.models import Scenario
from refzones.solver import Merger, Plan, RegionResult, compare, evaluate, solve
from refzones.solver.progress import Step
from refzones.solver.results.status import gap_text
from support.build import build_instance

INSTANCE = build_instance(
    [40_000, 50_000, 20_000, 5_000], [(0, 1), (1, 2)], region=[0, 0, 0, 1], facility=[3]
)


@pytest.mark.parametrize(
    ("gap", "text"),
    [(None, "-"), (0.0, "0"), (0.25, "25 %"), (1e-12, "1e-10 %"), (0.012345, "1.23 %")],
)
def test_gap_is_shown_as_zero_only_when_it_is(gap: float | None, text: str) -> None:
    assert gap_text(gap) == text


def test_plain_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    mergers = (Merger((0, 1), 0, "", (), 0), Merger((2,), 2, "", (), 0))
    tell = results.teller("mergers")
    tell(Step("R0", 1, 2, answer=RegionResult("R0", 3, mergers, 0, 0, 1.234)))
    without = RegionResult("R1", 3, (), None, None, 0.0, reason="no", infeasible=True)
    tell(Step("R1", 2, 2, answer=without))
    first, second = capsys.readouterr().out.splitlines()
    assert first == "R0: optimal, 2 municipalities after merging, 1.23 s"
    assert second == "R1: infeasible, 0.00 s"
    assert "\x1b" not in first + second


def test_table_holds_regions_sum_and_terms(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    result = solve(INSTANCE, Scenario.from_dict({"weights": {"distance": 2}}))
    results.show_result(result)
    lines = capsys.readouterr().out.splitlines()
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if "│" in line]
    by_name: dict[str, list[str]] = {}
    for row in cells:
        by_name.setdefault(row[0], row)  # regions stand in two tables
    # 0 stays alone; 2 joins 1: 20,000 of 115,000 inhabitants travel 1 km, at 2 points
    assert by_name["R0"][1:6] == ["3", "2", "1", "optimal", "-0.348"]
    assert by_name["R1"][1:6] == ["1", "1", "0", "optimal", "0"]
    assert by_name["all"][1:6] == ["4", "3", "1", "optimal", "-0.348"]
    assert (
        "4 municipalities of the whole instance, 3 municipalities after merging "
        "(1 merger of two or more, 2 unchanged, 1 of these alone by rule)"
    ) in lines
    assert [row[1:] for row in cells if row[0] in ("R0", "R1")][2:] == [
        ["110,000", "0.18 km"], ["5,000", "0 km"],
    ]  # fmt: skip
    assert by_name["Distance to the seat"][1:] == ["distance", "0.17 km", "less", "2", "-0.348"]


def test_reason_is_told_in_full(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    result = solve(
        INSTANCE,
        Scenario.from_dict(
            {
                "weights": {"distance": 1},
                "population": {"min": 60_000},
                "rules": {"joined": ["M3"]},
                "locks": {"alone": ["M3"], "apart": [["M0", "M1"]]},
            }
        ),
    )
    results.show_result(result)
    reason = next(region.reason for region in result.by_region if region.reason)
    assert f"R0: infeasible: {reason}" in capsys.readouterr().out


def test_enclosed_towns_are_told_by_solve_evaluate_and_compare(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    ring = build_instance(
        [60_000, 15_000, 15_000, 15_000], [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3)], classes=["a1", "", "", ""]
    )
    scenario = Scenario.from_dict(
        {"population": {"min": 40_000, "max": 75_000}, "weights": {"distance": 1}},
    )
    line = "1 centre town is enclosed: M0, by M2 +2"
    result = solve(ring, scenario, workers=1)
    results.show_result(result)
    assert line in capsys.readouterr().out.splitlines()
    assert result.plan is not None
    show_evaluated(evaluate(ring, scenario, result.plan))
    assert line in capsys.readouterr().out.splitlines()
    whole = Plan.of(ring, scenario, [[0, 1, 2, 3]])
    show_compared(compare(ring, scenario, {"mine": result.plan, "whole": whole}))
    assert [told for told in capsys.readouterr().out.splitlines() if "enclosed" in told] == [f"mine: {line}"]


def test_terms_by_region_are_shown_where_they_fit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"population": {"min": 0}, "weights": dict.fromkeys(("distance", "size", "stacking"), 1)}
    result = solve(INSTANCE, Scenario.from_dict(asked))
    heading, hint = "means over its own inhabitants", "in plan.json, or here in a wider window"
    monkeypatch.setattr(results.console, "width", 200)
    results.show_result(result)
    wide = capsys.readouterr().out
    monkeypatch.setattr(results.console, "width", 40)
    results.show_result(result)
    narrow = " ".join(capsys.readouterr().out.split())
    assert (heading in wide, hint in wide) == (True, False)
    assert (heading in narrow, hint in narrow) == (False, True)
