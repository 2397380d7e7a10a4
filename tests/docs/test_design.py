"""docs/design.md names what there is: files and folders, classes and functions; other pages name modules."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import solve
from test_imports import HOUSE

TOP = Path(__file__).parents[2]
TEXT = (TOP / "docs" / "design.md").read_text(encoding="utf-8")
ROOMS = ("instances", "models", "solver", "app", "benchmarks", "docs", "tests")
FILES = [file.relative_to(TOP).as_posix() for room in ROOMS for file in (TOP / room).rglob("*.*")]
PAGES = [*TOP.glob("*.md"), *(TOP / "docs").glob("*.md"), TOP / "benchmarks" / "README.md"]
DAY = TEXT.split("## A day in the house\n")[1].split("\n## ")[0]
CODE = sorted(set(re.findall(r"`([^`\n]+)`", TEXT)))


def defined() -> set[str]:
    """List the classes, functions, parameters, fields and constants that the modules of the house define."""
    names = set()
    for file in FILES:
        if file.endswith(".py") and not file.startswith(("tests", "docs")):
            for node in ast.walk(ast.parse((TOP / file).read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef | ast.FunctionDef):
                    names.add(node.name)
                elif isinstance(node, ast.arg):
                    names.add(node.arg)
                elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                    names.add(node.target.id)
    return names


def exists(path: str) -> bool:
    """Tell whether a file or folder is there; the first folders of a path may be left out."""
    if "." not in path:
        folder = path.removesuffix("/") + "/"
        return any(file.startswith(folder) or f"/{folder}" in file for file in FILES)
    return any(file == path or file.endswith(f"/{path}") for file in FILES)


def is_path(code: str) -> bool:
    """Tell whether a piece of code is a path: to a module or a document of ours, or to a folder."""
    return (
        bool(re.fullmatch(r"[\w/*-]+\.(?:py|md)|(?:[\w-]+/)+|\w+(?:/[\w-]+)+", code))
        and "*" not in code
        and "KEY" not in code
    )


def is_class(code: str) -> bool:
    """Tell whether a piece of code is the name of a class."""
    return bool(
        re.fullmatch(r"(?:[A-Z][a-z0-9]+){2,}|Plan|Scenario|Instance|Question|Model|Scorer|Level", code)
    )


@pytest.mark.parametrize("path", list(filter(is_path, CODE)))
def test_every_path_leads_somewhere(path: str) -> None:
    assert exists(path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_module_named_on_a_page_is_there(page: Path) -> None:
    code = set(re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8")))
    named = [
        name for name in filter(is_path, code) if name.endswith(".py") or name.split("/")[0] in ROOMS[:4]
    ]
    assert [name for name in named if not exists(name)] == []


def test_every_class_is_defined() -> None:
    assert set(filter(is_class, CODE)) - defined() == set()


def test_every_name_of_the_day_is_defined() -> None:
    """Classes, functions, methods and fields alike."""
    code = set(re.findall(r"`([A-Za-z_][\w.]*)`", DAY))
    names = {part for name in code if not name.endswith((".json", ".py")) for part in name.split(".")}
    assert len(names) > 50
    assert names - defined() == set()


def test_the_day_goes_as_told() -> None:
    """The figures of the example."""
    result = solve(load("flanders-2025"), Scenario.preset("mergers"), regions=["Midwest"])
    (region,) = result.by_region
    told = " ".join(DAY.split())
    assert f"Midwest, with {region.municipalities} municipalities, is one" in told
    assert f"{region.kept} of the {region.candidates:,}" in told
    assert f"Midwest has {region.candidates:,}." in told
    assert f"ends with {len(region.mergers)} mergers and {result.score:.9f} points" in told
    assert result.score_nano == result.bound_nano


def test_every_room_stands_with_its_question() -> None:
    """A room is a folder of modules, but for the four packages, what lies deeper, and the face."""
    rooms = [file.parent for package in ROOMS[:4] for file in (TOP / package).glob("*/**/__init__.py")]
    asked = {}
    for room in rooms:
        name = room.relative_to(TOP).as_posix()
        if name.count("/") < 3 and name not in ("app/face", "instances/embedded"):
            asked[name] = str(ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))))
    told = dict(re.findall(r"^\| `(\w+(?:/\w+)+)/` \| (.+?) \|$", TEXT, re.MULTILINE))
    assert told == {name: text.splitlines()[0] for name, text in asked.items()}
    assert all(question.endswith("?") for question in told.values())
    order = [f"{package}/{room}" for package, rooms in HOUSE.items() for room in rooms.split()]
    places = [order.index("/".join(name.split("/")[:2])) for name in told]
    assert places == sorted(places), "what imports stands below what it imports"


def test_what_is_missing_is_found() -> None:
    assert is_path("solver/nowhere.py")
    assert not exists("solver/nowhere.py")
    assert is_path("solver/methods/")
    assert exists("solver/methods/")
    assert not exists("solver/rooms/")
    assert is_class("PartitionProblem")
    assert not is_class("BOTH")
