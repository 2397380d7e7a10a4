"""Dual graphs as JSON in the two forms of NetworkX: read with all checks, and written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..common.problems import Problems
from .dual_graph import ABOUT, DualGraph, Edge, Unit, numbered, paired
from .values import text_of

ADJACENCY = "adjacency"
NODE_LINK = "node-link"
_EDGES = ("edges", "links")
"""Key of the edges of the node-link form: NetworkX 3.4 and later, and before."""


def form_of(data: Mapping[str, Any]) -> str:
    """Recognise the form of a graph by its keys; empty where it is neither."""
    if "nodes" not in data:
        return ""
    if ADJACENCY in data:
        return ADJACENCY
    return NODE_LINK if any(key in data for key in _EDGES) else ""


def graph_of_json(data: Mapping[str, Any], file: str, problems: Problems) -> DualGraph | None:
    """Read a graph of either form.

    Parameters
    ----------
    data : mapping
        Of which `form_of` knows the form.
    file : str
    problems : Problems
        Receives nodes without an id or with that of another, unknown neighbours, loops, and pairs that stand
        twice; a directed graph is refused.

    Returns
    -------
    DualGraph or None
        None where there is a problem.
    """
    before = len(problems)
    if data.get("directed"):
        what, remedy = "the graph is directed", "neighbours are mutual: write it with graph.to_undirected()"
        problems.add(what, remedy, file=file, column="directed")
        return None
    units = tuple(_units(data["nodes"], file, problems))
    if not units and len(problems) == before:
        problems.add("the graph has no nodes", "name another file", file=file, column="nodes")
    if len(problems) > before:
        return None
    number = numbered(units, file, problems)
    if len(problems) > before:
        return None
    is_adjacency = form_of(data) == ADJACENCY
    edges = _adjacent(data, units, file, problems) if is_adjacency else _linked(data, file, problems)
    pairs = paired(list(edges), number, file, problems, both_ways=is_adjacency)
    said = _said(data.get("graph"))
    about = said.get(ABOUT)
    if len(problems) > before:
        return None
    return DualGraph(
        file, units, pairs, text_of(said.get("crs")), about if isinstance(about, Mapping) else {}
    )


def _said(graph: Any) -> dict[str, Any]:
    """Read the attributes of the graph itself: an object, or a list of keys and values."""
    if isinstance(graph, Mapping):
        return dict(graph)
    if not isinstance(graph, list):
        return {}
    pairs = [entry for entry in graph if isinstance(entry, list) and len(entry) == 2]
    return {str(key): value for key, value in pairs}


def _units(nodes: Any, file: str, problems: Problems) -> Iterator[Unit]:
    if not isinstance(nodes, list):
        problems.add("this must be a list with one object a node", "correct it", file=file, column="nodes")
        return
    for i, node in enumerate(nodes):
        if not isinstance(node, Mapping) or "id" not in node:
            what = f"nodes[{i}]: this must be an object with an id"
            problems.add(what, "correct it", file=file, column="nodes")
            continue
        yield Unit(text_of(node["id"]), {key: value for key, value in node.items() if key != "id"})


def _adjacent(
    data: Mapping[str, Any], units: Sequence[Unit], file: str, problems: Problems
) -> Iterator[Edge]:
    rows = data[ADJACENCY]
    if not isinstance(rows, list) or len(rows) != len(units):
        what = f"this must be a list with the neighbours of each of the {len(units)} nodes"
        problems.add(what, "correct it", file=file, column=ADJACENCY)
        return
    for i, (unit, row) in enumerate(zip(units, rows, strict=True)):
        for j, end in enumerate(row if isinstance(row, list) else [None]):
            where = f"{ADJACENCY}[{i}][{j}]"
            if not isinstance(end, Mapping) or "id" not in end:
                problems.add("this must be an object with an id", "correct it", file=file, column=where)
                continue
            attributes = {key: value for key, value in end.items() if key not in ("id", "key")}
            yield Edge((unit.code, end["id"]), attributes, where)


def _linked(data: Mapping[str, Any], file: str, problems: Problems) -> Iterator[Edge]:
    key = next(key for key in _EDGES if key in data)
    if not isinstance(data[key], list):
        problems.add("this must be a list with one object an edge", "correct it", file=file, column=key)
        return
    for i, edge in enumerate(data[key]):
        where = f"{key}[{i}]"
        if not isinstance(edge, Mapping) or not {"source", "target"} <= set(edge):
            what = "this must be an object with a source and a target"
            problems.add(what, "correct it", file=file, column=where)
            continue
        attributes = {name: value for name, value in edge.items() if name not in ("source", "target", "key")}
        yield Edge((edge["source"], edge["target"]), attributes, where)


def json_of_graph(graph: DualGraph, form: str) -> str:
    """Write a graph in one of the two forms, as NetworkX and what builds on it read it.

    Parameters
    ----------
    graph : DualGraph
    form : {'adjacency', 'node-link'}
    """
    said: dict[str, Any] = {"crs": graph.crs} if graph.crs else {}
    said |= {ABOUT: dict(graph.about)} if graph.about else {}
    data: dict[str, Any] = {"directed": False, "multigraph": False}
    nodes = [{**unit.attributes, "id": unit.code} for unit in graph.units]
    if form == ADJACENCY:
        rows: list[list[dict[str, Any]]] = [[] for _ in nodes]
        for pair in graph.pairs:
            for one, other in (pair.ends, pair.ends[::-1]):
                rows[one].append({**pair.attributes, "id": graph.units[other].code})
        data |= {"graph": [[key, value] for key, value in said.items()], "nodes": nodes, ADJACENCY: rows}
    else:
        ends = [tuple(graph.units[i].code for i in pair.ends) for pair in graph.pairs]
        edges = [
            {**pair.attributes, "source": one, "target": other}
            for pair, (one, other) in zip(graph.pairs, ends, strict=True)
        ]
        data |= {"graph": said, "nodes": nodes, "edges": edges}
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
