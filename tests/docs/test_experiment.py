"""docs/experiment.md: what its tables say comes out."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from refzones.instances import add_flows, load
from refzones.models import Scenario
from refzones.solver.experiments import Cell, StepsExperiment, steps_experiment
from refzones.solver.experiments.steps import STEPS

TEXT = (Path(__file__).parents[2] / "docs" / "experiment.md").read_text(encoding="utf-8")
DATA = Path(os.environ.get("REFZONES_DATA", Path(__file__).parents[3] / "shared" / "data"))
CENSUS = DATA / "2025" / "census2011_flows_flanders_285_nis2025_long.csv"
MAPS = ("today", "primary_care", "police", "optimum", "draws")
FAIR = "equipment-ranked_inhabitants"
SLACK = 0.0051
"""A figure of two decimals, rounded on another machine."""


@cache
def found(name: str) -> StepsExperiment:
    return steps_experiment(load(name), Scenario.preset("mergers"))


def rows(heading: str) -> list[list[str]]:
    lines = TEXT.split(f"| {heading} |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.split("|")[1:-1]] for line in lines]


def check(cell: Cell, text: str, times: float = 1.0) -> None:
    value, low, high = (
        float(part) for part in text.replace("(", "").replace(")", "").replace("to ", "").split()
    )
    for stated, own in ((value, cell.value), (low, cell.low), (high, cell.high)):
        assert stated == pytest.approx(times * own, abs=times * SLACK)


@pytest.mark.parametrize(
    ("heading", "name"), [("measure", "flanders-2025"), ("measure of 2024", "flanders-2024")]
)
def test_agreement_is_what_is_found(heading: str, name: str) -> None:
    experiment = found(name)
    assert [row[0] for row in rows(heading)] == [one.name for one in experiment.measures]
    check_agreement(experiment, rows(heading))


@pytest.mark.skipif(not CENSUS.is_file(), reason=f"the census is not at {CENSUS} (set REFZONES_DATA)")
def test_agreement_with_commuters_is_what_is_found() -> None:
    instance = add_flows(load("flanders-2025"), CENSUS).instance
    experiment = steps_experiment(instance, Scenario.preset("mergers"))
    table = rows("measure with flows")
    assert [row[0] for row in table] == [one.name for one in experiment.measures if one.key == "commuters"]
    check_agreement(experiment, table)


def check_agreement(experiment: StepsExperiment, table: list[list[str]]) -> None:
    for measure, *cells, ahead in table:
        for place, text in zip(MAPS, cells, strict=True):
            one = experiment.of(place).correlations
            difference = one["kendall", measure, FAIR]
            assert ("**" in text) == (difference.low > 0 or difference.high < 0)
            stated = [float(part) for part in text.replace("*", "").split(", ")]
            own = [one["kendall", measure, steps].value for steps in STEPS[1:]]
            assert stated == pytest.approx(own, abs=SLACK)
        above = experiment.of("draws").correlations["kendall", measure, FAIR].above
        assert float(ahead) == pytest.approx(100 * above, abs=0.051)


def test_differences_are_what_is_found() -> None:
    experiment = found("flanders-2025")
    for measure, *cells in rows("difference"):
        for place, text in zip(MAPS, cells, strict=True):
            check(experiment.of(place).correlations["kendall", measure, FAIR], text)


def test_stability_is_what_is_found() -> None:
    experiment = found("flanders-2025")
    table = rows("stability")
    assert [row[0] for row in table] == list(MAPS[1:])
    for place, *cells in table:
        stable = experiment.of(place).stability
        for steps, share, kappa in zip(STEPS, cells[:3], cells[3:], strict=True):
            check(stable["changed_inhabitants", steps], share, 100)
            assert float(kappa) == pytest.approx(stable["kappa", steps].value, abs=SLACK)


def test_what_the_text_says_besides() -> None:
    experiment = found("flanders-2025")
    over, care = experiment.of("draws").correlations, experiment.of("primary_care").correlations
    today = experiment.of("today").correlations
    assert (
        over["kendall", "hospital", FAIR].above == over["kendall", "hospital/inhabitants", FAIR].above == 1.0
    )
    assert max(over["kendall", key, FAIR].above for key in ("rail", "rail/inhabitants")) < 0.01
    beds = "hospital/inhabitants"
    assert (
        care["kendall", beds, FAIR].value > over["kendall", beds, FAIR].high
    )  # more than in 95 % of all plans
    ranks = [today["eta_squared_ranks", "hospital", steps].value for steps in STEPS[1:]]
    assert ranks == pytest.approx([0.47, 0.61], abs=SLACK)
    beds_of = experiment.instance.functions["hospital"].present
    highest = [degree in ("a0", "a1", "a2") for degree in experiment.instance.classes]
    assert (int(beds_of.sum()), int(beds_of[highest].sum())) == (51, 36)
    correlations = [cell for (statistic, *_), cell in over.items() if statistic in ("kendall", "spearman")]
    assert max(cell.error for cell in correlations) <= 0.0022
    assert f"{float(experiment.plans or 0):.1e}" == "5.7e+70"
    assert "5.7e70" in TEXT
    assert len(rows("difference")) * len(MAPS) == 45
    assert found("flanders-2024").unknown == (("establishments", 28),)
    assert experiment.circular == ("regional_city", "centre", "well_equipped")
