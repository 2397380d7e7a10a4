"""Municipalities as features: their own facts, and those of the merger and the zone that they are in."""

from __future__ import annotations

from collections.abc import Sequence

from ...models.scoring.scorer import Scorer
from ...models.seats import METRES_PER_KM
from ...solver.results.mergers import Merger, placed
from ...solver.results.rows import name_and_seat
from .layers import Column, Drawn, FeatureLayer, Kind, column_name
from .parts import (
    AREA_DIGITS,
    Level,
    agreed,
    decided_columns,
    decided_of,
    function_columns,
    has_functions,
    term_columns,
    term_values,
)

OWN: dict[str, Kind] = {"nis": "text", "name": "text", "region": "text"}
SEATED: dict[str, Kind] = {"seat": "text", "seat_nis": "text", "is_seat": "flag", "seat_km": "number"}


def municipality_layer(drawn: Drawn, levels: Sequence[Level]) -> FeatureLayer:
    """Make the layer of the municipalities of a plan.

    What is said of seat, proof and price is that of the merger; of the zone where a plan has zones alone.
    """
    instance = drawn.instance
    held = [placed(level.parts) for level in levels]
    scorers = [Scorer(instance, level.asked) for level in levels]
    named = agreed(drawn)
    rows = []
    for i in drawn.municipalities:
        inside = [parts[i] for parts in held]
        row: dict[str, object] = {
            "nis": instance.codes[i],
            "name": instance.names[i],
            "region": instance.regions[instance.region[i]],
        }
        for level, part in zip(levels, inside, strict=True):
            names = (level.called, f"{level.called}_nis")
            row |= dict(zip(names, name_and_seat(instance, part), strict=True))
        row |= _seated(drawn, i, inside[0]) | _facts(drawn, i) | decided_of(inside[0])
        row |= {"locked": i in named[0], "kept": i in named[1]}
        for level, scorer, part in zip(levels, scorers, inside, strict=True):
            row |= term_values(scorer, part, f"{level.called}_")
        rows.append(row | {"colour": drawn.fills[inside[0].seat]})
    shapes = tuple(drawn.shapes.geometry[i] for i in drawn.municipalities)
    return FeatureLayer(
        "municipalities",
        drawn.title("municipalities"),
        "MultiPolygon",
        tuple(_columns(drawn, levels)),
        tuple(rows),
        shapes,
    )


def _columns(drawn: Drawn, levels: Sequence[Level]) -> list[Column]:
    instance = drawn.instance
    placing: dict[str, Kind] = {}
    for level in levels:
        placing |= {level.called: "text", f"{level.called}_nis": "text"}
    return [
        *drawn.columns(OWN | placing | SEATED),
        *drawn.columns({"population": "whole", "area_km2": "number"}),
        drawn.column("class", "text", words="classes"),
        *drawn.columns({"facility": "flag", "merged_in": "whole"}),
        *function_columns(drawn),
        *(Column(column_name(f"in_{key}"), "text", drawn.called(key, "zones")) for key in instance.layers),
        *decided_columns(drawn),
        *drawn.columns({"locked": "flag", "kept": "flag"}),
        *(column for level in levels for column in term_columns(drawn, level.asked, f"{level.called}_")),
        drawn.column("colour", "text"),
    ]


def _seated(drawn: Drawn, municipality: int, part: Merger) -> dict[str, object]:
    """Say where the seat is, and how far."""
    instance, seat = drawn.instance, part.seat
    metres = (
        (instance.x[municipality] - instance.x[seat]) ** 2
        + (instance.y[municipality] - instance.y[seat]) ** 2
    ) ** 0.5
    return {
        "seat": instance.names[seat],
        "seat_nis": instance.codes[seat],
        "is_seat": municipality == seat,
        "seat_km": round(float(metres)) / METRES_PER_KM,
    }


def _facts(drawn: Drawn, i: int) -> dict[str, object]:
    """Give what the instance knows of a municipality."""
    instance = drawn.instance
    return {
        "population": int(instance.population[i]),
        "area_km2": round(float(instance.area[i]), AREA_DIGITS),
        "class": instance.classes[i] or None,
        "facility": bool(instance.facility[i]),
        "merged_in": int(instance.merged_in[i]) or None,
        **has_functions(drawn, [i]),
        **{column_name(f"in_{key}"): layer.name_of(i) or None for key, layer in instance.layers.items()},
    }
