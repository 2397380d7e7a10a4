"""Dual graphs as files: what is written reads back to the same instance, and other programs read it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.instances.exchange import GRAPH_FORMATS, read_graph, write_graph


@pytest.mark.parametrize("form", ["adjacency", "node-link"])
def test_files_come_back_as_they_went(form: str, small_instances: st.SearchStrategy[Instance]) -> None:
    @settings(max_examples=30, deadline=None)
    @given(small_instances)
    def there_and_back(instance: Instance) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (file,) = write_graph(instance, Path(folder), form)
            again = read_graph(file).instance
        assert again.hash == replace(instance, flows=None).hash
        assert again.name == instance.name

    there_and_back()


def test_tables_come_back_as_they_went(toy: Instance, tmp_path: Path) -> None:
    toy = replace(toy, x=toy.x + 150_000.25, y=toy.y + 170_000, merged_in=toy.merged_in * 0)
    pairs, units = write_graph(toy, tmp_path, "tables")
    assert pairs.read_text(encoding="utf-8").splitlines()[0] == "source,target,shared_perim"
    from refzones.instances.exchange import Roles

    roles = Roles.given(zones=["police", "fire"], functions=["hospital", "rail"], attributes=["income"])
    again = read_graph(pairs, roles, table=units, crs="EPSG:31370").instance
    assert again.hash == toy.hash


def test_networkx_and_gerrychain_read_it(toy: Instance, tmp_path: Path) -> None:
    (file,) = write_graph(toy, tmp_path, "node-link")
    data = json.loads(file.read_text(encoding="utf-8"))
    data["links"] = data.pop("edges")  # as NetworkX before 3.4 calls them, whatever version is at hand
    try:
        graph = nx.node_link_graph(data, edges="links")
    except TypeError:
        graph = nx.node_link_graph(data)
    assert dict(graph.nodes["1001"])["police"] == "P1"
    (file,) = write_graph(toy, tmp_path, "adjacency")
    graph = nx.adjacency_graph(json.loads(file.read_text(encoding="utf-8")))
    assert graph.edges["1001", "1002"]["shared_perim"] == 150.5
    gerrychain = pytest.importorskip("gerrychain")
    assert len(gerrychain.Graph.from_json(str(file)).nodes) == 4


def test_a_format_that_does_not_exist(toy: Instance, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such format; did you mean 'adjacency'"):
        write_graph(toy, tmp_path, "adjacancy")
    assert list(tmp_path.iterdir()) == [tmp_path / "toy"]  # nothing but the folder that it was read from
    assert set(GRAPH_FORMATS) == {"adjacency", "node-link", "tables"}
