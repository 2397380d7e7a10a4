"""What is given: municipalities, borders, zones, functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .common.lazy import face

if TYPE_CHECKING:
    from .catalogue import DEFAULT, embedded_instances, load
    from .common.problems import InputError, Problem, Problems, reject, suggest
    from .entities import CLASSES, NO_ZONE, OUTSIDE, Borders, Column, Flows, Function, Layer, Source, Villages
    from .extending import (
        Extended,
        OwnTable,
        PlaceOfPoints,
        add_attributes,
        add_functions,
        add_layer,
        add_points,
    )
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
    "Extended",
    "Flows",
    "Function",
    "Grouping",
    "InputError",
    "Instance",
    "Layer",
    "OwnTable",
    "PlaceOfPoints",
    "Problem",
    "Problems",
    "Source",
    "Villages",
    "add_attributes",
    "add_flows",
    "add_functions",
    "add_layer",
    "add_points",
    "check_groups",
    "embedded_instances",
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

face(
    __name__,
    {
        "catalogue": "DEFAULT embedded_instances load",
        "common.problems": "InputError Problem Problems reject suggest",
        "entities": "CLASSES NO_ZONE OUTSIDE Borders Column Flows Function Layer Source Villages",
        "extending": "Extended OwnTable PlaceOfPoints add_attributes add_functions add_layer add_points",
        "flows": "AddedFlows add_flows",
        "folder": "read_folder",
        "groups": "Grouping check_groups lies_elsewhere resolve_groups",
        "instance": "Instance",
        "plan_files": "read_groups",
        "synthetic": "synthesise",
        "writing": "write_folder",
    },
    renamed={"embedded": "embedded_instances"},
    moved="moved",
)
