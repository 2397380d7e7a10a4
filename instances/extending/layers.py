"""Layers of one's own: a zone by municipality."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..common.activity import doing
from ..common.problems import Problems
from ..common.text import fold, one_spelling
from ..entities import NO_ZONE, Column, Layer
from ..instance import Instance
from ..report import crossing_zones
from ..tables.table import Row
from ..tables.zone_names import zone_name
from .own_table import Located, OwnTable, one_each, read_located
from .result import Extended, check_names, extended, paired
from .values import only_column

_LISTED = 8


@doing("adding a layer")
def add_layer(
    instance: Instance,
    table: str | Path | OwnTable,
    column: str | None = None,
    *,
    layer: str | None = None,
    note: str = "",
    empty: Sequence[str] = (),
    replace: bool = False,
    name: str | None = None,
) -> Extended:
    """Add a column of a table with one row a municipality as a layer: the zone of each municipality.

    Parameters
    ----------
    instance : Instance
    table : str, Path or OwnTable
    column : str, optional
        Of the table, with the names of the zones; may be left out where it has one besides code and name.
    layer : str, optional
        Name of the layer, as scenarios use it; by default made of the column's.
    note : str
        For the description of the layer.
    empty : sequence of str
        Texts that mean no zone; an empty text for cells that are empty and rows that are missing.
    replace : bool
        Replace a layer of this name that the instance has.
    name : str, optional
        Name of the new instance; that of the given one by default.

    Returns
    -------
    Extended

    Raises
    ------
    InputError
        Lists all that is wrong with the table, each municipality in more than one zone among it.
    """
    own, problems = OwnTable.of(table), Problems()
    found = read_located(own, instance, (column,) if column else (), problems)
    wanted = (column,) if column else only_column(found.values(), found.table.name)
    ((key, column),) = paired(wanted, (layer,) if layer else ()).items()
    check_names((key,), instance.layers, "layer", problems, may_replace=replace)
    none = {fold(text) for text in empty}
    zones = _zones(found, column, instance, none, problems)
    problems.raise_if_any()
    added = Layer.from_names(one_spelling(zones))
    made = extended(
        instance,
        name,
        "zones",
        {key: Column("", "text", own.origin(column, note))},
        own.described,
        layers={**instance.layers, key: added},
    )
    return Extended(made, (_size(key, added), *_crossing(key, instance, added), *found.notes))


def _zones(found: Located, column: str, instance: Instance, none: set[str], problems: Problems) -> list[str]:
    """Read the name of a zone for each municipality, empty where it is in none."""
    apart = _without_overlaps(found, column, instance)
    remedy = 'add them, or say with --empty "" that a municipality without a row is in no zone'
    rows = one_each(apart, instance, problems, complete="" not in none, remedy=remedy)
    return ["" if row is None else _zone(row, column, none) for row in rows]


def _zone(row: Row, column: str, none: set[str]) -> str:
    return zone_name(
        row,
        column,
        none,
        blank='fill it in, or say with --empty "" that it means no zone',
        undeclared=lambda text: f'write its zone, or say that it means none: --empty "{text}"',
    )


def _without_overlaps(found: Located, column: str, instance: Instance) -> Located:
    """Note municipalities in more than one zone; their later rows are left out of what is looked at after."""
    first: dict[int, tuple[int, str]] = {}
    kept = []
    for i, row in found.rows:
        zone = row.peek(column)
        number, other = first.setdefault(i, (row.number, zone))
        if fold(zone) == fold(other):
            kept.append((i, row))
            continue
        row.complain(
            column,
            f"{instance.label(i)} is also in '{other}' (row {number}): it can be in one zone of a layer",
            "keep the one that counts; if both do, make two layers, each of the rows that --where names",
        )
    return Located(found.table, found.key, tuple(kept), found.unknown)


def _size(key: str, layer: Layer) -> str:
    nowhere = int((layer.zone == NO_ZONE).sum())
    more = f"; municipalities in none: {nowhere}" if nowhere else ""
    return f"layer {key}: {len(layer.zones)} zones{more}"


def _crossing(key: str, instance: Instance, layer: Layer) -> list[str]:
    crossing = crossing_zones(instance, layer)
    if not crossing:
        return []
    more = f" and {len(crossing) - _LISTED} more" if len(crossing) > _LISTED else ""
    return [f"layer {key}: zones that cross a region: {'; '.join(crossing[:_LISTED])}{more}"]
