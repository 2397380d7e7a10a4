"""Graphs of NetworkX, which gerrychain, libpysal and many others take and give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..common.problems import Problems, reject
from ..instance import Instance
from .build import instance_of_graph
from .carried import graph_with_roles
from .dual_graph import ABOUT, DualGraph, Edge, Unit, numbered, paired
from .roles import Roles
from .values import text_of

if TYPE_CHECKING:
    import networkx as nx


def instance_of_networkx(graph: nx.Graph[Any], name: str = "", crs: str = "", **roles: Any) -> Instance:
    """Build an instance of a graph; see `Instance.from_networkx`."""
    return instance_of_graph(dual_graph(graph), Roles.given(**roles), name, crs)


def dual_graph(graph: nx.Graph[Any]) -> DualGraph:
    """Take a graph of NetworkX apart.

    Raises
    ------
    InputError
        It is directed, two of its nodes have one id as text, or it has loops or parallel edges.
    """
    if graph.is_directed():
        reject("the graph is directed", "neighbours are mutual: take graph.to_undirected()")
    problems = Problems()
    units = tuple(Unit(text_of(node), dict(said)) for node, said in graph.nodes(data=True))
    if not units:
        reject("the graph has no nodes", "take another one")
    number = numbered(units, "", problems)
    problems.raise_if_any()
    edges = [Edge((a, b), dict(said), f"edge {k}") for k, (a, b, said) in enumerate(graph.edges(data=True))]
    pairs = paired(edges, number, "", problems, both_ways=False)
    problems.raise_if_any()
    about = graph.graph.get(ABOUT)
    return DualGraph(
        "", units, pairs, text_of(graph.graph.get("crs")), about if isinstance(about, Mapping) else {}
    )


def graph_of_instance(instance: Instance) -> nx.Graph[str]:
    """Give an instance as a graph; see `Instance.to_networkx`."""
    import networkx as nx

    given = graph_with_roles(instance)
    graph: nx.Graph[str] = nx.Graph()
    graph.graph["crs"] = given.crs
    graph.graph[ABOUT] = dict(given.about)
    graph.add_nodes_from((unit.code, dict(unit.attributes)) for unit in given.units)
    for pair in given.pairs:
        one, other = (given.units[i].code for i in pair.ends)
        graph.add_edge(one, other, **pair.attributes)
    return graph
