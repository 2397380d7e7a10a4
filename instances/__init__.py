"""What is given: municipalities, borders, zones, functions."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .catalogue import DEFAULT, embedded, load
    from .common.problems import InputError, Problem, Problems, reject, suggest
    from .entities import CLASSES, NO_ZONE, OUTSIDE, Borders, Column, Flows, Function, Layer, Source, Villages
    from .flows import AddedFlows, add_flows
    from .folder import read_folder
    from .groups import Grouping, check_groups, lies_elsewhere, resolve_groups
    from .instance import Instance
    from .plan_files import read_groups
    from .synthetic import synthesise
    from .writing import write_folder

__all__ = [
    "CLASSES",
    "DEFAULT",
    "NO_ZONE",
    "OUTSIDE",
    "AddedFlows",
    "Borders",
    "Column",
    "Flows",
    "Function",
    "Grouping",
    "InputError",
    "Instance",
    "Layer",
    "Problem",
    "Problems",
    "Source",
    "Villages",
    "add_flows",
    "check_groups",
    "embedded",
    "lies_elsewhere",
    "load",
    "read_folder",
    "read_groups",
    "reject",
    "resolve_groups",
    "suggest",
    "synthesise",
    "write_folder",
]

_MODULES = {
    "AddedFlows": "flows",
    "Borders": "entities",
    "CLASSES": "entities",
    "Column": "entities",
    "DEFAULT": "catalogue",
    "Flows": "entities",
    "Function": "entities",
    "Grouping": "groups",
    "InputError": "common.problems",
    "Instance": "instance",
    "Layer": "entities",
    "NO_ZONE": "entities",
    "OUTSIDE": "entities",
    "Problem": "common.problems",
    "Problems": "common.problems",
    "Source": "entities",
    "Villages": "entities",
    "add_flows": "flows",
    "check_groups": "groups",
    "embedded": "catalogue",
    "lies_elsewhere": "groups",
    "load": "catalogue",
    "read_folder": "folder",
    "read_groups": "plan_files",
    "reject": "common.problems",
    "resolve_groups": "groups",
    "suggest": "common.problems",
    "synthesise": "synthetic",
    "write_folder": "writing",
}
"""Which module each name is in: they load when they are used, so that the command line is there at once."""


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
