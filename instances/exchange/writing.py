"""Writing an instance in the formats of the field, each read back before it takes its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..common.activity import doing
from ..common.atomic import staged_folder
from ..common.problems import Problems, reject, suggest
from ..instance import Instance
from .build import instance_of_graph
from .carried import graph_with_roles
from .dual_graph import DualGraph
from .json_graphs import ADJACENCY, NODE_LINK, graph_of_json, json_of_graph
from .pair_tables import graph_of_tables, write_pairs, write_units
from .roles import Roles


@dataclass(frozen=True)
class GraphFormat:
    """A format that instances are written in.

    Attributes
    ----------
    files : tuple of str
        Endings of the files, after the name of the instance.
    write : callable
        Writes a graph into a folder under a name.
    read : callable
        Reads it again.
    """

    files: tuple[str, ...]
    write: Callable[[DualGraph, Path, str], None]
    read: Callable[[Path, str, Problems], DualGraph | None]


def _as_json(form: str) -> GraphFormat:
    ending = f".{form}.json"

    def write(graph: DualGraph, folder: Path, name: str) -> None:
        (folder / f"{name}{ending}").write_text(json_of_graph(graph, form), encoding="utf-8")

    def read(folder: Path, name: str, problems: Problems) -> DualGraph | None:
        file = f"{name}{ending}"
        return graph_of_json(json.loads((folder / file).read_text(encoding="utf-8")), file, problems)

    return GraphFormat((ending,), write, read)


def _write_tables(graph: DualGraph, folder: Path, name: str) -> None:
    write_pairs(graph, folder / f"{name}.pairs.csv")
    write_units(graph, folder / f"{name}.units.csv")


def _read_tables(folder: Path, name: str, problems: Problems) -> DualGraph | None:
    return graph_of_tables(folder / f"{name}.pairs.csv", folder / f"{name}.units.csv", problems)


GRAPH_FORMATS: Mapping[str, GraphFormat] = {
    ADJACENCY: _as_json(ADJACENCY),
    NODE_LINK: _as_json(NODE_LINK),
    "tables": GraphFormat((".pairs.csv", ".units.csv"), _write_tables, _read_tables),
}
"""Formats by their name."""


@doing("writing the instance")
def write_graph(instance: Instance, folder: Path, form: str) -> tuple[Path, ...]:
    """Write an instance as a dual graph.

    Parameters
    ----------
    instance : Instance
    folder : Path
        Made when it does not exist; other files in it stay.
    form : str
        One of `GRAPH_FORMATS`.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    InputError
        There is no such format, or the folder cannot be written.
    """
    if form not in GRAPH_FORMATS:
        reject("there is no such format", suggest(form, GRAPH_FORMATS), value=form)
    way, graph = GRAPH_FORMATS[form], graph_with_roles(instance)
    name = Path(instance.name).name or "instance"
    files = [f"{name}{ending}" for ending in way.files]
    with staged_folder(folder, replaces=files, last=files[-1]) as staging:
        way.write(graph, staging, name)
        _check(instance, graph, way.read(staging, name, problems := Problems()), problems)
    return tuple(folder / file for file in files)


def _check(instance: Instance, graph: DualGraph, read: DualGraph | None, problems: Problems) -> None:
    """Stop where what was written does not read back to the same data."""
    problems.raise_if_any()
    assert read is not None
    roles = Roles(**graph.about["roles"])
    same = instance_of_graph(replace(read, crs=graph.crs, about=graph.about), roles)
    for key in ("codes", "names", "regions", "classes"):
        if getattr(same, key) != getattr(instance, key):
            raise AssertionError(f"what was written has other {key}")
    for key in ("population", "area", "x", "y", "region", "facility"):
        if getattr(same, key).tolist() != getattr(instance, key).tolist():
            raise AssertionError(f"what was written has another {key}")
    if same.borders.pairs.tolist() != instance.borders.pairs.tolist():
        raise AssertionError("what was written has other neighbours")
