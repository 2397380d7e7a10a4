"""What is given: municipalities, borders, zones, functions."""

from .catalogue import DEFAULT, embedded, load
from .flows import AddedFlows, add_flows
from .folder import read_folder
from .groups import Grouping, check_groups, read_groups, resolve_groups
from .instance import Instance
from .parts import CLASSES, NO_ZONE, OUTSIDE, Borders, Column, Flows, Function, Layer, Source, Villages
from .problems import InputError, Problem, Problems, reject, suggest
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
    "load",
    "read_folder",
    "read_groups",
    "reject",
    "resolve_groups",
    "suggest",
    "synthesise",
    "write_folder",
]
