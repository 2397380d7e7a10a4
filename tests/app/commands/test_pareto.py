"""`refzones pareto` from the shell: files, exit codes, messages."""

from __future__ import annotations

import csv
import itertools
import json
from pathlib import Path

import pytest
from refzones.models import Scenario

from ..conftest import Run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_points_plans_and_weights(run: Run, tmp_path: Path) -> None:
    code, output, errors = run(
        "pareto", "--terms", "coverage", "distance", "-r", "waasland", "-r", "Middenkust", "--out", "p"
    )
    assert (code, errors) == (0, "")
    assert "verified: clean" in output
    found = rows(tmp_path / "p/pareto.csv")
    assert list(found[0]) == [
        "region", "point", "inhabitants", "coverage", "distance", "supported", "weight_from", "weight_to",
    ]  # fmt: skip
    by_region = {name: [row for row in found if row["region"] == name] for name in ("all", "Waasland")}
    counted = [int(row["point"]) for row in by_region["Waasland"]]
    assert counted == list(range(1, len(counted) + 1))
    assert len(counted) > 2
    coverage = [float(row["coverage"]) for row in by_region["all"]]
    assert coverage == sorted(coverage)
    # who gives up coverage wins distance
    assert [float(row["distance"]) for row in by_region["all"]] == sorted(
        float(row["distance"]) for row in by_region["all"]
    )
    supported = [row for row in by_region["all"] if row["supported"] == "True"]
    assert (supported[0]["weight_from"], supported[-1]["weight_to"]) == ("0.0", "1.0")
    for one, next_one in itertools.pairwise(supported):
        assert one["weight_to"] == next_one["weight_from"]
    record = json.loads((tmp_path / "p/plans.json").read_text(encoding="utf-8"))
    whole, *fronts = record["fronts"]
    plans = {front["region"]: front["points"] for front in fronts}
    for point in whole["points"]:
        parts = [plans[name][place - 1]["nano"] for name, place in point["points"].items()]
        assert point["nano"] == [sum(column) for column in zip(*parts, strict=True)]
    moves = rows(tmp_path / "p/stability.csv")
    assert {(row["region"], row["term"]) for row in moves} == {
        (region, term) for region in ("all", "Middenkust", "Waasland") for term in ("coverage", "distance")
    }
    assert all(float(row["lowest"]) <= float(row["weight"]) <= float(row["highest"]) for row in moves)


def test_terms_that_the_scenario_does_not_weigh(run: Run, tmp_path: Path) -> None:
    run("pareto", "--terms", "coverage,distance", "-r", "Waasland", "--out", "p")
    assert (tmp_path / "p/stability.csv").exists()
    terms = ("size", "cut_edges")
    assert not {*terms} & Scenario.preset("mergers").weights.keys()
    code, _, _ = run("pareto", "--terms", *terms, "-r", "Waasland", "--out", "p")
    assert code == 0
    assert {row["region"] for row in rows(tmp_path / "p/pareto.csv")} == {"Waasland"}
    assert not (tmp_path / "p/stability.csv").exists()


def test_three_terms(run: Run, tmp_path: Path) -> None:
    terms = ["coverage", "distance", "straddle(police)"]
    code, _, _ = run("pareto", "--terms", *terms, "-r", "Waasland", "--precision", "0.2", "--out", "p")
    assert code == 0
    found = rows(tmp_path / "p/pareto.csv")
    assert len(found) > 1
    assert all(row["supported"] == row["weight_from"] == "" for row in found)
    record = json.loads((tmp_path / "p/plans.json").read_text(encoding="utf-8"))
    values = [[float(row[term]) for term in terms] for row in found]
    for k, within in enumerate(record["fronts"][0]["precision"]):
        # the ends are among the points, so the span is theirs or less
        assert 0 < within <= 0.2 * (max(v[k] for v in values) - min(v[k] for v in values)) + 1e-9


def test_a_region_without_a_plan(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'preset = "mergers"\n[count.regions]\nWaasland = [9, 9]\n', encoding="utf-8"
    )
    code, output, _ = run(
        "pareto", "--terms", "coverage", "distance", "-s", "s.toml", "-r", "Waasland", "-r", "Midwest",
        "--out", "p",
    )  # fmt: skip
    assert code == 1
    assert "Waasland: infeasible: this rule leaves no plan by itself" in output
    assert {row["region"] for row in rows(tmp_path / "p/pareto.csv")} == {"Midwest"}


def test_a_limit(run: Run) -> None:
    code, output, _ = run(
        "pareto", "--terms", "coverage", "distance", "-r", "Kempen", "--time-limit", "1e-9", "--out", "p"
    )
    assert code == 1
    assert "Kempen: 0 points" in output


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--terms", "coverage"], "between two or three terms, not 1"),
        (["--terms", "coverage", "coverage"], "a term stands twice"),
        (["--terms", "coverage", "distanc"], "did you mean 'distance'"),
        (["--terms", "straddle(polices)", "distance"], "police"),
        (["--terms", "coverage", "commuting"], "commuting"),
        (["--terms", "coverage", "distance", "-r", "X"], "no such region"),
        (["--terms", "coverage", "distance", "-s", "nested"], "zones and mergers together"),
        (["--terms", "coverage", "distance", "--time-limit", "0"], "time limit"),
        (["--terms", "coverage", "distance", "size", "--precision", "2"], "precision must be a share"),
        (["--terms", "coverage", "distance", "size", "fiscal"], "between two or three terms, not 4"),
    ],
)
def test_bad_input(run: Run, tmp_path: Path, arguments: list[str], what: str) -> None:
    code, _, errors = run("pareto", *arguments, "--out", "p")
    assert code == 2
    assert what in errors
    assert not (tmp_path / "p").exists()
