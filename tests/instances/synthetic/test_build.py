from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import Instance, read_folder, synthesise, write_folder
from refzones.instances.report import warnings
from refzones.models import Scenario
from refzones.solver import solve, verify


def check_frames(instance: Instance) -> None:
    """Regions and zones are connected and nested."""
    graph: nx.Graph[int] = nx.Graph(instance.borders.pairs.tolist())
    assert nx.is_connected(graph)
    care, police = (instance.layers[key].zone for key in ("primary_care", "police"))
    assert min(care.min(), police.min()) >= 0
    for inner, outer in ((police, care), (care, instance.region)):
        for zone in np.unique(inner):
            members = np.flatnonzero(inner == zone).tolist()
            assert len(set(outer[members].tolist())) == 1
            assert nx.is_connected(graph.subgraph(members))
    for region in range(len(instance.regions)):
        members = instance.members(region).tolist()
        assert members == list(range(members[0], members[-1] + 1))  # numbered region by region
        assert nx.is_connected(graph.subgraph(members))


@given(st.integers(10, 80), st.integers(0, 10_000), st.sampled_from((2.0, 3.0, 7.5, 15.0)), st.data())
@settings(max_examples=25, deadline=None)
def test_whatever_is_drawn_is_sound(n: int, seed: int, per_merger: float, data: st.DataObject) -> None:
    regions = data.draw(st.none() | st.integers(1, max(1, int(n / per_merger))))
    instance = synthesise(n, regions=regions, per_merger=per_merger, seed=seed)
    assert len(instance) == n
    assert regions is None or len(instance.regions) == regions
    assert not warnings(instance)
    assert not instance.facility.any()
    assert len(set(instance.names)) == n
    check_frames(instance)


def test_large_ones_too() -> None:
    instance = synthesise(1_500, per_merger=5, seed=9)
    assert not warnings(instance)
    check_frames(instance)


def test_zones_are_of_about_the_sizes_of_flanders(usual: Instance) -> None:
    for key, size in (("police", 68_000), ("primary_care", 122_000)):
        assert usual.total_population / len(usual.layers[key].zones) == pytest.approx(size, rel=0.15)


def test_the_same_arguments_draw_the_same_instance(usual: Instance) -> None:
    again = synthesise(300, regions=15, per_merger=3, seed=4)
    assert again.hash == usual.hash
    assert again.name == usual.name == "synthetic-300-15-3-4"
    assert synthesise(300, seed=5).hash != usual.hash
    assert synthesise(30, name="mine").name == "mine"


def test_what_is_written_reads_back_equal(thick: Instance, tmp_path: Path) -> None:
    write_folder(thick, tmp_path / "thick")
    back = read_folder(tmp_path / "thick")
    assert back.hash == thick.hash
    assert dict(back.columns) == dict(thick.columns)


def test_each_column_says_what_it_is(tmp_path: Path) -> None:
    small = synthesise(10, flows=True)
    write_folder(small, tmp_path / "small")
    named = {
        f"{file.stem}.{column}"
        for file in (tmp_path / "small").glob("*.csv")
        for column in file.read_text(encoding="utf-8").splitlines()[0].split(",")
    }
    plain = {"nis", "name", "neighbour", "facility", "origin", "destination"}
    assert {column for column in named if column.split(".")[1] not in plain} == small.columns.keys()


@pytest.mark.parametrize("preset", ["mergers", "zones"])
def test_presets_run_unchanged(preset: str) -> None:
    instance = synthesise(60, seed=0)
    result = solve(instance, Scenario.preset(preset))
    assert result.status == "optimal"
    assert result.plan is not None
    assert verify(instance, result.scenario, result.plan) == ()


def test_all_terms_can_be_asked() -> None:
    instance = synthesise(20, seed=1, flows=True)
    weights = {"commuting": 100, "fiscal": 5, "moment": 1e-7, "stacking": 20, "touched(police)": 1}
    result = solve(instance, Scenario.from_dict({"weights": weights}))
    assert result.status == "optimal"
    assert all(min(merger.values[:2]) > 0 for merger in result.mergers if len(merger.members) > 1)
