"""Reference regions, and the zones of layers that a scenario asks about, as features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ...models.scenario.scenario import Scenario
from .layers import Drawn, FeatureLayer, column_name
from .parts import AREA_DIGITS


def region_layer(drawn: Drawn) -> FeatureLayer:
    """Make the layer of the reference regions that are asked for, with a plan or without."""
    instance = drawn.instance
    after: dict[int, int] = defaultdict(int)
    for part in drawn.plan.mergers:
        after[int(instance.region[part.seat])] += 1
    indices = [instance.regions.index(name) for name in drawn.regions]
    members = [instance.members(region).tolist() for region in indices]
    rows = [
        {
            "region": name,
            "municipalities": len(inside),
            "after": after.get(region),
            "population": int(instance.population[inside].sum()),
            "area_km2": round(float(instance.area[inside].sum()), AREA_DIGITS),
        }
        for name, region, inside in zip(drawn.regions, indices, members, strict=True)
    ]
    columns = drawn.columns(
        {
            "region": "text",
            "municipalities": "whole",
            "after": "whole",
            "population": "whole",
            "area_km2": "number",
        }
    )
    shapes = tuple(drawn.shapes.merged(tuple(inside)) for inside in members)
    return FeatureLayer(
        "regions", drawn.title("regions"), "MultiPolygon", tuple(columns), tuple(rows), shapes
    )


def zone_layers(drawn: Drawn) -> list[FeatureLayer]:
    """Make a layer for each layer of the instance that a scenario asks about, such as the police zones.

    Zones are those of the municipalities of the plan, so that one may be a part of a larger one.
    """
    scenario = drawn.plan.scenario
    assert scenario is not None
    asked = asked_layers(scenario)
    return [_zones(drawn, key) for key in drawn.instance.layers if key in asked]


def asked_layers(scenario: Scenario) -> set[str]:
    """Name the layers that rules and terms of a scenario are about."""
    found: set[str] = set()
    for asked in scenario.levels:
        arguments = (name.partition("(")[2].rstrip(")") for name in asked.weights)
        found.update(asked.frames.unsplit, asked.frames.within, asked.cooperation.layers, arguments)
    return found


def _zones(drawn: Drawn, key: str) -> FeatureLayer:
    instance = drawn.instance
    layer = instance.layers[key]
    held = _by_zone((layer.name_of(i), i) for i in drawn.municipalities)
    rows = [
        {
            "name": name,
            "municipalities": len(inside),
            "population": int(instance.population[inside].sum()),
        }
        for name, inside in held.items()
    ]
    columns = (
        drawn.column("name", "text", called="zone_name"),
        *drawn.columns({"municipalities": "whole", "population": "whole"}),
    )
    shapes = tuple(drawn.shapes.merged(tuple(inside)) for inside in held.values())
    return FeatureLayer(
        column_name(f"layer_{key}"), drawn.called(key, "layers"), "MultiPolygon", columns, tuple(rows), shapes
    )


def _by_zone(placed: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    held: dict[str, list[int]] = {}
    for name, i in sorted(placed):
        if name:
            held.setdefault(name, []).append(i)
    return held
