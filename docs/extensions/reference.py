"""Sphinx extension: pages of the API reference, one for each public face and one for each room.

The page of a face (`refzones.solver`) documents every name of its `__all__`. The page of a room documents its
modules, but for what a face documents already.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOMS = ("refzones.instances", "refzones.models", "refzones.solver", "refzones.app")
FACES = ("refzones", *ROOMS[:3])
FLAT = "refzones"
"""The face that repeats names of the others: it has an overview only."""


@cache
def exports(face: str) -> dict[str, Any]:
    """Load the public names of a face."""
    module = import_module(face)
    return {name: getattr(module, name) for name in module.__all__ if not name.startswith("_")}


@cache
def homes() -> dict[int, str]:
    """Give the full name under which an object of a face is documented, by its identity."""
    return {
        id(value): f"{face}.{name}" for face in FACES if face != FLAT for name, value in exports(face).items()
    }


def packages(name: str) -> Iterator[tuple[str, list[str]]]:
    """List a package and the packages in it, each with its modules."""
    found = list(iter_modules(import_module(name).__path__))
    yield name, [module.name for module in found if not module.ispkg]
    for module in found:
        if module.ispkg and (name, module.name) != ("refzones.app", "face"):  # that is `refzones` itself
            yield from packages(f"{name}.{module.name}")


def heading(text: str, line: str) -> list[str]:
    """Write a heading of reStructuredText."""
    return [text, line * len(text), ""]


def face_page(face: str) -> str:
    """Write the page of a face: an overview, then functions, classes and constants."""
    kinds: dict[str, list[str]] = {"function": [], "class": [], "data": []}
    for name, value in exports(face).items():
        kind = "class" if inspect.isclass(value) else "function" if inspect.isroutine(value) else "data"
        kinds[kind].append(name)
    lines = [*heading(face, "="), f".. automodule:: {face}", "   :no-members:", ""]
    lines += [".. py:currentmodule:: None", ""]  # names in overviews are full
    for kind, title in (("function", "Functions"), ("class", "Classes"), ("data", "Constants and types")):
        names = sorted(kinds[kind], key=str.lower)
        if not names:
            continue
        lines += heading(title, "-")
        if kind != "data":
            documented = (homes().get(id(exports(face)[name]), f"{face}.{name}") for name in names)
            lines += [
                ".. autosummary::",
                "   :nosignatures:",
                "",
                *(f"   ~{name}" for name in documented),
                "",
            ]
        if face != FLAT:
            lines += [line for name in names for line in (f".. auto{kind}:: {face}.{name}", "")]
    return "\n".join(lines)


def room_page(package: str, modules: list[str]) -> str:
    """Write the page of a room: what it is for, then module by module."""
    lines = heading(package.removeprefix("refzones."), "=")
    lines += [f".. automodule:: {package}", "   :no-members:", "   :no-index:", ""]
    for module in modules:
        lines += [*heading(module, "-"), f".. automodule:: {package}.{module}"]
        # a module that has the name of a function would be a second target of its name
        lines += ["   :no-index:", ""] if f"{package}.{module}" in homes().values() else [""]
    return "\n".join(lines)


def write_pages(app: Sphinx) -> None:
    """Write all pages of the reference below `docs/api`."""
    pages = {f"faces/{face}": face_page(face) for face in FACES}
    for room in ROOMS:
        pages |= {f"rooms/{package}": room_page(package, modules) for package, modules in packages(room)}
    folder = Path(app.srcdir) / "api"
    for stale in {*folder.glob("faces/*.rst"), *folder.glob("rooms/*.rst")}:
        if stale.relative_to(folder).with_suffix("").as_posix() not in pages:
            stale.unlink()
    for name, text in pages.items():
        file = folder / f"{name}.rst"
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")


def is_documented_elsewhere(
    _app: Sphinx, _what: str, name: str, value: Any, skip: bool, _options: object
) -> bool | None:
    """Leave out of a page what a face documents, and what a class of another library brings along."""
    of_ours = getattr(value, "__module__", "refzones").startswith("refzones")
    if name == "model_config" or "[" in name or not of_ours:
        return True
    return True if (inspect.isclass(value) or inspect.isroutine(value)) and id(value) in homes() else skip


def keep_bars(
    _app: Sphinx, _what: str, _name: str, _value: object, _options: object, lines: list[str]
) -> None:
    """Keep `|x|` an absolute value; to reStructuredText it is a substitution."""
    lines[:] = [line.replace("|", r"\|") for line in lines]


def setup(app: Sphinx) -> dict[str, bool]:
    """Enter the extension."""
    from sphinx.domains.python import PyObject

    for field in PyObject.doc_field_types:
        if field.name == "variable":
            field.label = "Attributes"
    app.connect("builder-inited", write_pages)
    app.connect("autodoc-skip-member", is_documented_elsewhere)
    app.connect("autodoc-process-docstring", keep_bars)
    return {"parallel_read_safe": True}
