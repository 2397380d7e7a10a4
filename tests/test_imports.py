"""Imports go one way through the house, those for type checkers and late ones included."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

TOP = Path(__file__).parents[1]
HOUSE = {
    "instances": "common tables vectors . extending plan_files merging importing exchange synthetic __init__",
    "models": "nano_points programmes road scenario seats lacking ties indicators question terms"
    " scoring formulations . __init__",
    "solver": "limit_errors memory deadline progress recent results incumbents executing verification"
    " checking engines candidates partition diagrams methods regions infeasibility stages certificates audit"
    " review drawing plan_sets road experiments . __init__",
    "app": "version dutch terminal beside maps gis pictures files input dossier web commands process cli"
    " . __init__ face",
}
"""The packages, and in each its rooms: what stands later may import what stands earlier.

A room is a folder or a module, `__init__` the face of the package; the point is whatever else is at the top.
"""


@cache
def imports() -> nx.DiGraph[str]:
    """Modules of the house and which other modules each names in an import statement, wherever it stands."""
    files = {_dotted(file): file for package in HOUSE for file in sorted((TOP / package).rglob("*.py"))}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(files)
    for module, file in files.items():
        package = module if file.name == "__init__.py" else module.rpartition(".")[0]
        graph.add_edges_from((module, name) for name in _named(file.read_text("utf-8"), package, set(files)))
    return graph


def _dotted(file: Path) -> str:
    steps = file.relative_to(TOP).with_suffix("").parts
    return ".".join(steps[:-1] if steps[-1] == "__init__" else steps)


def _named(source: str, package: str, modules: set[str]) -> set[str]:
    """Which modules a source of a package imports."""
    named = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            named |= {alias.name.removeprefix("refzones.") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            steps = package.split(".")
            base = steps[: len(steps) - node.level + 1] if node.level else []
            origin = ".".join([*base, node.module] if node.module else base).removeprefix("refzones.")
            inner = {f"{origin}.{alias.name}" if origin else alias.name for alias in node.names}
            named |= {name if name in modules else origin for name in inner}
    return named & modules


def _room(module: str) -> tuple[str, str]:
    package, _, rest = module.partition(".")
    room = rest.partition(".")[0] or "__init__"
    return package, room if room in HOUSE[package].split() else "."


def test_reader_finds_every_kind_of_import() -> None:
    source = (
        "from ..b import c\nfrom . import d\nfrom ..b.c import x\nif TYPE_CHECKING:\n    from .e import Y\n"
        "def f():\n    from refzones.b import g\n    import refzones.h\n"
    )
    modules = {"b", "b.c", "a.d", "a.e", "b.g", "h", "a"}
    assert _named(source, "a", modules) == {"b.c", "a.d", "a.e", "b.g", "h"}


def test_no_module_waits_for_itself() -> None:
    circles = [sorted(part) for part in nx.strongly_connected_components(imports()) if len(part) > 1]
    assert circles == []


def test_no_folder_waits_for_itself() -> None:
    """However deep a folder lies; the faces of the packages offer what all folders have."""
    folders: nx.DiGraph[str] = nx.DiGraph()
    for a, b in imports().edges:
        if a not in HOUSE and b not in HOUSE:
            folders.add_edge(_folder(a), _folder(b))
    assert [sorted(part) for part in nx.strongly_connected_components(folders) if len(part) > 1] == []


def _folder(module: str) -> str:
    inner = (TOP / module.replace(".", "/")).is_dir()
    return module if inner else module.rpartition(".")[0]


@pytest.mark.parametrize("package", HOUSE)
def test_every_room_is_named(package: str) -> None:
    rooms = {room.stem for room in (TOP / package).iterdir() if _is_code(room)}
    named = set(HOUSE[package].split()) - {"."}
    assert named - rooms == set()
    assert {room for room in rooms - named if (TOP / package / room).is_dir()} == set()


def _is_code(path: Path) -> bool:
    return path.suffix == ".py" or any(path.glob("*.py"))


def test_imports_go_one_way() -> None:
    rank = {
        (package, room): (i, j)
        for i, (package, rooms) in enumerate(HOUSE.items())
        for j, room in enumerate(rooms.split())
    }
    upwards = [f"{a} imports {b}" for a, b in imports().edges if rank[_room(a)] < rank[_room(b)]]
    assert upwards == []
