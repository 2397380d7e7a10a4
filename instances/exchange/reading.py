"""Reading a dual graph of any format as an instance: which format it is, the file says itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..common.activity import doing
from ..common.json_text import json_object
from ..common.problems import Problems, reject
from ..importing.districting import import_districting
from ..importing.districting_file import is_districting
from ..instance import Instance
from ..report import warnings
from ..tables.cells import is_workbook
from ..tables.form import TableForm
from ..tables.table import read_text
from ..vectors.features import VECTOR_ENDINGS
from .build import instance_and_roles
from .dual_graph import DualGraph
from .json_graphs import form_of, graph_of_json
from .pair_tables import graph_of_tables, with_table
from .roles import Roles
from .values import text_of

_TABLES = ("", ".csv", ".tsv", ".txt", ".tab")
_SHAPES = {"FeatureCollection", "Feature", "Topology", "GeometryCollection"}

FORMATS = (
    "a graph of NetworkX as JSON (adjacency or node-link), a table of neighbours, a boundary file, or a "
    "published districting instance"
)
"""What is read, for messages."""


@dataclass(frozen=True)
class Read:
    """An instance that was read, and what deserves a second look.

    Attributes
    ----------
    instance : Instance
    scenario : str
        Text of the scenario that comes with it; empty where none does.
    notes : tuple of str
        Which attribute was taken for what, and what is unusual in the data.
    """

    instance: Instance
    scenario: str
    notes: tuple[str, ...]


@doing("importing")
def read_graph(
    path: Path,
    roles: Roles = Roles(),
    *,
    name: str = "",
    crs: str = "",
    table: Path | None = None,
    layer: str | None = None,
    form: TableForm | None = None,
) -> Read:
    """Read a dual graph, and recognise its format.

    Parameters
    ----------
    path : Path
        JSON of NetworkX in adjacency or node-link form; a table with two columns of neighbours; a boundary
        file, of which neighbours are measured; or the JSON of a published districting instance, which has
        its own question.
    roles : Roles
        Which attribute is what; by default they are known by their usual names.
    name : str
        Of the instance; by default that in the file, else the name of the file.
    crs : str
        Coordinate reference system of x and y; by default the one that the file names.
    table : Path, optional
        Attributes of the units, one row each; a table of neighbours needs one.
    layer : str, optional
        Of a boundary file with several.
    form : TableForm, optional
        What is declared about the tables.

    Returns
    -------
    Read

    Raises
    ------
    InputError
        The format is none of these, or data are missing or cannot be used; all problems are listed.
    """
    problems = Problems()
    data: Mapping[str, Any] = {}
    if path.suffix.lower() in (".json", ".geojson", ".topojson"):
        text = read_text(path, problems, needs="name another one")
        problems.raise_if_any()
        unlike, remedy = "the format of this file is not known", f"give {FORMATS}"
        data = json_object(text or "", path.name, problems, unlike=unlike, remedy=remedy, holding=remedy)
        problems.raise_if_any()
        if is_districting(data):
            return _districting(path, name, table)
    graph = _graph(path, data, roles, crs, table, layer, form, problems)
    if table is not None and form_of(data):
        graph = with_table(graph, table, problems, form, roles.code)
    instance, roles = instance_and_roles(graph, roles, name or ("" if graph.about else path.stem), crs)
    left = [key for key in graph.attributes if key not in roles.used() and not _is_code(graph, key)]
    notes = [f"read as {', '.join(told)}"] if (told := roles.told()) else []
    notes += [f"without a meaning, and left out: {', '.join(left[:20])}"] if left and not graph.about else []
    return Read(instance, "", (*notes, *warnings(instance)))


def _is_code(graph: DualGraph, key: str) -> bool:
    return all(text_of(unit.attributes.get(key)) == unit.code for unit in graph.units)


def _districting(path: Path, name: str, table: Path | None) -> Read:
    if table is not None:
        reject("a districting instance is one file", "leave out the table", file=path.name)
    made = import_districting(path, name)
    return Read(made.instance, made.scenario, tuple(warnings(made.instance)))


def _graph(
    path: Path,
    data: Mapping[str, Any],
    roles: Roles,
    crs: str,
    table: Path | None,
    layer: str | None,
    form: TableForm | None,
    problems: Problems,
) -> DualGraph:
    """Read a graph by the format that it has."""
    if form_of(data):
        graph = graph_of_json(data, path.name, problems)
    elif str(data.get("type")) in _SHAPES or path.suffix.lower() in VECTOR_ENDINGS:
        from ..vectors.files import read_vector
        from .frames import graph_of_frame

        graph = graph_of_frame(read_vector(path, layer=layer).frame, roles, crs, path.name)
    elif path.suffix.lower() in _TABLES or is_workbook(path):
        if table is None:
            what = "a table of neighbours needs a table with the attributes of the units"
            reject(what, "name it: --table FILE", file=path.name)
        graph = graph_of_tables(path, table, problems, form, roles.code)
    else:
        reject("the format of this file is not known", f"give {FORMATS}", file=path.name)
    problems.raise_if_any()
    assert graph is not None
    return graph
