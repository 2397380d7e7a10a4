"""Old names: they work for one release more, and say which name stands for them now."""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import FrameType, ModuleType
from typing import Any, ParamSpec, TypeVar

GOES_IN = "0.3"
"""The version in which old names go."""

_DECORATORS = (__file__, contextlib.__file__)
"""Where the calls that decorators put between two functions have their lines."""

_P = ParamSpec("_P")
_R = TypeVar("_R")
_T = TypeVar("_T")


def warn_renamed(old: str, new: str, *, depth: int = 2) -> None:
    """Warn that a name is old.

    Parameters
    ----------
    old, new : str
        As users write them.
    depth : int
        How many calls lie between this one and the user's line, decorators left out.
    """
    text = f"{old} is now {new}; the old name goes in refzones {GOES_IN}"
    frame: FrameType | None = sys._getframe()
    files = []
    while frame is not None:
        files.append(frame.f_code.co_filename)
        frame = frame.f_back
    while depth < len(files) and files[depth] in _DECORATORS:
        depth += 1
    warnings.warn(text, DeprecationWarning, stacklevel=depth + 1)


class Renamed:
    """An attribute or a method under its old name.

    Parameters
    ----------
    new : str
        The attribute or method that it stands for.

    Examples
    --------
    >>> class Component:
    ...     municipalities = (1, 2)
    ...     of = Renamed("municipalities")
    >>> Component().of
    (1, 2)
    """

    def __init__(self, new: str) -> None:
        self._old, self._new = "", new

    def __set_name__(self, owner: type, name: str) -> None:
        self._old = name

    def __get__(self, instance: object | None, owner: type) -> Any:
        warn_renamed(f"{owner.__name__}.{self._old}", f"{owner.__name__}.{self._new}")
        return getattr(owner if instance is None else instance, self._new)


def renamed_names(module: str, **renamed: str) -> Callable[[str], Any]:
    """Let a module have names under which something was known before.

    Parameters
    ----------
    module : str
        Its `__name__`.
    **renamed : str
        Old names and the new ones; with dots where they are in another module.

    Returns
    -------
    callable
        To be its `__getattr__`.
    """

    def find(name: str) -> Any:
        if name not in renamed:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        new = renamed[name] if "." in renamed[name] else f"{module}.{renamed[name]}"
        warn_renamed(f"{module}.{name}", new)
        place, _, name = new.rpartition(".")
        return getattr(import_module(place), name)

    return find


class _OnceMethod(classmethod):  # type: ignore[type-arg]
    renamed: str

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return super().__get__(instance, owner)
        name = owner.__name__.lower()
        warn_renamed(f"{name}.{self.__func__.__name__}", f"{name}.{self.renamed}")
        return getattr(instance, self.renamed)


def once_method(renamed: str) -> Callable[[_T], _T]:
    """Let a class method have a name that was a method of the objects before.

    Parameters
    ----------
    renamed : str
        What the method of the objects is called now: they still give it under the old name.
    """

    def decorate(method: Any) -> Any:
        once = _OnceMethod(method.__func__)
        once.renamed = renamed
        return once

    return decorate


def renamed_parameters(**renamed: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Let a function take parameters under their old names.

    Parameters
    ----------
    **renamed : str
        Old names and the new ones.

    Returns
    -------
    callable
        A decorator.
    """

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @wraps(function)
        def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            for old in renamed.keys() & kwargs.keys():
                warn_renamed(f"parameter {old} of {function.__name__}", renamed[old])
                if renamed[old] in kwargs:
                    raise TypeError(f"{function.__name__} got {renamed[old]} twice, once as {old}")
                kwargs[renamed[old]] = kwargs.pop(old)
            return function(*args, **kwargs)

        return call

    return decorate


def renamed_fields(**renamed: str) -> Callable[[type[_T]], type[_T]]:
    """Let a data class be made with fields under their old names.

    Parameters
    ----------
    **renamed : str
        Old names and the new ones.

    Returns
    -------
    callable
        A decorator, to stand above `dataclass`.
    """

    def decorate(cls: type[_T]) -> type[_T]:
        made: Any = cls.__init__
        made.__name__ = cls.__name__  # as warnings name it
        cls.__init__ = renamed_parameters(**renamed)(made)  # type: ignore[method-assign]
        return cls

    return decorate


def parameters_into(
    params: type, into: str = "params", **moved: str
) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Let a function take parameters that have become fields of another one.

    Parameters
    ----------
    params : type
        A frozen dataclass; the parameter `into` of the function is one of it.
    into : str
    **moved : str
        Old names and the fields.

    Returns
    -------
    callable
        A decorator.
    """

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @wraps(function)
        def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            for old in moved.keys() & kwargs.keys():
                new = f"{into}={params.__name__}({moved[old]}=...)"
                warn_renamed(f"parameter {old} of {function.__name__}", new)
                given: Any = kwargs.get(into, params())
                kwargs[into] = replace(given, **{moved[old]: kwargs.pop(old)})
            return function(*args, **kwargs)

        return call

    return decorate


class MovedModule(ModuleType):
    """A module under its old path: has what the module has that stands for it now."""

    def __init__(self, name: str, new: str) -> None:
        super().__init__(name, f"Moved to `{new}`.")
        self._new = new

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        module = import_module(self._new)
        face = sys.modules[self.__name__.rpartition(".")[0]]
        renamed: Mapping[str, str] = getattr(face, "_renamed", {})
        if name in renamed and not hasattr(module, name):
            warn_renamed(f"{self.__name__}.{name}", f"{face.__name__}.{renamed[name]}")
            return getattr(module, renamed[name])
        return getattr(module, name)

    def __setattr__(self, name: str, value: object) -> None:
        # an old path that is loaded below this one hides nothing that has its name
        if not isinstance(value, MovedModule) or not hasattr(self, name):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return dir(import_module(self._new))


class _MovedFinder(MetaPathFinder, Loader):
    """Finds modules under their old paths, when nothing else is there."""

    def __init__(self) -> None:
        self.packages: dict[str, str] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package = next((name for name in self.packages if fullname.startswith(f"{name}.")), None)
        tables = "" if package is None else self.packages[package]
        if package is None or fullname == tables:
            return None
        new = _place(import_module(tables).MOVED, fullname.removeprefix(f"{package}."))
        if new is None:
            return None
        return ModuleSpec(fullname, self, origin=f"{package}.{new}", is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        assert spec.origin
        import_module(spec.origin)  # what is missing in it is told as such
        return MovedModule(spec.name, spec.origin)

    def exec_module(self, module: ModuleType) -> None:
        assert isinstance(module, MovedModule)
        package, _, name = module.__name__.rpartition(".")
        face = sys.modules[package]
        public = f" (its function is still {package}.{name})" if name in getattr(face, "__all__", ()) else ""
        warn_renamed(module.__name__, f"{module._new}{public}")


_finder = _MovedFinder()


def note_moved(package: str, tables: str) -> None:
    """Let the modules of a package be found under their old paths.

    Parameters
    ----------
    package : str
    tables : str
        Module that is loaded when an old path is asked for; its `MOVED` has, for each folder where modules
        are now, the old paths: ``old=new``, or ``old`` where the module kept its name.
    """
    _finder.packages[package] = tables
    if _finder not in sys.meta_path:
        sys.meta_path.append(_finder)


def moved_paths(moved: Mapping[str, str]) -> dict[str, str]:
    """Give the new path of each old one, from a table as `note_moved` takes it."""
    paths = {}
    for folder, words in moved.items():
        for word in words.split():
            old, _, new = word.partition("=")
            paths[old] = f"{folder}.{new or old.rpartition('.')[2]}".lstrip(".")
    return paths


def _place(moved: Mapping[str, str], old: str) -> str | None:
    """Give the new path of an old one; what lies in a folder that moved has moved along."""
    paths = moved_paths(moved)
    rest: list[str] = []
    steps = old.split(".")
    while steps:
        if new := paths.get(".".join(steps)):
            return ".".join([new, *rest])
        rest.insert(0, steps.pop())
    return None
