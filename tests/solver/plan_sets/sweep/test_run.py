"""Sweeps from start to end: answers equal single ones, files equal whoever answers and however often."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.sweep import SweepSpec
from refzones.solver import SweepResult, solve, sweep, verify
from refzones.solver.plan_sets.sweep import answering
from refzones.solver.plan_sets.sweep.params import SweepParams
from refzones.solver.plan_sets.sweep.plan import plan_work
from refzones.solver.progress import Step
from refzones.solver.results.terms import term_records, zones_of
from refzones.solver.verification import defects

TABLES = ("settings.parquet", "answers.parquet", "plans.parquet", "sweep.json")

MANY: dict[str, Any] = {
    "name": "many",
    "regions": ["Waasland", "Middenkust", "Rivierenland", "Zuid-West-Vlaanderen"],
    "sample": {
        "points": 12,
        "weights": {"coverage": [0, 140], "distance": [0, 10], "touched(police)": [0, 1]},
    },
    "grid": {"population": {"min": [20_000, 30_000]}, "locks": ["base", "agreed"]},
    "locks": {"agreed": {"apart": [["Beveren-Kruibeke-Zwijndrecht", "Sint-Niklaas"]]}},
}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in TABLES}


def check_against_solve(result: SweepResult, setting: int, instance: Instance) -> None:
    """Compare a setting with a single answer, value by value."""
    scenario = result.scenario(setting)
    regions = result.answers.loc[result.answers["setting"] == setting, "region"].tolist()
    single = solve(instance, scenario, regions=regions, workers=1)
    row = result.settings.iloc[setting]
    assert (row["status"], row["score_nano"], row["bound_nano"], row["gap"]) == (
        single.status, single.score_nano, single.bound_nano, single.gap,
    )  # fmt: skip
    rows = result.answers[result.answers["setting"] == setting].set_index("region")
    for region in single.by_region:
        answer = rows.loc[region.name]
        assert (answer["status"], answer["score_nano"], answer["bound_nano"], answer["gap"]) == (
            region.status, region.score_nano, region.bound_nano, region.gap,
        )  # fmt: skip
        merged = sum(len(part.members) > 1 for part in region.mergers)
        assert (answer["after"], answer["mergers"], answer["zones"]) == (
            len(region.mergers), merged, len(region.zones),
        )  # fmt: skip
        for term, record in term_records(instance, scenario, region.mergers).items():
            assert answer[f"value:{term}"] == record.value
        for term, record in term_records(instance, zones_of(scenario), region.zones).items():
            assert answer[f"zone_value:{term}"] == record.value
        assert answer["inhabitants"] == sum(part.population(instance) for part in region.mergers)
    for term, record in term_records(instance, zones_of(scenario), single.zones).items():
        assert row[f"zone_value:{term}"] == pytest.approx(record.value, rel=1e-12, abs=1e-15)
    for term, record in term_records(instance, scenario, single.mergers).items():
        assert row[f"value:{term}"] == pytest.approx(record.value, rel=1e-12, abs=1e-15)
    plan = result.plan(setting)
    assert plan == single.plan
    assert verify(instance, scenario, plan, regions=regions) == ()


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[SweepResult, Path]:
    folder = tmp_path_factory.mktemp("sweep") / "many"
    return sweep(MANY, folder), folder


def test_answers_equal_single_ones(done: tuple[SweepResult, Path]) -> None:
    result, _ = done
    assert len(result.settings) == 48
    assert len(result.answers) == 192
    for setting in random.Random(0).sample(range(48), 8):
        check_against_solve(result, setting, load("flanders-2025"))


def test_columns_and_plans(done: tuple[SweepResult, Path]) -> None:
    result, folder = done
    assert result.settings["setting"].tolist() == list(range(48))
    assert set(result.settings["population.min"]) == {20_000, 30_000}
    assert set(result.settings["locks"]) == {"base", "agreed"}
    assert result.plans["plan"].is_unique
    assert set(result.plans["plan"]) == set(result.answers["plan"])
    assert len(result.plans) < len(result.answers) / 2
    instance = load("flanders-2025")
    for row in result.plans.itertuples():
        codes = sorted(code for merger in row.mergers for code in merger)
        region = instance.members(instance.regions.index(row.region))
        assert codes == [instance.codes[i] for i in region]
        assert all(seat in merger for seat, merger in zip(row.seats, row.mergers, strict=True))
    again = SweepResult.read(folder)
    assert again.settings.equals(result.settings)
    assert again.answers.equals(result.answers)
    assert again.plans.equals(result.plans)
    assert (
        repr(again) == f"<SweepResult many: 48 settings, 192 answers, {len(result.plans)} plans of regions>"
    )


def test_processes_change_nothing_even_when_one_dies(done: tuple[SweepResult, Path], tmp_path: Path) -> None:
    _, folder = done
    killed = []

    def kill_one(step: Step) -> None:
        if step.done and not killed:
            process = multiprocessing.active_children()[0]
            assert process.pid is not None
            killed.append(process.pid)
            os.kill(process.pid, signal.SIGKILL)

    sweep(MANY, tmp_path / "again", workers=2, progress=kill_one)
    assert killed
    assert bytes_of(tmp_path / "again") == bytes_of(folder)


def test_a_finished_sweep_is_read_and_not_run(
    done: tuple[SweepResult, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    result, folder = done
    monkeypatch.setattr(answering._Worker, "answer", None)
    told: list[tuple[int, int]] = []
    again = sweep(MANY, folder, progress=lambda step: told.append((step.done, step.total)))
    assert again.answers.equals(result.answers)
    assert told == []


def test_two_instances_without_a_folder() -> None:
    spec = {"instances": ["flanders-2024", "flanders-2025"], "regions": ["Waasland"]}
    told: list[tuple[int, int]] = []
    result = sweep(
        spec | {"grid": {"weights": {"distance": [0, 5]}}},
        progress=lambda step: told.append((step.done, step.total)),
    )
    assert result.settings["instance"].tolist() == ["flanders-2024"] * 2 + ["flanders-2025"] * 2
    for setting, name in enumerate(result.settings["instance"]):
        check_against_solve(result, setting, load(name))
    assert told == [(0, 4), (2, 4), (4, 4)]


def test_two_levels_and_infeasible_regions() -> None:
    spec = {"scenario": "nested", "regions": ["Waasland", "Midwest"], "grid": {"count": {"min": [0, 9]}}}
    result = sweep(spec)
    check_against_solve(result, 0, load("flanders-2025"))
    assert (result.answers.loc[:1, "zones"] > 0).all()
    values = [name for name in result.answers if name.startswith("zone_value:")]
    assert values
    assert not result.answers.loc[:1, values].isna().any(axis=None)
    last = result.answers.iloc[-1]
    assert (last["status"], last["mergers"] is None or last.isna()["plan"]) == ("infeasible", True)
    assert result.settings["status"].tolist() == ["optimal", "infeasible"]
    assert result.settings.isna()["score_nano"].tolist() == [False, True]
    with pytest.raises(InputError, match="setting 1 has no plan for "):
        result.plan(1)


def test_frames_that_are_too_large_to_list_are_solved_one_by_one() -> None:
    spec = {"regions": ["Rivierenland"], "grid": {"weights": {"distance": [1, 5]}}}
    listed = sweep(spec)
    assert sweep(spec, params=SweepParams(most_candidates=10)).answers.equals(listed.answers)


def test_what_a_region_costs_to_keep_is_limited() -> None:
    grid = {"population": {"min": [20_000, 25_000, 30_000]}, "seed": [0, 1]}
    spec = {"regions": ["Rivierenland", "Waasland"], "grid": grid}
    result = sweep(spec)
    assert sweep(spec, params=SweepParams(kept_candidates=0)).answers.equals(result.answers)


def test_weights_that_are_too_heavy_are_refused(tmp_path: Path) -> None:
    """As no plan of work can tell: it takes the candidates."""
    scenario = {"population": {"min": 30_000, "floor": 1}, "weights": {"shortfall": 1}}
    spec = {"regions": ["Waasland"], "scenario": scenario, "grid": {"weights": {"shortfall": [1e6]}}}
    with pytest.raises(InputError, match="the weights are too heavy for this instance"):
        sweep(spec, tmp_path / "heavy")


def test_a_plan_that_fails_verification_stops_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    class Found:
        text = "a merger is not connected"

    monkeypatch.setattr(defects, "verify", lambda *given, **named: (Found(),))
    with pytest.raises(RuntimeError, match="a merger is not connected"):
        sweep({"regions": ["Waasland"], "grid": {"weights": {"distance": [5]}}})


def test_workers_of_another_version_refuse() -> None:
    work = plan_work(SweepSpec.from_dict({"regions": ["Waasland"], "grid": {"weights": {"distance": [5]}}}))
    (chunk,) = work.chunks()
    with pytest.raises(InputError, match=r"a worker runs refzones .*, the sweep was planned by 0\.0\.0"):
        answering.answer_chunk(replace(work.setup, program="0.0.0"), chunk)


def test_out_of_time_the_bound_holds() -> None:
    spec = {"regions": ["Oost-Brabant"], "grid": {"weights": {"distance": [5]}}}
    late = sweep(spec | {"time_limit": 0.001}).answers.iloc[0]
    proved = sweep(spec).answers.iloc[0]
    assert late["status"] in ("feasible", "no plan within limit")
    assert late["bound_nano"] >= proved["score_nano"]


def test_wrong_use(done: tuple[SweepResult, Path], tmp_path: Path) -> None:
    result, _ = done
    with pytest.raises(InputError, match="there must be at least one worker"):
        sweep(MANY, workers=0)
    with pytest.raises(InputError, match="there is no such setting; there are 0 to 47"):
        result.plan(48)
    with pytest.raises(InputError, match="made for other data than instance 'flanders-2024'"):
        result.plan(0, load("flanders-2024"))
    with pytest.raises(InputError, match="the folder holds no sweep"):
        SweepResult.read(tmp_path)
    with pytest.raises(InputError, match=r"nothing\.toml"):
        sweep(tmp_path / "nothing.toml")


def test_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(
        InputError, match=r"sweeps need the package pyarrow; pip install 'refzones\[research\]'"
    ):
        sweep(MANY)
