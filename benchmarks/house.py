"""Figures of how a checkout is built: files, lines, imports between rooms, circles, what is loaded at first.

Run with ``python benchmarks/house.py CHECKOUT [CHECKOUT ...]``. ``--python`` names as many interpreters, in
whose environments the checkouts are installed, and measures by turns what they load and the least time that
this takes. A room is a folder below one of the four packages, with all that is in it; what lies flat in a
package is a room too. The faces of the packages offer what all rooms have: they draw no arrow between rooms.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import networkx as nx

PACKAGES = ("instances", "models", "solver", "app")
AT_ONCE, TYPES, LATE = "when loaded", "for type checkers", "in functions"
_REPEATS = 7

_VERIFY = "from refzones.solver import verify"
_HELP = "import sys; sys.argv = ['refzones', '--help']; from refzones.app.cli import main; main()"
_COUNTED = """
import atexit, sys
atexit.register(lambda: print(sum(name.startswith("refzones.") for name in sys.modules), len(sys.modules)))
"""


def imports(checkout: Path) -> nx.MultiDiGraph[str]:
    """Read the imports of a checkout.

    Returns
    -------
    MultiDiGraph
        Modules, as ``solver.region``, with an edge for each import of one by another; its key says when:
        `AT_ONCE`, `TYPES` (below ``if TYPE_CHECKING``) or `LATE` (in a function). The attribute ``lines`` of
        a module counts its lines.
    """
    files = {dotted(file, checkout): file for file in _sources(checkout)}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for module, file in files.items():
        text = file.read_text(encoding="utf-8")
        graph.add_node(module, lines=len(text.splitlines()))
        package = module if file.name == "__init__.py" else module.rpartition(".")[0]
        for name, kind in named(text, package):
            target = name if name in files else name.rpartition(".")[0]
            if target in files and target != module:
                graph.add_edge(module, target, key=kind)
    return graph


def dotted(file: Path, checkout: Path) -> str:
    """Name of a module; a face (``__init__.py``) bears that of its folder."""
    steps = file.relative_to(checkout).with_suffix("").parts
    return ".".join(steps[:-1] if steps[-1] == "__init__" else steps)


def named(text: str, package: str) -> Iterator[tuple[str, str]]:
    """Give what a source of a package imports of the house, name by name, and when."""
    waiting: list[tuple[ast.AST, str]] = [(ast.parse(text), AT_ONCE)]
    while waiting:
        node, kind = waiting.pop()
        if isinstance(node, ast.ImportFrom):
            origin = _origin(node, package)
            yield from (
                (f"{origin}.{alias.name}".strip("."), kind) for alias in node.names if origin is not None
            )
        elif isinstance(node, ast.Import):
            names = (alias.name for alias in node.names)
            yield from (
                (name.removeprefix("refzones."), kind) for name in names if name.startswith("refzones.")
            )
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += [(child, LATE) for child in ast.iter_child_nodes(node)]
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += [(child, TYPES) for child in node.body]
            waiting += [(child, kind) for child in node.orelse]
        else:
            waiting += [(child, kind) for child in ast.iter_child_nodes(node)]


def _origin(node: ast.ImportFrom, package: str) -> str | None:
    """Give the module that is imported from; None outside the house."""
    module = node.module or ""
    if not node.level:
        inside = module == "refzones" or module.startswith("refzones.")
        return module.removeprefix("refzones").removeprefix(".") if inside else None
    steps = package.split(".")
    base = steps[: len(steps) - node.level + 1]
    return ".".join([*base, module] if module else base)


def _sources(checkout: Path) -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((checkout / package).rglob("*.py"))


def room(module: str, folders: set[str]) -> str:
    """Room of a module: the folder below its package, or the package."""
    below = ".".join(module.split(".")[:2])
    return below if below in folders else module.partition(".")[0]


def circles(graph: nx.DiGraph[str]) -> str:
    """Count circles, and what is in them."""
    components = [part for part in nx.strongly_connected_components(graph) if len(part) > 1]
    return f"{len(components)}" + (
        f" ({', '.join(str(len(part)) for part in sorted(components, key=len))})" if components else ""
    )


def figures(checkout: Path) -> dict[str, str]:
    """Give the figures of a checkout that need nothing but reading."""
    graph = imports(checkout)
    lines = nx.get_node_attributes(graph, "lines")
    folders = {dotted(file, checkout) for file in _sources(checkout) if file.name == "__init__.py"}
    tests = list((checkout / "tests").rglob("*.py"))
    longest = max(lines, key=lambda module: lines[module])
    out = {
        "modules flat in solver": str(
            sum(m.startswith("solver.") and m.count(".") == 1 and m not in folders for m in graph)
        ),
        "rooms": str(len({room(module, folders) for module in graph})),
        "files": str(len(lines)),
        "lines": f"{sum(lines.values()):,}",
        "longest file": f"{lines[longest]} ({longest})",
        "files over 400 lines": str(sum(number > 400 for number in lines.values())),
        "test files": str(len(tests)),
        "test lines": f"{sum(len(file.read_text(encoding='utf-8').splitlines()) for file in tests):,}",
        "imports": str(graph.number_of_edges()),
    }
    for title, kinds in (
        (AT_ONCE, {AT_ONCE}),
        (f"{AT_ONCE} or {TYPES}", {AT_ONCE, TYPES}),
        ("all", {AT_ONCE, TYPES, LATE}),
    ):
        held: nx.DiGraph[str] = nx.DiGraph((a, b) for a, b, kind in graph.edges(keys=True) if kind in kinds)
        rooms: nx.DiGraph[str] = nx.DiGraph()
        for one, other in held.edges:
            ends = room(one, folders), room(other, folders)
            if ends[0] != ends[1] and not {one, other} & set(PACKAGES):
                rooms.add_edge(*ends)
        out[f"arrows between rooms: imports {title}"] = str(rooms.number_of_edges())
        out[f"circles of rooms (how many in each): imports {title}"] = circles(rooms)
        out[f"circles of modules: imports {title}"] = circles(held)
    return out


def loaded(pythons: Sequence[Path]) -> dict[str, list[str]]:
    """Count what is loaded in some environments, and measure how long it takes, by turns."""
    out: dict[str, list[str]] = {}
    for title, code in ((_VERIFY, _VERIFY), ("refzones --help", _HELP)):
        counts = [_output([str(python), "-c", _COUNTED + code]).split()[-2:] for python in pythons]
        out[f"modules loaded, {title}"] = [f"{own} of refzones, {all_} in all" for own, all_ in counts]
        commands = [_command(python, title) for python in pythons]
        seconds = [[_seconds(command) for command in commands] for _ in range(_REPEATS)]
        out[f"seconds, {title}"] = [f"{min(column):.2f}" for column in zip(*seconds, strict=True)]
    return out


def _command(python: Path, title: str) -> list[str]:
    if title == _VERIFY:
        return [str(python), "-c", _VERIFY]
    script = shutil.which("refzones", path=str(python.parent))
    assert script is not None, f"refzones is not installed beside {python}"
    return [script, "--help"]


def _output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd="/").stdout


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    _output(command)
    return time.perf_counter() - begun


def main(arguments: list[str] | None = None) -> None:
    """Print the figures, a column a checkout."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--python", nargs="+", type=Path, default=[], help="one for each checkout")
    given = parser.parse_args(arguments)
    if given.python and len(given.python) != len(given.checkouts):
        parser.error("--python takes as many interpreters as there are checkouts")
    read = [figures(checkout.resolve()) for checkout in given.checkouts]
    rows = {title: [one[title] for one in read] for title in read[0]}
    if given.python:
        rows |= loaded([python.absolute() for python in given.python])
    width = max(map(len, rows))
    for title, cells in rows.items():
        print(f"{title:{width}}  " + "  ".join(f"{cell:>24}" for cell in cells).rstrip())


if __name__ == "__main__":
    sys.exit(main())
