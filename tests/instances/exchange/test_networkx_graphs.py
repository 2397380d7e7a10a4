"""`Instance.from_networkx` and `to_networkx`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance


def grid(**attributes: Any) -> nx.Graph[Any]:
    """A graph of six units, as gerrychain's examples have them: ids are pairs of numbers."""
    graph: nx.Graph[Any] = nx.grid_2d_graph(3, 2)
    for k, node in enumerate(graph.nodes):
        place = {"C_X": 150_000.0 + 1000 * node[0], "C_Y": 170_000.0 + 1000 * node[1]}
        graph.nodes[node].update({"TOTPOP": 100 * (k + 1), **place, **attributes})
    return graph


def test_a_graph_comes_back_as_it_went(small_instances: st.SearchStrategy[Instance]) -> None:
    @settings(max_examples=60, deadline=None)
    @given(small_instances)
    def there_and_back(instance: Instance) -> None:
        graph = instance.to_networkx()
        again = Instance.from_networkx(graph)
        assert again.hash == replace(instance, flows=None).hash
        assert again.hash_with(graph.graph["refzones"]["roles"]["yearly"]) == replace(
            instance, flows=None
        ).hash_with(graph.graph["refzones"]["roles"]["yearly"])
        assert again.name == instance.name
        assert dict(again.texts) == dict(instance.texts)
        assert dict(again.sources) == dict(instance.sources)
        assert dict(again.columns) == dict(instance.columns)
        assert [f.unit for f in again.functions.values()] == [f.unit for f in instance.functions.values()]

    there_and_back()


def test_usual_names_are_known_and_ids_may_be_anything() -> None:
    made = Instance.from_networkx(grid(), "grid", "EPSG:31370")
    assert made.codes == ("0_0", "0_1", "1_0", "1_1", "2_0", "2_1")
    assert made.total_population == 2_100
    assert made.regions == ("all",)
    assert len(made.borders.pairs) == 7
    assert set(made.borders.length) == {1000.0}
    assert made.names == made.codes


def test_roles_are_named() -> None:
    graph = grid(county="West", own=3.5, seats=0)
    for k, (_, said) in enumerate(graph.nodes(data=True)):
        said |= {"GEOID": f"{k:05d}", "label": f"Tract {k}", "people": said.pop("TOTPOP")}
    nx.set_edge_attributes(graph, 250.5, "metres")
    made = Instance.from_networkx(
        graph,
        crs="EPSG:31370",
        population="people",
        code="GEOID",
        label="label",
        region="county",
        length="metres",
        zones={"police": "county"},
        functions=["seats"],
        attributes=["own"],
    )
    assert made.codes[:2] == ("00000", "00001")
    assert made.names[1] == "Tract 1"
    assert made.regions == ("West",)
    assert made.layers["police"].zones == ("West",)
    assert not made.functions["seats"].present.any()
    assert made.attributes["own"].tolist() == [3.5] * 6
    assert set(made.borders.length) == {250.5}


def _directed() -> nx.Graph[Any]:
    return grid().to_directed()


def _with_loop() -> nx.Graph[Any]:
    graph = grid()
    graph.add_edge((0, 0), (0, 0))
    return graph


def _parallel() -> nx.Graph[Any]:
    graph = nx.MultiGraph(grid())
    graph.add_edge((0, 0), (1, 0))
    return graph


def _same_text() -> nx.Graph[Any]:
    graph = grid()
    graph.add_node("0_0", TOTPOP=1, C_X=150_000.0, C_Y=170_000.0)
    return graph


def _with(key: str, value: object) -> Callable[[], nx.Graph[Any]]:
    def make() -> nx.Graph[Any]:
        graph = grid()
        graph.nodes[2, 1][key] = value
        return graph

    return make


MISTAKES: dict[str, tuple[Callable[[], nx.Graph[Any]], str]] = {
    "directed": (_directed, "the graph is directed; neighbours are mutual"),
    "loop": (_with_loop, "a unit is no neighbour of itself; remove the loop"),
    "parallel": (_parallel, "the pair stands already in edge"),
    "one id twice": (_same_text, "value '0_0': this id stands twice"),
    "empty": (nx.Graph, "the graph has no nodes"),
    "negative": (
        _with("TOTPOP", -5),
        "column 'TOTPOP', value '-5': node '2_1': this must be at least 0",
    ),
    "missing": (_with("TOTPOP", None), "column 'TOTPOP': node '2_1': there is no value"),
    "not whole": (_with("TOTPOP", 1.5), "value '1.5': node '2_1': this must be a whole number"),
    "no number": (_with("TOTPOP", "many"), "value 'many': node '2_1': this must be a finite number"),
    "yes for a number": (_with("TOTPOP", True), "value 'True': node '2_1': this must be a finite number"),
    "nowhere": (_with("C_X", float("inf")), "column 'C_X', value 'inf': node '2_1'"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told_with_their_place(mistake: str) -> None:
    make, said = MISTAKES[mistake]
    with pytest.raises(InputError) as caught:
        Instance.from_networkx(make(), crs="EPSG:31370")
    assert said in str(caught.value)


def test_an_attribute_that_is_not_there_is_suggested() -> None:
    with pytest.raises(
        InputError, match="population: there is no attribute 'TOTPOPS'; did you mean 'TOTPOP'"
    ):
        Instance.from_networkx(grid(), crs="EPSG:31370", population="TOTPOPS")
    with pytest.raises(InputError, match="no attribute is known to be the population"):
        Instance.from_networkx(nx.path_graph(2), crs="EPSG:31370")
    with pytest.raises(InputError, match=r"more than one attribute can be the population: TOTPOP, POP100"):
        Instance.from_networkx(grid(POP100=3), crs="EPSG:31370")
    with pytest.raises(InputError, match="names no coordinate reference system"):
        Instance.from_networkx(grid())


def test_codes_that_files_cannot_tell_apart_are_refused() -> None:
    graph = nx.relabel_nodes(grid(), {(0, 0): "01", (0, 1): "1"})
    with pytest.raises(InputError, match="another unit has this code: '01'"):
        Instance.from_networkx(graph, crs="EPSG:31370")


def test_gerrychain_takes_it_and_gives_assignments_back() -> None:
    gerrychain = pytest.importorskip("gerrychain")
    made = Instance.from_networkx(grid(), "grid", "EPSG:31370")
    graph = gerrychain.Graph.from_networkx(made.to_networkx())
    assignment = {code: 1 if made.x[i] < 151_500 else 2 for i, code in enumerate(made.codes)}
    partition = gerrychain.Partition(graph, assignment, {"cut": gerrychain.updaters.cut_edges})
    assert len(partition["cut"]) == 2
    ids = partition.graph.node_indices
    said = {partition.graph.node_data(i)["name"]: partition.assignment.mapping[i] for i in ids}
    assert said == assignment


def test_libpysal_takes_it() -> None:
    weights = pytest.importorskip("libpysal.weights")
    made = Instance.from_networkx(grid(), "grid", "EPSG:31370")
    found = weights.W.from_networkx(made.to_networkx())
    assert found.n == 6
    assert found.neighbors[0] == [1, 2]  # numbered in the order of the nodes
