"""Faces of packages: what a package shows, each name loaded when it is used."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from .deprecated import MovedModule, note_moved, warn_renamed


class Face(ModuleType):
    """A package whose names load when they are used (PEP 562), and whose modules need no import."""

    _places: dict[str, str]
    _renamed: Mapping[str, str]
    _was: str

    def __getattr__(self, name: str) -> Any:
        if name in self._places:
            value = getattr(import_module(self._places[name]), name)
            setattr(self, name, value)
            return value
        if name in self._renamed:
            warn_renamed(f"{self.__name__}.{name}", f"{self.__name__}.{self._renamed[name]}")
            return getattr(self, self._renamed[name])
        if not name.startswith("_"):
            if self._was and hasattr(was := import_module(f"{self.__name__}.{self._was}"), name):
                warn_renamed(f"{self.__name__}.{name}", f"{was.__name__}.{name}")
                return getattr(was, name)
            try:
                return import_module(f"{self.__name__}.{name}")
            except ModuleNotFoundError as error:
                if error.name != f"{self.__name__}.{name}":
                    raise
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        # loading a module under its old path must not hide the function of that name
        if not (isinstance(value, MovedModule) and (name in self._places or name in self._renamed)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*self.__dict__, *self._places})


def face(
    package: str,
    names: Mapping[str, str],
    *,
    renamed: Mapping[str, str] | None = None,
    moved: str = "",
    was: str = "",
) -> None:
    """Give a package its face.

    Parameters
    ----------
    package : str
        Its `__name__`.
    names : mapping of str to str
        For each module, by its path from the package, what the package shows of it: names with blanks
        between them. A path from the top, such as ``refzones.solver``, is taken as it is.
    renamed : mapping of str to str, optional
        Old names of what it shows, and the new ones.
    moved : str, optional
        Its module with the old paths of modules; see `note_moved`.
    was : str, optional
        The module of the package that had its path before: what it holds is found here too.
    """
    module = sys.modules[package]
    places = {
        name: where if where.startswith(f"{package.partition('.')[0]}.") else f"{package}.{where}"
        for where, words in names.items()
        for name in words.split()
    }
    module.__dict__.update(_places=places, _renamed=renamed or {}, _was=was)
    module.__class__ = Face
    if moved:
        note_moved(package, f"{package}.{moved}")
