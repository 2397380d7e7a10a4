"""What is given: municipalities, borders, zones, functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .common.lazy import face

if TYPE_CHECKING:
    from .catalogue import DEFAULT, embedded_instances, load
    from .changes import Change, Crosswalk
    from .common.problems import InputError, Problem, Problems, reject, suggest
    from .entities import CLASSES, NO_ZONE, OUTSIDE, Borders, Column, Flows, Function, Layer, Source, Villages
    from .exchange import Roles, read_graph, write_graph
    from .extending import (
        Extended,
        OwnTable,
        PlaceOfPoints,
        add_attributes,
        add_figures,
        add_functions,
        add_layer,
        add_points,
        update_inhabitants,
    )
    from .flows import AddedFlows, add_flows
    from .folder import read_folder
    from .groups import Grouping, check_groups, lies_elsewhere, resolve_groups
    from .instance import Instance
    from .merging import Merged, MergerList, merge_municipalities, read_mergers
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
    "Change",
    "Column",
    "Crosswalk",
    "Extended",
    "Flows",
    "Function",
    "Grouping",
    "InputError",
    "Instance",
    "Layer",
    "Merged",
    "MergerList",
    "OwnTable",
    "PlaceOfPoints",
    "Problem",
    "Problems",
    "Roles",
    "Source",
    "Villages",
    "add_attributes",
    "add_figures",
    "add_flows",
    "add_functions",
    "add_layer",
    "add_points",
    "check_groups",
    "embedded_instances",
    "lies_elsewhere",
    "load",
    "merge_municipalities",
    "read_folder",
    "read_graph",
    "read_groups",
    "read_mergers",
    "reject",
    "resolve_groups",
    "suggest",
    "synthesise",
    "update_inhabitants",
    "write_folder",
    "write_graph",
]

face(
    __name__,
    {
        "catalogue": "DEFAULT embedded_instances load",
        "changes": "Change Crosswalk",
        "common.problems": "InputError Problem Problems reject suggest",
        "entities": "CLASSES NO_ZONE OUTSIDE Borders Column Flows Function Layer Source Villages",
        "exchange": "Roles read_graph write_graph",
        "extending": "Extended OwnTable PlaceOfPoints add_attributes add_figures add_functions add_layer "
        "add_points update_inhabitants",
        "flows": "AddedFlows add_flows",
        "folder": "read_folder",
        "groups": "Grouping check_groups lies_elsewhere resolve_groups",
        "instance": "Instance",
        "merging": "Merged MergerList merge_municipalities read_mergers",
        "plan_files": "read_groups",
        "synthetic": "synthesise",
        "writing": "write_folder",
    },
    renamed={"embedded": "embedded_instances"},
    moved="moved",
)
