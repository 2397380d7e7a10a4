"""What of an instance a graph or a frame carries: attributes of units, and what they mean."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np

from ..instance import Instance
from ..yearly import column_of
from .dual_graph import DualGraph, Pair, Unit
from .roles import Roles

LENGTH = "shared_perim"
"""Attribute of edges for the length of a border, as gerrychain calls it."""

_RESERVED = ("id", "code", "key", "source", "target", "geometry", "neighbours")
"""Names that formats use themselves."""


def graph_with_roles(instance: Instance) -> DualGraph:
    """Give an instance as a graph which says what its attributes mean.

    Commuter flows, villages and earlier municipalities are not attributes of units, and are left out.
    """
    roles, columns = _columns(instance)
    names = list(columns)
    units = tuple(
        Unit(code, dict(zip(names, row, strict=True)))
        for code, *row in zip(instance.codes, *columns.values(), strict=True)
    )
    pairs = zip(instance.borders.pairs.tolist(), instance.borders.length.tolist(), strict=True)
    return DualGraph(
        instance.name,
        units,
        tuple(Pair((a, b), {LENGTH: length}) for (a, b), length in pairs),
        instance.crs,
        about_of(instance, roles),
    )


def about_of(instance: Instance, roles: Roles) -> dict[str, Any]:
    """Say of an instance what no unit says."""
    return {
        "name": instance.name,
        "title": instance.title,
        "vintage": instance.vintage,
        "crs": instance.crs,
        "uninhabited": instance.uninhabited,
        "roles": {
            key: dict(value) if isinstance(value, dict) else value for key, value in vars(roles).items()
        },
        "functions": {
            key: {"label": f.label, "unit": f.unit, "at_least": f.at_least}
            for key, f in instance.functions.items()
        },
        "sources": {key: asdict(source) for key, source in instance.sources.items()},
        "columns": {key: asdict(column) for key, column in instance.columns.items()},
    }


def _columns(instance: Instance) -> tuple[Roles, dict[str, list[Any]]]:
    """Give every column under a name of its own, and the role of each."""
    layers = {key: [layer.name_of(i) for i in range(len(instance))] for key, layer in instance.layers.items()}
    columns: dict[str, list[Any]] = {
        "code": list(instance.codes),
        "name": list(instance.names),
        "population": instance.population.tolist(),
        "area_km2": instance.area.tolist(),
        "x": instance.x.tolist(),
        "y": instance.y.tolist(),
        "region": [instance.regions[r] for r in instance.region],
        "class": list(instance.classes),
        "facility": instance.facility.astype(int).tolist(),
        "merged_in": instance.merged_in.tolist(),
    }
    named: dict[str, dict[str, list[Any]]] = {
        "zones": layers,
        "functions": {key: f.amount.tolist() for key, f in instance.functions.items()},
        "attributes": {key: column.tolist() for key, column in instance.attributes.items()},
        "texts": {key: list(column) for key, column in instance.texts.items()},
        "yearly": {column_of(year): _known(column) for year, column in instance.yearly.items()},
        "figures": {key: _known(column) for key, column in instance.figures.items()},
    }
    under: dict[str, dict[str, str]] = {role: {} for role in named}
    for role, group in named.items():
        for key, values in group.items():
            under[role][key] = name = _free(key, role, columns)
            columns[name] = values
    roles = Roles(
        population="population",
        label="name",
        region="region",
        x="x",
        y="y",
        area="area_km2",
        equipment="class",
        facility="facility",
        merged_in="merged_in",
        length=LENGTH if len(instance.borders.pairs) else "",
        **under,  # type: ignore[arg-type]
    )
    return roles, columns


def _free(key: str, role: str, taken: Iterable[str]) -> str:
    """Find a name that nothing has yet: the key itself, or with its role before it."""
    names = {*taken, *_RESERVED}
    name = key
    while name in names:
        name = f"{role}_{name}"
    return name


def _known(column: Any) -> list[float | None]:
    """Give numbers, and None where one is not known: JSON has no NaN."""
    return [None if math.isnan(value) else value for value in np.asarray(column, dtype=np.float64).tolist()]
