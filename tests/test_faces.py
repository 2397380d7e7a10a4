"""What packages show: all of it is there, hides no module, has a docstring, and loads when it is used."""

from __future__ import annotations

import ast
import importlib
import inspect
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest
from support.python import loaded_by, run_python

TOP = Path(__file__).parents[1]
PACKAGES = [
    "refzones." + ".".join(file.relative_to(TOP).parts[:-1])
    for package in ("instances", "models", "solver", "app")
    for file in sorted((TOP / package).rglob("__init__.py"))
]
FACES = ["refzones", "refzones.instances", "refzones.models", "refzones.solver"]
HEAVY = {"ortools", "pulp", "matplotlib", "pandas", "geopandas", "shapely", "numba", "scipy"}


def _shown(package: str) -> dict[str, object]:
    module = importlib.import_module(package)
    return {name: getattr(module, name) for name in getattr(module, "__all__", ())}


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_hides_a_module(package: str) -> None:
    module = importlib.import_module(package)
    folder = Path(str(module.__file__)).parent
    inner = {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()}
    shown = {name for name, value in _shown(package).items() if not isinstance(value, ModuleType)}
    assert shown & inner == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_all_that_is_shown_is_documented(package: str) -> None:
    for name, value in _shown(package).items():
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), name


@pytest.mark.parametrize("package", FACES)
def test_type_checkers_see_what_is_shown(package: str) -> None:
    """The names for type checkers, those that load late, and `__all__` are the same, in the same modules."""
    module = importlib.import_module(package)
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    typed = {
        alias.name: f"{package}.{node.module}" if node.level else node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == module._places
    assert set(typed) == set(module.__all__)


@pytest.mark.parametrize("package", FACES)
def test_a_face_loads_nothing_but_itself(package: str) -> None:
    loaded = loaded_by(f"import {package}")
    ours = {name for name in loaded if name.startswith("refzones.")}
    helpers = {f"refzones.instances{rest}" for rest in ("", ".common", ".common.lazy", ".common.deprecated")}
    assert ours == {package, *helpers} - {"refzones"}


def test_the_verifier_loads_no_solver() -> None:
    loaded = loaded_by("from refzones.solver import verify")
    assert not HEAVY & loaded
    inside = {name.split(".")[2] for name in loaded if name.startswith("refzones.solver.")}
    assert inside <= {"verification"}


def test_plans_and_records_load_no_solver() -> None:
    loaded = loaded_by(
        "from refzones import Plan, Scenario, load\nfrom refzones.solver import read_record, record_of"
    )
    assert not HEAVY & loaded
    inside = {name.split(".")[2] for name in loaded if name.startswith("refzones.solver.")}
    assert inside == {"results"}


def test_what_is_not_there_is_said_to_be_missing() -> None:
    for package in FACES:
        module = importlib.import_module(package)
        with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'nothing'"):
            _ = module.nothing
        assert set(module.__all__) <= set(dir(module))


@pytest.mark.parametrize("package", FACES)
def test_old_names_give_what_the_new_ones_do(package: str) -> None:
    module = importlib.import_module(package)
    for old, new in module._renamed.items():
        assert old not in module.__all__
        with pytest.warns(DeprecationWarning, match=rf"{old} is now {package}\.{new};"):
            assert getattr(module, old) is getattr(module, new)


def test_the_top_gives_version_names_and_packages() -> None:
    source = (
        "import refzones\nprint(refzones.__version__, refzones.load().name, refzones.solver.engines.DEFAULT)"
    )
    assert run_python(source).split() == [version("refzones"), "flanders-2025", "highs"]
    assert not {"instances", "models", "solver", "app"} & set(_shown("refzones"))


def test_rooms_need_no_import_of_their_own() -> None:
    run_python("import refzones.solver\nassert refzones.solver.engines.base.EngineError")
