"""Graphs as JSON, as NetworkX writes them, and with every mistake."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from refzones.instances import InputError
from refzones.instances.exchange import Read, Roles, read_graph

NODES = [
    {"id": 1, "TOTPOP": 100, "C_X": 150_000, "C_Y": 170_000, "county": "A"},
    {"id": 2, "TOTPOP": 200.0, "C_X": 151_000, "C_Y": 170_000, "county": "A"},
    {"id": 3, "TOTPOP": "300", "C_X": 150_000, "C_Y": 171_000, "county": "B"},
]
LINKED = {
    "directed": False,
    "multigraph": False,
    "graph": {"crs": "EPSG:31370"},
    "nodes": NODES,
    "links": [{"source": 1, "target": 2, "shared_perim": 7.5}, {"source": 2, "target": 3, "shared_perim": 2}],
}


def read(tmp_path: Path, data: object, **roles: Any) -> Read:
    file = tmp_path / "graph.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return read_graph(file, Roles.given(**roles))


@pytest.mark.parametrize("key", ["links", "edges"])
def test_both_names_of_the_edges(tmp_path: Path, key: str) -> None:
    data = {name: value for name, value in LINKED.items() if name != "links"} | {key: LINKED["links"]}
    made = read(tmp_path, data, region="county")
    assert made.instance.population.tolist() == [100, 200, 300]
    assert made.instance.borders.length.tolist() == [7.5, 2]
    assert made.instance.regions == ("A", "B")
    assert made.instance.name == "graph"
    assert "population = TOTPOP" in made.notes[0]
    assert any("share only 7.5 m of border" in note for note in made.notes)


def test_what_networkx_writes(tmp_path: Path) -> None:
    graph: nx.Graph[Any] = nx.Graph(crs="EPSG:31370")
    graph.add_nodes_from((node["id"], {k: v for k, v in node.items() if k != "id"}) for node in NODES)
    graph.add_edge(1, 2, shared_perim=500.0)
    for data in (nx.adjacency_data(graph), nx.node_link_data(graph)):
        made = read(tmp_path, data)
        assert made.instance.codes == ("1", "2", "3")
        assert made.instance.borders.pairs.tolist() == [[0, 1]]
        assert any("has no neighbours: it can only stand alone" in note for note in made.notes)
        assert "without a meaning, and left out: county" in made.notes


def test_nobody_lives_there_and_values_that_are_not_numbers(tmp_path: Path) -> None:
    data = json.loads(json.dumps(LINKED))
    data["nodes"][0] |= {"TOTPOP": 0, "own": float("nan")}
    made = read(tmp_path, data, zones={"area": "county"})
    assert made.instance.uninhabited
    assert made.instance.layers["area"].zones == ("A", "B")


def _changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(LINKED))
    change(data)
    return data


def _adjacency(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    data = _changed(lambda data: data.pop("links"))
    data["adjacency"] = [[{"id": 2, "w": 1}], [{"id": 1, "w": 1}, {"id": 3}], [{"id": 2}]]
    change(data)
    return data


MISTAKES: dict[str, tuple[object, str]] = {
    "cut off": ('{"nodes": [', "graph.json, row 1: this is not valid JSON ("),
    "a list": ("[1]", "graph.json: the file must hold an object; give a graph of NetworkX"),
    "deep": ("[" * 100_000, "graph.json: the format of this file is not known"),
    "something else": (
        {"a": 1},
        "graph.json: the format of this file is not known; give a graph of NetworkX",
    ),
    "directed": (_changed(lambda d: d.update(directed=True)), "column 'directed': the graph is directed"),
    "no nodes": (_changed(lambda d: d.update(nodes=[])), "column 'nodes': the graph has no nodes"),
    "nodes are no list": (_changed(lambda d: d.update(nodes={})), "column 'nodes': this must be a list"),
    "no id": (_changed(lambda d: d["nodes"][1].pop("id")), "nodes[1]: this must be an object with an id"),
    "empty id": (_changed(lambda d: d["nodes"][1].update(id=None)), "nodes[1]: a unit needs an id"),
    "id twice": (_changed(lambda d: d["nodes"][1].update(id="1")), "value '1': this id stands twice"),
    "unknown end": (
        _changed(lambda d: d["links"][0].update(target=9)),
        "column 'links[0]', value '1 - 9': there is no unit '9'; correct the edge",
    ),
    "loop": (
        _changed(lambda d: d["links"][0].update(target=1)),
        "column 'links[0]', value '1 - 1': a unit is no neighbour of itself; remove the loop",
    ),
    "parallel": (
        _changed(lambda d: d["links"].append({"source": 2, "target": 1})),
        "column 'links[2]', value '2 - 1': the pair stands already in links[0]; keep one edge",
    ),
    "no target": (
        _changed(lambda d: d["links"][0].pop("target")),
        "column 'links[0]': this must be an object with a source and a target",
    ),
    "edges are no list": (_changed(lambda d: d.update(links=3)), "column 'links': this must be a list"),
    "length": (
        _changed(lambda d: d["links"][1].update(shared_perim=-2)),
        "column 'shared_perim', value '-2': edge '2 - 3': the length must be a number of metres, 0 or more",
    ),
    "no length": (_changed(lambda d: d["links"][1].pop("shared_perim")), "edge '2 - 3': the length must be"),
    "degrees": (
        _changed(lambda d: [n.update(C_X=5.1, C_Y=50.2) for n in d["nodes"]]),
        "x and y look like degrees, such as (5.1, 50.2)",
    ),
    "no place": (
        _changed(lambda d: [n.pop("C_X") for n in d["nodes"]]),
        "no attribute is known to be x, in metres; there are: TOTPOP, C_Y, county; say which one is",
    ),
    "no system": (_changed(lambda d: d.update(graph={})), "--crs EPSG:NUMBER"),
    "adjacency too short": (_adjacency(lambda d: d["adjacency"].pop()), "neighbours of each of the 3 nodes"),
    "adjacency without id": (
        _adjacency(lambda d: d["adjacency"][1][0].pop("id")),
        "column 'adjacency[1][0]': this must be an object with an id",
    ),
    "one side twice": (
        _adjacency(lambda d: d["adjacency"][0].append({"id": 2})),
        "column 'adjacency[0][1]', value '1 - 2': the pair stands already in adjacency[0][0]",
    ),
    "two sides that differ": (
        _adjacency(lambda d: d["adjacency"][0][0].update(w=2)),
        "column 'adjacency[1][0]', value '2 - 1': the two directions of the pair do not say the same",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told_with_their_place(mistake: str, tmp_path: Path) -> None:
    data, said = MISTAKES[mistake]
    with pytest.raises(InputError) as caught:
        read(tmp_path, data)
    assert said in str(caught.value)


def test_many_of_one_kind_make_one_line(tmp_path: Path) -> None:
    nodes = [{"id": i, "TOTPOP": -i - 1, "C_X": 150_000, "C_Y": 170_000} for i in range(50)]
    with pytest.raises(InputError) as caught:
        read(tmp_path, LINKED | {"nodes": nodes})
    (line,) = str(caught.value).splitlines()
    assert "and 42 more" in line
